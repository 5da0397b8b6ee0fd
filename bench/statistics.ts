/** The value below which a share of the samples lies; `share` from 0 to 1. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** Milliseconds of each of `runs` calls, after `warmup` calls that do not count. */
export function timed(runs: number, warmup: number, call: () => void): number[] {
  for (let i = 0; i < warmup; i++) call();
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    call();
    return performance.now() - start;
  });
}

/** A table with aligned columns. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map(row => row.map(cell => (typeof cell === 'number' ? cell.toFixed(cell >= 100 ? 0 : 2) : cell)));
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map(row => (row[column] ?? '').length)));
  return `${cells.map(row => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ')).join('\n')}\n`;
}
