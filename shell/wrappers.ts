/**
 * Programs that only run another one: `sudo`, `env X=1`, `timeout 5`. What a command is about is the program after them. Their
 * grammars are in `programs/wrappers.ts`.
 */
import { memo } from '../core/memo.ts';
import { nameOf } from '../core/path.ts';
import type { Word } from '../core/shell-tree.ts';
import type { Invocation } from './invocations.ts';
import type { Arguments, ReadableWord } from './programs/arguments.ts';
import { readWords } from './programs/reader.ts';
import { WRAPPERS } from './programs/wrappers.ts';

const BY_NAME = new Map(WRAPPERS.map(wrapper => [wrapper.names[0]!, wrapper]));

/** The name a program is known by: the last segment of its path, without `.exe`. */
export function programName(literal: string): string {
  const name = nameOf(literal);
  return name.endsWith('.exe') ? name.slice(0, -4) : name;
}

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
export function unwrap<W extends ReadableWord>(words: readonly W[]): Unwrapped<W> | undefined {
  const via: string[] = [];
  const wrappers: Arguments<W>[] = [];
  let index = 0;
  while (index < words.length) {
    const { literal } = words[index]!;
    if (literal === undefined || literal === '') return undefined;
    const name = programName(literal);
    const wrapper = BY_NAME.get(name);
    const given = wrapper && readWords(words.slice(index + 1), wrapper, name);
    if (!given?.command) return { index, via, wrappers };
    via.push(name);
    wrappers.push(given);
    index = words.length - given.command.length;
  }
  return undefined;
}

/** The command lines of the wrappers in front of an invocation, outermost first: `sudo -u app`. */
export const wrappersOf: (invocation: Invocation) => readonly Arguments[] = memo(
  ({ command }) => unwrap(command.words)?.wrappers ?? [],
);
