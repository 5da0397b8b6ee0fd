/** With which settings a shell starts, by its words. */
import type { ReadableWord } from './programs/arguments.ts';
import { readWords } from './programs/reader.ts';
import { SHELL } from './programs/sh.ts';
import { unwrap } from './wrappers.ts';

/** What the options of a shell switch on. */
export interface ShellOptions {
  readonly errexit: boolean;
  readonly pipefail: boolean;
}

/** `-e`, `-o errexit`, `-o pipefail`, also in bundles (`-euxo pipefail`); the words are those after the shell's own. */
export function shellOptions(words: readonly ReadableWord[]): ShellOptions {
  const given = readWords(words, SHELL, 'sh');
  const named = given.values('-o').map(({ literal }) => literal);
  return { errexit: given.has('-e') || named.includes('errexit'), pipefail: named.includes('pipefail') };
}

/** What a script's first line switches on: `#!/bin/bash -eu`, `#!/usr/bin/env -S bash -e`. Nothing without one. */
export function shebangOptions(text: string): ShellOptions {
  if (!text.startsWith('#!')) return { errexit: false, pipefail: false };
  const end = text.indexOf('\n');
  const line = text.slice(2, Math.min(end < 0 ? text.length : end, 200)).trim();
  // The words after `-S` are those of the line.
  const words = line.split(/[ \t]+/).filter(word => word !== '-S');
  const plain = words.map(plainWord);
  return shellOptions(plain.slice((unwrap(plain)?.index ?? 0) + 1));
}

/** A word that is known and is in no document. */
export function plainWord(literal: string): ReadableWord {
  return { literal, value: { text: literal, slice: (start, end) => literal.slice(start, end) } };
}
