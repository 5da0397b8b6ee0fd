import type { ImageBuild } from '../core/build.ts';
import { findSecretFormats } from '../facts/secrets/scan.ts';
import { exposures } from '../facts/secrets/sinks/find.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The parts of a text that no output may show, sorted and apart: the secrets, passwords and hashes that its build holds,
 * whatever rules are on, and whatever has the shape of a known token.
 */
export function secretsIn(text: string, build: ImageBuild): readonly Range[] {
  const found = withNested(build)
    .flatMap(one => exposures(one))
    .filter(({ span: { file, start, end } }) => file === undefined && end > start);
  const formats = findSecretFormats(text);
  // A word for a password stands in other meanings elsewhere.
  const unique = [...found.filter(({ judgement }) => judgement.kind === 'secret').map(({ span }) => span), ...formats];
  return united([...found.map(({ span }) => span), ...formats, ...repetitions(text, unique)]);
}

/** Of so many secrets are further occurrences looked for: each costs a pass over the text. */
const MOST_SEARCHED = 50;

/** Where the same secrets stand once more: a password that is asked for twice is told once. */
function repetitions(text: string, secrets: readonly Range[]): readonly Range[] {
  const found: Range[] = [];
  const searched = new Set<string>();
  for (const { start, end } of secrets) {
    const secret = text.slice(start, end);
    if (secret.length < TELLING || searched.has(secret) || searched.size >= MOST_SEARCHED) continue;
    searched.add(secret);
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length))
      found.push({ start: at, end: at + secret.length });
  }
  return found;
}

function withNested(build: ImageBuild): readonly ImageBuild[] {
  return [build, ...build.nested.flatMap(withNested)];
}

function united(ranges: readonly Range[]): readonly Range[] {
  const out: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else out.push({ start, end });
  }
  return out;
}

/** Those of the sorted ranges that share a character with `[start, end)`. */
export function within(ranges: readonly Range[], start: number, end: number): readonly Range[] {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last < ranges.length && ranges[last]!.start < end) last++;
  return ranges.slice(low, last);
}

/** What stands in the place of a secret. */
export const MASK = '***';

/** `text[start, end)` with a {@link MASK} for each secret that reaches into it. */
export function masked(text: string, start: number, end: number, secrets: readonly Range[]): string {
  const pieces: string[] = [];
  let at = start;
  for (const secret of within(secrets, start, end)) {
    pieces.push(text.slice(at, Math.max(at, secret.start)), MASK);
    at = Math.min(end, secret.end);
  }
  pieces.push(text.slice(at, end));
  return pieces.join('');
}

/** So many characters of a secret in a row are a part of it and no chance. */
const TELLING = 6;

/** A test for texts that repeat a telling part of one of the secrets. */
export function repeats(text: string, secrets: readonly Range[]): (candidate: string) => boolean {
  if (secrets.length === 0) return () => false;
  let parts: Set<string> | undefined;
  const partsOf = (): Set<string> => {
    const all = new Set<string>();
    for (const { start, end } of secrets) {
      for (let i = start; i + TELLING <= end; i++) all.add(text.slice(i, i + TELLING));
      if (end - start < TELLING) all.add(text.slice(start, end));
    }
    return all;
  };
  return candidate => {
    parts ??= partsOf();
    for (let i = 0; i + TELLING <= candidate.length; i++) if (parts.has(candidate.slice(i, i + TELLING))) return true;
    return [...within(secrets, 0, text.length)].some(
      ({ start, end }) => end - start < TELLING && end > start && candidate.includes(text.slice(start, end)),
    );
  };
}
