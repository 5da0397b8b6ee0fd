/** Texts that a command changes before it writes them: what `sed` puts in, and base64 that is decoded on the way. */

import { Decoder, HOLE, type SourceText } from '../../../core/text.ts';
import { argumentsOf, hasFlag } from '../../../shell/arguments.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { decodePrintable } from '../base64.ts';

/** A replacement of `sed`: what is looked for, and what is put in. */
export interface Replacement {
  readonly pattern: string;
  readonly text: SourceText;
}

/** The replacements of a `sed` command. https://www.gnu.org/software/sed/manual/sed.html#The-_0022s_0022-Command */
export function replacementsOf(invocation: Invocation): readonly Replacement[] {
  if (invocation.program !== 'sed' && invocation.program !== 'gsed') return [];
  const { operands, options } = argumentsOf(invocation, ['-e', '--expression', '-f', '--file', '-l']);
  const given = options.flatMap(({ name, value }) => (name === '-e' || name === '--expression' ? (value ?? []) : []));
  const scripts = given.length > 0 ? given.map(({ source }) => source) : operands.slice(0, 1).map(({ value }) => value);
  return scripts.flatMap(inScript);
}

function inScript(script: SourceText): Replacement[] {
  const { text } = script;
  const found: Replacement[] = [];
  const command = /(?:^|[;{}\s/\d,$!])s([/|#,@!%:~^])/g;
  for (let match = command.exec(text); match; match = command.exec(text)) {
    const middle = endOf(text, command.lastIndex, match[1]!);
    const end = endOf(text, middle + 1, match[1]!);
    found.push({ pattern: text.slice(command.lastIndex, middle), text: script.slice(middle + 1, end) });
    command.lastIndex = end + 1;
  }
  return found;
}

/** The next delimiter that is not escaped. */
function endOf(text: string, from: number, delimiter: string): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === delimiter) return i;
  }
  return text.length;
}

/** Whether a command turns base64 from its input back into what it was. */
export function decodesBase64(invocation: Invocation): boolean {
  const { args, program } = invocation;
  if (program === 'base64') return hasFlag(invocation, '-d', '-D', '--decode', '-di');
  if (program !== 'openssl') return false;
  const words = new Set(args.map(({ literal }) => literal));
  return words.has('-d') && (words.has('base64') || words.has('-base64') || words.has('-a'));
}

/** What a base64 text was, as one piece that stands where all of it stands; `undefined` when it is no printable text. */
export function decodedText(encoded: SourceText): SourceText | undefined {
  const { text } = encoded;
  if (text.length < 16 || text.includes(HOLE)) return undefined;
  const decoded = decodePrintable(text);
  return decoded === undefined ? undefined : new Decoder(encoded, 'read-only').as(decoded, 0, text.length).done();
}
