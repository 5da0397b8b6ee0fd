import type { Invocation } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';

/** An account that a command makes. */
export interface CreatedAccount {
  readonly name: string;
  /** As it is written; `undefined` when none is given or it is not known. */
  readonly uid: string | undefined;
}

/** The account that `useradd` or `adduser` makes; `undefined` where they do something else (`adduser USER GROUP`), or its name is not known. */
export function createdAccountOf(invocation: Invocation): CreatedAccount | undefined {
  const given = readArguments(invocation);
  if (given.program !== 'useradd' && given.program !== 'adduser') return undefined;
  const [name, ...others] = given.operands;
  if (name?.literal === undefined || others.length > 0 || given.has('--defaults')) return undefined;
  return { name: name.literal, uid: given.value('--uid')?.literal };
}
