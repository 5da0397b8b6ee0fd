/** Accounts that commands leave without a password, so that whoever names them is let in. */
import type { ImageBuild, Stage } from '../core/build.ts';
import { type Fix, fix } from '../core/finding.ts';
import type { Span } from '../core/text.ts';
import type { Invocation } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';
import { sedCommandOf } from '../shell/sed-scripts.ts';
import { removeOption } from '../shell/word-edits.ts';
import { setupCommands } from './setup-commands.ts';

export interface EmptyPassword {
  readonly account: string;
  /** Created before in the same stage, so that its password was locked. */
  readonly isNew: boolean;
  readonly span: Span;
  readonly stage: Stage;
  /** Locks the account in the same command. */
  readonly lock: Fix | undefined;
}

/** The programs that {@link emptyPasswords} reads. */
export const PASSWORD_PROGRAMS: readonly string[] = ['passwd', 'usermod', 'useradd'];

/** Those that the last command about an account leaves so, stage by stage. */
export function emptyPasswords(build: ImageBuild): readonly EmptyPassword[] {
  const open = new Map<string, EmptyPassword>();
  const created = new Set<string>();
  for (const { invocation, stage } of setupCommands(build)) {
    const added = addedBy(invocation);
    if (added !== undefined) created.add(`${build.stages.indexOf(stage)} ${added}`);
    const changed = changeOf(invocation);
    if (!changed) continue;
    const { account, empty } = changed;
    // Which account gets a password there may be read from somewhere else.
    if (account === undefined) {
      for (const [key, one] of open) if (one.stage === stage) open.delete(key);
      continue;
    }
    const key = `${build.stages.indexOf(stage)} ${account}`;
    if (!empty) open.delete(key);
    else {
      const span = invocation.script.spanOf(invocation.command);
      open.set(key, { account, isNew: created.has(key) && added === undefined, stage, span, lock: lockOf(invocation) });
    }
  }
  return [...open.values()];
}

/** The account that a command creates, whose password is locked. */
function addedBy(invocation: Invocation): string | undefined {
  if (invocation.program !== 'useradd' && invocation.program !== 'adduser') return undefined;
  const { operands } = readArguments(invocation);
  // `adduser USER GROUP` only makes it a member.
  return operands.length === 1 ? operands[0]!.literal : undefined;
}

/** Another option of `passwd`, or none for an account that is new, which is locked until it has a password. */
function lockOf(invocation: Invocation): Fix | undefined {
  const given = readArguments(invocation);
  const { script } = invocation;
  const [deletion] = given.program === 'passwd' ? given.all('--delete') : [];
  if (deletion?.words.length === 1 && /^(?:-d|--delete)$/.test(deletion.name)) {
    const { start, end } = deletion.words[0]!;
    const lock = deletion.name === '-d' ? '-l' : '--lock';
    return fix('suggested', 'Lock the password instead', script.text.replace(start, end, lock));
  }
  const [password] = given.program === 'useradd' ? given.all('--password') : [];
  return password && fix('suggested', 'Remove the empty password', removeOption(script, password));
}

/** The hash of the empty password, as Ubuntu's live systems have it: scripts/casper-bottom/25adduser of casper. */
const isHashOfNothing = (hash: string | undefined): boolean => hash === ['U6aMy0w', 'ojraho'].join('');

/** What a command does to the password of an account; an account of `undefined` is any of them. */
function changeOf(invocation: Invocation): { account: string | undefined; empty: boolean } | undefined {
  const given = readArguments(invocation);
  const account = given.operands.at(-1)?.literal;
  switch (given.program) {
    case 'passwd':
      // `--lock --delete` leaves `!` in place of the password.
      if (given.has('--delete') && !given.has('--lock'))
        return account === undefined ? undefined : { account, empty: true };
      return given.has('--status', '--help') ? undefined : { account, empty: false };
    case 'usermod':
    case 'useradd': {
      const password = given.value('--password');
      if (account === undefined) return undefined;
      if (password) return { account, empty: password.literal === '' || isHashOfNothing(password.literal) };
      return given.has('--lock', '--expiredate') ? { account, empty: false } : undefined;
    }
    case 'chpasswd':
      return { account: undefined, empty: false };
    case 'sed': {
      const sed = sedCommandOf(invocation);
      if (!sed?.inPlace || !sed.files.some(({ literal }) => literal?.endsWith('/shadow'))) return undefined;
      // `s/^root::/root:*:/`
      return { account: /\^([a-z_][\w-]{0,31})\\?:/.exec(sed.scripts[0]?.text ?? '')?.[1], empty: false };
    }
    case 'userdel':
    case 'deluser':
      return account === undefined ? undefined : { account, empty: false };
    default:
      return undefined;
  }
}
