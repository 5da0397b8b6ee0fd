/**
 * What the tags of well-known images say. Repositories are listed one by one: `example/node` may be anything, so a
 * name that merely looks like a known one says nothing.
 */

/** How to read the tags of a repository. */
export interface TagReading {
  /** The product whose version a tag starts with: `16-alpine`. */
  readonly version?: string;
  /** Words that precede a version of another product, directly before it or with a hyphen: `php7.4`, `otp-25`. */
  readonly words?: Readonly<Record<string, string>>;
}

/** Docker Hub's official images, whose tags start with the version of the product. */
const OFFICIAL: Readonly<Record<string, string>> = {
  debian: 'Debian',
  ubuntu: 'Ubuntu',
  alpine: 'Alpine Linux',
  centos: 'CentOS Linux',
  fedora: 'Fedora Linux',
  rockylinux: 'Rocky Linux',
  almalinux: 'AlmaLinux',
  oraclelinux: 'Oracle Linux',
  amazonlinux: 'Amazon Linux',
  opensuse: 'openSUSE',
  node: 'Node.js',
  python: 'Python',
  golang: 'Go',
  php: 'PHP',
  ruby: 'Ruby',
  perl: 'Perl',
  elixir: 'Elixir',
  erlang: 'Erlang/OTP',
  'eclipse-temurin': 'Eclipse Temurin',
  amazoncorretto: 'Amazon Corretto',
  openjdk: 'openjdk image',
  adoptopenjdk: 'adoptopenjdk image',
  java: 'java image',
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  mongo: 'MongoDB',
  redis: 'Redis',
  memcached: 'Memcached',
  elasticsearch: 'Elasticsearch',
  kibana: 'Kibana',
  logstash: 'Logstash',
  nginx: 'nginx',
  httpd: 'Apache HTTP Server',
  tomcat: 'Apache Tomcat',
  haproxy: 'HAProxy',
  rabbitmq: 'RabbitMQ',
  solr: 'Apache Solr',
  zookeeper: 'Apache ZooKeeper',
  nextcloud: 'Nextcloud',
  drupal: 'Drupal',
  joomla: 'Joomla',
  julia: 'Julia',
  docker: 'Docker Engine',
  consul: 'Consul',
};

/** Official images whose own version is not in the table, but whose tags name the distribution below. */
const OFFICIAL_VARIANTS_ONLY =
  'buildpack-deps caddy cassandra clojure composer flink gcc ghost gradle groovy haskell hylang ' +
  'ibm-semeru-runtimes influxdb jetty jruby kong maven neo4j odoo phpmyadmin pypy r-base redmine rust ' +
  'sapmachine spark storm swift telegraf traefik varnish wordpress';

/** Words in the tags of official images; the distribution's own words are in `of-image.ts`. */
const OFFICIAL_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  centos: { stream: 'CentOS Stream' },
  elixir: { otp: 'Erlang/OTP' },
  gradle: { jdk: 'Eclipse Temurin' },
  maven: { temurin: 'Eclipse Temurin', amazoncorretto: 'Amazon Corretto' },
  wordpress: { php: 'PHP' },
  drupal: { php: 'PHP' },
  joomla: { php: 'PHP' },
};

/** Other publishers' repositories under the names they are pulled by; `undefined`: only the distribution is read. */
const OTHERS: readonly (readonly [product: string | undefined, repositories: string])[] = [
  ['Debian', 'public.ecr.aws/debian/debian bitnami/minideb'],
  // Versions of their own before the code name of Debian, or after it.
  [undefined, 'registry.k8s.io/build-image/debian-base k8s.gcr.io/build-image/debian-base'],
  ['Ubuntu', 'public.ecr.aws/ubuntu/ubuntu phusion/baseimage'],
  ['CentOS Linux', 'quay.io/centos/centos'],
  [
    'Fedora Linux',
    'quay.io/fedora/fedora quay.io/fedora/fedora-minimal registry.fedoraproject.org/fedora ' +
      'registry.fedoraproject.org/fedora-minimal',
  ],
  ['Rocky Linux', 'rockylinux/rockylinux quay.io/rockylinux/rockylinux'],
  ['AlmaLinux', 'quay.io/almalinuxorg/almalinux'],
  ['Oracle Linux', 'container-registry.oracle.com/os/oraclelinux ghcr.io/oracle/oraclelinux'],
  ['Amazon Linux', 'public.ecr.aws/amazonlinux/amazonlinux'],
  ['openSUSE', 'opensuse/leap registry.opensuse.org/opensuse/leap'],
  ['SUSE Linux Enterprise Server', 'registry.suse.com/suse/sle15 registry.suse.com/bci/bci-base'],
  [
    'Windows Server',
    'mcr.microsoft.com/windows/servercore mcr.microsoft.com/windows/nanoserver mcr.microsoft.com/windows/server ' +
      'microsoft/windowsservercore microsoft/nanoserver',
  ],
  [undefined, 'mcr.microsoft.com/windows/servercore/iis mcr.microsoft.com/dotnet/framework/aspnet'],
  [undefined, 'mcr.microsoft.com/dotnet/framework/runtime mcr.microsoft.com/dotnet/framework/sdk'],
  [
    '.NET',
    'mcr.microsoft.com/dotnet/sdk mcr.microsoft.com/dotnet/aspnet mcr.microsoft.com/dotnet/runtime ' +
      'mcr.microsoft.com/dotnet/runtime-deps mcr.microsoft.com/dotnet/core/sdk mcr.microsoft.com/dotnet/core/aspnet ' +
      'mcr.microsoft.com/dotnet/core/runtime mcr.microsoft.com/dotnet/core/runtime-deps microsoft/dotnet ' +
      'microsoft/aspnetcore microsoft/aspnetcore-build public.ecr.aws/lambda/dotnet amazon/aws-lambda-dotnet',
  ],
  [
    'Node.js',
    'public.ecr.aws/lambda/nodejs amazon/aws-lambda-nodejs bitnami/node bitnamilegacy/node cimg/node circleci/node mhart/alpine-node',
  ],
  [
    'Python',
    'public.ecr.aws/lambda/python amazon/aws-lambda-python bitnami/python bitnamilegacy/python cimg/python circleci/python',
  ],
  ['Go', 'bitnami/golang cimg/go circleci/golang'],
  [
    'PHP',
    'bitnami/php-fpm bitnamilegacy/php-fpm cimg/php circleci/php webdevops/php webdevops/php-nginx ' +
      'webdevops/php-apache webdevops/php-dev webdevops/php-nginx-dev webdevops/php-apache-dev',
  ],
  ['Ruby', 'public.ecr.aws/lambda/ruby amazon/aws-lambda-ruby bitnami/ruby bitnamilegacy/ruby cimg/ruby circleci/ruby'],
  ['Elixir', 'hexpm/elixir'],
  ['Erlang/OTP', 'hexpm/erlang'],
  ['PostgreSQL', 'bitnami/postgresql bitnamilegacy/postgresql cimg/postgres postgis/postgis'],
  ['MySQL', 'bitnami/mysql bitnamilegacy/mysql cimg/mysql mysql/mysql-server'],
  ['MariaDB', 'bitnami/mariadb bitnamilegacy/mariadb cimg/mariadb'],
  ['MongoDB', 'bitnami/mongodb bitnamilegacy/mongodb mongodb/mongodb-community-server'],
  ['Redis', 'bitnami/redis bitnamilegacy/redis cimg/redis'],
  ['Valkey', 'valkey/valkey bitnami/valkey'],
  [
    'Elasticsearch',
    'docker.elastic.co/elasticsearch/elasticsearch docker.elastic.co/elasticsearch/elasticsearch-oss ' +
      'bitnami/elasticsearch bitnamilegacy/elasticsearch',
  ],
  ['Kibana', 'docker.elastic.co/kibana/kibana docker.elastic.co/kibana/kibana-oss'],
  ['Logstash', 'docker.elastic.co/logstash/logstash docker.elastic.co/logstash/logstash-oss'],
  ['nginx', 'nginxinc/nginx-unprivileged bitnami/nginx bitnamilegacy/nginx'],
  ['Apache Tomcat', 'bitnami/tomcat bitnamilegacy/tomcat'],
  ['RabbitMQ', 'bitnami/rabbitmq bitnamilegacy/rabbitmq'],
  ['Drupal', 'bitnami/drupal bitnamilegacy/drupal'],
  ['Joomla', 'bitnami/joomla bitnamilegacy/joomla'],
  [
    'OpenSearch',
    'opensearchproject/opensearch public.ecr.aws/opensearchproject/opensearch bitnami/opensearch ' +
      'bitnamilegacy/opensearch',
  ],
  ['Grafana', 'grafana/grafana grafana/grafana-oss grafana/grafana-enterprise bitnami/grafana bitnamilegacy/grafana'],
  [
    'etcd',
    'quay.io/coreos/etcd gcr.io/etcd-development/etcd registry.k8s.io/etcd k8s.gcr.io/etcd bitnami/etcd ' +
      'bitnamilegacy/etcd',
  ],
  ['Consul', 'hashicorp/consul bitnami/consul bitnamilegacy/consul'],
  ['Nomad', 'hashicorp/nomad'],
  ['Terraform', 'hashicorp/terraform'],
  ['CockroachDB', 'cockroachdb/cockroach'],
  ['Envoy', 'envoyproxy/envoy envoyproxy/envoy-alpine envoyproxy/envoy-distroless'],
  [
    'Kubernetes',
    'rancher/k3s kindest/node bitnami/kubectl registry.k8s.io/kubectl registry.k8s.io/kube-apiserver ' +
      'registry.k8s.io/kube-controller-manager registry.k8s.io/kube-scheduler registry.k8s.io/kube-proxy ' +
      'k8s.gcr.io/kube-apiserver k8s.gcr.io/kube-controller-manager k8s.gcr.io/kube-scheduler k8s.gcr.io/kube-proxy',
  ],
  [
    undefined,
    'nvidia/cuda nvcr.io/nvidia/cuda mcr.microsoft.com/playwright mcr.microsoft.com/playwright/python ' +
      'mcr.microsoft.com/mssql/server mcr.microsoft.com/devcontainers/base mcr.microsoft.com/devcontainers/python ' +
      'mcr.microsoft.com/devcontainers/javascript-node mcr.microsoft.com/devcontainers/typescript-node ' +
      'mcr.microsoft.com/devcontainers/go mcr.microsoft.com/devcontainers/ruby mcr.microsoft.com/devcontainers/php ' +
      'mcr.microsoft.com/devcontainers/cpp mcr.microsoft.com/devcontainers/java mcr.microsoft.com/devcontainers/rust',
  ],
];

const OTHER_WORDS: readonly (readonly [words: Readonly<Record<string, string>>, repositories: string])[] = [
  [{ stream: 'CentOS Stream' }, 'quay.io/centos/centos'],
  [{ erlang: 'Erlang/OTP' }, 'hexpm/elixir'],
  [{ slim: 'Node.js' }, 'mhart/alpine-node'],
  [{ latest: 'CockroachDB' }, 'cockroachdb/cockroach'],
  [{ contrib: 'Envoy', distroless: 'Envoy' }, 'envoyproxy/envoy'],
  [{ pg: 'PostgreSQL' }, 'timescale/timescaledb timescale/timescaledb-ha pgvector/pgvector'],
  [
    { python: 'Python' },
    'ghcr.io/astral-sh/uv apache/airflow tiangolo/uvicorn-gunicorn tiangolo/uvicorn-gunicorn-fastapi ' +
      'tiangolo/uvicorn-gunicorn-starlette tiangolo/meinheld-gunicorn tiangolo/meinheld-gunicorn-flask ' +
      'tiangolo/uwsgi-nginx tiangolo/uwsgi-nginx-flask',
  ],
];

let readings: ReadonlyMap<string, TagReading> | undefined;

/** How to read the tags of every known repository; Docker Hub's official images by their bare name. */
export function tagReadings(): ReadonlyMap<string, TagReading> {
  return (readings ??= collect());
}

function collect(): ReadonlyMap<string, TagReading> {
  const found = new Map<string, TagReading>();
  for (const [name, version] of Object.entries(OFFICIAL)) found.set(name, { version });
  for (const name of OFFICIAL_VARIANTS_ONLY.split(' ')) found.set(name, {});
  for (const [version, names] of OTHERS) {
    for (const name of names.split(' ')) found.set(name, version === undefined ? {} : { version });
  }
  const worded = [...Object.entries(OFFICIAL_WORDS).map(([name, words]) => [words, name] as const), ...OTHER_WORDS];
  for (const [words, names] of worded) {
    for (const name of names.split(' ')) found.set(name, { ...found.get(name), words });
  }
  return found;
}

/** Where Docker Hub's official images are also found, written before their name. */
const HUB =
  /^(?:(?:docker\.io|index\.docker\.io|registry-1\.docker\.io|registry\.hub\.docker\.com)\/(?:library\/)?|library\/|(?:public\.ecr\.aws\/docker|mirror\.gcr\.io|mcr\.microsoft\.com\/mirror\/docker)\/library\/)/;

/** Docker Hub's namespaces of the official images for one architecture each: `arm64v8/alpine`. */
const ARCHITECTURE =
  /^(?:amd64|arm32v5|arm32v6|arm32v7|arm64v8|i386|mips64le|ppc64le|riscv64|s390x|windows-amd64)\/(?=[^/]+$)/;

/** How to read the tags of the repository, as written in a reference; `undefined` for one that is not known. */
export function tagReading(repository: string): TagReading | undefined {
  return tagReadings().get(officialName(repository).replace(ARCHITECTURE, ''));
}

/** The bare name of one of Docker Hub's official images, wherever it is pulled from; of other repositories what is written. */
export const officialName = (repository: string): string => repository.replace(HUB, '');

/** A product and version that the repository's own name carries. */
export interface NamedVersion {
  readonly product: string;
  readonly version: string;
  readonly start: number;
  readonly end: number;
}

const UBI =
  /^(?:registry\.access\.redhat\.com|registry\.redhat\.io|(?:docker\.io\/)?redhat)\/(?:ubi|rhel)(\d+)(?:$|\/|-(?:minimal|micro|init|atomic)(?:$|\/))/;
const DISTROLESS = /^gcr\.io\/distroless\/[a-z]+(?:-nossl)?(\d*)-debian(\d+)$/;

/**
 * What a repository's name says when the version is not in the tag: `registry.access.redhat.com/ubi8/ubi`,
 * `gcr.io/distroless/static-debian11`.
 */
export function versionsInRepository(repository: string): readonly NamedVersion[] {
  const ubi = UBI.exec(repository);
  if (ubi !== null) {
    const start = repository.search(/(?:ubi|rhel)\d/);
    return [named('Red Hat Enterprise Linux', ubi[1]!, start, repository.indexOf(ubi[1]!, start))];
  }
  const distroless = DISTROLESS.exec(repository);
  if (distroless === null) return [];
  const [, runtime, debian] = distroless;
  const found: NamedVersion[] = [];
  const node = 'gcr.io/distroless/nodejs';
  // Java and Python there are Debian's own packages, which Debian maintains.
  if (runtime !== '' && repository.startsWith(node)) {
    found.push(named('Node.js', runtime!, node.length - 'nodejs'.length, node.length));
  }
  const at = repository.length - debian!.length;
  found.push(named('Debian', debian!, at - 'debian'.length, at));
  return found;
}

function named(product: string, version: string, start: number, versionAt: number): NamedVersion {
  return { product, version, start, end: versionAt + version.length };
}
