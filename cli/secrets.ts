import { findSecretFormats } from '../core/facts/secrets/scan.ts';
import type { Diagnostic } from '../core/finding.ts';
import type { Rule } from '../core/rule.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Whether the findings of a rule stand on secrets. */
export function isAboutSecrets(rule: Pick<Rule, 'category' | 'policy'>): boolean {
  return rule.category === 'security' && rule.policy === 'G1';
}

/**
 * The parts of a text that no output may show, sorted and apart: where rules about secrets found something, and
 * whatever has the shape of a known token.
 */
export function secretsIn(text: string, diagnostics: readonly Diagnostic[], rules: readonly Rule[]): readonly Range[] {
  const about = new Set(rules.filter(isAboutSecrets).map(rule => rule.id));
  const found = diagnostics
    .filter(({ rule }) => about.has(rule))
    .flatMap(({ span, related }) => [span, ...related.map(one => one.span)])
    .filter(({ file, start, end }) => file === undefined && end > start);
  return united([...found, ...findSecretFormats(text)]);
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
