/** Where shells and other interpreters take the program from that they run. */
import { memo } from '../core/memo.ts';
import type { Word } from '../core/shell-tree.ts';
import type { Invocation } from './invocations.ts';
import { type Arguments, readArguments } from './programs/index.ts';

/** `text`: a word of the command line (`sh -c TEXT`); `input`: what it reads; `module`: one that it finds by its name. */
export interface Program {
  readonly from: 'text' | 'file' | 'input' | 'module';
  /** The text, the file or the module's name. */
  readonly word: Word | undefined;
  /** Whether a shell runs it. */
  readonly shell: boolean;
}

/** The options whose value is the program's text, by interpreter. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  python: ['-c'],
  perl: ['-e', '-E'],
  ruby: ['-e'],
  node: ['--eval', '--print', '-pe'],
  php: ['--run', '--process-code'],
  lua: ['-e'],
  deno: [],
  bun: ['--eval', '--print'],
  pwsh: ['-command', '-encodedcommand'],
};

/** What a shell or an interpreter runs; `undefined` for other programs, and where the words leave it open. */
export const programRunBy: (invocation: Invocation) => Program | undefined = memo(invocation => {
  const given = readArguments(invocation);
  if (given.program === 'sh') return byShell(given);
  if (given.program === 'Invoke-Expression') {
    const word = given.value('-command')?.word ?? given.operands[0];
    return { from: word ? 'text' : 'input', word, shell: true };
  }
  if (invocation.program === 'source' || invocation.program === '.')
    return { from: 'file', word: given.operands[0], shell: true };
  return Object.hasOwn(TEXTS, given.program) ? byInterpreter(given, TEXTS[given.program]!) : undefined;
});

function byShell(given: Arguments): Program {
  const [first] = given.operands;
  if (given.has('-c')) return { from: 'text', word: first, shell: true };
  return given.has('-s') || isInput(first)
    ? { from: 'input', word: undefined, shell: true }
    : { from: 'file', word: first, shell: true };
}

function byInterpreter(given: Arguments, texts: readonly string[]): Program | undefined {
  const text = given.find(...texts);
  if (text && text.value?.literal !== '-') return { from: 'text', word: text.value?.word, shell: false };
  const module = given.program === 'python' ? given.find('-m') : undefined;
  if (module) return { from: 'module', word: module.value?.word, shell: false };
  // `deno run FILE` and `deno FILE`; their other subcommands are not programs of the user's.
  const [verb] = given.path;
  if (verb !== undefined && verb !== 'run' && !/[./]/.test(verb)) return undefined;
  const file =
    given.value('--file', '-file')?.word ??
    (verb === undefined || verb === 'run' ? operandOf(given) : given.pathWords[0]);
  return isInput(file) ? { from: 'input', word: undefined, shell: false } : { from: 'file', word: file, shell: false };
}

/** After `php --` are arguments of the program alone. */
function operandOf({ program, operands, afterDoubleDash }: Arguments): Word | undefined {
  return program === 'php' ? operands.find(word => !afterDoubleDash.includes(word)) : operands[0];
}

function isInput(word: Word | undefined): boolean {
  return word === undefined || word.literal === '-' || word.literal === '/dev/stdin';
}
