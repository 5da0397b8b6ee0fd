/** References to variables in instructions. */
import type { Reference, Value } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import type { Instruction } from './tree.ts';

/**
 * The values of an instruction in which BuildKit expands variables, except those of FROM. The shell expands those of
 * RUN, CMD, ENTRYPOINT and HEALTHCHECK. https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
export const expandedValues: (instruction: Instruction) => readonly Value[] = memo(instruction => {
  switch (instruction.kind) {
    case 'env':
    case 'label':
    case 'workdir':
    case 'user':
    case 'expose':
    case 'volume':
    case 'stopsignal':
      return instruction.args;
    case 'copy':
    case 'add':
      return [...instruction.flags.flatMap(({ expanded }) => expanded ?? []), ...instruction.args];
    case 'arg':
      return instruction.declarations.flatMap(({ default: value }) => value ?? []);
    default:
      return [];
  }
});

/**
 * Writes a reference to another variable in the same form; `undefined` for a reference whose modifier handles an unset
 * variable, and for the parameters of a shell.
 */
export function plainForm({ name, span }: Reference, text: string): ((name: string) => string) | undefined {
  if (span.file !== undefined || !/^[A-Za-z_]\w*$/.test(name)) return undefined;
  const written = text.slice(span.start, span.end);
  if (written === `$${name}`) return other => `$${other}`;
  if (written === `\${${name}}`) return other => `\${${other}}`;
  return /^\$\{\w+:?[-+?]/.test(written) ? undefined : other => written.replace(name, other);
}
