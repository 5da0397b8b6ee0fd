/** What readers said of findings. Only keys are kept: where a finding is, never a word of the file or of its message. */
import type { Severity } from '../../core/finding.ts';

/** From best to worst: it is right and worth saying, right but not worth saying, wrong. */
export const VERDICTS = ['true', 'noise', 'false'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What tells findings apart. Lines and columns count from 1. */
export interface Place {
  /** `owner/name`. */
  readonly repository: string;
  readonly commit: string;
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly rule: string;
  readonly line: number;
  readonly column: number;
}

/** One reader's verdict on one finding. */
export interface Reading extends Place {
  /** The preset it was drawn from, which is the smallest that has it. */
  readonly preset: string;
  /** As it was when it was read. */
  readonly severity: Severity;
  readonly verdict: Verdict;
  readonly reader: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

const TEXTS = ['repository', 'commit', 'path', 'rule', 'preset', 'severity', 'verdict', 'reader', 'date'] as const;

/** The same text for the same finding. */
export const placeKey = ({ repository, commit, path, rule, line, column }: Place): string =>
  JSON.stringify([repository, commit, path, line, column, rule]);

export const isVerdict = (word: unknown): word is Verdict => VERDICTS.some(verdict => verdict === word);

/** Items by a key, each group and the keys in the order in which they come. */
export function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Readings from text with one JSON object a line. Throws with the number of a line that is none. */
export function parseReadings(text: string): Reading[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    let value: Partial<Record<string, unknown>> | null;
    try {
      value = JSON.parse(line) as Partial<Record<string, unknown>> | null;
    } catch {
      value = null;
    }
    const whole =
      value !== null &&
      TEXTS.every(key => typeof value[key] === 'string') &&
      [value.line, value.column].every(Number.isInteger) &&
      isVerdict(value.verdict);
    if (!whole) throw new Error(`line ${i + 1} is not a reading`);
    return [value as unknown as Reading];
  });
}

/** The text of readings, in an order that does not depend on theirs. Whatever else an object holds is left out. */
export function formatReadings(readings: readonly Reading[]): string {
  const sorted = readings
    .map(reading => ({ reading, by: `${placeKey(reading)} ${reading.reader}` }))
    .toSorted((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0));
  return sorted.map(({ reading }) => `${JSON.stringify(keysOf(reading))}\n`).join('');
}

function keysOf(reading: Reading): Reading {
  const { repository, commit, path, rule, line, column, preset, severity, verdict, reader, date } = reading;
  return { repository, commit, path, rule, line, column, preset, severity, verdict, reader, date };
}

/** The readings with others added; a reader who reads a finding again replaces the verdict. */
export function withReadings(kept: readonly Reading[], added: readonly Reading[]): Reading[] {
  const all = new Map([...kept, ...added].map(reading => [`${placeKey(reading)} ${reading.reader}`, reading]));
  return [...all.values()];
}

/** A finding that was read, by one reader or several. */
export interface Judged extends Reading {
  readonly readers: number;
  readonly disputed: boolean;
}

/** One entry for each finding that was read. Where readers disagree, the worse verdict counts. */
export function judgedOf(readings: readonly Reading[]): Judged[] {
  return [...groupedBy(readings, placeKey).values()].map(same => {
    const worst = same.toSorted((a, b) => VERDICTS.indexOf(b.verdict) - VERDICTS.indexOf(a.verdict))[0]!;
    return { ...worst, readers: same.length, disputed: same.some(({ verdict }) => verdict !== worst.verdict) };
  });
}
