/**
 * Questions about an invocation's words. Option lists name options with their dashes (`-o`, `--output`) and follow the
 * utility syntax guidelines: short flags may be bundled, values may be attached.
 * https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap12.html
 */
import { memo } from '../core/memo.ts';
import type { Script } from '../core/script.ts';
import type { Word } from '../core/shell-tree.ts';
import { type Edit, HOLE, type SourceText } from '../core/text.ts';
import { isExecScript } from './exec-form.ts';
import type { Invocation } from './invocations.ts';
import type { Option as UsedOption } from './programs/index.ts';

/** An option as it is used. */
export interface Option {
  /** With its dashes and without its value: `-o`, `--output`. */
  readonly name: string;
  readonly word: Word;
  /** `undefined` for a flag. */
  readonly value: OptionValue | undefined;
}
/** The value of an option. */
export interface OptionValue {
  /** The word that the value stands in: the next one, or the option's own. */
  readonly word: Word;
  /** The value alone, decoded. */
  readonly source: SourceText;
  readonly literal: string | undefined;
}
/** The words of a command, sorted. */
export interface Arguments {
  readonly options: readonly Option[];
  /** Words that are no options and no values of options. */
  readonly operands: readonly Word[];
  /** False when a word may turn out to be options (`$FLAGS`): then an option that is not seen may still be there. */
  readonly complete: boolean;
}

const NONE: readonly string[] = [];

/**
 * Splits the words of an invocation. `valued`: the options that take a value; any other is a flag, unless it is
 * written `--name=value`.
 */
export function argumentsOf(invocation: Invocation, valued: readonly string[] = NONE): Arguments {
  return splitArguments(invocation.args, valued);
}

/** As {@link argumentsOf}, for any list of words. */
export function splitArguments(words: readonly Word[], valued: readonly string[] = NONE): Arguments {
  const options: Option[] = [];
  const operands: Word[] = [];
  let complete = true;
  let ended = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const text = word.literal ?? word.value.text;
    if (ended || text.length < 2 || !text.startsWith('-')) {
      // A quoted one is one word, but that may still be an option.
      if (!ended && text.startsWith(HOLE)) complete = false;
      operands.push(word);
      continue;
    }
    if (text === '--') {
      ended = true;
      continue;
    }
    const long = text.startsWith('--');
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    if (long || valued.includes(name)) {
      if (equals >= 0) options.push({ name, word, value: part(word, equals + 1) });
      else if (valued.includes(name)) options.push({ name, word, value: whole(words[++i]) });
      else options.push({ name, word, value: undefined });
      if (name.includes(HOLE)) complete = false;
      continue;
    }
    for (let k = 1; k < text.length; k++) {
      const letter = `-${text[k]}`;
      if (text[k] === HOLE) complete = false;
      if (valued.includes(letter)) {
        const attached = text[k + 1] === '=' ? k + 2 : k + 1;
        options.push({ name: letter, word, value: attached < text.length ? part(word, attached) : whole(words[++i]) });
        break;
      }
      if (text[k] === '=') {
        const flag = options.pop();
        if (flag) options.push({ ...flag, value: part(word, k + 1) });
        break;
      }
      options.push({ name: letter, word, value: undefined });
    }
  }
  return { options, operands, complete };
}

function whole(word: Word | undefined): OptionValue | undefined {
  return word && { word, source: word.value, literal: word.literal };
}

function part(word: Word, from: number): OptionValue {
  const source = word.value.slice(from, word.value.text.length);
  // The rest of `--$X=y` is certain although the word is not.
  return { word, source, literal: word.literal?.slice(from) ?? (source.text.includes(HOLE) ? undefined : source.text) };
}

const OFF = new Set(['false', 'no', '0', 'off']);

/** Whether one of the flags is there, alone or bundled (`-qqy`), and not switched off (`--yes=false`). */
export function hasFlag(invocation: Invocation, ...flags: readonly string[]): boolean {
  return findFlag(invocation, ...flags) !== undefined;
}

/** Whether none of the flags is there for certain: `$FLAGS` might hold one. */
export function lacksFlag(invocation: Invocation, ...flags: readonly string[]): boolean {
  return findFlag(invocation, ...flags) === undefined && flagsOf(invocation).complete;
}

/** The use of one of the flags. */
function findFlag(invocation: Invocation, ...flags: readonly string[]): Option | undefined {
  return flagsOf(invocation).options.find(
    ({ name, value }) => flags.includes(name) && !(value?.literal !== undefined && OFF.has(value.literal)),
  );
}

const flagsOf: (invocation: Invocation) => Arguments = memo(invocation => argumentsOf(invocation));

/**
 * The value of the first of these options that is used, `-o x`, `-ox`, `--output x` or `--output=x`. `valued` names
 * the program's other options with values, so that their values are not taken for options.
 */
export function optionValue(
  invocation: Invocation,
  names: readonly string[],
  valued: readonly string[] = NONE,
): OptionValue | undefined {
  return optionValues(invocation, names, valued)[0];
}

/** The values of every use of these options. */
export function optionValues(
  invocation: Invocation,
  names: readonly string[],
  valued: readonly string[] = NONE,
): OptionValue[] {
  return argumentsOf(invocation, [...names, ...valued])
    .options.filter(option => names.includes(option.name))
    .flatMap(option => option.value ?? []);
}

/** The words that are neither options nor values of the options in `valued`. */
export function operands(invocation: Invocation, valued: readonly string[] = NONE): readonly Word[] {
  return argumentsOf(invocation, valued).operands;
}

/** Takes a word and one blank beside it out of its script. */
export function removeWord(script: Script, word: Word): Edit | undefined {
  const { text } = script.text;
  const blank = (at: number) => text[at] === ' ' || text[at] === '\t';
  if (blank(word.start - 1)) return script.text.replace(word.start - 1, word.end, '');
  return script.text.replace(word.start, blank(word.end) ? word.end + 1 : word.end, '');
}

/**
 * Takes an option and its value out of its script: whole words, or its letter out of a bundle (`-skL`). `undefined` where they do
 * not stand alone.
 */
export function removeOption(script: Script, { words, name, value }: UsedOption): Edit | undefined {
  const [first, second] = words;
  if (!first || words.length > 2) return undefined;
  if (second) return removeWords(script, first, second);
  if (first.literal === name || (value && first.literal?.startsWith(name))) return removeWord(script, first);
  const letter = name.length === 2 && /^-[A-Za-z\d#]+$/.test(first.raw) ? first.raw.indexOf(name[1]!) : -1;
  return letter < 0 || value ? undefined : script.text.replace(first.start + letter, first.start + letter + 1, '');
}

function removeWords(script: Script, first: Word, last: Word): Edit | undefined {
  const { text } = script.text;
  return /^\s+$/.test(text.slice(first.end, last.start)) && text[first.start - 1] === ' '
    ? script.text.replace(first.start - 1, last.end, '')
    : undefined;
}

/**
 * Puts script text behind a word; it brings its own blanks. `undefined` where the document cannot hold it, among the
 * strings of an exec form, and for text with quotes, `$` or `\` in a script inside the script, whose quoting it might end.
 */
export function insertAfter(script: Script, word: Word, text: string): Edit | undefined {
  if (isExecScript(script)) return undefined;
  if (/['"`$\\\n]/.test(text) && innerWords(script).has(word)) return undefined;
  return script.text.insert(word.end, text);
}

const innerWords: (script: Script) => ReadonlySet<Word> = memo(script => {
  const inner = new Set<Word>();
  for (const { within, words } of script.commands)
    if (within.includes('string-script') || within.includes('heredoc-script') || within.includes('substitution'))
      for (const word of words) inner.add(word);
  return inner;
});
