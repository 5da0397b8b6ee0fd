/** Commands in the text of a script, a Makefile or a workflow that build a Dockerfile. */
import type { ReadableWord } from '../../shell/programs/arguments.ts';
import { programOf } from '../../shell/programs/index.ts';
import { readWords } from '../../shell/programs/reader.ts';
import type { BuildCall } from './model.ts';

const COMMAND =
  /\b(?:docker|podman|nerdctl)[ \t]{1,20}(?:buildx[ \t]{1,20}|image[ \t]{1,20}|builder[ \t]{1,20})?build(?=[ \t\\])|\bbuildah[ \t]{1,20}(?:bud|build)(?=[ \t\\])/g;
/** Characters and words of one command. */
const LONGEST = 3_000;
const MOST_WORDS = 200;
const WORD =
  /(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|\$\{[^}\n]{0,200}\}|\$\([^)\n]{0,200}\)|\$(?![{(])|[^\s"'$;|&<>)]){1,400}|[;|&<>)]/g;

/** In the order of the text. `expand` gives a word with its variables filled in, `undefined` where one is not known. */
export function commandsThatBuild(text: string, expand: (word: string) => string | undefined): BuildCall[] {
  return [...text.matchAll(COMMAND)].map(({ 0: command, index }) => {
    const [program = ''] = command.split(/[ \t]/, 1);
    return callOf(program, index, wordsFrom(text, index + program.length), expand);
  });
}

/** A word as it is written: the text of a Makefile or a workflow is no script that could be parsed. */
class Word implements ReadableWord {
  readonly literal: string;
  readonly value: ReadableWord['value'];

  constructor(
    text: string,
    readonly start: number,
    readonly end: number,
  ) {
    this.literal = text;
    this.value = { text, slice: (from, to) => new Word(text.slice(from, to), start + from, start + to).value };
  }
}

/** The words up to the end of the command; a backslash at the end of a line continues it. */
function wordsFrom(text: string, start: number): Word[] {
  const end = endOfCommand(text, start);
  const words: Word[] = [];
  for (const { 0: word, index } of text.slice(start, end).matchAll(WORD)) {
    if (/^[;|&<>)]/.test(word) || words.length >= MOST_WORDS) break;
    if (word !== '\\') words.push(new Word(unquoted(word), start + index, start + index + word.length));
  }
  return words;
}

function endOfCommand(text: string, start: number): number {
  for (let from = start; from < text.length && from - start < LONGEST; ) {
    const end = text.indexOf('\n', from);
    if (end < 0) return Math.min(text.length, start + LONGEST);
    if (!/\\[ \t\r]{0,10}$/.test(text.slice(Math.max(from, end - 12), end))) return end;
    from = end + 1;
  }
  return Math.min(text.length, start + LONGEST);
}

const unquoted = (word: string): string => word.replace(/["']/g, '');

function callOf(
  program: string,
  start: number,
  words: readonly Word[],
  expand: (word: string) => string | undefined,
): BuildCall {
  const given = readWords(words, programOf(program) ?? { names: [program] }, program);
  const known = (option: string): string | undefined => {
    const value = given.value(option)?.literal;
    return value === undefined ? undefined : expand(value);
  };
  const names = given.values('--tag').flatMap(({ literal = '', word: { start, end } }) => {
    const name = expand(literal);
    return name === undefined || name === '' ? [] : [{ name, certain: name === literal, span: { start, end } }];
  });
  const context = given.operands.at(-1)?.literal;
  const file = known('--file');
  // A file that is not known may be any.
  const isKnown = context !== undefined && (file !== undefined || !given.has('--file'));
  return {
    names,
    by: 'command',
    context: isKnown ? expand(context) : undefined,
    file,
    target: known('--target'),
    span: { start, end: words.at(-1)?.end ?? start + program.length },
  };
}
