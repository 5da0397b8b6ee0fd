import { describe, expect, it } from 'vitest';
import { Day } from '../../core/day.ts';
import table from '../../data/end-of-life.json';
import { tagReadings } from '../../facts/end-of-life/images.ts';
import { endOf, endOfCodename } from '../../facts/end-of-life/lookup.ts';
import { endOfLifeOfImage } from '../../facts/end-of-life/of-image.ts';
import { endOfLifeOfOperatingSystem } from '../../facts/end-of-life/of-operating-system.ts';
import { repositoryEndings } from '../../facts/end-of-life/repositories.ts';
import { supportStatus } from '../../facts/end-of-life/support-status.ts';
import { buildOf } from './builds.ts';

describe('the table', () => {
  it('agrees with what was announced', () => {
    expect(endOf('Node.js', '16')?.date).toBe('2023-09-11');
    expect(endOf('Node.js', '18')?.date).toBe('2025-04-30');
    expect(endOf('Python', '2.7')?.date).toBe('2020-01-01');
    expect(endOf('Python', '3.8')?.date).toBe('2024-10-07');
    expect(endOf('CentOS Linux', '7')?.date).toBe('2024-06-30');
    expect(endOf('CentOS Linux', '8')?.date).toBe('2021-12-31');
    expect(endOf('Ubuntu', '18.04')?.date).toBe('2023-05-31');
    expect(endOf('Debian', '10')?.date).toBe('2024-06-30');
    expect(endOf('Windows Server', '2012 R2')?.date).toBe('2023-10-10');
    expect(endOf('PostgreSQL', '11')?.date).toBe('2023-11-09');
    expect(endOf('PHP', '7.4')?.date).toBe('2022-11-28');
    expect(endOf('.NET', '6')?.date).toBe('2024-11-12');
    expect(endOf('MySQL', '5.7')?.date).toBe('2023-10-31');
    expect(endOf('FreeBSD', '12.4')?.date).toBe('2023-12-31');
    expect(endOfCodename(['Debian', 'Ubuntu'], 'xenial')?.cycle).toBe('16.04');
  });

  it('has every product that an image names', () => {
    const names = new Set(table.products.map(({ name }) => name));
    const unknown = [...tagReadings()].filter(([, { version, words = {} }]) =>
      [...(version === undefined ? [] : [version]), ...Object.values(words)].some(product => !names.has(product)),
    );
    expect(unknown).toEqual([]);
    expect(tagReadings().size).toBeGreaterThan(100);
  });
});

describe('endOf', () => {
  it('takes a point release for its release', () => {
    expect(endOf('Node.js', '16.20.2')?.cycle).toBe('16');
    expect(endOf('PostgreSQL', '9.6.24')?.cycle).toBe('9.6');
    expect(endOf('Amazon Linux', '2.0.20240131.0')?.cycle).toBe('2');
    expect(endOf('Amazon Linux', '2018.03.0.20231218.0')?.cycle).toBe('2018.03');
  });

  it('does not mistake digits for a release that they start with', () => {
    expect(endOf('Go', '1.100')).toBeUndefined();
    expect(endOf('Node.js', '160')).toBeUndefined();
    expect(endOf('Amazon Linux', '20')).toBeUndefined();
  });

  it('takes a line that has been followed for the last of its releases to end', () => {
    expect(endOf('Python', '2')?.cycle).toBe('2.7');
    expect(endOf('PHP', '7')?.cycle).toBe('7.4');
    expect(endOf('MySQL', '8')?.cycle).toBe('8.4');
    expect(endOf('MongoDB', '7')?.cycle).toBe('7.0');
  });

  it('is silent on a line that goes on, or that has a release without an end', () => {
    expect(endOf('Python', '3')).toBeUndefined();
    expect(endOf('Alpine Linux', '3')).toBeUndefined();
    expect(endOf('Apache Tomcat', '10')).toBeUndefined();
    expect(endOf('Elixir', '1')).toBeUndefined();
  });

  it('is silent where a shorter version is no name', () => {
    expect(endOf('Ubuntu', '18')).toBeUndefined();
    expect(endOf('Ubuntu', '18.04.6')?.cycle).toBe('18.04');
  });

  it('is silent on what it does not know', () => {
    expect(endOf('Plan 9', '4')).toBeUndefined();
    expect(endOf('Node.js', '99')).toBeUndefined();
    expect(endOf('Node.js', '')).toBeUndefined();
    expect(endOf('nginx', '1.31')).toBeUndefined();
  });
});

/** `Node.js 16 <16>`: the release and the text that names it. */
function ofImage(reference: string): readonly string[] {
  const colon = reference.lastIndexOf(':');
  const tagged = colon > reference.lastIndexOf('/');
  const repository = tagged ? reference.slice(0, colon) : reference;
  const tag = tagged ? reference.slice(colon + 1) : undefined;
  return endOfLifeOfImage({ repository, tag }).map(({ product, cycle, matched, within }) => {
    const text = within === 'tag' ? tag! : repository;
    return `${product} ${cycle} <${text.slice(...matched)}>`;
  });
}

describe('endOfLifeOfImage', () => {
  it.each<[string, ...string[]]>([
    ['node:16', 'Node.js 16 <16>'],
    ['node:16.20.2', 'Node.js 16 <16.20.2>'],
    ['node:16-alpine3.16', 'Node.js 16 <16>', 'Alpine Linux 3.16 <alpine3.16>'],
    ['node:16-bullseye-slim', 'Node.js 16 <16>', 'Debian 11 <bullseye>'],
    ['node:gallium-alpine', 'Node.js 16 <gallium>'],
    ['node:0.12.18', 'Node.js 0.12 <0.12.18>'],
    ['library/node:16', 'Node.js 16 <16>'],
    ['docker.io/library/node:16', 'Node.js 16 <16>'],
    ['docker.io/node:16', 'Node.js 16 <16>'],
    ['public.ecr.aws/docker/library/node:16', 'Node.js 16 <16>'],
    ['arm64v8/alpine:3.12', 'Alpine Linux 3.12 <3.12>'],
    ['docker.io/arm64v8/alpine:3.12', 'Alpine Linux 3.12 <3.12>'],
    ['python:3.7-slim-buster', 'Python 3.7 <3.7>', 'Debian 10 <buster>'],
    ['python:3.6.0rc1', 'Python 3.6 <3.6.0rc1>'],
    ['ubuntu:jammy', 'Ubuntu 22.04 <jammy>'],
    ['ubuntu:22.04', 'Ubuntu 22.04 <22.04>'],
    ['ubuntu:jammy-20240111', 'Ubuntu 22.04 <jammy>'],
    ['debian:12.4-slim', 'Debian 12 <12.4>'],
    ['debian:stretch-backports', 'Debian 9 <stretch>'],
    ['amazoncorretto:8u342-al2', 'Amazon Corretto 8 <8u342>', 'Amazon Linux 2 <al2>'],
    ['amazonlinux:2', 'Amazon Linux 2 <2>'],
    ['openjdk:8u342-jdk-slim-buster', 'openjdk image 8 <8u342>', 'Debian 10 <buster>'],
    ['eclipse-temurin:17.0.4.1_1-jdk-focal', 'Eclipse Temurin 17 <17.0.4.1>', 'Ubuntu 20.04 <focal>'],
    ['maven:3.8-eclipse-temurin-19-alpine', 'Eclipse Temurin 19 <temurin-19>'],
    ['gradle:7-jdk19-focal', 'Eclipse Temurin 19 <jdk19>', 'Ubuntu 20.04 <focal>'],
    ['centos:centos7', 'CentOS Linux 7 <centos7>'],
    ['centos:7.9.2009', 'CentOS Linux 7 <7.9.2009>'],
    ['quay.io/centos/centos:stream8', 'CentOS Stream 8 <stream8>'],
    ['wordpress:6.2-php7.4-apache', 'PHP 7.4 <php7.4>'],
    ['elixir:1.12-otp-24', 'Elixir 1.12 <1.12>', 'Erlang/OTP 24 <otp-24>'],
    [
      'hexpm/elixir:1.14.0-erlang-25.0-debian-bullseye-20220801-slim',
      'Elixir 1.14 <1.14.0>',
      'Erlang/OTP 25 <erlang-25.0>',
      'Debian 11 <bullseye>',
    ],
    ['timescale/timescaledb:2.5.0-pg12', 'PostgreSQL 12 <pg12>'],
    ['bitnami/postgresql:11.18.0-debian-11-r45', 'PostgreSQL 11 <11.18.0>', 'Debian 11 <debian-11>'],
    ['nvidia/cuda:11.0.3-base-ubuntu18.04', 'Ubuntu 18.04 <ubuntu18.04>'],
    ['ghcr.io/astral-sh/uv:python3.8-bookworm-slim', 'Python 3.8 <python3.8>', 'Debian 12 <bookworm>'],
    ['mcr.microsoft.com/dotnet/aspnet:5.0-buster-slim', '.NET 5 <5.0>', 'Debian 10 <buster>'],
    ['mcr.microsoft.com/dotnet/core/sdk:3.1', '.NET 3.1 <3.1>'],
    ['mcr.microsoft.com/dotnet/sdk:5.0-nanoserver-20H2', '.NET 5 <5.0>', 'Windows Server 20H2 <nanoserver-20H2>'],
    ['mcr.microsoft.com/windows/servercore:1803', 'Windows Server 1803 <1803>'],
    ['mcr.microsoft.com/windows/servercore:ltsc2016', 'Windows Server 2016 <ltsc2016>'],
    ['mcr.microsoft.com/devcontainers/base:ubuntu-20.04', 'Ubuntu 20.04 <ubuntu-20.04>'],
    ['docker:20.10.24-dind-alpine3.18', 'Docker Engine 20.10 <20.10.24>', 'Alpine Linux 3.18 <alpine3.18>'],
    ['docker:24-dind', 'Docker Engine 24.0 <24>'],
    ['drupal:9-php8.0-apache', 'Drupal 9.5 <9>', 'PHP 8.0 <php8.0>'],
    ['joomla:3.10', 'Joomla 3 <3.10>'],
    ['julia:1.6-buster', 'Julia 1.6 <1.6>', 'Debian 10 <buster>'],
    ['grafana/grafana:8.5.27', 'Grafana 8 <8.5.27>'],
    ['opensearchproject/opensearch:1.3.0', 'OpenSearch 1 <1.3.0>'],
    ['registry.k8s.io/etcd:3.4.13-0', 'etcd 3.4 <3.4.13>'],
    ['quay.io/coreos/etcd:v3.3.27', 'etcd 3.3 <v3.3.27>'],
    ['hashicorp/consul:1.15', 'Consul 1.15 <1.15>'],
    ['hashicorp/nomad:1.4.3', 'Nomad 1.4 <1.4.3>'],
    ['hashicorp/terraform:1.0.11', 'Terraform 1.0 <1.0.11>'],
    ['cockroachdb/cockroach:v22.1.22', 'CockroachDB 22.1 <v22.1.22>'],
    ['cockroachdb/cockroach:latest-v22.1', 'CockroachDB 22.1 <latest-v22.1>'],
    ['envoyproxy/envoy:v1.21-latest', 'Envoy 1.21 <v1.21>'],
    ['envoyproxy/envoy:distroless-v1.26.8', 'Envoy 1.26 <distroless-v1.26.8>'],
    ['k8s.gcr.io/build-image/debian-base:buster-v1.10.0', 'Debian 10 <buster>'],
    ['rancher/k3s:v1.27.3-k3s1', 'Kubernetes 1.27 <v1.27.3>'],
    ['registry.access.redhat.com/ubi7/ubi', 'Red Hat Enterprise Linux 7 <ubi7>'],
    ['registry.access.redhat.com/ubi8-minimal:8.3', 'Red Hat Enterprise Linux 8 <ubi8>'],
    ['registry.redhat.io/rhel7:latest', 'Red Hat Enterprise Linux 7 <rhel7>'],
    ['redhat/ubi8', 'Red Hat Enterprise Linux 8 <ubi8>'],
    ['gcr.io/distroless/nodejs18-debian11:nonroot', 'Node.js 18 <nodejs18>', 'Debian 11 <debian11>'],
    ['gcr.io/distroless/base-nossl-debian11', 'Debian 11 <debian11>'],
  ])('%s', (reference, ...expected) => {
    expect(ofImage(reference)).toEqual(expected);
  });

  it.each([
    'node',
    'node:latest',
    'node:lts',
    'node:alpine',
    'node:99',
    'node:sixteen',
    'node:16abc',
    'myorg/node:16',
    'reg.example:5000/node:16',
    'localhost/library/node:16',
    'docker.io/myorg/node:16',
    'library/myorg/node:16',
    'arm64v8/myorg/alpine:3.12',
    'example/buster:buster',
    'myorg/app:1.0-buster',
    'example/grafana:8.0.0',
    'grafana/loki:2.0.0',
    'julia:1.9.4',
    // The version of the image, not of Debian.
    'k8s.gcr.io/build-image/debian-base:v4.1.0',
    // Enterprise releases are maintained longer.
    'hashicorp/consul-enterprise:1.15-ent',
    'debian:sid',
    'debian:busterx',
    'debian:xbuster',
    'debian:Buster',
    'ubuntu:18',
    'alpine:3',
    'alpine:20230901',
    'python:3-alpine',
    // As a container tag 1809 is the long-term release 2019.
    'mcr.microsoft.com/windows/servercore:1809',
    // Red Hat maintains these runtimes longer than upstream does.
    'registry.example/ubi8/nodejs-16',
    'registry.access.redhat.com/ubix/ubi',
    'gcr.io/distroless/python3',
    'gcr.io/example/static-debian9',
    'wordpress:constructor7',
    `node:16-${'x'.repeat(200)}`,
  ])('says nothing of %s', reference => {
    expect(ofImage(reference)).toEqual([]);
  });

  it('says a thing once', () => {
    expect(ofImage('debian:buster-buster')).toEqual(['Debian 10 <buster>']);
    expect(ofImage('debian:10-buster')).toEqual(['Debian 10 <10>']);
  });

  it('carries the date', () => {
    expect(endOfLifeOfImage({ repository: 'node', tag: '16' })).toEqual([
      { product: 'Node.js', cycle: '16', date: '2023-09-11', matched: [0, 2], within: 'tag' },
    ]);
  });

  it('knows every release of an image by its own name', () => {
    for (const { name, cycles } of table.products) {
      const repository = { 'Node.js': 'node', Python: 'python', Debian: 'debian', MariaDB: 'mariadb' }[name];
      if (repository === undefined) continue;
      for (const [cycle, end] of cycles) {
        const expected = end == null ? [] : [{ product: name, cycle, date: end }];
        expect(endOfLifeOfImage({ repository, tag: `${cycle}-slim` })).toMatchObject(expected);
      }
    }
  });
});

function ofSystem(text: string): string | undefined {
  const ending = endOfLifeOfOperatingSystem(text);
  return ending && `${ending.product} ${ending.cycle} <${text.slice(...ending.matched)}>`;
}

describe('endOfLifeOfOperatingSystem', () => {
  it.each([
    ['ubuntu-18.04.6-live-server-amd64.iso', 'Ubuntu 18.04 <18.04.6>'],
    ['ubuntu/images/hvm-ssd/ubuntu-bionic-18.04-amd64-server-*', 'Ubuntu 18.04 <bionic>'],
    ['ubuntu/images/hvm-ssd/ubuntu-*-20.04-amd64-server-*', 'Ubuntu 20.04 <20.04>'],
    ['ubuntu-1804-lts', 'Ubuntu 18.04 <1804>'],
    ['ubuntu-minimal-1804-lts', 'Ubuntu 18.04 <1804>'],
    ['ubuntu-18-04-x64', 'Ubuntu 18.04 <18-04>'],
    ['ubuntu/bionic64', 'Ubuntu 18.04 <bionic>'],
    ['https://cloud-images.ubuntu.com/bionic/current/bionic-server-cloudimg-amd64.img', 'Ubuntu 18.04 <bionic>'],
    ['bionic-server-cloudimg-amd64.img', 'Ubuntu 18.04 <bionic>'],
    ['0001-com-ubuntu-server-focal', 'Ubuntu 20.04 <focal>'],
    ['Canonical:UbuntuServer:18.04-LTS:latest', 'Ubuntu 18.04 <18.04>'],
    ['18_04-lts', 'Ubuntu 18.04 <18_04>'],
    ['18.04-LTS', 'Ubuntu 18.04 <18.04>'],
    ['18_04-daily-lts-gen2', 'Ubuntu 18.04 <18_04>'],
    ['debian-10.13.0-amd64-netinst.iso', 'Debian 10 <10.13.0>'],
    ['http://cdimage.debian.org/cdimage/archive/6.0.7/i386/iso-cd/debian-6.0.7-i386-CD-1.iso', 'Debian 6 <6.0.7>'],
    ['debian-10-amd64-*', 'Debian 10 <10>'],
    ['debian/contrib-buster64', 'Debian 10 <buster>'],
    ['projects/debian-cloud/global/images/family/debian-10', 'Debian 10 <10>'],
    ['CentOS-7-x86_64-DVD-1503-01.iso', 'CentOS Linux 7 <7>'],
    ['http://mirror.example/centos/7.9.2009/isos/x86_64/CentOS-7-x86_64-Minimal-2009.iso', 'CentOS Linux 7 <7.9.2009>'],
    ['CentOS Linux 7 x86_64 HVM EBS *', 'CentOS Linux 7 <7>'],
    ['generic/centos7', 'CentOS Linux 7 <7>'],
    ['CentOS-Stream-8-x86_64-latest-dvd1.iso', 'CentOS Stream 8 <8>'],
    ['http://mirror.example/centos/8-stream/isos/x86_64/CentOS-Stream-8-x86_64-latest-dvd1.iso', 'CentOS Stream 8 <8>'],
    ['CentOS-Stream-GenericCloud-8-20220125.1.x86_64.qcow2', 'CentOS Stream 8 <8>'],
    ['Fedora-Server-DVD-x86_64-21.iso', 'Fedora Linux 21 <21>'],
    ['Fedora-20-x86_64-DVD.iso', 'Fedora Linux 20 <20>'],
    ['Rocky-8.6-x86_64-minimal.iso', 'Rocky Linux 8 <8.6>'],
    ['rocky-linux-8-optimized-gcp', 'Rocky Linux 8 <8>'],
    ['AlmaLinux-8.4-x86_64-dvd.iso', 'AlmaLinux 8 <8.4>'],
    ['rhel-server-7.9-x86_64-dvd.iso', 'Red Hat Enterprise Linux 7 <7.9>'],
    ['RHEL-7.9_HVM-2022*', 'Red Hat Enterprise Linux 7 <7.9>'],
    ['OracleLinux-R7-U9-Server-x86_64-dvd.iso', 'Oracle Linux 7 <7>'],
    ['openSUSE-Leap-15.3-DVD-x86_64.iso', 'openSUSE 15.3 <15.3>'],
    ['opensuse-leap-15-3', 'openSUSE 15.3 <15-3>'],
    ['openSUSE-15.iso', 'openSUSE 15 <15>'],
    ['suse-sles-15-sp3-v*', 'SUSE Linux Enterprise Server 15.3 <15-sp3>'],
    ['SLE-12-SP5-Server-DVD-x86_64-GM-DVD1.iso', 'SUSE Linux Enterprise Server 12.5 <12-SP5>'],
    ['windows-2012-r2', 'Windows Server 2012 R2 <2012-r2>'],
    ['win2012r2', 'Windows Server 2012 R2 <2012r2>'],
    ['Windows_Server-2016-English-Full-Base-*', 'Windows Server 2016 <2016>'],
    ['en_windows_server_2012_r2_with_update_x64_dvd.iso', 'Windows Server 2012 R2 <2012_r2>'],
    ['2012-R2-Datacenter', 'Windows Server 2012 R2 <2012-R2>'],
    ['2016-Datacenter-smalldisk', 'Windows Server 2016 <2016>'],
    ['amzn2-ami-hvm-*-x86_64-gp2', 'Amazon Linux 2 <2>'],
    ['amzn-ami-hvm-2018.03.0.20231218.0-x86_64-ebs', 'Amazon Linux 1 <amzn-ami>'],
    ['alpine-virt-3.16.0-x86_64.iso', 'Alpine Linux 3.16 <3.16.0>'],
    [
      'https://dl-cdn.alpinelinux.org/alpine/v3.16/releases/x86_64/alpine-virt-3.16.0-x86_64.iso',
      'Alpine Linux 3.16 <3.16>',
    ],
    ['FreeBSD-12.4-RELEASE-amd64-disc1.iso', 'FreeBSD 12.4 <12.4>'],
  ])('%s', (text, expected) => {
    expect(ofSystem(text)).toBe(expected);
  });

  it.each([
    '',
    'my-golden-image-2012',
    'web-10',
    'ubuntu',
    'ubuntu-latest',
    'ubuntu-18',
    'ubuntu-20-04-2022',
    'ubuntu-20210101',
    'ubuntu-k8s-1.18.04',
    'myubuntu-18.04',
    'bionic-arm',
    'noble-corp-base',
    'debian-64bit',
    'debian-testing-10x',
    'debianesque-10',
    'centos-70',
    'windows-10',
    'windows-2000-things',
    'windows-2016x',
    'opscentos7x',
    '10_10-lts',
    '2013-datacenter',
    // Two systems: which one is the base is unknown.
    'centos-7-from-ubuntu-18.04',
    'ubuntu-18.04-to-ubuntu-20.04',
    // Guest types describe the virtual machine, not what is installed.
    'centos7-64',
    'arm-debian11-64',
    'Debian11_64',
    'Windows2012_64',
    'centos7_64Guest',
    'windows2019srv_64Guest',
    'İubuntu-18.04',
  ])('says nothing of %j', text => {
    expect(ofSystem(text)).toBeUndefined();
  });

  it('is silent on endless text', () => {
    expect(ofSystem(`${'x-'.repeat(5000)}ubuntu-18.04`)).toBeUndefined();
    expect(ofSystem(`ubuntu-18.04-${'x-'.repeat(5000)}`)).toBeUndefined();
    expect(ofSystem(`ubuntu-18.04-${'x-'.repeat(300)}`)).toBe('Ubuntu 18.04 <18.04>');
  });
});

describe('standing', () => {
  it('counts the last day as supported', () => {
    expect(supportStatus('2026-08-21', new Day('2026-08-22'))).toBe('past');
    expect(supportStatus('2026-08-22', new Day('2026-08-22'))).toBe('soon');
    expect(supportStatus('2026-08-23', new Day('2026-08-22'))).toBe('soon');
  });

  it('agrees with the calendar on every day of five years', () => {
    const day = 86_400_000;
    const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
    for (let today = Date.UTC(2023, 0, 1); today < Date.UTC(2028, 0, 1); today += day) {
      expect(supportStatus(iso(today - day), new Day(iso(today)))).toBe('past');
      expect(supportStatus(iso(today + 90 * day), new Day(iso(today)))).toBe('soon');
      expect(supportStatus(iso(today + 91 * day), new Day(iso(today)))).toBe('fine');
    }
  });

  it('says nothing of what is no date', () => {
    expect(supportStatus('soon', new Day('2026-08-22'))).toBe('fine');
    expect(supportStatus('2020-01-01', new Day(''))).toBe('fine');
  });
});

/** What a script names on a machine; in a container, packages, archives and managers say less than the base. */
const REPOSITORIES: readonly [script: string, found: string, inContainer?: false][] = [
  ['echo "deb https://deb.nodesource.com/node_16.x nodistro main" > l', 'Node.js 16'],
  ['curl -o r https://rpm.nodesource.com/pub_14.x/nodistro/nodejs/x86_64/', 'Node.js 14'],
  ['echo "deb https://pkgs.k8s.io/core:/stable:/v1.26/deb/ /" > l', 'Kubernetes 1.26'],
  ['echo "deb https://repo.mongodb.org/apt/ubuntu jammy/mongodb-org/5.0 multiverse" > l', 'MongoDB 5.0'],
  ['echo "deb https://artifacts.elastic.co/packages/6.x/apt stable main" > l', 'Elasticsearch 6'],
  ['echo "deb https://repo.mysql.com/apt/ubuntu/ bionic mysql-5.7" > l', 'MySQL 5.7'],
  ['echo "deb https://mirror.example.com/mariadb/repo/10.3/ubuntu focal main" > l', 'MariaDB 10.3'],
  ['echo "deb https://archive.mariadb.org/repo/10.3/ubuntu focal main" > l', 'MariaDB 10.3'],
  ['echo "deb https://dlm.mariadb.com/repo/mariadb-server/10.3/repo/ubuntu focal main" > l', 'MariaDB 10.3'],
  ['dnf install -y https://download.postgresql.org/pub/repos/yum/11/redhat/rhel-8-x86_64/a.rpm', 'PostgreSQL 11'],
  ['echo baseurl=http://vault.centos.org/centos/7.9.2009/os/x86_64/ > r', 'CentOS Linux 7'],
  ['echo "deb http://deb.debian.org/debian buster main" > l', 'Debian 10'],
  ['echo "deb [arch=amd64] http://archive.ubuntu.com/ubuntu xenial-updates main" > l', 'Ubuntu 16.04'],
  ['apt-get install -y nodejs=16.20.2-1nodesource1', 'Node.js 16'],
  ['apt-get install -y kubelet=1.26.5-00', 'Kubernetes 1.26'],
  ['apt-get install -y mongodb-org-server=5.0.1', 'MongoDB 5.0'],
  ['apt-get install -y php7.4-fpm', 'PHP 7.4', false],
  ['apt-get install -y python3.7-dev', 'Python 3.7', false],
  ['apt-get install -y postgresql-11', 'PostgreSQL 11', false],
  ['apt-get install -y mysql-server-5.7', 'MySQL 5.7', false],
  ['apt-get install -y aspnetcore-runtime-6.0', '.NET 6', false],
  ['curl -O https://nodejs.org/dist/v14.21.3/node-v14.21.3-linux-x64.tar.xz', 'Node.js 14', false],
  ['curl -O https://www.python.org/ftp/python/3.7.9/Python-3.7.9.tgz', 'Python 3.7', false],
  ['curl -O https://archive.apache.org/dist/tomcat/tomcat-8/v8.5.100/bin/t.tar.gz', 'Apache Tomcat 8.5', false],
  ['curl -O https://dl.k8s.io/release/v1.26.1/bin/linux/amd64/kubelet', 'Kubernetes 1.26', false],
  ['nvm install v14', 'Node.js 14', false],
  ['fnm install 14', 'Node.js 14', false],
  ['rvm install 2.7.8', 'Ruby 2.7', false],
  ['rbenv install 2.7.8', 'Ruby 2.7', false],
  ['pyenv install 3.7.9', 'Python 3.7', false],
];

describe('repositoryEndings', () => {
  it.each(REPOSITORIES)('%s', (script, found, inContainer) => {
    const container = buildOf(script);
    const named = (build: typeof container) =>
      repositoryEndings(build)
        .map(({ ending: { cycle, product } }) => `${product} ${cycle}`)
        .join();
    expect(named({ ...container, language: 'packer' })).toBe(found);
    expect(named(container)).toBe(inContainer === false ? '' : found);
  });
});
