/** What becomes of the exit status of commands in `$(…)`, backquotes and `<(…)`. */
import type { Command, Word } from '../../../core/shell-tree.ts';

interface Substitution {
  readonly start: number;
  readonly end: number;
  /** Whether its exit status is that of the command around it: true only for the value of a plain assignment. */
  readonly kept: boolean;
}

/**
 * The commands in a substitution whose exit status nothing sees: in an argument (`echo "$(a | b)"`, `export X=$(a | b)`), a
 * redirection, the list of a loop or the body of a heredoc. `X=$(a | b)` ends with the status of the substitution.
 */
export function withLostStatus(commands: readonly Command[]): ReadonlySet<Command> {
  const found = new Set<Command>();
  const inside = commands.filter(({ within }) => within.includes('substitution'));
  if (inside.length === 0) return found;
  const substitutions = commands.flatMap(substitutionsOf).sort((a, b) => a.start - b.start || b.end - a.end);
  const around: Substitution[] = [];
  let next = 0;
  for (const command of inside.sort((a, b) => a.start - b.start)) {
    while (next < substitutions.length && substitutions[next]!.start <= command.start) {
      const entered = substitutions[next++]!;
      leave(around, entered.start);
      around.push(entered);
    }
    leave(around, command.start);
    const depth = command.within.filter(nesting => nesting === 'substitution').length;
    // Those that belong to no command are in the head of a loop or `case`, or in a heredoc.
    if (around.length < depth || around.some(({ kept }) => !kept)) found.add(command);
  }
  return found;
}

function leave(around: Substitution[], at: number): void {
  while (around.length > 0 && around.at(-1)!.end <= at) around.pop();
}

function substitutionsOf({ assignments, redirects, words }: Command): Substitution[] {
  const found: Substitution[] = [];
  const add = (word: Word | undefined, isValue: boolean) => {
    for (const { end, kind, start } of word?.expansions ?? [])
      if (kind === 'command' || kind === 'process') found.push({ start, end, kept: isValue && kind === 'command' });
  };
  for (const word of words) add(word, false);
  for (const { target } of redirects) add(target, false);
  for (const { value } of assignments) add(value, words.length === 0);
  return found;
}
