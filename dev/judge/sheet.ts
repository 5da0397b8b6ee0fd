/** The sheet that a reader fills in: a JSON array of findings with an empty `verdict` each. */
import type { Found } from './draw.ts';
import { isVerdict, type Reading, VERDICTS } from './readings.ts';

/** Text for a file. The reader writes `true`, `noise` or `false` as the `verdict`; notes may stand in other keys. */
export function formatSheet(found: readonly Found[]): string {
  const rows = found.map((one, i) => ({ id: i + 1, ...one, verdict: '' }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

/** The verdicts of a sheet that is filled in, and how many are still open. Throws on what is no verdict. */
export function readSheet(
  text: string,
  reader: string,
  date: string,
): { readonly readings: Reading[]; readonly open: number } {
  const rows = JSON.parse(text) as readonly (Found & { readonly id: number; readonly verdict?: unknown })[];
  const filled = rows.filter(({ verdict }) => verdict !== undefined && verdict !== '');
  const readings = filled.map(row => {
    // `true` and `false` without quotes are what a reader may well write.
    const verdict = typeof row.verdict === 'boolean' ? String(row.verdict) : row.verdict;
    if (!isVerdict(verdict)) throw new Error(`finding ${row.id}: the verdict is not one of ${VERDICTS.join(', ')}`);
    const { repository, commit, path, rule, line, column, preset, severity } = row;
    return { repository, commit, path, rule, line, column, preset, severity, verdict, reader, date };
  });
  return { readings, open: rows.length - filled.length };
}
