/** The tags that take the place of one whose release has ended. */
import type { Day } from '../../core/day.ts';
import type { Ending } from '../end-of-life/ending.ts';
import { tagReading } from '../end-of-life/images.ts';
import { isSameBranch, supportedRelease } from '../end-of-life/lookup.ts';
import { groupsOf, runsOn } from './listed.ts';
import { compareVersions, depthOf, type TagParts, tagParts } from './parts.ts';
import { isSupported } from './pins.ts';

/** At most so many tags are worth offering: the one that is supported longest, the nearest one, one more. */
const MOST = 3;

/**
 * Tags of the same image in the same variant on a supported release, the best first: of a runtime the release that is
 * supported longest, then the nearest one; of the distribution below the same, and both only where they have ended.
 */
export function successorsOf(
  repository: string,
  tag: string,
  endings: readonly Ending[],
  { platform, today }: { readonly platform: string | undefined; readonly today: Day },
): readonly string[] {
  const product = tagReading(repository)?.version;
  const old = tagParts(repository, tag);
  const own = endings.some(ending => ending.product === product);
  const below = endings.some(ending => ending.product === old.system?.product);
  const candidates = groupsOf(repository)
    .filter(group => runsOn(group, platform))
    .flatMap(({ tags }) => tags)
    .filter(one => isAlike(one, old) && isOfBranch(one, old, product) && isSupported(repository, one.tag, today));
  const best = (name: string | undefined) =>
    name === undefined ? undefined : supportedRelease(name, today, name === product ? old.cycle : undefined)?.cycle;
  const longest = { own: best(product), below: best(old.system?.product) };
  const lines = new Map<string, TagParts>();
  const fitting = candidates.filter(one =>
    own || old.version === undefined ? isLater(one, old) : isSameLine(one, old),
  );
  const ranked = fitting.toSorted((a, b) => {
    const nearest = compareVersions(a.version, b.version);
    return (
      rank(b, longest.own, own) - rank(a, longest.own, own) ||
      nearest ||
      closeness(b, old, longest.below, below) - closeness(a, old, longest.below, below)
    );
  });
  for (const one of ranked) {
    const line = [one.cycle ?? one.version, own && one.version !== undefined ? '' : one.system?.word].join(' ');
    if (!lines.has(line)) lines.set(line, one);
  }
  const found = [...lines.values()].slice(0, MOST).map(one => one.tag);
  const other = found.length === 0 && product === '.NET' ? withoutDebian(tag) : undefined;
  return other === undefined ? found : successorsOf(repository, other, endings, { platform, today });
}

/**
 * There are no images of .NET 10 on Debian: those without a system in their name are on Ubuntu, and take their place.
 * https://learn.microsoft.com/en-us/dotnet/core/compatibility/containers/10.0/default-images-use-ubuntu
 */
function withoutDebian(tag: string): string | undefined {
  const other = tag.replace(/-(?:jessie|stretch|buster|bullseye|bookworm)(?:-slim)?(?=-|$)/, '');
  return other === tag ? undefined : other;
}

/** Whether two tags are written in the same way, but for the releases that they name. */
function isAlike(one: TagParts, old: TagParts): boolean {
  return (
    one.tag !== old.tag &&
    one.variant === old.variant &&
    one.system?.product === old.system?.product &&
    (one.system?.release === undefined) === (old.system?.release === undefined) &&
    (one.date === undefined) === (old.date === undefined) &&
    depthOf(one) === depthOf(old)
  );
}

const isOfBranch = (one: TagParts, old: TagParts, product: string | undefined): boolean =>
  product === undefined ||
  one.cycle === undefined ||
  old.cycle === undefined ||
  isSameBranch(product, one.cycle, old.cycle);

const isLater = (one: TagParts, old: TagParts): boolean =>
  old.version === undefined || compareVersions(one.version, old.version) > 0;

/** The version stays: the very one where it is listed, else its release line. */
function isSameLine(one: TagParts, old: TagParts): boolean {
  return one.version === old.version || (one.cycle !== undefined && one.cycle === old.cycle);
}

const rank = ({ cycle }: TagParts, longest: string | undefined, own: boolean): number =>
  own && longest !== undefined && cycle === longest ? 1 : 0;

/** How well the distribution fits: the same where it has not ended, else the one that is supported longest. */
function closeness({ system }: TagParts, old: TagParts, longest: string | undefined, ended: boolean): number {
  if (system === undefined) return 0;
  if (!ended && system.word === old.system?.word) return 2;
  return system.release === longest ? 1 : 0;
}
