/** The commands in the arguments of `sed`. */
import type { Word } from '../core/shell-tree.ts';
import type { SourceText } from '../core/text.ts';
import type { Invocation } from './invocations.ts';
import { readArguments } from './programs/index.ts';

/** A use of `sed`. */
export interface SedCommand {
  /** The scripts of `-e`, or the first operand. */
  readonly scripts: readonly SourceText[];
  readonly files: readonly Word[];
  /** It changes the files. */
  readonly inPlace: boolean;
}

/** The scripts and files of a `sed` command; `undefined` for other programs. */
export function sedCommandOf(invocation: Invocation): SedCommand | undefined {
  const given = readArguments(invocation);
  if (given.program !== 'sed') return undefined;
  const scripts = given.values('--expression').map(({ source }) => source);
  const inPlace = given.has('--in-place');
  // Without `-e` and `-f` the first operand is the script.
  if (scripts.length > 0 || given.has('--file')) return { scripts, files: given.operands, inPlace };
  const [script, ...files] = given.operands;
  return { scripts: script ? [script.value] : [], files, inPlace };
}
