/** The values that a matrix gives a job: https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations */
import type { Setting } from '../../facts/config-files/setting.ts';
import { crossed } from './values.ts';

/** Jobs that one matrix makes. */
const MOST = 100;

/** By the path after `matrix.`. */
export type Row = ReadonlyMap<string, string>;

/** The rows of the matrix of a job; none where it has none, or one that is computed. */
export function rowsOf(job: readonly Setting[]): readonly Row[] {
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

const isOf = (row: Row, given: readonly (readonly [string, string])[]): boolean =>
  given.every(([key, value]) => row.get(key) === value);

const REFERENCE = /\$\{\{[ \t]{0,9}matrix\.([\w.-]{1,80})[ \t]{0,9}\}\}/g;

/** With what a row says in place of references to the matrix. */
export const filledBy = (row: Row, written: string): string =>
  written.includes('matrix.') ? written.replace(REFERENCE, (whole, key: string) => row.get(key) ?? whole) : written;
