/** Files as commands of Windows name them: the case of their letters means nothing, and a variable stands for the same file wherever it is used. */
import { isBourne } from '../core/script.ts';
import type { Word } from '../core/shell-tree.ts';
import { UNRESOLVED } from '../core/text.ts';
import type { Invocation } from './invocations.ts';
import { type OptionValue, readArguments } from './programs/index.ts';

/** Whether the command is one of PowerShell or cmd. */
export function isOnWindows({ command }: Invocation): boolean {
  return !isBourne(command.dialect);
}

/** A path with slashes and in lower case, in which `$name` is a variable that is filled in. */
export function windowsPath(word: Word): string {
  return filledIn(word.value.text, word);
}

/** The path that an option names. */
export function windowsPathOf(value: OptionValue): string {
  return filledIn(value.source.text, value.word);
}

function filledIn(text: string, { expansions }: Word): string {
  let at = 0;
  const named = text.replaceAll(UNRESOLVED, () => {
    const name = expansions[at++]?.name;
    return name === undefined ? UNRESOLVED : `$${name}`;
  });
  return named.replaceAll('\\', '/').toLowerCase();
}

/** The paths in a list of arguments that is one word: `'/i', $file`, `"/i $file /qn"`. */
export function pathsInList(word: Word): readonly string[] {
  return windowsPath(word).split(/[\s,"'`]+/);
}

/** The program that `Start-Process` starts, and what it is given. */
export function startedProcess(
  invocation: Invocation,
): { readonly file: string; readonly args: readonly string[] } | undefined {
  const given = readArguments(invocation);
  if (given.program !== 'Start-Process') return undefined;
  const named = given.value('-filepath');
  const word = named?.word ?? given.operands[0];
  if (!word) return undefined;
  const list = given.value('-argumentlist')?.word ?? given.operands[named ? 0 : 1];
  return { file: named ? windowsPathOf(named) : windowsPath(word), args: list ? pathsInList(list) : [] };
}
