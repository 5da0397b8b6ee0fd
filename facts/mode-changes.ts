import type { Word } from '../core/shell-tree.ts';
import type { Invocation } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';

/** A `chmod`. */
export interface ModeChange {
  /** The word that says it: `0755`, `u+x`, `-w`. */
  readonly mode: Word;
  readonly files: readonly Word[];
  /** Into directories as well. */
  readonly recursive: boolean;
  /** False when there may be more options than one sees. */
  readonly certain: boolean;
}

/** The mode that a command gives to files, and to which; `undefined` for other programs and where another file has the mode. */
export function modeChangeOf(invocation: Invocation): ModeChange | undefined {
  const given = readArguments(invocation);
  if (given.program !== 'chmod' || given.has('--reference')) return undefined;
  // `chmod -w FILE` is a mode.
  const signed = given.options.find(({ name }) => /^-[rwxXstugo]$/.test(name))?.words[0];
  const [mode = signed, ...files] = signed ? [signed, ...given.operands] : given.operands;
  return mode && { mode, files, recursive: given.has('--recursive'), certain: given.certain };
}
