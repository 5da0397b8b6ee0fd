import type { LanguageId } from '../core/build.ts';
import { NO_CONFIG, settingsFor } from '../core/config/resolve.ts';
import { NO_FILES } from '../core/language.ts';
import { type Document, type Engine, lint, lower } from '../core/linter.ts';
import { languages } from '../languages/index.ts';
import { loadShell } from '../node/shell.ts';
import { rules } from '../rules/index.ts';
import { documentOf } from './documents.ts';
import { median, quantile, table, timed } from './statistics.ts';

const SIZES: Readonly<Record<LanguageId, number>> = { dockerfile: 100, packer: 150, 'cloud-init': 100 };

/** Warm lints of one document: reading (parse and lower) and everything, then how the cost grows with the length. */
export async function benchLint(): Promise<void> {
  const engine: Engine = { languages, rules, shell: await loadShell('.') };
  const input = { engine, settings: settingsFor(NO_CONFIG, '', rules, 'all'), files: NO_FILES, today: '2026-11-21' };
  const read = (document: Document): void => {
    const language = languages.find(candidate => candidate.id === document.language)!;
    // Scripts are parsed when they are first asked for: ask, so that the parser's time stands under reading.
    for (const stage of lower(document, language, input).stages)
      for (const step of stage.steps) if (step.kind === 'run') void step.script?.commands;
  };
  const rows: (string | number)[][] = [['one document, ms', 'lines', 'read p50', 'all p50', 'all p99', 'rules / read']];
  for (const [language, lines] of Object.entries(SIZES) as [LanguageId, number][]) {
    const document: Document = { ...documentOf(language, lines), language };
    const reading = timed(300, 50, () => read(document));
    const whole = timed(300, 50, () => lint(document, input));
    const both = median(whole);
    rows.push([
      language,
      lines,
      median(reading),
      both,
      quantile(whole, 0.99),
      (both - median(reading)) / median(reading),
    ]);
  }
  process.stdout.write(`${table(rows)}\n`);
  const growth: (string | number)[][] = [['growth, ms', '1,000 lines', '10,000 lines', 'ratio']];
  for (const language of Object.keys(SIZES) as LanguageId[]) {
    const [short, long] = [1_000, 10_000].map(lines => {
      const document: Document = { ...documentOf(language, lines), language };
      return median(timed(5, 2, () => lint(document, input)));
    }) as [number, number];
    growth.push([language, short, long, long / short]);
  }
  process.stdout.write(`${table(growth)}\n`);
}
