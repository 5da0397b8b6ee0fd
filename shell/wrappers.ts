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
import { CONDA } from './programs/conda.ts';
import { PIPENV, POETRY } from './programs/poetry.ts';
import { readWords } from './programs/reader.ts';
import { SWITCHERS } from './programs/sh.ts';
import { PSEXEC } from './programs/tokens.ts';
import { WRAPPERS } from './programs/wrappers.ts';
import { commandName, namedBehindPath } from './windows-names.ts';

/** Programs with a command of their own for this: `conda run -n base make`. */
const WITH_COMMAND = [CONDA, PIPENV, POETRY];

const BY_NAME = new Map(
  [...WRAPPERS, SWITCHERS, ...WITH_COMMAND].flatMap(wrapper => wrapper.names.map(name => [name, wrapper] as const)),
);

const NONE: readonly never[] = [];

/** Programs that bring other ones along, and which: `microk8s kubectl apply`, `k3s kubectl get`. */
const BUNDLES: Readonly<Record<string, RegExp>> = {
  microk8s: /^(?:kubectl|helm3?|ctr|linkerd|istioctl)$/,
  k3s: /^(?:kubectl|crictl|ctr)$/,
  k0s: /^(?:kubectl|ctr)$/,
};

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
    const bundled = Object.hasOwn(BUNDLES, name) && BUNDLES[name]!.test(words[index + 1]?.literal ?? '');
    if (bundled) {
      index++;
      continue;
    }
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
  if (name === 'psexec' || name === 'psexec64' || name === 'wsl') return afterOptions(words, dialect, name);
  if (dialect !== 'cmd' || name !== 'start') return { index: 0, via: [], wrappers: [] };
  let index = 1;
  while (/^\/|^$|\s/.test(words[index]?.literal ?? 'x')) index += /^\/d$/i.test(words[index]!.literal!) ? 2 : 1;
  return windowsName(words[index], dialect) === undefined ? undefined : { index, via: [name], wrappers: [] };
}

/** Options of PsExec and `wsl` whose value is the next word. https://learn.microsoft.com/sysinternals/downloads/psexec, `wsl --help` */
const WITH_VALUE: Readonly<Record<string, RegExp>> = {
  psexec: /^[-/](?:u|p|n|r|w|a|g)$/i,
  wsl: /^(?:-d|--distribution|-u|--user|--cd|--shell-type|--distribution-id)$/i,
};
/** The commands of `wsl` that are about distributions. */
const OF_WSL =
  /^--(?:export|help|import|import-in-place|install|list|manage|mount|set-default|set-default-version|set-version|shutdown|status|terminate|uninstall|unmount|unregister|update|version)$|^-[lstv]$/i;

/** `psexec -s -i 1 program`, `wsl -d NAME -- program`. What PsExec runs on `\\HOST` is for another machine. */
function afterOptions<W extends ReadableWord>(
  words: readonly W[],
  dialect: ShellDialect,
  name: string,
): Unwrapped<W> | undefined {
  const alone = { index: 0, via: [], wrappers: [] };
  const isWsl = name === 'wsl';
  let index = 1;
  for (; index < words.length; index++) {
    const text = words[index]!.literal ?? '';
    if (isWsl ? OF_WSL.test(text) : /^[\\@]/.test(text)) return alone;
    if (isWsl && /^(?:--|-e|--exec)$/.test(text)) {
      index++;
      break;
    }
    if (WITH_VALUE[isWsl ? 'wsl' : 'psexec']!.test(text)) index++;
    else if (!isWsl && /^[-/]i$/i.test(text) && /^\d+$/.test(words[index + 1]?.literal ?? '')) index++;
    else if (!/^[-/]/.test(text)) break;
  }
  if (windowsName(words[index], dialect) === undefined) return alone;
  const wrappers = isWsl ? [] : [readWords(words.slice(1, index), PSEXEC, name)];
  return { index, via: [name], wrappers };
}

function windowsName(word: ReadableWord | undefined, dialect: ShellDialect): string | undefined {
  const text = word?.literal ?? (word && namedBehindPath(word.value.text) ? word.value.text : '');
  return text === '' ? undefined : commandName(text, dialect);
}

/** The command lines of the wrappers in front of an invocation, outermost first: `sudo -u app`. */
export const wrappersOf: (invocation: Invocation) => readonly Arguments[] = memo(
  ({ command }) => unwrap(command.words, command.dialect)?.wrappers ?? [],
);
