import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { setFlagsOfStart } from '../node/tiering.ts';

/** More than so many bytes of bytecode that no file has yet are worth writing the file again. */
const WORTH_KEEPING = 150_000;
/** A file for each version of Node.js and of the bundle that runs with the same directory; the oldest goes. */
const MOST_FILES = 6;
/** Node's own switch for the same matter, by any value. */
const SWITCH = 'NODE_DISABLE_COMPILE_CACHE';

/** A bundle that has run, and what V8 compiled of it. */
export interface Loaded<T> {
  readonly exports: T;
  /** Writes what was compiled into the first directory that takes it, where it is more than what was there. */
  keep(): void;
}

/**
 * Runs a bundle of CommonJS that has the URL of itself as `bakelintUrl`, with what V8 compiled of it for an earlier process:
 * one small file then takes a third less CPU time. Node keeps such files itself from 22.8 on, one for each module, and none of what a later run
 * needs besides.
 *
 * Whoever may write into a directory decides what runs. So a directory is the bundle's own or one that only the user may
 * write to, never one for temporary files; and a directory that cannot be written to is left alone without a word.
 */
export function load<T>(file: string, url: string, directories: readonly string[]): Loaded<T> {
  const source = readFileSync(file, 'utf8');
  const wanted = process.env[SWITCH] ? [] : directories;
  const name = wanted.length > 0 ? nameFor(file) : '';
  const kept = firstOf(wanted, name);
  const script = new vm.Script(`(function (exports, require, module, bakelintUrl) {${source}\n})`, {
    filename: file,
    ...(kept && { cachedData: kept }),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const known = script.cachedDataRejected === false ? bytecode() : 0;
  const module = { exports: {} as T };
  (script.runInThisContext() as Wrapper)(module.exports, createRequire(url), module, url);
  const keep = (): void => {
    if (wanted.length === 0 || bytecode() - known < WORTH_KEEPING) return;
    setFlagsOfStart();
    // V8 takes the file only with the flags that it was written with, which are a part of the name.
    if (nameFor(file) === name) write(wanted, name, script.createCachedData());
  };
  return { exports: module.exports, keep };
}

/** Defined by build.mjs. */
declare const BAKELINT_VERSION: string | undefined;

type Wrapper = (exports: unknown, require: NodeJS.Require, module: object, url: string) => void;

const bytecode = (): number => v8.getHeapCodeStatistics().bytecode_and_metadata_size;

/** V8 compares the length of the source alone, so that the name has to tell two bundles apart. */
function nameFor(file: string): string {
  const { size, mtimeMs } = statSync(file);
  return [
    typeof BAKELINT_VERSION === 'string' ? BAKELINT_VERSION : '',
    process.version,
    v8.cachedDataVersionTag(),
    size,
    Math.floor(mtimeMs),
  ].join('-');
}

function firstOf(directories: readonly string[], name: string): Buffer | undefined {
  for (const directory of directories)
    try {
      const path = join(directory, name);
      if (isOwn(directory) && isOwn(path)) return readFileSync(path);
    } catch {
      // Not there, or not to be read.
    }
  return undefined;
}

/** Nobody but its owner may write, who is the one that installed the bundle or the user. On Windows permissions are inherited. */
function isOwn(path: string): boolean {
  const { uid, mode } = lstatSync(path);
  if (process.platform === 'win32') return true;
  return (uid === 0 || uid === process.getuid?.()) && (mode & 0o022) === 0;
}

function write(directories: readonly string[], name: string, data: Buffer): void {
  for (const directory of directories)
    try {
      mkdirSync(directory, { recursive: true, mode: 0o755 });
      if (!isOwn(directory)) continue;
      const temporary = join(directory, `${process.pid}.tmp`);
      writeFileSync(temporary, data, { mode: 0o644 });
      renameSync(temporary, join(directory, name));
      removeOldest(directory);
      return;
    } catch {
      // The next one may take it.
    }
}

function removeOldest(directory: string): void {
  const byAge = readdirSync(directory)
    .map(name => ({ path: join(directory, name), written: lstatSync(join(directory, name)).mtimeMs }))
    .toSorted((a, b) => b.written - a.written);
  for (const { path } of byAge.slice(MOST_FILES)) rmSync(path, { force: true });
}
