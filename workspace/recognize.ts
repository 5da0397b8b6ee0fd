/** Which files are documents, and which documents have a text that can be linted. */

import { isEncrypted } from '../core/encrypted.ts';
import type { Language } from '../core/language.ts';
import { type Engine, languageOf } from '../core/linter.ts';
import { isConfigName } from './configuration.ts';
import type { Refusal, WorkspaceFiles } from './files.ts';

/** Larger documents are not linted unless the user sets another limit. In bytes. */
export const LARGEST_DOCUMENT = 10 * 1024 * 1024;

/** The language of a file that was found, by its name or by how it begins; `undefined` when it is none of ours. */
export function languageOfFile(
  engine: Pick<Engine, 'languages'>,
  path: string,
  files: WorkspaceFiles,
): Language | undefined {
  if (isConfigName(path)) return undefined;
  const byName = languageOf(engine, { path, text: '' });
  if (byName) return byName;
  const text = files.beginning(path);
  return typeof text === 'string' ? languageOf(engine, { path, text }) : undefined;
}

/** Why a text that an editor hands over is not linted: what the same file on disk would be refused for. */
export function refusalOf(text: string, largest: number): Refusal | undefined {
  if (isEncrypted(text)) return 'encrypted';
  if (text.includes('\0')) return 'binary';
  return isLonger(text, largest) ? 'too-large' : undefined;
}

/** Whether a text has more than so many bytes in UTF-8. */
function isLonger(text: string, most: number): boolean {
  if (text.length > most) return true;
  // No code unit takes more than three bytes.
  if (text.length * 3 <= most) return false;
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Each half of a surrogate pair is two of its four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return bytes > most;
}
