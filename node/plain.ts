/** Reading plain files and nothing else: opening a pipe or a device may wait forever. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/**
 * The bytes of a plain file, or why there are none: it is something else (a pipe, a device, a directory), or has more
 * than `most` bytes. Throws what the file system says when it cannot be opened.
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

/** Enough of a file to see what it is: a language asks for 4,000 UTF-16 code units. In bytes, of ASCII and of any text. */
const BEGINNING = 4096;
const WHOLE_BEGINNING = 3 * 4000;

/** How a plain file begins, as `WorkspaceFiles` has it. */
export function readBeginning(path: string): string | null {
  try {
    const file = openPlain(path);
    if (!file) return null;
    try {
      const text = beginningOf(readUpTo(file.handle, Math.min(file.size, BEGINNING)));
      if (text === null || text.length >= 4000 || file.size <= BEGINNING) return text;
      return beginningOf(readUpTo(file.handle, Math.min(file.size, WHOLE_BEGINNING)));
    } finally {
      closeSync(file.handle);
    }
  } catch {
    return null;
  }
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** A character may be cut in two at the end, so this is lenient; the file itself is read strictly. */
function beginningOf(bytes: Uint8Array): string | null {
  return bytes.includes(0) ? null : lenient.decode(bytes);
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
    const count = readSync(handle, buffer, filled, length - filled, filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}
