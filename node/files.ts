import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync } from 'node:fs';
import { posix } from 'node:path';
import type { Files } from '../core/language.ts';
import { folderOf, nameOf } from '../core/path.ts';
import { decode } from './decode.ts';
import { isInside } from './paths.ts';

/** Files beside a document that are longer are not read. In bytes. */
export const LARGEST_NEIGHBOUR = 1_000_000;

export interface DiskFiles extends Files {
  /** Drops what is remembered of a file that was written or has changed. */
  forget(path: string): void;
}

/**
 * The files under `root` (absolute, POSIX style), read when they are asked for and remembered. What lies outside, also
 * by a symbolic link, is not known; neither is what is no plain file, too large or not UTF-8.
 */
export function diskFiles(root: string): DiskFiles {
  const texts = new Map<string, string | null | undefined>();
  const folders = new Map<string, Folder>();

  const folderAt = (path: string): Folder => {
    let folder = folders.get(path);
    if (!folder) {
      folder = isInside(root, path) ? readFolder(realRoot(), path) : undefined;
      folders.set(path, folder);
    }
    return folder;
  };
  let real: string | undefined;
  const realRoot = (): string => (real ??= realpathSync.native(root).replaceAll('\\', '/'));

  return {
    list(path) {
      const folder = folderAt(plain(path));
      return folder && [...folder.files.keys()];
    },
    read(path) {
      const whole = plain(path);
      if (!texts.has(whole)) {
        const folder = folderAt(folderOf(whole));
        const link = folder?.files.get(nameOf(whole));
        // The folder's listing says whether the file is there, without a question for each name that somebody mentions.
        texts.set(whole, folder && (link === undefined ? null : textOf(realRoot(), whole, link)));
      }
      return texts.get(whole);
    },
    forget(path) {
      texts.delete(path);
      folders.delete(folderOf(path));
    },
  };
}

/** A path without `..`, doubled or trailing slashes. */
const plain = (path: string): string => posix.normalize(path).replace(/(.)\/$/, '$1');

/** The files of a folder by name, each with whether it is a symbolic link; `null` when there is no such folder. */
type Folder = { readonly files: ReadonlyMap<string, boolean> } | null | undefined;

function readFolder(root: string, path: string): Folder {
  try {
    if (!isInside(root, realpathSync.native(path).replaceAll('\\', '/'))) return undefined;
    const entries = readdirSync(path, { withFileTypes: true });
    const files = entries.filter(entry => entry.isFile() || entry.isSymbolicLink());
    return { files: new Map(files.map(entry => [entry.name, entry.isSymbolicLink()])) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : undefined;
  }
}

function textOf(root: string, path: string, link: boolean): string | null | undefined {
  try {
    if (link && !isInside(root, realpathSync.native(path).replaceAll('\\', '/'))) return undefined;
    const bytes = readPlain(path, LARGEST_NEIGHBOUR);
    const decoded = typeof bytes === 'string' ? undefined : decode(bytes);
    return decoded && 'text' in decoded ? decoded.text : undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : undefined;
  }
}

/**
 * The bytes of a plain file, or why there are none: it is something else (a pipe, a device, a folder), or has more than
 * `most` bytes. Throws what the file system says when it cannot be opened.
 */
export function readPlain(path: string, most: number): Uint8Array | 'not-plain' | 'too-large' {
  const file = openPlain(path);
  if (!file) return 'not-plain';
  try {
    return file.size > most ? 'too-large' : readUpTo(file.handle, file.size);
  } finally {
    closeSync(file.handle);
  }
}

/** The first bytes of a plain file; `undefined` when it is something else. Throws as {@link readPlain} does. */
export function readBeginning(path: string, length: number): Uint8Array | undefined {
  const file = openPlain(path);
  if (!file) return undefined;
  try {
    return readUpTo(file.handle, Math.min(length, file.size));
  } finally {
    closeSync(file.handle);
  }
}

/** Opens a file if it is a plain one. Opening does not wait for the other end of a pipe. */
function openPlain(path: string): { readonly handle: number; readonly size: number } | undefined {
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const stat = fstatSync(handle);
  if (stat.isFile()) return { handle, size: stat.size };
  closeSync(handle);
  return undefined;
}

function readUpTo(handle: number, length: number): Uint8Array {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(handle, buffer, filled, length - filled, null);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}
