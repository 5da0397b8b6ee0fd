import type { LanguageId } from '../core/build.ts';
import { type Document, languageOf, lint, lower } from '../core/linter.ts';
import { optimizeLate } from '../node/tiering.ts';
import { rules } from '../rules/index.ts';
import { Clocks, slowest } from './clocks.ts';
import { spread } from './corpus.ts';
import { lintInput } from './engine.ts';
import { type Figure, table } from './statistics.ts';

/** Documents that are read first, so that the code is compiled when the clock runs. */
const WARM_UP = 300;
const SHOWN = 30;

/** What each rule costs over real files, and the rules together against the reading. */
export async function benchRules(corpus: ReadonlyMap<LanguageId, readonly Document[]>): Promise<Figure[]> {
  // As the hosts on Node do.
  optimizeLate();
  const figures: Figure[] = [];
  for (const [language, documents] of corpus) {
    if (documents.length === 0) continue;
    const { costs, reading, rest } = await costsOver(documents);
    const all = [...costs];
    const sum = all.reduce((total, [, { milliseconds }]) => total + milliseconds, 0);
    const calls = all.reduce((total, [, cost]) => total + cost.calls, 0);
    const silent = all.filter(([, cost]) => cost.calls > 0 && cost.findings === 0).length;
    const rows = slowest(costs, SHOWN).map(([id, { calls, milliseconds, findings }]) => [
      id,
      String(calls),
      milliseconds,
      milliseconds / sum,
      String(findings),
    ]);
    process.stdout.write(
      `${table([[`${documents.length} ${language} files`, 'calls', 'ms', 'share', 'findings'], ...rows])}`,
    );
    process.stdout.write(
      `${language}: reading ${reading.toFixed(0)} ms; rules ${sum.toFixed(0)} ms in ${calls} calls, ${silent} of ${all.length} rules run and find nothing; the rest of the linter ${(rest - sum).toFixed(0)} ms\n\n`,
    );
    const aim = language === 'dockerfile' ? { aim: 1 } : {};
    figures.push({ what: `${language}: rules against reading, warm`, value: rest / reading, unit: 'times', ...aim });
  }
  return figures;
}

/** Lints every document once with every rule. In milliseconds: `reading` with scripts, and all the `rest`. */
async function costsOver(documents: readonly Document[]) {
  const plain = await lintInput();
  for (const document of spread(documents, WARM_UP)) lint({ ...document, text: `${document.text}\n# warm\n` }, plain);
  const clocks = new Clocks();
  const input = await lintInput(rules.map(clocks.around));
  let lowering = 0;
  let all = 0;
  for (const document of documents) {
    const start = performance.now();
    lower(document, languageOf(input.engine, document)!, input);
    const lowered = performance.now();
    lint(document, input);
    all += performance.now() - lowered;
    lowering += lowered - start;
  }
  const reading = lowering + clocks.scripts;
  return { costs: clocks.costs, reading, rest: all - reading };
}
