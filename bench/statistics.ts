/** The value below which a share of the samples lies; `share` from 0 to 1. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** CPU milliseconds of this process so far, which other processes do not lengthen as they do the time by the clock. */
export function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** CPU milliseconds of the call with each item but the first `warmup`. */
export function timedOver<T>(items: readonly T[], warmup: number, call: (item: T) => void): number[] {
  return items
    .map(item => {
      const start = cpuNow();
      call(item);
      return cpuNow() - start;
    })
    .slice(warmup);
}

/** A table with aligned columns. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map(row => row.map(cell => (typeof cell === 'number' ? cell.toFixed(cell >= 100 ? 0 : 2) : cell)));
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map(row => (row[column] ?? '').length)));
  return `${cells.map(row => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ')).join('\n')}\n`;
}

/** One line of the summary: what was measured, and what it should be at most. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly aim?: number;
}

/** The summary of all figures. */
export function summary(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, value, unit, aim }) => [
    what,
    value,
    unit,
    aim === undefined ? '' : `≤ ${aim}`,
    aim === undefined || Number.isNaN(value) ? '' : value <= aim ? 'met' : 'missed',
  ]);
  return table([['summary', 'figure', 'unit', 'aim', ''], ...rows]);
}
