import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crypto } from '../../node/builtins.ts';
import { cacheDirectory } from '../../node/cache-directory.ts';
import type { FileSource } from '../../node/files.ts';
import { absolute } from '../../node/paths.ts';
import { FORMATS } from '../format/formats.ts';
import { CommandError, type Host } from '../host.ts';
import type { LintOptions } from '../options.ts';
import { version } from '../version.ts';
import { Cache } from './cache.ts';
import { type EntryStore, Store } from './store.ts';

/** The cache that the options ask for; `undefined` also where it is of no use: fixes are written, another program checks. */
export function cacheFor(
  options: LintOptions,
  debug: boolean,
  host: Host,
  files: Pick<FileSource, 'read' | 'list'>,
  /** Entries of this process, where there are some. */
  memory: EntryStore | undefined,
): Cache | undefined {
  const { cache, fix, shellcheck, outputs, preset, rules, select, ignore } = options;
  if ((cache === undefined && !memory) || fix.length > 0 || shellcheck || options.paths[0] === '-') return undefined;
  const withEdits = outputs.some(({ format }) => FORMATS[format].showsEdits);
  const identity = JSON.stringify([
    version(host.home),
    buildOf(host.home),
    process.version,
    host.cwd,
    debug,
    withEdits,
    preset ?? '',
    rules,
    select,
    ignore,
  ]);
  if (memory) return new Cache('memory', memory, identity, host.today, files);
  const directory = absolute(host.cwd, cache ? cache : usualDirectory(host.env));
  return new Cache(directory, new Store(directory), identity, host.today, files);
}

/** Versions under development share a number; the names of the parts in the bundle are hashes of them. */
function buildOf(home: string): string {
  try {
    return crypto()
      .createHash('sha256')
      .update(readFileSync(join(home, 'dist', 'bakelint.cjs')))
      .digest('hex');
  } catch {
    return '';
  }
}

function usualDirectory(env: Host['env']): string {
  const directory = cacheDirectory(env);
  if (directory === undefined)
    throw new CommandError('`--cache` does not know the home directory; name a directory: `--cache=DIRECTORY`');
  return directory;
}
