/** The commands in the arguments of `sed`. */
import type { Word } from '../core/shell-tree.ts';
import type { SourceText } from '../core/text.ts';
import type { Invocation } from './invocations.ts';
import { readArguments } from './programs/index.ts';

/** A use of `sed`. */
export interface SedCommand {
  /** The scripts of `-e`, or the first operand. */
  readonly scripts: readonly SourceText[];
  readonly files: readonly Word[];
  /** It changes the files. */
  readonly inPlace: boolean;
}

/** The scripts and files of a `sed` command; `undefined` for other programs. */
export function sedCommandOf(invocation: Invocation): SedCommand | undefined {
  const given = readArguments(invocation);
  if (given.program !== 'sed') return undefined;
  const scripts = given.values('--expression').map(({ source }) => source);
  const inPlace = given.has('--in-place');
  // Without `-e` and `-f` the first operand is the script.
  if (scripts.length > 0 || given.has('--file')) return { scripts, files: given.operands, inPlace };
  const [script, ...files] = given.operands;
  return { scripts: script ? [script.value] : [], files, inPlace };
}

/** The strings that a script puts in: replacements of `s`, and what `a`, `i` and `c` add. */
export function putInBySed(script: SourceText): readonly SourceText[] {
  return insertions(script.text).map(({ start, end }) => script.slice(start, end));
}

/** The rest of a script: patterns and addresses, which say what it looks for and takes away, and the commands themselves. */
export function soughtBySed(script: SourceText): readonly SourceText[] {
  const ends = [...insertions(script.text), { start: script.text.length, end: script.text.length }];
  return ends.map(({ start }, i) => script.slice(i === 0 ? 0 : ends[i - 1]!.end, start));
}

/** What a script looks for with `s`, and what it puts in there. https://www.gnu.org/software/sed/manual/sed.html#The-_0022s_0022-Command */
export function replacedBySed(script: SourceText): readonly { readonly pattern: string; readonly text: SourceText }[] {
  return insertions(script.text).flatMap(({ start, end, pattern }) =>
    pattern === undefined ? [] : [{ pattern, text: script.slice(start, end) }],
  );
}

interface Insertion {
  readonly start: number;
  readonly end: number;
  /** What `s` looks for; `undefined` for the other commands. */
  readonly pattern: string | undefined;
}

function insertions(text: string): Insertion[] {
  const found: Insertion[] = [];
  const command = /(?:^|[;{}\s/\d,$!])(?:s([/|#,@!%:~^+])|([aic])(?:\\|\s))/g;
  for (let match = command.exec(text); match; match = command.exec(text)) {
    const delimiter = match[1];
    const from = command.lastIndex;
    if (delimiter === undefined) {
      found.push({ start: from, end: text.length, pattern: undefined });
      break;
    }
    const middle = endOf(text, from, delimiter);
    const end = endOf(text, middle + 1, delimiter);
    found.push({ start: Math.min(middle + 1, end), end, pattern: text.slice(from, middle) });
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
