/** Commands in the text of a script, a Makefile or a workflow that build a Dockerfile. */
import type { BuildCall, NamedImage } from './model.ts';

const COMMAND =
  /\b(?:docker|podman|nerdctl)[ \t]{1,20}(?:buildx[ \t]{1,20}|image[ \t]{1,20}|builder[ \t]{1,20})?build(?=[ \t\\])|\bbuildah[ \t]{1,20}(?:bud|build)(?=[ \t\\])/g;
/** Characters and words of one command. */
const LONGEST = 3_000;
const MOST_WORDS = 200;
/** Options that take no value, so that what follows one may be the directory. */
const SWITCHES: ReadonlySet<string> = new Set(
  '--push --load --pull --no-cache --quiet -q --rm --force-rm --squash --compress --layers'.split(' '),
);
const WORD =
  /(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|\$\{[^}\n]{0,200}\}|\$\([^)\n]{0,200}\)|\$(?![{(])|[^\s"'$;|&<>)]){1,400}|[;|&<>)]/g;

/** In the order of the text. `expand` gives a word with its variables filled in, `undefined` where one is not known. */
export function commandsThatBuild(text: string, expand: (word: string) => string | undefined): BuildCall[] {
  return [...text.matchAll(COMMAND)].map(({ 0: command, index }) => {
    const start = index + command.length;
    return callOf(index, start, wordsFrom(text, start), expand);
  });
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The words up to the end of the command; a backslash at the end of a line continues it. */
function wordsFrom(text: string, start: number): Word[] {
  const end = endOfCommand(text, start);
  const words: Word[] = [];
  for (const { 0: word, index } of text.slice(start, end).matchAll(WORD)) {
    if (/^[;|&<>)]/.test(word) || words.length >= MOST_WORDS) break;
    if (word !== '\\') words.push({ text: unquoted(word), start: start + index, end: start + index + word.length });
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
  index: number,
  start: number,
  words: readonly Word[],
  expand: (word: string) => string | undefined,
): BuildCall {
  const names: NamedImage[] = [];
  let [file, target]: (string | undefined)[] = [];
  for (const [i, word] of words.entries()) {
    const [, option, glued] = /^(--?[a-z][a-z-]{0,30})(?:=(.{0,400}))?$/s.exec(word.text) ?? [];
    const value = glued ?? words[i + 1]?.text;
    if (option === undefined || value === undefined) continue;
    const whole = expand(value);
    if (option === '--target') target = whole;
    if (option === '-f' || option === '--file') file = whole ?? UNKNOWN_FILE;
    if ((option === '-t' || option === '--tag') && whole)
      names.push({ name: whole, certain: whole === value, span: glued === undefined ? words[i + 1]! : word });
  }
  const context = contextOf(words);
  const span = { start: index, end: words.at(-1)?.end ?? start };
  return {
    names: names.map(({ span: { start, end }, ...one }) => ({ ...one, span: { start, end } })),
    by: 'command',
    context: context === undefined || file === UNKNOWN_FILE ? undefined : expand(context),
    file: file === UNKNOWN_FILE ? undefined : file,
    target,
    span,
  };
}

const UNKNOWN_FILE = '\0';

/** The last word, unless it belongs to an option. */
function contextOf(words: readonly Word[]): string | undefined {
  const last = words.at(-1)?.text;
  const before = words.at(-2)?.text ?? '';
  if (last === undefined || last.startsWith('-')) return undefined;
  return before.startsWith('-') && !before.includes('=') && !SWITCHES.has(before) ? undefined : last;
}
