/** The words of a command in a text that is no script: of a Makefile, a workflow, or a Jenkinsfile. */
import type { ReadableWord } from '../../shell/programs/arguments.ts';
import { lineBefore } from './values.ts';

/** Characters and words of one command. */
export const LONGEST = 3_000;
const MOST_WORDS = 200;
/** Lines above a command that are looked at. */
export const LINES_BEFORE = 15;
const WORD =
  /(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|\$\{\{[^}\n]{0,200}\}\}|\$\{[^}\n]{0,200}\}|\$\((?:[^()\n]|\((?:[^()\n]|\((?:[^()\n]|\([^()\n]{0,200}\)){0,200}\)){0,200}\)){0,400}\)|\$[<^]|\$(?![{(])|[^\s"'$;|&<>)]){1,400}|[;|&<>)]/g;

const PARTS = /(?:\$\{\{[^}\n]{0,200}\}\}|\$\((?:[^()]|\((?:[^()]|\([^()]{0,200}\)){0,200}\)){0,400}\)|\S){1,2000}/g;

/** A word as it is written: the text of a Makefile or a workflow is no script that could be parsed. */
export class Word implements ReadableWord {
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

  /** The words that it becomes; what is not known may have spaces. */
  split(fill: (written: string) => string): readonly Word[] {
    const text = fill(this.literal);
    if (text === this.literal) return [this];
    return (text.match(PARTS) ?? []).map(part => new Word(unquoted(part), this.start, this.end));
  }

  filled(fill: (written: string) => string): Word {
    const text = fill(this.literal);
    return text === this.literal ? this : new Word(text, this.start, this.end);
  }
}

/** The words up to the end of the command; a backslash at the end of a line continues it. */
export function wordsFrom(text: string, start: number): Word[] {
  const end = endOfCommand(text, start);
  const words: Word[] = [];
  const command = text.slice(start, end);
  let last = 0;
  for (const { 0: word, index } of command.matchAll(WORD)) {
    // A quote that nothing opened: the command is in a string.
    if (/["']/.test(command.slice(last, index))) break;
    last = index + word.length;
    const isEnd = /^[;|&<>)#]/.test(word);
    // `2>&1`: the number is part of the redirection.
    if (/^[<>]/.test(word) && words.at(-1)?.end === start + index && /^\d$/.test(words.at(-1)!.literal)) words.pop();
    if (isEnd || words.length >= MOST_WORDS) break;
    if (word !== '\\') words.push(new Word(unquoted(word), start + index, start + index + word.length));
  }
  return words;
}

function endOfCommand(text: string, start: number): number {
  const most = Math.min(text.length, start + LONGEST);
  const inside = indentOfScalar(text, start);
  const rest = text.slice(start, most);
  for (let from = start; from < most; ) {
    const end = start + rest.indexOf('\n', from - start);
    if (end < start) return most;
    const goesOn =
      /\\[ \t\r]{0,10}$/.test(text.slice(Math.max(from, end - 12), end)) ||
      OPTION_LINE.test(text.slice(end + 1, end + 80)) ||
      (inside !== undefined && isWithin(text, end + 1, inside));
    if (!goesOn) return end;
    from = end + 1;
  }
  return most;
}

/** A line that no command begins with. */
const OPTION_LINE = /^[ \t]{1,60}(?:--[a-z]|-[a-zA-Z][ =])/;

/** A command at the beginning of a string of YAML that has no mark, `- docker build`, or that is folded, `- >`. */
const PLAIN = /^([ \t]{0,60})(?:-[ \t]{1,9})?(?:(?:run|script|command|cmd|sh|bash):[ \t]{1,9})?$/;
const LONGEST_PLAIN = 150;
const MARKED = /^[ \t]{0,60}(?:-|(?:-[ \t]{1,9})?\w{1,30}:)[ \t]{0,9}>[-+]?[ \t\r]{0,9}$/;

/** The indentation that the lines have at least that go on with the command; `undefined` where lines end it. */
function indentOfScalar(text: string, start: number): number | undefined {
  const whole = lineBefore(text, start);
  if (whole.length > LONGEST_PLAIN) return undefined;
  const line = whole.replace(/\S{0,40}$/, '');
  const plain = PLAIN.exec(line);
  if (!plain) return undefined;
  if (plain[0].trim() !== '') return plain[1]!.length + 1;
  const above = text
    .slice(Math.max(0, start - LONGEST), start - whole.length)
    .split('\n')
    .slice(0, -1);
  for (const one of above.slice(-LINES_BEFORE).reverse()) {
    if (MARKED.test(one)) return line.length;
    if (one.trim() === '' || one.length - one.trimStart().length < line.length) return undefined;
  }
  return undefined;
}

function isWithin(text: string, at: number, indent: number): boolean {
  const line = text.slice(at, at + 200).split('\n', 1)[0]!;
  const own = line.length - line.trimStart().length;
  return line.trim() !== '' && own >= indent && !/^[ \t]*(?:-[ \t]|[\w-]{1,40}:(?:[ \t]|$))/.test(line);
}

export const unquoted = (word: string): string => word.replace(/["']/g, '');
