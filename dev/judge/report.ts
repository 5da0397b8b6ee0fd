/** The figures of what was read: for each preset, by severity and by rule. */
import type { Found } from './draw.ts';
import { groupedBy, type Judged, judgedOf, placeKey, type Reading, VERDICTS, type Verdict } from './readings.ts';

/** The normal quantile of a 95% interval. */
const Z = 1.959964;

/** The Wilson score interval at 95% of a share that was seen `count` times in `of`; from 0 to 1. */
export function wilson(count: number, of: number): { readonly low: number; readonly high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const share = count / of;
  const scale = 1 + Z ** 2 / of;
  const middle = (share + Z ** 2 / (2 * of)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  // Rounding must not leave a hair above 0 where nothing was seen.
  return { low: count === 0 ? 0 : Math.max(0, middle - half), high: count === of ? 1 : Math.min(1, middle + half) };
}

const SEVERITIES = ['error', 'warning', 'info', 'hint'] as const;

/** Tables to print, ending with a line break. */
export function reportOf(readings: readonly Reading[]): string {
  const judged = judgedOf(readings);
  if (judged.length === 0) return 'Nothing was read.\n';
  const tables = [...groupedBy(judged, ({ preset }) => preset)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([preset, found]) => `${severityTable(preset, found)}\n${ruleTable(found)}`);
  return `${tables.join('\n')}\n${agreement(judged)}`;
}

function severityTable(preset: string, found: readonly Judged[]): string {
  const groups = SEVERITIES.map(severity => [severity, found.filter(one => one.severity === severity)] as const);
  const rows = [...groups, ['all', found] as const]
    .filter(([, some]) => some.length > 0)
    .map(([name, some]) => [name, `${some.length}`, ...VERDICTS.map(verdict => shareOf(verdict, some))]);
  return table([[preset, 'read', ...VERDICTS], ...rows]);
}

/** The rules with the worst first. */
function ruleTable(found: readonly Judged[]): string {
  const counts = [...groupedBy(found, ({ rule }) => rule)].map(([rule, some]) => ({
    rule,
    read: some.length,
    each: VERDICTS.map(verdict => countOf(verdict, some)),
  }));
  const rows = counts
    .toSorted((a, b) => b.each[2]! - a.each[2]! || b.each[1]! - a.each[1]! || (a.rule < b.rule ? -1 : 1))
    .map(({ rule, read, each }) => [rule, `${read}`, ...each.map(String)]);
  return table([['rule', 'read', ...VERDICTS], ...rows]);
}

const countOf = (verdict: Verdict, found: readonly Judged[]): number =>
  found.filter(one => one.verdict === verdict).length;

/** `3, 7.1% (2.5–19.0)`. */
function shareOf(verdict: Verdict, found: readonly Judged[]): string {
  const count = countOf(verdict, found);
  const percent = (share: number): string => (100 * share).toFixed(1);
  const { low, high } = wilson(count, found.length);
  return `${count}, ${percent(count / found.length)}% (${percent(low)}–${percent(high)})`;
}

function agreement(judged: readonly Judged[]): string {
  const several = judged.filter(({ readers }) => readers > 1);
  const agreed = several.filter(({ disputed }) => !disputed);
  return several.length === 0
    ? ''
    : `Readers agree on ${agreed.length} of ${several.length} that more than one read.\n`;
}

/** What became of findings that were read: the false ones that `found` still has, and the true ones that it has lost. */
export function changesOf(readings: readonly Reading[], found: readonly Found[]): string {
  const reported = new Set(found.map(placeKey));
  const lines = judgedOf(readings).flatMap(one => {
    const still = reported.has(placeKey(one));
    const changed = one.verdict === 'false' ? still : one.verdict === 'true' && !still;
    const what = still ? 'false, still reported' : 'true, no longer reported';
    return changed ? [`${what}: ${one.repository} ${one.path}:${one.line} ${one.rule}\n`] : [];
  });
  return lines.toSorted().join('');
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map(row => row[i]!.length)));
  return rows
    .map(
      row =>
        `${row
          .map((cell, i) => cell.padEnd(widths[i]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
