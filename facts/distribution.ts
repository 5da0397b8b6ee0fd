import { parseImageReference } from './image-reference.ts';

/** Families of distributions by what their base system brings along: which shell, which `wget`, which package manager. */
export type Distribution = 'debian' | 'alpine' | 'redhat' | 'busybox';

const REPOSITORIES: Readonly<Record<string, Distribution>> = {
  debian: 'debian',
  ubuntu: 'debian',
  'buildpack-deps': 'debian',
  alpine: 'alpine',
  busybox: 'busybox',
  fedora: 'redhat',
  centos: 'redhat',
  rockylinux: 'redhat',
  almalinux: 'redhat',
  oraclelinux: 'redhat',
  amazonlinux: 'redhat',
};
/** Official images without a distribution in their tag that are built on Debian. https://hub.docker.com/u/library */
const ON_DEBIAN: ReadonlySet<string> = new Set(
  'node python ruby golang rust php openjdk gcc perl nginx httpd postgres mysql mariadb redis elixir erlang maven gradle tomcat'.split(
    ' ',
  ),
);

/** The family that a container image's name says it is built on; `undefined` when the name does not say. */
export function distributionOf(image: string): Distribution | undefined {
  const reference = parseImageReference(image);
  if (!reference) return undefined;
  const { name } = reference;
  const last = name.slice(name.lastIndexOf('/') + 1);
  const tag = reference.tag ?? '';
  if (/(?:^|[-.])alpine/.test(tag) || /(?:^|-)alpine(?:$|-)/.test(last)) return 'alpine';
  if (
    /(?:^|-)(?:slim|bookworm|bullseye|trixie|buster|stretch|jammy|focal|noble|bionic|debian|ubuntu)/.test(tag) ||
    /(?:^|-)(?:debian|ubuntu)(?:$|-)/.test(last)
  )
    return 'debian';
  if (/(?:^|\/)(?:ubi|rhel)\d*(?:[-/]|$)/.test(name) || /(?:^|-)ubi\d/.test(tag)) return 'redhat';
  if (/(?:^|-)(?:busybox|musl|uclibc)/.test(tag)) return 'busybox';
  if (Object.hasOwn(REPOSITORIES, last)) return REPOSITORIES[last];
  return name.startsWith('docker.io/library/') && ON_DEBIAN.has(last) ? 'debian' : undefined;
}

/** Distributions of other families whose `/bin/sh` is bash. */
const BASH =
  /(?:^|\/)(?:archlinux|opensuse|leap|tumbleweed|sles?|bci|suse|photon|azurelinux|cbl-mariner|mageia|clearlinux)(?:[-/.\d]|$)/;

/**
 * The program that `/bin/sh` is in a container image, by its name; `undefined` when the name does not say. bash replaces itself
 * with the only command of `sh -c`, BusyBox with the last one; dash starts it and waits, up to 0.5.12 of Debian 13.
 */
export function shellOf(image: string): 'bash' | 'busybox' | 'dash' | undefined {
  const distribution = distributionOf(image);
  if (distribution === 'redhat') return 'bash';
  if (distribution === 'debian') return 'dash';
  if (distribution !== undefined) return 'busybox';
  return BASH.test(parseImageReference(image)?.name ?? '') ? 'bash' : undefined;
}
