import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

let written = 0;

/** A file between its writing and its renaming: no language takes the name, whatever the file holds. */
const TEMPORARY = /^\.bakelint-(\d{1,10})-\d{1,10}\.tmp$/;

/**
 * Replaces a file's content whole or not at all: `after` goes to a new file beside it, which is then renamed over it.
 * Keeps the mode and, where allowed, the owner; a symbolic link stays one. A file with several names (hard links) is
 * written in place, so that it stays one file. Throws an error whose message can be shown, with the file untouched,
 * when its bytes are no longer `before`, or when anything about writing fails.
 */
export function replaceFile(path: string, before: Uint8Array, after: string | Uint8Array): void {
  const target = realpathSync.native(path);
  const stat = statSync(target);
  accessSync(target, constants.W_OK);
  if (stat.nlink > 1) writeInPlace(target, before, after);
  else renameOver(target, stat, before, after);
}

/** The new content of a file. */
export interface Replacement {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: string;
}

/**
 * Replaces the content of all the files or of none: where one cannot be written, those before it are written back. Throws
 * as {@link replaceFile} does.
 */
export function replaceFiles(files: readonly Replacement[]): void {
  const done: Replacement[] = [];
  try {
    for (const file of files) {
      replaceFile(file.path, file.before, file.after);
      done.push(file);
    }
  } catch (error) {
    for (const { path, before, after } of done) keep(() => replaceFile(path, Buffer.from(after, 'utf8'), before));
    throw error;
  }
}

function renameOver(target: string, { mode, uid, gid }: Stats, before: Uint8Array, after: string | Uint8Array): void {
  const temporary = temporaryFor(target);
  const handle = openSync(temporary, 'wx', mode & 0o777);
  try {
    try {
      writeFileSync(handle, after);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    keep(() => chownSync(temporary, uid, gid));
    chmodSync(temporary, mode & 0o7777);
    // As late as can be: what was saved in the meantime is worth more than the fix.
    assertSame(target, before);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Writes a file that may not be there yet, whole or not at all. What is there and is no plain file (`/dev/stdout`, a
 * pipe) takes the text as it comes. Throws what the file system says.
 */
export function writeWhole(path: string, text: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat && !stat.isFile()) {
    writeFileSync(path, text, 'utf8');
    return;
  }
  const target = stat ? realpathSync.native(path) : path;
  const temporary = temporaryFor(target);
  try {
    writeFileSync(temporary, text, { encoding: 'utf8', flag: 'wx', ...(stat ? { mode: stat.mode & 0o777 } : {}) });
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Writes a file that is not there, whole or not at all. Throws what the file system says, also when it is there. */
export function writeNew(path: string, text: string): void {
  const temporary = temporaryFor(path);
  try {
    writeFileSync(temporary, text, { encoding: 'utf8', flag: 'wx' });
    // Unlike renaming, this does not replace anything.
    linkSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

const temporaryFor = (target: string): string => join(dirname(target), `.bakelint-${process.pid}-${written++}.tmp`);

function writeInPlace(target: string, before: Uint8Array, after: string | Uint8Array): void {
  assertSame(target, before);
  const handle = openSync(target, 'r+');
  try {
    try {
      overwrite(handle, typeof after === 'string' ? Buffer.from(after, 'utf8') : after);
    } catch (error) {
      keep(() => overwrite(handle, before));
      throw error;
    }
  } finally {
    closeSync(handle);
  }
}

/** What grows is written before anything is cut off, so that a full disk is noticed while the rest is there. */
function overwrite(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at, bytes.length - at, at);
  ftruncateSync(handle, bytes.length);
  fsyncSync(handle);
}

function assertSame(target: string, before: Uint8Array): void {
  if (!readFileSync(target).equals(before)) throw new Error('the file has changed since it was read');
}

/** How old a file of a process that has ended must be: that of another machine on the same disk may be running. */
const ABANDONED = 60_000;

/** Removes what runs left behind in a directory that ended in the middle of writing; `now` in milliseconds. */
export function removeAbandoned(directory: string, names = readdirSync(directory), now = Date.now()): void {
  for (const name of names) {
    const pid = TEMPORARY.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    keep(() => {
      const path = join(directory, name);
      if (now - statSync(path).mtimeMs > ABANDONED) rmSync(path);
    });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** For what may fail without consequence: only the superuser may give files away, everyone else's new files are their own. */
function keep(change: () => void): void {
  try {
    change();
  } catch {
    // Nothing more can be had.
  }
}
