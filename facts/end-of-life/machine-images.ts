/**
 * The names of machine images of a later release, as their publishers form them: only for names of which every part is known.
 * Amazon: https://docs.aws.amazon.com/linux/al2023/ug/naming-and-versioning.html
 * Canonical: https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/ and, for families of Google's cloud,
 * https://cloud.google.com/compute/docs/images/os-details
 * Debian: https://wiki.debian.org/Cloud/AmazonEC2Image
 * Microsoft: https://docs.aws.amazon.com/ec2/latest/windows-ami-reference/ and
 * https://learn.microsoft.com/en-us/azure/virtual-machines/windows/cli-ps-findimage
 * Canonical on Azure: https://documentation.ubuntu.com/azure/azure-how-to/instances/find-ubuntu-images/
 */
import type { CloudBase, ImageBuild, Value } from '../../core/build.ts';
import type { Day } from '../../core/day.ts';
import { type Fix, fix } from '../../core/finding.ts';
import { quoted } from '../../core/quoted.ts';
import { rewriteValue } from '../rewrite-value.ts';
import type { Ending } from './ending.ts';
import { codenameOf, endOf, supportedRelease } from './lookup.ts';
import { endOfLifeOfOperatingSystem } from './of-operating-system.ts';

/** Longer text is not a name of an image. */
const LONGEST_NAME = 200;

type Naming = readonly [name: RegExp, later: (release: string, found: readonly string[]) => string | undefined];

const NAMINGS: Readonly<Record<string, readonly Naming[]>> = {
  'Amazon Linux': [
    [
      /^amzn2?-ami-(minimal-|ecs-|)(?:kernel-[\d.*]{1,10}-)?hvm-[\d.*]{1,30}-(x86_64|arm64)(?:-gp2|-ebs)?$/,
      (release, [, kind = '', machine]) =>
        kind === 'ecs-'
          ? `al${release}-ami-ecs-hvm-${release}.*-kernel-6.1-${machine}`
          : `al${release}-ami-${kind}${release}.*-kernel-6.1-${machine}`,
    ],
  ],
  Ubuntu: [
    [
      /^(ubuntu\/images\/)(hvm-ssd\/|hvm-ssd-gp3\/|)(\*?)ubuntu-[a-z]{3,12}-\d\d\.\d\d-(amd64|arm64)-(server|minimal)-\*$/,
      (release, [, place, disk, star, machine, kind]) => {
        const codename = codenameOf('Ubuntu', release);
        // The images of 23.10 and later are on gp3.
        const later = disk === '' ? '' : 'hvm-ssd-gp3/';
        return codename && `${place}${later}${star}ubuntu-${codename}-${release}-${machine}-${kind}-*`;
      },
    ],
    [
      /^ubuntu-(minimal-)?\d{4}-lts(?:-amd64)?$/,
      (release, [, kind = '']) => `ubuntu-${kind}${release.replace('.', '')}-lts-amd64`,
    ],
  ],
  Debian: [
    [/^debian-\d{1,2}-(amd64|arm64)-\*$/, (release, [, machine]) => `debian-${release}-${machine}-*`],
    [/^debian-\d{1,2}$/, release => `debian-${release}`],
  ],
  // Families of Google's cloud.
  'CentOS Stream': [[/^centos-stream-\d{1,2}$/, release => `centos-stream-${release}`]],
  'Red Hat Enterprise Linux': [[/^rhel-\d{1,2}$/, release => `rhel-${release}`]],
  'Windows Server': [
    [
      /^Windows_Server-20\d\d-English-(Full|Core)-(Base|\*)(?:-\*)?$/,
      (release, [, kind]) => `Windows_Server-${release}-English-${kind}-Base-*`,
    ],
    [
      /^Windows_Server-2012-R2_RTM-English-64Bit-(Base|Core)-\*$/,
      (release, [, kind]) => `Windows_Server-${release}-English-${kind === 'Core' ? 'Core' : 'Full'}-Base-*`,
    ],
    [/^20\d\d(?:-R2)?-(datacenter)(-core)?$/i, (release, [, word, core = '']) => `${release}-${word}${core}`],
    [/^windows-20\d\d(?:-r2)?(-core)?$/, (release, [, core = '']) => `windows-${release}${core}`],
  ],
};

/** Moves a machine image off a release that has ended, to the one that is supported longest. */
export function machineImageFix(
  base: CloudBase,
  endings: readonly Ending[],
  today: Day,
  build: ImageBuild,
): Fix | undefined {
  const value = base.selector;
  const name = value?.literal ?? value?.byDefault;
  const [ending] = endings;
  if (!value || name === undefined || ending === undefined || name.length > LONGEST_NAME) return undefined;
  if (base.offer && ending.product === 'Ubuntu') return offerFix(base, value, base.offer, today, build);
  const release = supportedRelease(ending.product, today)?.cycle;
  const later = release === undefined ? undefined : laterName(name, ending.product, release);
  // The new name must say what it is as the old one does, and not that something else has ended.
  if (later === undefined || later === name) return undefined;
  const end = endOfLifeOfOperatingSystem(later)?.date;
  if (end !== undefined && today.isAfter(end)) return undefined;
  return fix('suggested', `Move to ${quoted(later, 80)}`, rewriteValue(value, later, build));
}

/** Canonical has an offer for each release on Azure since 24.04, and one for each codename, or all of them, before. */
const OFFER = /^(?:UbuntuServer|0001-com-ubuntu-server-[a-z]{3,12})$/;
const PLAN = /^\d\d[._]04-lts(-gen2|_gen2)?$/i;
const LATER = { release: '24.04', offer: 'ubuntu-24_04-lts', plan: 'server-gen1', planOfGeneration2: 'server' };

function offerFix(base: CloudBase, plan: Value, offer: Value, today: Day, build: ImageBuild): Fix | undefined {
  const [, generation] = PLAN.exec(plan.literal ?? plan.byDefault ?? '') ?? [];
  const isKnown = PLAN.test(plan.literal ?? plan.byDefault ?? '') && OFFER.test(offer.literal ?? offer.byDefault ?? '');
  const end = endOf('Ubuntu', LATER.release)?.date;
  // The version of an image is none of another one.
  if (!isKnown || !base.floats || end === undefined || today.isAfter(end)) return undefined;
  return fix(
    'suggested',
    `Move to Ubuntu ${LATER.release} (${quoted(LATER.offer)})`,
    rewriteValue(offer, LATER.offer, build),
    rewriteValue(plan, generation === undefined ? LATER.plan : LATER.planOfGeneration2, build),
  );
}

function laterName(name: string, product: string, release: string): string | undefined {
  for (const [pattern, later] of NAMINGS[product] ?? []) {
    const found = pattern.exec(name);
    if (found) return later(release, found);
  }
  return undefined;
}
