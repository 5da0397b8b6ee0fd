/**
 * `npm run dev -- fixes-share DIRECTORY [--list]`: of how many warnings and errors of the recommended preset there is an
 * action that removes them, by rule. A fix counts when the finding is gone after it, and no warning or error has come.
 * `--list` prints the findings without one.
 */
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { withMerged } from '../core/causes.ts';
import { rewritten } from '../core/file-edits.ts';
import type { Diagnostic } from '../core/finding.ts';
import { newFindings } from '../core/fixer.ts';
import { type LintInput, type LintResult, lint } from '../core/linter.ts';
import { editors } from '../languages/editors.ts';
import { decode } from '../node/decode.ts';
import { DiskFiles, realPathOf } from '../node/files.ts';
import { rules } from '../rules/index.ts';
import { Configurations } from '../workspace/configuration.ts';
import { Directories } from '../workspace/directories.ts';
import { find } from '../workspace/find.ts';
import { withTexts } from '../workspace/overlaid.ts';
import { languageOfFile } from '../workspace/recognize.ts';
import { filesIn } from '../workspace/related.ts';
import { SettingsFinder } from '../workspace/settings.ts';
import { EXAMPLE_DAY, engineOf } from './engine.ts';

/** Lints a text as if it were the file's, with other texts of the files around it. */
type Look = (text: string, others?: ReadonlyMap<string, string>) => LintResult | undefined;

interface Count {
  all: number;
  removed: number;
}

/** Prints a table and a total. */
export async function fixesShare(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { list: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const root = resolve(positionals[0] ?? '.').replaceAll('\\', '/');
  const disk = new DiskFiles();
  const engine = engineOf(rules);
  const directories = new Directories(disk, new Configurations(rules), undefined);
  const { candidates } = find([{ kind: 'directory', path: root, real: realPathOf(root) ?? root }], disk, directories);
  const settings = new SettingsFinder(rules, { preset: 'recommended', only: undefined, rules: undefined });
  const counts = new Map<string, Count>();
  for (const { path, directory } of candidates) {
    if (languageOfFile(engine, path, disk) === undefined) continue;
    const decoded = decode(readFileSync(path));
    if ('problem' in decoded) continue;
    const input: Omit<LintInput, 'files'> = {
      engine,
      settings: settings.of(path, directory),
      today: EXAMPLE_DAY,
    };
    const look: Look = (text, others) => {
      const files = filesIn(directory.root, others ? withTexts(disk, others) : disk);
      return lint({ path, text }, { ...input, files });
    };
    const { read } = filesIn(directory.root, disk);
    for (const found of count(counts, decoded.text, look, file => read(file) ?? undefined))
      if (values.list) process.stdout.write(`${lineOf(relative(root, path), decoded.text, found)}\n`);
  }
  process.stdout.write(report(counts));
  return 0;
}

function lineOf(path: string, text: string, { span, rule, message }: Diagnostic): string {
  const line = text.slice(0, span.start).split('\n').length;
  return `${path}:${line}: ${rule}: ${message}`;
}

/** Counts the findings of a text, and gives those without an action. */
function* count(
  counts: Map<string, Count>,
  text: string,
  look: Look,
  textAround: (file: string) => string | undefined,
): Generator<Diagnostic> {
  const before = look(text);
  if (!before) return;
  const extracted = extractedPlaces(before);
  for (const found of before.diagnostics) {
    if (found.severity !== 'warning' && found.severity !== 'error') continue;
    const counted = counts.get(found.rule) ?? { all: 0, removed: 0 };
    counts.set(found.rule, counted);
    counted.all++;
    if (
      (found.extractable && extracted.has(found.span.start)) ||
      found.fixes.some(({ edits }) => {
        const after = rewritten(edits, file => (file === undefined ? text : textAround(file)));
        return after && removes(found, before, look(after.text, after.others));
      })
    )
      counted.removed++;
    else yield found;
  }
}

/** Where what is extractable begins. */
function extractedPlaces({ build }: LintResult): ReadonlySet<number> {
  const editor = editors[build.language];
  return new Set(editor?.extractions?.(build).map(({ span }) => span.start));
}

function removes(found: Diagnostic, before: LintResult, after: LintResult | undefined): boolean {
  if (!after || newFindings(before.diagnostics, after.diagnostics).length > 0) return false;
  // A finding that others were reported with may leave one of them.
  const ofRule = (all: readonly Diagnostic[]): number =>
    withMerged(all).filter(({ rule }) => rule === found.rule).length;
  return ofRule(after.diagnostics) < ofRule(before.diagnostics);
}

function report(counts: ReadonlyMap<string, Count>): string {
  const rows = [...counts].toSorted(([, a], [, b]) => b.all - b.removed - (a.all - a.removed));
  const lines = rows.map(([rule, { all, removed }]) =>
    [String(all - removed).padStart(6), String(removed).padStart(6), String(all).padStart(6), ` ${rule}`].join(''),
  );
  const all = rows.reduce((sum, [, one]) => sum + one.all, 0);
  const removed = rows.reduce((sum, [, one]) => sum + one.removed, 0);
  const share = all === 0 ? '-' : `${((100 * removed) / all).toFixed(1)}%`;
  return ['  none   with   all', ...lines, `${removed} of ${all} (${share}) have an action that removes them`, ''].join(
    '\n',
  );
}
