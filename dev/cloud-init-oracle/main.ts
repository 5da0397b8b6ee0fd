/**
 * `node dev/run.mjs dev/cloud-init-oracle --generated [COUNT [SEED]]`: holds our findings on generated documents of each kind
 * against cloud-init's own schemas (`generated.ts`), parts of messages against its mergers, and templates against its Jinja.
 * `--schemas`, `--merging` and `--jinja` do one of these.
 *
 * `node dev/run.mjs dev/cloud-init-oracle FILE…`: holds our findings against those of the `cloud-init schema` command
 * (package cloud-init), and shows the errors of that command at keys where we say nothing.
 *
 * Differences that are meant, with Debian's 22.4:
 * - Keys and values that came later: `ubuntu_pro`, `doas`, `ntp.peers`, `packages: [{snap: […]}]`, `write_files.source`,
 *   lists after `ansible.pull` and `sudo`, `fs_setup.partition: 1`, `locale: false`, `users: []`, `rh_subscription` with `_`.
 * - Files that the command does not read as what they are: archives and MIME messages ("not a YAML dict"), an empty
 *   document, Jinja's header ("needs to begin with"), other templates ("not valid yaml"), other programs' dialects.
 * - Keys that only hold anchors, and Amazon Linux's `repo_upgrade`.
 * - Formats of values that say little: `hostname` and `date`, and items that are there twice.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { only } from '../../core/config/resolve.ts';
import { NO_FILES } from '../../core/language.ts';
import { lint } from '../../core/linter.ts';
import { rules } from '../../rules/index.ts';
import { engineOf } from '../engine.ts';
import type { SchemaError } from './ask.ts';
import { compareGenerated } from './generated.ts';
import { compareJinja } from './jinja.ts';
import { compareMerging } from './merging.ts';

/** What the command says is wrong with a file. */
function schemaErrors(file: string): readonly SchemaError[] {
  const { stdout, stderr } = spawnSync('cloud-init', ['schema', '-c', file], { encoding: 'utf8', timeout: 30_000 });
  const said = `${stdout}${stderr}`.split('Cloud config schema errors:')[1]?.trim().split('\n')[0];
  if (said === undefined) return [];
  return said.split(/, (?=[\w.-]+: )/).map(error => {
    const colon = error.indexOf(': ');
    return { path: error.slice(0, colon), message: error.slice(colon + 2) };
  });
}

/** `--generated [COUNT [SEED]]`, or files. */
export async function main(args: readonly string[]): Promise<number> {
  const [first, count = '2000', seed = '1'] = args;
  const kinds = [
    ['--schemas', compareGenerated],
    ['--merging', compareMerging],
    ['--jinja', compareJinja],
  ] as const;
  const asked = kinds.filter(([name]) => first === name || first === '--generated');
  if (asked.length === 0) return compareFiles(args);
  return asked.reduce((sum, [, compare]) => sum + compare(Number(count), Number(seed)), 0);
}

/** Compares file by file; resolves to the number of files with an error that we do not have. */
function compareFiles(files: readonly string[]): number {
  const schemaRules = rules.filter(rule => rule.id === 'syntax-error' || rule.aliases?.includes('cloud-init:schema'));
  const engine = engineOf(schemaRules);
  let compared = 0;
  let differing = 0;
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const input = { engine, settings: only(schemaRules), files: NO_FILES, today: undefined };
    const ours = lint({ path: file, text, language: 'cloud-init' }, input)?.diagnostics ?? [];
    const found = ours.map(({ span, message }) => `${text.slice(span.start, span.end)} ${message}`).join('\n');
    const missing = schemaErrors(file).filter(({ path, message }) => {
      if (path.startsWith('format-')) return ours.length === 0;
      const keys = [...path.split('.'), ...[...message.matchAll(/'([\w.-]+)'/g)].map(quoted => quoted[1]!)];
      return !keys.some(key => !/^\d*$/.test(key) && found.includes(key));
    });
    compared++;
    if (missing.length === 0) continue;
    differing++;
    for (const { path, message } of missing) process.stdout.write(`${file}: ${path}: ${message.slice(0, 160)}\n`);
  }
  process.stdout.write(`${compared} files compared, ${differing} with an error that is only the command's\n`);
  return differing;
}
