import type { LanguageId } from '../core/build.ts';
import { lint } from '../core/linter.ts';
import { documentOf, LANGUAGES } from './documents.ts';
import { lintInput, read } from './engine.ts';
import { median, quantile, table, timedOver } from './statistics.ts';

const LINES: Readonly<Record<LanguageId, number>> = { dockerfile: 100, packer: 150, 'cloud-init': 100 };
const RUNS = 300;
const WARM_UP = 50;

/** Warm lints of generated documents, no two of them alike: reading (parse and lower, with scripts) and everything. */
export async function benchLint(): Promise<void> {
  const input = await lintInput();
  const rows: (string | number)[][] = [
    ['one document, CPU ms', 'lines', 'read p50', 'all p50', 'all p99', 'rules / read'],
  ];
  for (const language of LANGUAGES) {
    const lines = LINES[language];
    const documents = (first: number) =>
      Array.from({ length: RUNS + WARM_UP }, (_, i) => ({ ...documentOf(language, lines, first + i), language }));
    const reading = median(timedOver(documents(0), WARM_UP, document => read(document, input)));
    const whole = timedOver(documents(RUNS + WARM_UP), WARM_UP, document => lint(document, input));
    const both = median(whole);
    rows.push([language, lines, reading, both, quantile(whole, 0.99), (both - reading) / reading]);
  }
  process.stdout.write(`${table(rows)}\n`);
}
