/** Which file of commands does a command run? */
import { dialectOfShebang, type ScriptSettings, type ShellDialect } from '../core/script.ts';
import type { Word } from '../core/shell-tree.ts';
import type { Invocation } from './invocations.ts';
import { readArguments } from './programs/index.ts';
import { shebangOptions, shellOptions } from './shell-options.ts';

/** A command that runs a file. */
export interface ScriptCall {
  /** The word that is the file's path. */
  readonly word: Word;
  /** How it runs the file; `undefined` where the file's first line or its name decides. */
  readonly settings: ScriptSettings | undefined;
}

const SHELLS: Readonly<Record<string, ShellDialect>> = {
  sh: 'posix',
  dash: 'posix',
  ash: 'posix',
  ksh: 'posix',
  bash: 'bash',
};
const SOURCING: ReadonlySet<string> = new Set(['.', 'source']);

/** `sh setup.sh`, `. ./setup.sh`, `powershell -File setup.ps1`, `call setup.cmd`, or the file's own name. */
export function scriptCallOf(invocation: Invocation): ScriptCall | undefined {
  const { args, command, program, programWord, script } = invocation;
  if (Object.hasOwn(SHELLS, program)) {
    const given = readArguments(invocation);
    const [word] = given.operands;
    if (!word || given.has('-c', '-s', '-n')) return undefined;
    return { word, settings: { dialect: SHELLS[program]!, ...shellOptions(args) } };
  }
  if (SOURCING.has(program) && args[0]) {
    const { errexit, pipefail } = script;
    return { word: args[0], settings: { dialect: command.dialect, errexit, pipefail } };
  }
  if (program === 'powershell' || program === 'pwsh') {
    const given = readArguments(invocation);
    const word = given.value('-file')?.word ?? given.value('-command')?.word ?? given.operands[0];
    const isFile = word !== undefined && /\.ps1$/i.test(word.text);
    return isFile ? { word, settings: { dialect: program, errexit: false, pipefail: false } } : undefined;
  }
  const called = program === 'call' && args[0] ? args[0] : programWord;
  return { word: called, settings: undefined };
}

/**
 * How a file is run by its own name: by the program of its first line, or by what its ending says. `undefined` for one that no
 * shell of ours runs.
 */
export function ownSettings(path: string, text: string): ScriptSettings | undefined {
  const dialect = dialectOfShebang(text) ?? dialectOfEnding(path);
  return dialect === undefined || dialect === 'other' ? undefined : { dialect, ...shebangOptions(text) };
}

function dialectOfEnding(path: string): ShellDialect | undefined {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  if (ending === 'sh') return 'posix';
  if (ending === 'bash') return 'bash';
  if (ending === 'ps1') return 'powershell';
  return ending === 'cmd' || ending === 'bat' ? 'cmd' : undefined;
}
