import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';

let written = 0;

/**
 * Replaces a file's content whole or not at all: `after` goes to a new file beside it, which is then renamed over it.
 * Keeps the mode and, where allowed, the owner; a symbolic link stays one. Throws an error whose message can be shown,
 * with the file untouched, when its bytes are no longer `before`, or when anything about writing fails.
 */
export function replaceFile(path: string, before: Uint8Array, after: string): void {
  const target = realpathSync.native(path);
  const { mode, uid, gid } = statSync(target);
  accessSync(target, constants.W_OK);
  const temporary = `${target}.${process.pid}-${written++}.tmp`;
  const handle = openSync(temporary, 'wx', mode & 0o777);
  try {
    try {
      writeFileSync(handle, after, 'utf8');
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    keep(() => chownSync(temporary, uid, gid));
    chmodSync(temporary, mode & 0o7777);
    // As late as can be: what was saved in the meantime is worth more than the fix.
    if (!readFileSync(target).equals(before)) throw new Error('the file has changed since it was read');
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Only the superuser may give files away; everyone else's new files are their own. */
function keep(change: () => void): void {
  try {
    change();
  } catch {
    // The file is ours then, which is all that can be had.
  }
}
