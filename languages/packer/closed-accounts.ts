/** Which accounts does a build close, so that the passwords they were made with open nothing any more? */
import type { CredentialStep, ImageBuild, RunStep, WriteFileStep } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import type { Span } from '../../core/text.ts';
import { fileWrites } from '../../facts/file-writes.ts';
import { inputsOf } from '../../facts/secrets/exposures/command-inputs.ts';
import { type Invocation, invocationsIn } from '../../shell/invocations.ts';
import { readArguments } from '../../shell/programs/index.ts';
import { sedCommandOf } from '../../shell/sed-scripts.ts';
import type { Answer } from './installer/installation.ts';

/** The account that a password is for, where the files say it. */
export function accountOf({ syntax }: CredentialStep): string | undefined {
  return (syntax as Pick<Answer, 'account'> | undefined)?.account;
}

export interface ClosedAccounts {
  /** Whether any account may be closed: by Sysprep, by a script that cannot be read, by a name that is not known. */
  readonly any: boolean;
  readonly names: ReadonlySet<string>;
  /** Where `passwd -d` leaves an account an empty password, which the console and `su` may accept. */
  readonly emptied: ReadonlyMap<string, Span>;
}

/** The same for Windows and for agents, in scripts that are searched as text. */
export const CLOSES =
  /sysprep|waagent\S{0,20} -deprovision\+user|Disable-LocalUser|Remove-LocalUser|net user \S{1,40} \/(?:delete|active:no)/i;

/** What runs a script that is not read after the step, or when the machine boots next. */
const LATER =
  /\bschtasks(?:\.exe)?["']?[ \t][^\n]{0,80}\/create\b|\bRegister-ScheduledTask\b|\\RunOnce\b|\bSetupComplete\.cmd\b/i;
/** What a file does to accounts that a machine runs later. */
const CLOSES_LATER =
  /\b(?:passwd (?:-[led]|--(?:lock|expire|delete))|usermod (?:-[Le]|--lock)|userdel|deluser|chage|chpasswd)\b(?!["']?[ \t]{0,4}[:=])/;

/**
 * The accounts that commands of a build lock, expire or delete, in provisioners and in what its installers run, and those
 * that its provisioners, or cloud-init at the first boot of the image, give another password.
 */
export const closedAccounts: (build: ImageBuild) => ClosedAccounts = memo(build => {
  const names = new Set<string>();
  const emptied = new Map<string, Span>();
  let any = false;
  for (const { steps } of build.stages)
    for (const step of steps)
      if (step.kind === 'run' && step.phase === 'build' && mayClose(step)) any = true;
      else if (step.kind === 'write-file') for (const account of resetAtBoot(step)) names.add(account);
  any ||= fileWrites(build).some(({ text }) => CLOSES_LATER.test(text.text));
  for (const { invocation, step } of invocationsIn(build)) {
    // What an installer sets is what the builder logs in with.
    for (const account of step.syntax === undefined ? [] : changedBy(invocation)) {
      if (account === undefined) any = true;
      else names.add(account);
    }
    for (const account of inShadow(invocation)) {
      if (account === undefined) any = true;
      else names.add(account);
    }
    const given = readArguments(invocation);
    const account = given.operands[0];
    if (!closes(invocation)) {
      const isEmptied = invocation.program === 'passwd' && given.has('--delete') && account?.literal !== undefined;
      if (isEmptied) emptied.set(account.literal!, invocation.script.spanOf(invocation.command));
      continue;
    }
    if (account?.literal === undefined) any = true;
    else names.add(account.literal);
  }
  return { any, names, emptied };
});

function mayClose({ script }: RunStep): boolean {
  const text = script?.text.text;
  return text === undefined || CLOSES.test(text) || LATER.test(text);
}

const CLOUD_CFG = /^\/etc\/cloud\/cloud\.cfg(?:$|\.d\/)/;
/** An entry of `chpasswd.list`. https://docs.cloud-init.io/en/latest/reference/modules.html#set-passwords */
const RANDOM = /^[ \t]{0,40}(?:-[ \t]{1,8})?["']?([a-z_][\w-]{0,31}):(?:RANDOM|R)["']?[ \t]{0,40}\r?$/gm;

/** The accounts that get a random password when a machine of the image boots first. */
function resetAtBoot({ content, path }: WriteFileStep): readonly string[] {
  if (!CLOUD_CFG.test(path?.literal ?? '') || !content.text.includes('chpasswd')) return [];
  return [...content.text.matchAll(RANDOM)].map(([, account]) => account!);
}

/** The accounts whose entry `sed` edits in the file of passwords, `undefined` for one that cannot be told. */
function inShadow(invocation: Invocation): readonly (string | undefined)[] {
  const sed = invocation.program === 'sed' ? sedCommandOf(invocation) : undefined;
  if (!sed?.inPlace || !sed.files.some(({ literal }) => literal?.endsWith('/shadow'))) return [];
  return sed.scripts.map(({ text }) => /\^([a-z_][\w-]{0,31})\\?:/.exec(text)?.[1]);
}

/** The accounts that a command gives a password, `undefined` for one that cannot be told. */
function changedBy(invocation: Invocation): readonly (string | undefined)[] {
  const { args, command, program } = invocation;
  const words = args.map(({ literal }) => literal);
  switch (program) {
    case 'chpasswd': {
      const accounts = inputsOf(invocation).flatMap(({ text }) =>
        [...text.matchAll(/^([\w.-]{1,32}):/gm)].map(([, name]) => name),
      );
      return accounts.length > 0 ? accounts : [undefined];
    }
    case 'passwd': {
      const given = readArguments(invocation);
      const isGiven = given.has('--stdin') || command.pipeline.indexOf(command) > 0 || inputsOf(invocation).length > 0;
      return isGiven ? [given.operands[0]?.literal] : [];
    }
    case 'usermod': {
      const given = readArguments(invocation);
      return given.has('--password') ? [given.operands[0]?.literal] : [];
    }
    case 'chpass':
      // https://man.freebsd.org/cgi/man.cgi?chpass(1): without a name it is that of who calls it
      return words.includes('-p') ? [words.indexOf('-p') === words.length - 2 ? 'root' : words.at(-1)] : [];
    case 'pw':
      // https://man.freebsd.org/cgi/man.cgi?pw(8)
      if (words[0] === 'lock') return [words[1]];
      return words[0] === 'usermod' && words.some(word => word === '-h' || word === '-H' || word === '-w')
        ? [words[words.indexOf('-n') + 1]]
        : [];
    case 'net':
      return words[0]?.toLowerCase() === 'user' &&
        words[2] !== '/add' &&
        words.length > 2 &&
        !/^\//.test(words[2] ?? '')
        ? [words[1]]
        : [];
    case 'Set-LocalUser':
      return words.some(word => /^-Password$/i.test(word ?? ''))
        ? [words[words.findIndex(word => /^-Name$/i.test(word ?? '')) + 1]]
        : [];
    default:
      return [];
  }
}

/** `passwd -d` is none of these. */
function closes(invocation: Invocation): boolean {
  const given = readArguments(invocation);
  switch (invocation.program) {
    case 'userdel':
    case 'deluser':
    case 'chage':
      return true;
    case 'passwd':
      return given.has('--lock', '--expire');
    case 'usermod':
      return given.has('--lock', '--expiredate');
    default:
      return false;
  }
}
