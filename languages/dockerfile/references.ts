/** Variables where an instruction names them. */
import type { Reference, Value } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import type { Instruction } from './tree.ts';

/**
 * The values of an instruction in which the builder itself fills in variables; those of FROM, of the shell and of
 * HEALTHCHECK are not among them. https://docs.docker.com/reference/dockerfile/#environment-replacement
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
 * How a reference to another variable is written in its place; `undefined` for one whose modifier says what happens when
 * the variable is not set, and for the parameters of a shell.
 */
export function plainForm({ name, span }: Reference, text: string): ((name: string) => string) | undefined {
  if (span.file !== undefined || !/^[A-Za-z_]\w*$/.test(name)) return undefined;
  const written = text.slice(span.start, span.end);
  if (written === `$${name}`) return other => `$${other}`;
  if (written === `\${${name}}`) return other => `\${${other}}`;
  return /^\$\{\w+:?[-+?]/.test(written) ? undefined : other => written.replace(name, other);
}
