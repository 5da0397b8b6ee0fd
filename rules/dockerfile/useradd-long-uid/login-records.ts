import { distributionOf } from '../../../facts/distribution.ts';
import { endOf, releaseOfCodename } from '../../../facts/end-of-life/lookup.ts';
import { endOfLifeOfImage } from '../../../facts/end-of-life/of-image.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';

/**
 * The first releases with shadow 4.13, whose `useradd` leaves the records of new users out of files that end before them:
 * https://github.com/shadow-maint/shadow/pull/558
 */
const FIRST: Readonly<Record<string, number>> = {
  Debian: 12,
  Ubuntu: 23.04,
  'Fedora Linux': 38,
  'Red Hat Enterprise Linux': 10,
  'CentOS Stream': 10,
  'Rocky Linux': 10,
  AlmaLinux: 10,
  'Oracle Linux': 10,
};
/** The day on which Debian 12 came out. What ended before it is not built on it. */
const DEBIAN_12 = '2023-06-10';

/** Whether `useradd` in this container image does not extend `/var/log/lastlog` and `/var/log/faillog`. */
export function writesNoRecords(image: string): boolean {
  const reference = parseImageReference(image);
  const family = distributionOf(image);
  // Alpine Linux has no such files, and `useradd` does not create them.
  if (!reference || family === 'alpine') return family === 'alpine';
  const { name, tag = '' } = reference;
  const endings = endOfLifeOfImage(reference);
  const system = endings.find(({ product }) => Object.hasOwn(FIRST, product)) ?? systemIn(tag);
  if (system) return Number(system.cycle) >= FIRST[system.product]!;
  // `debian:stable`, `python:3.13`, `fedora`: official images without a release in their tag are on a current one.
  const isOfficial = name.startsWith('docker.io/library/') && (family === 'debian' || /\/fedora$/.test(name));
  return isOfficial && endings.every(({ date }) => date >= DEBIAN_12);
}

/** The release that a word of any tag names: `12.2.0-devel-ubuntu22.04`, `2.1-bullseye`. */
function systemIn(tag: string): { readonly product: string; readonly cycle: string } | undefined {
  for (const word of tag.split(/[-_]/)) {
    const version = /^(debian|ubuntu)(\d{1,2}(?:\.\d{2})?)$/.exec(word);
    const product = version?.[1] === 'debian' ? 'Debian' : 'Ubuntu';
    const found = version ? endOf(product, version[2]!) : releaseOfCodename(['Debian', 'Ubuntu'], word);
    if (found) return found;
  }
  return undefined;
}
