/** What the commands of a step may run: with the words of loops, the directory that they go to, and what programs name. */
import type { RunStep } from '../../../core/build.ts';
import { joinPath } from '../../../core/path.ts';
import type { Word } from '../../../core/shell-tree.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { withVariables } from '../../../shell/own-variables.ts';

/** Words of one loop, and characters of one that it gives a part of. */
const MOST_WORDS = 20;
const LONGEST = 300;
/** From a loop to a command in it. */
const LONGEST_LOOP = 2_000;
/** Of a program that is run, characters that are read, and others that it names. */
const LONGEST_PROGRAM = 50_000;
const MOST_NAMED = 50;

/** The invocations of a step, and its commands whose program is a variable. */
export function* commandsOf(step: RunStep): Iterable<Invocation> {
  yield* invocationsOfStep(step);
  const { script } = step;
  for (const command of script?.text.text.includes('$') ? script.commands : []) {
    const [programWord, ...args] = command.words;
    if (script && programWord && programWord.literal === undefined && command.mayRun)
      yield { program: '', programWord, args, command, script, via: [] };
  }
}

/** What a word may be: with the variables of the script, and for each of the words that a loop gives one. */
export function wordsOf(word: Word, invocation: Invocation, { environment }: RunStep): readonly string[] {
  const text = word.literal ?? withVariables(word.value, word, invocation, environment);
  if (!text.includes(UNRESOLVED)) return [text];
  return loopedIn(word, invocation);
}

const LOOP = /\bfor[ \t]{1,9}(\w{1,60})[ \t]{1,9}in[ \t]{1,9}([\w./ \t@+-]{1,1000}?)[ \t]{0,9}(?:;|\n)/g;

function loopedIn({ start, end }: Word, { script }: Invocation): readonly string[] {
  const { text } = script.text;
  const written = text.slice(start, end).replace(/["']/g, '');
  const name = /\$\{?(\w{1,60})\}?/.exec(written)?.[1];
  if (name === undefined || end - start > LONGEST) return [];
  const before = text.slice(Math.max(0, start - LONGEST_LOOP), start);
  const words =
    [...before.matchAll(LOOP)]
      .findLast(one => one[1] === name)?.[2]
      ?.trim()
      .split(/\s+/) ?? [];
  return words
    .slice(0, MOST_WORDS)
    .map(one => written.replace(/\$\{?(\w{1,60})\}?/, whole => (whole.includes(name) ? one : whole)));
}

/** A path with nothing in it that is not known. */
export const isPath = (text: string): boolean =>
  text.length <= LONGEST && /^[\w./@+~-]+$/.test(text) && /\w/.test(text);

/** The directories that a command goes to from others; `start` where that is not known, `undefined` for other commands. */
export function movedTo(
  { args, program }: Invocation,
  directories: readonly string[],
  start: readonly string[],
  textsOf: (word: Word) => readonly string[],
): readonly string[] | undefined {
  if (!MOVES_TO.has(program)) return undefined;
  const [to = ''] = args.flatMap(textsOf).filter(text => !text.startsWith('-') || text === '-');
  return isPath(to) || /^\.\.?\/?$/.test(to) ? directories.map(directory => joinPath(directory, to)) : start;
}
const MOVES_TO: ReadonlySet<string> = new Set(['cd', 'pushd', 'popd']);

/** Programs that a program names by an absolute path, and a shell script by any. */
export function* namedIn(text: string, place: string, directory: string): Iterable<string> {
  const isShell = /\.(?:ba|z|k)?sh$/.test(place) || /^#![^\n]{0,60}sh\b/.test(text);
  const lines = text
    .slice(0, LONGEST_PROGRAM)
    .split('\n')
    .filter(line => !/^[ \t]*(?:#|\/\/)/.test(line));
  let left = MOST_NAMED;
  for (const line of lines)
    for (const [, named = ''] of line.matchAll(NAMED)) {
      if (left-- <= 0) return;
      if (named.startsWith('/')) yield named;
      else if (isShell) yield joinPath(directory, named);
    }
}

const NAMED = /(?<![\w./$}-])(\.{0,2}\/?[A-Za-z_][\w./-]{0,150}\.(?:sh|bash|py|pl|rb|m?js|php|lua|R))(?![\w./-])/g;
