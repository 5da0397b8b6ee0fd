/**
 * Programs that only run another one: `sudo`, `env X=1`, `timeout 5`. What a command is about is the program after them. Their
 * grammars are in `programs/wrappers.ts`.
 */
import { memo } from '../core/memo.ts';
import { isBourne, type ShellDialect } from '../core/script.ts';
import type { Word } from '../core/shell-tree.ts';
import type { Invocation } from './invocations.ts';
import { programName } from './program-name.ts';
import type { Arguments, ReadableWord } from './programs/arguments.ts';
import { readWords } from './programs/reader.ts';
import { SWITCHERS } from './programs/sh.ts';
import { WRAPPERS } from './programs/wrappers.ts';
import { commandName, namedBehindPath } from './windows-names.ts';

const BY_NAME = new Map(
  [...WRAPPERS, SWITCHERS].flatMap(wrapper => wrapper.names.map(name => [name, wrapper] as const)),
);

const NONE: readonly never[] = [];

/** The program that a command is about. */
export interface Unwrapped<W extends ReadableWord = Word> {
  /** The index of the word that names it. */
  readonly index: number;
  /** The names of the wrappers in front of it, outermost first. */
  readonly via: readonly string[];
  /** Their command lines, in the same order. */
  readonly wrappers: readonly Arguments<W>[];
}

/** The program that the words run, after its wrappers; `undefined` when the word that names it is not literal. */
export function unwrap<W extends ReadableWord>(
  words: readonly W[],
  dialect: ShellDialect = 'posix',
): Unwrapped<W> | undefined {
  if (!isBourne(dialect) && dialect !== 'other') return onWindows(words, dialect);
  let via: string[] | undefined;
  let wrappers: Arguments<W>[] | undefined;
  let index = 0;
  while (index < words.length) {
    const { literal } = words[index]!;
    if (literal === undefined || literal === '') return undefined;
    const name = programName(literal);
    const wrapper = BY_NAME.get(name);
    const given = wrapper && readWords(words.slice(index + 1), wrapper, name);
    if (!given?.command) return { index, via: via ?? NONE, wrappers: wrappers ?? NONE };
    (via ??= []).push(name);
    (wrappers ??= []).push(given);
    index = words.length - given.command.length;
  }
  return undefined;
}

/** `start /wait "title" program`, and a name after a path that may be unknown. */
function onWindows<W extends ReadableWord>(words: readonly W[], dialect: ShellDialect): Unwrapped<W> | undefined {
  const name = windowsName(words[0], dialect);
  if (name === undefined) return undefined;
  if (dialect !== 'cmd' || name !== 'start') return { index: 0, via: [], wrappers: [] };
  let index = 1;
  while (/^\/|^$|\s/.test(words[index]?.literal ?? 'x')) index += /^\/d$/i.test(words[index]!.literal!) ? 2 : 1;
  return windowsName(words[index], dialect) === undefined ? undefined : { index, via: [name], wrappers: [] };
}

function windowsName(word: ReadableWord | undefined, dialect: ShellDialect): string | undefined {
  const text = word?.literal ?? (word && namedBehindPath(word.value.text) ? word.value.text : '');
  return text === '' ? undefined : commandName(text, dialect);
}

/** The command lines of the wrappers in front of an invocation, outermost first: `sudo -u app`. */
export const wrappersOf: (invocation: Invocation) => readonly Arguments[] = memo(
  ({ command }) => unwrap(command.words, command.dialect)?.wrappers ?? [],
);
