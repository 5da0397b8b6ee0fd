/** The values that a matrix gives a job: https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations */
import type { Setting } from '../../facts/config-files/setting.ts';
import { crossed } from './values.ts';

/** Jobs that one matrix makes. */
const MOST = 100;

/** By the path after `matrix.`. */
export type Row = ReadonlyMap<string, string>;

/** The rows of the matrix of a job; none where it has none, or one that is computed. */
export function rowsOf(written: readonly Setting[], base: Row = new Map()): readonly Row[] {
  const job = written.flatMap(one => (one.path[2] === 'strategy' ? withJson(one, base) : one));
  const axes = new Map<string, Map<string, Map<string, string>>>();
  const include = new Map<string, Map<string, string>>();
  const exclude = new Map<string, Map<string, string>>();
  for (const { path, literal } of job) {
    if (path[2] !== 'strategy' || path[3] !== 'matrix' || literal === undefined) continue;
    const [axis, item, ...rest] = path.slice(4);
    if (axis === undefined || item === undefined) continue;
    // One with a value that is computed fits no row.
    if (axis === 'exclude') exclude.set(item, (exclude.get(item) ?? new Map()).set(rest.join('.'), literal));
    else if (literal.includes('${{')) continue;
    else if (axis === 'include') include.set(item, (include.get(item) ?? new Map()).set(rest.join('.'), literal));
    else {
      const items = axes.get(axis) ?? new Map<string, Map<string, string>>();
      axes.set(axis, items.set(item, (items.get(item) ?? new Map()).set([axis, ...rest].join('.'), literal)));
    }
  }
  let all: readonly Map<string, string>[] = axes.size > 0 ? [new Map()] : [];
  for (const items of axes.values())
    all = crossed(all, [...items.values()], MOST, (row, item) => new Map([...row, ...item]));
  const excluded = [...exclude.values()].map(one => [...one]);
  const own = all.filter(row => !excluded.some(one => isOf(row, one)));
  const rows = [...own];
  for (const more of include.values()) {
    const shared = [...more].filter(([key]) => axes.has(key));
    const fitting = own.filter(row => isOf(row, shared));
    if (fitting.length === 0) rows.push(new Map(more));
    else for (const row of fitting) for (const [key, value] of more) row.set(key, value);
  }
  return rows.slice(0, MOST);
}

/** `fromJSON('["a", "b"]')`, and what another job puts out, as settings of the matrix. */
function withJson(one: Setting, base: Row): readonly Pick<Setting, 'path' | 'literal'>[] {
  const [, text, name = ''] = FROM_JSON.exec(one.literal ?? '') ?? [];
  const json = text ?? base.get(name);
  if (json === undefined || json.length > LONGEST_JSON) return [one];
  try {
    const found: Pick<Setting, 'path' | 'literal'>[] = [];
    const add = (path: readonly string[], value: unknown): void => {
      if (found.length >= MOST_VALUES || path.length > one.path.length + 4) return;
      if (typeof value !== 'object' || value === null) found.push({ path, literal: String(value) });
      else for (const [key, item] of Object.entries(value)) add([...path, key], item);
    };
    add(one.path, JSON.parse(json));
    return found;
  } catch {
    return [one];
  }
}

const FROM_JSON =
  /^\$\{\{[ \t]{0,9}fromJSON\([ \t]{0,9}(?:'([^']{1,8000})'|([\w.-]{1,160}))[ \t]{0,9}\)[ \t]{0,9}\}\}$/i;
const LONGEST_JSON = 8_000;
const MOST_VALUES = 1_000;

const isOf = (row: Row, given: readonly (readonly [string, string])[]): boolean =>
  given.every(([key, value]) => row.get(key) === value);

const REFERENCE =
  /\$\{\{[ \t]{0,9}(?:github\.event\.)?(matrix|needs|inputs)\.([\w.-]{1,120})[ \t]{0,9}(?:\|\|[ \t]{0,9}'([^'{}\n]{0,100})'[ \t]{0,9})?\}\}/g;
/** Values that lead to other values, references that are followed for one text, and characters that they make. */
const DEEPEST = 3;
const MOST_FILLED = 100;
const LONGEST_FILLED = 8_000;

/** With what a row says in place of references to the matrix, to outputs of other jobs and to inputs. */
export function filledBy(row: Row, written: string, depth = 0, budget = { left: MOST_FILLED }): string {
  if (!written.includes('${{')) return written;
  let length = 0;
  return written.replace(REFERENCE, (whole, kind: string, key: string, otherwise?: string) => {
    const value = row.get(kind === 'matrix' ? key : `${kind}.${key}`) ?? otherwise;
    if (value === undefined || budget.left-- <= 0) return whole;
    const filled = depth < DEEPEST ? filledBy(row, value, depth + 1, budget) : value;
    length += filled.length;
    return length > LONGEST_FILLED ? whole : filled;
  });
}

/** Whether what a row says may be in a text. */
export const isVaried = (written: string): boolean => /\$\{\{[^{}]{0,30}(?:matrix|needs|inputs)\./.test(written);
