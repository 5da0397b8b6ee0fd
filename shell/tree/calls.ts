/** Which functions of a script may run. */
import { isPowerShell } from '../../core/script.ts';
import type { CommandNode, FunctionNode } from './nodes.ts';

/**
 * Marks the functions that something names which may run itself. A name counts wherever it is (`trap cleanup EXIT`,
 * `retry fetch`), and a program that cannot be known may be any of them.
 */
export function findCalled(commands: readonly CommandNode[], functions: readonly FunctionNode[]): void {
  const byName = new Map<string, FunctionNode[]>();
  for (const one of functions) {
    const same = byName.get(one.name);
    if (same) same.push(one);
    else byName.set(one.name, [one]);
  }
  const inside = new Map<FunctionNode | undefined, CommandNode[]>();
  for (const command of commands) {
    const same = inside.get(command.context.definition);
    if (same) same.push(command);
    else inside.set(command.context.definition, [command]);
  }
  const running: (FunctionNode | undefined)[] = [undefined];
  const call = (name: string) => {
    for (const one of byName.get(name) ?? []) {
      if (one.called) continue;
      one.called = true;
      running.push(one);
    }
  };
  let unknown = false;
  for (let next = 0; next < running.length; next++)
    for (const { words } of inside.get(running[next]) ?? []) {
      if (!unknown && words.length > 0 && words[0]!.literal === undefined) {
        unknown = true;
        for (const name of byName.keys()) call(name);
      }
      for (const word of words) {
        call(word.text);
        // PowerShell does not tell cases apart, and a block may be kept in a variable.
        if (isPowerShell(word.source.quoting.dialect)) call((word.special ? word.raw : word.text).toLowerCase());
      }
    }
}
