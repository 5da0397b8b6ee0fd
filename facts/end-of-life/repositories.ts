/** Package repositories of one release: of a distribution (`deb https://deb.debian.org/debian buster main`) or of a vendor (`…/node_16.x`). */
import { environmentOf, type ImageBuild } from '../../core/build.ts';
import type { Word } from '../../core/shell-tree.ts';
import type { Span } from '../../core/text.ts';
import type { Invocation } from '../../shell/invocations.ts';
import { type Environment, withVariables } from '../../shell/own-variables.ts';
import { downloads } from '../downloads.ts';
import { packageInstalls } from '../package-installs.ts';
import { repositoryMatches } from '../repository-lines.ts';
import { setupCommands } from '../setup-commands.ts';
import type { Ending } from './ending.ts';
import { endOf, endOfCodename } from './lookup.ts';

/** A release with an end, and where it is named. */
export interface FoundEnding {
  readonly ending: Ending;
  readonly span: Span;
}

/** Addresses with the release of a product. */
const VENDORS: readonly (readonly [product: string, address: RegExp])[] = [
  // https://github.com/nodesource/distributions/wiki/Repository-Manual-Installation
  ['Node.js', /\b(?:deb|rpm)\.nodesource\.com\/(?:node|pub)_(\d{1,2})\.x\b/g],
  // https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/change-package-repository/
  ['Kubernetes', /\bpkgs\.k8s\.io\/core:\/stable:\/v(\d\.\d{1,2})\//g],
  // https://www.mongodb.com/docs/manual/administration/install-on-linux/
  ['MongoDB', /\brepo\.mongodb\.(?:org|com)\/[\w./ -]{0,60}\/mongodb-(?:org|enterprise)\/(\d\.\d)\b/g],
  // https://www.elastic.co/docs/deploy-manage/deploy/self-managed/install-elasticsearch-with-debian-package
  ['Elasticsearch', /\bartifacts\.elastic\.co\/packages\/(\d{1,2})\.x\//g],
  // https://dev.mysql.com/doc/mysql-apt-repo-quick-guide/en/
  ['MySQL', /\brepo\.mysql\.com\/[\w./ -]{0,60}\bmysql-(\d\.\d)\b/g],
  // https://mariadb.com/docs/server/server-management/install-and-upgrade-mariadb
  ['MariaDB', /\b(?:mariadb(?:\.org)?\/repo|mariadb\.com\/repo\/mariadb-server)\/(\d{1,2}\.\d{1,2})\//g],
  // https://www.postgresql.org/download/linux/redhat/
  ['PostgreSQL', /\bdownload\.postgresql\.org\/pub\/repos\/yum\/(\d{1,2}(?:\.\d)?)\//g],
  // https://vault.centos.org
  ['CentOS Linux', /\b(?:vault|mirror)\.centos\.org\/(?:centos\/)?([5-8])(?=[./])/g],
];

/**
 * The lists of apt: a line with the address of an archive of Debian or Ubuntu, and the name of the release. Repositories of
 * others for a release say little of the machine. sources.list(5)
 */
const LINE =
  /\bdeb(?:-src)?[ \t]{1,8}(?:\[[^\]\n]{0,300}\][ \t]{1,8})?https?:\/\/(?:(?:[\w-]{1,60}\.){1,6}(?:debian\.org|ubuntu\.com)|(?:mirrors?|ftp|archive)[\w.-]{1,80})(?::\d{1,5})?\/(debian|ubuntu|ubuntu-ports|debian-security)\/?[ \t]{1,8}([a-z]{3,20})(?=[-/ \t])/g;

const HINTS = [
  'nodesource.com',
  'pkgs.k8s.io',
  'mongodb-',
  'elastic.co',
  'mysql.com',
  'mariadb',
  'postgresql.org',
  'centos.org',
  'deb http',
  'deb [',
  'deb-src',
];

/** Packages that only their vendor makes in these versions. */
const PACKAGES: readonly (readonly [name: RegExp, product: string, version: RegExp])[] = [
  [/^nodejs$/, 'Node.js', /^(\d{1,2})\.\d[\w.]{0,12}-\d?nodesource/],
  [/^(?:kubelet|kubeadm)$/, 'Kubernetes', /^v?(\d\.\d{1,2})\./],
  [/^mongodb-org(?:-server)?$/, 'MongoDB', /^(\d\.\d)\./],
];

/** Packages of distributions that all of their supported releases have gone past. */
const OLD_PACKAGES: readonly (readonly [product: string, name: RegExp])[] = [
  ['PHP', /^(?:libapache2-mod-)?php([57]\.\d|8\.0)(?:-[a-z0-9]{1,20})?$/],
  ['Python', /^python(3\.[3-8])(?:-(?:dev|venv|minimal|distutils))?$/],
  ['PostgreSQL', /^postgresql-(9\.\d|1[0-2])$/],
  ['MySQL', /^mysql-server-(5\.\d)$/],
  ['.NET', /^(?:dotnet-(?:sdk|runtime)|aspnetcore-runtime)-([23567])\.\d$/],
];

/** Archives of one version. */
const ARCHIVES: readonly (readonly [product: string, url: RegExp])[] = [
  ['Node.js', /^https?:\/\/nodejs\.org\/(?:dist|download\/release)\/v(\d{1,2})\.\d/],
  ['Python', /^https?:\/\/(?:www\.)?python\.org\/ftp\/python\/(\d\.\d{1,2})\.\d/],
  [
    'Apache Tomcat',
    /^https?:\/\/(?:dlcdn|archive|downloads)\.apache\.org\/(?:dist\/)?tomcat\/tomcat-\d{1,2}\/v(\d{1,2}\.\d)\./,
  ],
  // https://docs.k3s.io/release-notes and https://docs.rke2.io/install/airgap have a release in the path
  ['Kubernetes', /^https?:\/\/.{1,150}\/v(\d\.\d{1,2})\.\d{1,2}(?:\+|%2[Bb])(?:k3s|rke2r)\d/],
  ['Kubernetes', /^https?:\/\/dl\.k8s\.io\/(?:release\/)?v(\d\.\d{1,2})\.\d{1,2}\/.{0,100}kubelet$/],
];

/** Programs that install a version of a language: `nvm install 14`. */
const MANAGERS: Readonly<Record<string, string>> = {
  nvm: 'Node.js',
  fnm: 'Node.js',
  rvm: 'Ruby',
  rbenv: 'Ruby',
  pyenv: 'Python',
};

/** The releases with an end that repositories and packages name, each once. */
export function repositoryEndings(build: ImageBuild): readonly FoundEnding[] {
  const found = new Map<string, FoundEnding>();
  const add = (ending: Ending | undefined, span: Span): void => {
    const key = ending && `${ending.product} ${ending.cycle}`;
    if (key !== undefined && !found.has(key)) found.set(key, { ending: ending!, span });
  };
  for (const [product, address] of VENDORS)
    for (const { found: match, text } of repositoryMatches(build, HINTS, address))
      add(endOf(product, match[1]!), text.spanOf(match.index, match.index + match[0].length));
  for (const { found: match, text } of repositoryMatches(build, HINTS, LINE)) {
    const ending = endOfCodename([match[1]!.startsWith('debian') ? 'Debian' : 'Ubuntu'], match[2]!);
    const end = match.index + match[0].length;
    add(ending, text.spanOf(end - match[2]!.length, end));
  }
  for (const { packages } of packageInstalls(build))
    for (const { name = '', version, span } of packages) {
      const known = version === undefined ? undefined : PACKAGES.find(([pattern]) => pattern.test(name));
      const release = known?.[2].exec(version!)?.[1];
      if (known && release !== undefined) add(endOf(known[1], release), span);
    }
  // What a container is built of is often an old release on purpose, and the base says more.
  if (build.language !== 'dockerfile') ofMachine(build, add);
  return [...found.values()];
}

/** What a machine is given beside repositories: packages, archives, and what version managers install. */
function ofMachine(build: ImageBuild, add: (ending: Ending | undefined, span: Span) => void): void {
  for (const { packages } of packageInstalls(build))
    for (const { name = '', span } of packages)
      for (const [product, pattern] of OLD_PACKAGES) {
        const release = pattern.exec(name.slice(0, 60))?.[1];
        if (release !== undefined) add(endOf(product, release), span);
      }
  for (const { url, source } of downloads(build))
    for (const [product, pattern] of ARCHIVES) {
      const release = pattern.exec(url.slice(0, 300))?.[1];
      if (release !== undefined) add(endOf(product, release), source.span);
    }
  const installed = new Map<string, { readonly release: string; readonly span: Span }[]>();
  for (const { invocation, step } of setupCommands(build)) {
    const { program, args, script } = invocation;
    const system = systemOf(invocation, environmentOf(step));
    if (system) add(system.ending, script.spanOf(system.word));
    if (!Object.hasOwn(MANAGERS, program) || args[0]?.literal !== 'install') continue;
    const word = args.find(({ literal }) => /^v?\d{1,2}(?:\.\d{1,2}){0,2}$/.test(literal ?? ''));
    if (word) {
      const one = { release: word.literal!.replace(/^v/, ''), span: script.spanOf(word) };
      installed.set(MANAGERS[program]!, [...(installed.get(MANAGERS[program]!) ?? []), one]);
    }
  }
  // Who installs several offers a choice, the old ones on purpose.
  for (const [product, [only, ...others]] of installed)
    if (only && others.every(({ release }) => release === only.release)) add(endOf(product, only.release), only.span);
}

/** Images of LXD and Incus by release: `ubuntu:20.04`, `images:debian/10/cloud`. https://images.linuxcontainers.org */
const INSTANCE =
  /^(?:(ubuntu)(?:-minimal)?:|[\w-]{1,40}:(ubuntu|debian|centos|almalinux|rockylinux|fedora|alpine)\/)([\w.]{1,20})(?:\/|$)/;
const SYSTEMS: Readonly<Record<string, string>> = {
  ubuntu: 'Ubuntu',
  debian: 'Debian',
  centos: 'CentOS Linux',
  almalinux: 'AlmaLinux',
  rockylinux: 'Rocky Linux',
  fedora: 'Fedora Linux',
  alpine: 'Alpine Linux',
};

/** The release of a system that a command puts on a disk or starts in a container. */
function systemOf(
  invocation: Invocation,
  environment: Environment | undefined,
): { readonly word: Word; readonly ending: Ending | undefined } | undefined {
  const { program, args } = invocation;
  if (program === 'lxc' || program === 'incus') {
    if (!/^(?:launch|init|create)$/.test(args[0]?.literal ?? '')) return undefined;
    for (const word of args) {
      const [, own, named, release] = INSTANCE.exec(word.literal ?? '') ?? [];
      if (release !== undefined) return { word, ending: releaseOf(SYSTEMS[own ?? named!]!, release) };
    }
  }
  if (program !== 'debootstrap' && program !== 'mmdebstrap' && program !== 'cdebootstrap') return undefined;
  const word = args.find(({ text }) => !text.startsWith('-'));
  const suite = word && withVariables(word.value, word, invocation, environment);
  return suite === undefined ? undefined : { word: word!, ending: endOfCodename(['Debian', 'Ubuntu'], suite) };
}

/** By its number or its name. */
const releaseOf = (product: string, release: string): Ending | undefined =>
  endOf(product, release) ?? endOfCodename([product], release);
