/**
 * `npm run dev -- fixes FOLDER [--each N]`: whether the fixes keep their promises on real files. Each fix alone (of each
 * rule at most N times, 100 by default) and all of them together, twice: the second run must change nothing.
 */
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NO_CONFIG, settingsWith } from '../core/config/resolve.ts';
import { type LintInput, type LintResult, lint } from '../core/linter.ts';
import { decode } from '../node/decode.ts';
import { DiskFiles, realPathOf } from '../node/files.ts';
import { rules } from '../rules/index.ts';
import { Configurations } from '../workspace/configuration.ts';
import { Directories } from '../workspace/directories.ts';
import { type Candidate, find } from '../workspace/find.ts';
import { withTexts } from '../workspace/overlaid.ts';
import { languageOfFile } from '../workspace/recognize.ts';
import { filesIn } from '../workspace/related.ts';
import { EXAMPLE_DAY, engineOf } from './engine.ts';
import { type Around, FixProver } from './fixes/prove.ts';

/** Prints the faults and the counts; 1 when there are faults. */
export async function fixes(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { each: { type: 'string', default: '100' } },
    allowPositionals: true,
  });
  const root = resolve(positionals[0] ?? '.').replaceAll('\\', '/');
  const disk = new DiskFiles();
  const engine = engineOf(rules);
  const directories = new Directories(disk, new Configurations(rules), undefined);
  const { candidates } = find([{ kind: 'directory', path: root, real: realPathOf(root) ?? root }], disk, directories);
  const prover = new FixProver(Number(values.each));
  for (const candidate of candidates) {
    const language = languageOfFile(engine, candidate.path, disk);
    const text = language && textOf(candidate);
    if (text === undefined) continue;
    const { root: home } = candidate.directory;
    const lintOver = (path: string, changed: string, others: ReadonlyMap<string, string>): LintResult | undefined => {
      const input: LintInput = {
        engine,
        settings: settingsWith(NO_CONFIG, [], rules, 'all'),
        files: filesIn(home, withTexts(disk, others)),
        today: EXAMPLE_DAY,
      };
      return lint({ path, text: changed }, input);
    };
    const around: Around = { read: path => filesIn(home, disk).read(path) ?? undefined, lint: lintOver };
    prover.look(
      relative(root, candidate.path),
      text,
      (changed, others = new Map()) => lintOver(candidate.path, changed, others),
      around,
    );
  }
  process.stdout.write(prover.report());
  return prover.faults.length > 0 ? 1 : 0;
}

function textOf({ path }: Candidate): string | undefined {
  const decoded = decode(readFileSync(path));
  return 'problem' in decoded ? undefined : decoded.text;
}
