import type { Word } from '../core/shell-tree.ts';
import type { Invocation } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';

/** A command that puts files somewhere else, under their own name or another. */
export interface Copy {
  readonly sources: readonly Word[];
  /** The last word, or the value of `-t`; `undefined` where the words name none. */
  readonly target: Pick<Word, 'literal'> | undefined;
  /** Whether the target is a directory for certain. */
  readonly intoFolder: boolean;
}

const PROGRAMS: ReadonlySet<string> = new Set(['cp', 'mv', 'install', 'ln']);

/** What `cp`, `mv`, `install` and `ln` put where; `undefined` for other programs, and for `install -d`, which makes directories. */
export function copyOf(invocation: Invocation): Copy | undefined {
  const given = readArguments(invocation);
  if (!PROGRAMS.has(given.program) || (given.program === 'install' && given.has('--directory'))) return undefined;
  const folder = given.value('--target-directory');
  if (folder) return { sources: given.operands, target: folder, intoFolder: true };
  const target = given.operands.at(-1);
  const sources = given.operands.slice(0, -1);
  return { sources, target, intoFolder: sources.length > 1 || target?.literal?.endsWith('/') === true };
}
