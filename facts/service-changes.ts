import type { Invocation } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';

/** Services that a command switches on or off, by `systemctl`, `service`, `chkconfig`, `update-rc.d` and `rc-update`. */
export interface ServiceChange {
  readonly on: boolean;
  /** Whether it holds after the next start of the machine: not `stop` and `start`. */
  readonly lasting: boolean;
  /** Without `.service`. */
  readonly names: readonly string[];
}

const OFF: ReadonlySet<string> = new Set(['stop', 'disable', 'mask', 'off', 'remove', 'del', 'delete']);
const ON: ReadonlySet<string> = new Set(['start', 'restart', 'enable', 'unmask', 'on', 'add', 'defaults']);

/** The programs that {@link serviceChangeOf} reads. */
export const SERVICE_PROGRAMS: readonly string[] = [
  'systemctl',
  'service',
  'rc-service',
  'chkconfig',
  'update-rc.d',
  'rc-update',
];

/** What a command does to services; `undefined` when it is no such command, or what it does is not certain. */
export function serviceChangeOf(invocation: Invocation): ServiceChange | undefined {
  const given = readArguments(invocation);
  const words = given.operands.map(({ literal }) => literal);
  if (words.includes(undefined)) return undefined;
  const [first = '', ...rest] = words as string[];
  switch (given.program) {
    case 'systemctl':
      return change(given.verb, words as string[]);
    case 'service':
    case 'rc-service':
    case 'chkconfig':
    case 'update-rc.d':
      return change(rest[0] ?? '', [first]);
    case 'rc-update':
      return change(first, rest.slice(0, 1));
    default:
      return undefined;
  }
}

function change(verb: string, names: readonly string[]): ServiceChange | undefined {
  if (!OFF.has(verb) && !ON.has(verb)) return undefined;
  return {
    on: ON.has(verb),
    lasting: !/^(?:re)?start$|^stop$/.test(verb),
    names: names.map(name => name.replace(/\.service$/, '')),
  };
}
