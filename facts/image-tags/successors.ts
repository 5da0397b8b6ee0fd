/** The tags that take the place of one whose release has ended. */
import type { Day } from '../../core/day.ts';
import type { Ending } from '../end-of-life/ending.ts';
import { tagReading } from '../end-of-life/images.ts';
import { isSameBranch } from '../end-of-life/lookup.ts';
import { DISTRIBUTIONS } from '../end-of-life/of-image.ts';
import type { NamedRelease } from '../end-of-life/suits.ts';
import { groupsOf, runsOn, type TagGroup } from './listed.ts';
import { compareVersions, depthOf, type TagParts, tagParts } from './parts.ts';
import { isSupported } from './pins.ts';

/** At most so many tags are worth offering: the two nearest, and the newest. */
const MOST = 3;

/** What is asked of the tags. */
export interface Wanted {
  readonly platform: string | undefined;
  readonly today: Day;
  /** Whether the rest of the file suits a release: that of the image itself, or that of the distribution below. */
  suits?(release: NamedRelease, kind: 'runtime' | 'system'): boolean;
}

/**
 * Tags of the same image in the same variant on a supported release, the nearest first and the newest last; of the
 * distribution below the same one while it is supported, else the nearest.
 */
export function successorsOf(
  repository: string,
  tag: string,
  endings: readonly Ending[],
  wanted: Wanted,
): readonly string[] {
  const { platform, today, suits = () => true } = wanted;
  const product = tagReading(repository)?.version;
  const old = tagParts(repository, tag);
  const own = endings.some(ending => ending.product === product);
  const below = endings.some(ending => ending.product === old.system?.product);
  const fitting: TagParts[] = [];
  for (const group of groupsOf(repository)) {
    if (!runsOn(group, platform)) continue;
    const tags = group.tags.filter(
      one =>
        isAlike(one, old) &&
        isOfBranch(one, old, product) &&
        (own || old.version === undefined ? isLater(one, old) : isSameLine(one, old)) &&
        isSupported(repository, one.tag, today),
    );
    if (tags.length > 0 && releasesOf(group, tags[0]!, old, product).every(([kind, release]) => suits(release, kind)))
      fitting.push(...tags);
  }
  const ranked = fitting.toSorted(
    (a, b) =>
      compareVersions(a.version, b.version) ||
      Number(isSameSystem(b, old)) * Number(!below) - Number(isSameSystem(a, old)) * Number(!below) ||
      compareVersions(a.system?.release, b.system?.release),
  );
  const lines = new Map<string, TagParts>();
  for (const one of ranked) {
    const line = [one.cycle ?? one.version, own && one.version !== undefined ? '' : one.system?.word].join(' ');
    // Of one line the first system, and the last point release on it.
    const known = lines.get(line);
    if (!known || (known.system?.word === one.system?.word && compareVersions(one.version, known.version) > 0))
      lines.set(line, one);
  }
  const all = [...lines.values()].map(one => one.tag);
  const found = all.length > MOST ? [...all.slice(0, MOST - 1), all.at(-1)!] : all;
  const other = found.length === 0 && product === '.NET' ? withoutDebian(tag) : undefined;
  return other === undefined ? found : successorsOf(repository, other, endings, wanted);
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

const isSameSystem = ({ system }: TagParts, old: TagParts): boolean => system?.word === old.system?.word;

const SYSTEMS: ReadonlySet<string> = new Set(DISTRIBUTIONS.values());

/** The releases that a group is of and the old tag is not, as far as they are known. */
function releasesOf(
  { tags }: TagGroup,
  one: TagParts,
  old: TagParts,
  product: string | undefined,
): readonly (readonly ['runtime' | 'system', NamedRelease])[] {
  const found: (readonly ['runtime' | 'system', NamedRelease])[] = [];
  const isSystem = product !== undefined && SYSTEMS.has(product);
  // A tag without a version is of the one that the others of its group name.
  const cycle =
    one.cycle ?? one.version ?? (isSystem ? undefined : tags.find(other => other.cycle !== undefined)?.cycle);
  if (product !== undefined && cycle !== undefined && cycle !== old.cycle)
    found.push([isSystem ? 'system' : 'runtime', { product, cycle }]);
  // What a tag without a system in it is on, the others of its group say.
  const system =
    one.system?.release === undefined ? tags.find(other => other.system?.release !== undefined)?.system : one.system;
  if (!isSystem && system?.release !== undefined && system.word !== old.system?.word)
    found.push(['system', { product: system.product, cycle: system.release }]);
  if (isSystem && one.version === undefined && one.system?.release !== undefined)
    found.push(['system', { product: one.system.product, cycle: one.system.release }]);
  return found;
}
