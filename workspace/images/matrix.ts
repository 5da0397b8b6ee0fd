/** The values that a matrix gives a job: https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations */
import type { Setting } from '../../facts/config-files/setting.ts';

/** Jobs that one matrix makes. */
const MOST = 100;

/** By the path after `matrix.`. */
export type Row = ReadonlyMap<string, string>;

/** The rows of the matrix of a job; none where it has none, or one that is computed. */
export function rowsOf(job: readonly Setting[]): readonly Row[] {
  const axes = new Map<string, Map<string, Map<string, string>>>();
  const include = new Map<string, Map<string, string>>();
  for (const { path, literal } of job) {
    if (path[2] !== 'strategy' || path[3] !== 'matrix' || literal === undefined || literal.includes('${{')) continue;
    const [axis, item, ...rest] = path.slice(4);
    if (axis === undefined || item === undefined || axis === 'exclude') continue;
    if (axis === 'include') include.set(item, (include.get(item) ?? new Map()).set(rest.join('.'), literal));
    else {
      const items = axes.get(axis) ?? new Map<string, Map<string, string>>();
      axes.set(axis, items.set(item, (items.get(item) ?? new Map()).set([axis, ...rest].join('.'), literal)));
    }
  }
  let rows: Map<string, string>[] = axes.size > 0 ? [new Map()] : [];
  for (const items of axes.values())
    rows = rows.flatMap(row => [...items.values()].map(item => new Map([...row, ...item]))).slice(0, MOST);
  const own = [...rows];
  for (const more of include.values()) {
    const shared = [...more].filter(([key]) => axes.has(key));
    const fitting = own.filter(row => shared.every(([key, value]) => row.get(key) === value));
    if (fitting.length === 0 || own.length === 0) rows.push(new Map(more));
    else for (const row of fitting) for (const [key, value] of more) row.set(key, value);
  }
  return rows.slice(0, MOST);
}

const REFERENCE = /\$\{\{[ \t]{0,9}matrix\.([\w.-]{1,80})[ \t]{0,9}\}\}/g;

/** With what a row says in place of references to the matrix. */
export const filledBy = (row: Row, written: string): string =>
  written.includes('matrix.') ? written.replace(REFERENCE, (whole, key: string) => row.get(key) ?? whole) : written;
