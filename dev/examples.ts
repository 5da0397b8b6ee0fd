import { writeFileSync } from 'node:fs';
import { rules } from '../rules/index.ts';
import { engineOf, fixExample, lintExample, ruleDirectories } from './engine.ts';
import { fakeSecrets } from './fake-secrets.ts';
import { type Example, parseRulePage, showReport } from './rule-page.ts';

/** Lints the examples of the rules (or of those named) and shows, or with `--update` writes, what comes out. */
export async function examples(args: readonly string[]): Promise<number> {
  const update = args.includes('--update');
  const named = args.filter(arg => !arg.startsWith('--'));
  const engine = engineOf(rules);
  for (const { id, directory, page } of ruleDirectories().filter(one => named.length === 0 || named.includes(one.id))) {
    const rule = rules.find(candidate => candidate.id === id);
    if (!rule) {
      process.stderr.write(`${directory}/rule.ts does not export a rule of that id\n`);
      continue;
    }
    const results = new Map<number, { report: string; fixed: string | undefined }>();
    for (const example of parseRulePage(page).examples) {
      const report = showReport(example, lintExample(engine, rule, example));
      const fixed = fixExample(engine, rule, example);
      results.set(example.line, { report, fixed: fixed === example.text ? undefined : fixed });
      if (example.kind === 'good' && report !== '')
        process.stderr.write(`${directory}/rule.md:${example.line} is a good example with findings:\n${report}\n`);
      if (example.kind === 'bad' && report === '')
        process.stderr.write(`${directory}/rule.md:${example.line} is a bad example without findings\n`);
      if (!update && example.kind === 'bad') process.stdout.write(`${directory}/rule.md:${example.line}\n${report}\n`);
    }
    if (update) writeFileSync(`${directory}/rule.md`, rewritten(page, results));
  }
  return 0;
}

/** The page with the `diagnostics` and `fixed` blocks of every bad example written anew. */
function rewritten(page: string, results: ReadonlyMap<number, { report: string; fixed: string | undefined }>): string {
  const examples: readonly Example[] = parseRulePage(page).examples;
  // Blocks that are written anew are dropped first; the examples' own lines are found again by counting them.
  const bare = page.replace(/^(`{3,})(?:diagnostics|[a-z-]+ fixed)[^\n`]*\n[\s\S]*?^\1\n\n?/gm, '');
  let index = 0;
  return bare
    .replace(
      /^(`{3,})(dockerfile|packer|cloud-init) (good|bad)([^\n`]*)\n([\s\S]*?)^\1$/gm,
      (block, ticks: string, language: string, kind: string) => {
        const result = results.get(examples[index++]!.line);
        if (kind === 'good' || !result) return block;
        const fenced = (info: string, text: string): string =>
          `\n\n${ticks}${info}\n${text.replaceAll('\r\n', '␍\n')}${text.endsWith('\n') ? '' : '\n'}${ticks}`;
        const fixed = result.fixed === undefined ? '' : fenced(`${language} fixed`, fakeSecrets.hide(result.fixed));
        return result.report === '' ? block : block + fenced('diagnostics', result.report) + fixed;
      },
    )
    .replace(/\n{3,}(?=`{3})/g, '\n\n')
    .replace(/\n{2,}$/, '\n');
}
