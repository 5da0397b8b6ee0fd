/** The tags that a tag without a version stood for. */
import { Day } from '../../core/day.ts';
import { endOfLifeOfImage } from '../end-of-life/of-image.ts';
import { supportStatus } from '../end-of-life/support-status.ts';
import { groupsOf, hasTag, listedOn, runsOn } from './listed.ts';
import { depthOf, numbersIn, type TagParts } from './parts.ts';

/** A tag to write instead of another one, and why. */
export interface TagChoice {
  readonly tag: string;
  /** `exact`: what the tag named on the day of the listing; `line`: the newest of its release line; `lts`: another line. */
  readonly kind: 'exact' | 'line' | 'lts';
}

const LATEST = 'latest';

/**
 * What to pin a moving tag (`latest` where there is none) of a repository to, the exact one first: only tags that were
 * listed, run on the platform and are supported on the day `today`. None where the repository or tag is not listed.
 */
export function pinsOf(
  repository: string,
  tag: string = LATEST,
  { platform, today }: { readonly platform: string | undefined; readonly today: Day | undefined },
): readonly TagChoice[] {
  const groups = groupsOf(repository).filter(group => runsOn(group, platform));
  const usable = (choice: string | undefined): choice is string =>
    choice !== undefined && choice !== tag && isSupported(repository, choice, today);
  const named = (name: string) => groups.find(group => hasTag(group, name))?.tags ?? [];
  const parts = named(tag);
  const exact = exactOf(parts);
  const line = exact && lineOf(parts, exact)?.tag;
  const lts = exactOf(named(tag === LATEST ? 'lts' : `lts-${tag}`))?.tag;
  const choices: [string | undefined, TagChoice['kind']][] = [
    [exact?.tag, 'exact'],
    [line, 'line'],
    [lts, 'lts'],
  ];
  const found: TagChoice[] = [];
  for (const [choice, kind] of choices)
    if (usable(choice) && !found.some(other => other.tag === choice)) found.push({ tag: choice, kind });
  return found;
}

/** The tag of a group that says most: a day or the longest version, then the words. */
function exactOf(parts: readonly TagParts[]): TagParts | undefined {
  const weigh = ({ date, system, tag, version }: TagParts): number =>
    (date === undefined ? 0 : 10_000) +
    (version === undefined ? 0 : numbersIn(version)) * 100 +
    tag.split('-').length * 2 +
    (system?.release === undefined ? 0 : 1);
  return parts
    .filter(({ date, version }) => date !== undefined || version !== undefined)
    .toSorted((a, b) => weigh(b) - weigh(a))[0];
}

/** The tag of the release line that a tag of its group is of, with the same words where there is one. */
function lineOf(parts: readonly TagParts[], exact: TagParts): TagParts | undefined {
  const lines = parts.filter(one => one.tag !== exact.tag && one.variant === exact.variant && isLine(one));
  const word = exact.version === undefined ? undefined : exact.system?.word;
  return lines.find(({ system }) => system?.word === word) ?? lines[0];
}

function isLine(one: TagParts): boolean {
  if (one.version === undefined || one.date !== undefined) return false;
  return one.cycle === undefined ? numbersIn(one.version) === 2 : depthOf(one) === 0;
}

/** Whether nothing that the tag names is past its end of life, or soon will be. */
export function isSupported(repository: string, tag: string, today: Day | undefined): boolean {
  const day = today ?? new Day(listedOn(repository));
  return endOfLifeOfImage({ repository, tag }).every(({ date }) => supportStatus(date, day) === 'fine');
}
