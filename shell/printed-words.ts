/** What `echo`, `printf` and `yes` print. */
import type { Word } from '../core/shell-tree.ts';
import type { Invocation } from './invocations.ts';

/**
 * The words that a command prints: those of `echo` after its options, the format and the arguments of `printf`, the line
 * that `yes` repeats. None for other programs. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/echo.html
 */
export function printedWords({ program, args }: Invocation): readonly Word[] {
  if (program === 'printf') return args[0]?.literal === '--' ? args.slice(1) : args;
  if (program === 'yes') return args;
  if (program !== 'echo') return [];
  // Any other word with a dash is printed.
  const first = args.findIndex(({ literal }) => !/^-[neE]+$/.test(literal ?? ''));
  return first < 0 ? [] : args.slice(first);
}
