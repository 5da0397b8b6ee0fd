/** Texts that a command changes before it writes them: what `sed` puts in, and base64 that is decoded in between. */

import { decodePrintable } from '../../../core/base64.ts';
import { Decoder, type SourceText, UNRESOLVED } from '../../../core/text.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import type { Arguments } from '../../../shell/programs/index.ts';
import { replacedBySed, sedCommandOf } from '../../../shell/sed-scripts.ts';

/** A replacement of `sed`: what is looked for, and what is put in. */
export interface Replacement {
  readonly pattern: string;
  readonly text: SourceText;
  /** The file, when it is only one. */
  readonly path: string | undefined;
}

/** The replacements of a `sed` command. */
export function replacementsOf(invocation: Invocation): readonly Replacement[] {
  const sed = sedCommandOf(invocation);
  const path = sed?.files.length === 1 ? sed.files[0]!.literal : undefined;
  return sed?.scripts.flatMap(script => replacedBySed(script).map(one => ({ ...one, path }))) ?? [];
}

/** Whether a command turns base64 from its input back into what it was. */
export function decodesBase64(given: Arguments): boolean {
  if (given.program === 'base64') return given.has('--decode');
  return given.program === 'openssl' && given.has('-d') && (given.verb === 'base64' || given.has('-a', '-base64'));
}

/** What a base64 text was, as one piece that is where all of it is; `undefined` when it is not printable text. */
export function decodedText(encoded: SourceText): SourceText | undefined {
  const { text } = encoded;
  if (text.length < 16 || text.includes(UNRESOLVED)) return undefined;
  const decoded = decodePrintable(text);
  return decoded === undefined ? undefined : new Decoder(encoded, 'read-only').as(decoded, 0, text.length).done();
}

/** What a format of `printf` prints for its escapes. Other escapes stay as they are written. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** A text in which escapes stand for line breaks, as `printf` and `echo -e` print it. */
export function unescaped(text: SourceText): SourceText {
  if (!text.text.includes('\\')) return text;
  const decoder = new Decoder(text, 'read-only');
  let at = 0;
  for (const match of text.text.matchAll(/\\([ntr])/g)) {
    decoder.verbatim(at, match.index).as(ESCAPES[match[1]!]!, match.index, match.index + 2);
    at = match.index + 2;
  }
  return decoder.verbatim(at, text.text.length).done();
}
