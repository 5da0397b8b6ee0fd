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
import type { Edit } from '../../core/text.ts';
import { rewriteValue } from '../rewrite-value.ts';
import type { Ending } from './ending.ts';
import { codenameOf, endOf, laterReleases } from './lookup.ts';
import { endOfLifeOfOperatingSystem } from './of-operating-system.ts';
import { suitsSystem } from './suits.ts';
import { supportStatus } from './support-status.ts';

/** Longer text is not a name of an image. */
const LONGEST_NAME = 200;

/** From 23.10 on images of Ubuntu are on gp3, and families have the architecture in their names. */
const isSince2310 = (release: string): boolean => Number(release) >= 23.1;

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
        const later = disk === '' ? '' : isSince2310(release) ? 'hvm-ssd-gp3/' : 'hvm-ssd/';
        return codename && `${place}${later}${star}ubuntu-${codename}-${release}-${machine}-${kind}-*`;
      },
    ],
    [
      /^ubuntu-(minimal-)?\d{4}-lts(?:-amd64)?$/,
      (release, [, kind = '']) =>
        `ubuntu-${kind}${release.replace('.', '')}-lts${isSince2310(release) ? '-amd64' : ''}`,
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

/** More releases are no help. */
const MOST = 3;

/** Moves a machine image off a release that has ended: to the nearest that is supported, or a later one. */
export function machineImageFixes(
  base: CloudBase,
  endings: readonly Ending[],
  today: Day,
  build: ImageBuild,
): readonly (Fix | undefined)[] {
  const value = base.selector;
  const name = value?.literal ?? value?.byDefault;
  const [ending] = endings;
  if (!value || name === undefined || ending === undefined || name.length > LONGEST_NAME) return [];
  const { cycle, product } = ending;
  const fits = (release: string): boolean => suitsSystem({ product, cycle: release }, build, undefined, false);
  if (base.offer && product === 'Ubuntu')
    return fits(LATER.release) ? [offerFix(base, value, base.offer, today, build)] : [];
  return laterReleases(product, cycle, today)
    .filter(
      release =>
        supportStatus(release.end ?? '', today) === 'fine' && isLasting(product, release.cycle) && fits(release.cycle),
    )
    .flatMap(release => {
      const later = laterName(name, product, release.cycle);
      // The new name must say what it is as the old one does, and not that something else has ended.
      const end = later === undefined ? undefined : endOfLifeOfOperatingSystem(later)?.date;
      if (later === undefined || later === name || (end !== undefined && today.isAfter(end))) return [];
      const edit = rewriteValue(value, later, build);
      // What a file of values says is for more than this template, and often written by a program.
      return edit && isOwn(edit, build) ? [fix('suggested', `Move to ${quoted(later, 80)}`, edit)] : [];
    })
    .slice(0, MOST);
}

/** Releases of Ubuntu between those with long-term support end within a year. */
const isLasting = (product: string, release: string): boolean => product !== 'Ubuntu' || /[02468]\.04$/.test(release);

const isOwn = ({ span }: Edit, { mentions }: ImageBuild): boolean =>
  span.file === undefined ||
  (!/\.pkrvars\.(?:hcl|json)$/.test(span.file) && mentions.some(({ file }) => file === span.file));

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
