import type { Script } from '../../../core/script.ts';
import type { Command } from '../../../core/shell-tree.ts';
import type { SourceText } from '../../../core/text.ts';
import { type Invocation, invocationBy } from '../../../shell/invocations.ts';
import { printedWords } from '../../../shell/printed-words.ts';
import type { Arguments } from '../../../shell/programs/index.ts';
import { wrappersOf } from '../../../shell/wrappers.ts';
import type { Exposure } from './exposure.ts';
import { named, type Scene } from './scene.ts';

/** Options with which a program reads its password or token from its input. */
const STDIN = new Set(['--password-stdin', '--with-token', '--token-stdin', '--stdin']);

/** Programs that read a passphrase from their input, and when. */
export const FROM_INPUT: Readonly<Record<string, (given: Arguments, words: readonly string[]) => boolean>> = {
  // cryptsetup(8)
  cryptsetup: (_, words) =>
    words.some(word => /^(?:luks(?:Format|Open|AddKey|ChangeKey)|open|create|reencrypt)$/.test(word)),
  // zfs-load-key(8), zfs-create(8) with `keyformat=passphrase`
  zfs: (_, words) => words.some(word => word === 'load-key' || word === 'change-key' || word.startsWith('keyformat=')),
  realm: (_, words) => words[0] === 'join',
  kinit: () => true,
  su: () => true,
  kdb5_util: () => true,
  'ecryptfs-add-passphrase': () => true,
  encfs: (_, words) => words.includes('-S') || words.includes('--stdinpass'),
  htpasswd: given => given.has('-i'),
  smbpasswd: (_, words) => words.includes('-s') || words.includes('-as') || words.includes('-sa'),
  openconnect: (_, words) => words.includes('--passwd-on-stdin'),
  adcli: (_, words) => words.includes('--stdin-password'),
  'elasticsearch-keystore': (_, words) => words[0] === 'add',
  // openssl-passwd(1)
  openssl: given => given.path[0] === 'passwd' && given.has('-stdin'),
  vncpasswd: (_, words) => words.includes('-f'),
  anydesk: (_, words) => words.includes('--set-password'),
  sshfs: (_, words) => words.some(word => /(?:^|,)password_stdin(?:,|$)/.test(word)),
  // Logins that ask for a token.
  databricks: (_, words) => words[0] === 'configure',
  vault: (_, words) => words[0] === 'login',
  cargo: (_, words) => words[0] === 'login',
  wandb: (_, words) => words[0] === 'login',
  doppler: (_, words) => words.slice(0, 3).join(' ') === 'configure set token',
  docker: createsSecret,
  podman: createsSecret,
  mkpasswd: (_, words) => words.includes('-s') || words.includes('--stdin'),
};

/** `docker secret create NAME -` */
function createsSecret(_: Arguments, words: readonly string[]): boolean {
  return words[0] === 'secret' && words[1] === 'create' && words.at(-1) === '-';
}

export function readsSecret(given: Arguments, { program, args }: Invocation): boolean {
  const words = () => args.map(({ literal }) => literal ?? '');
  if (Object.hasOwn(FROM_INPUT, program) && FROM_INPUT[program]!(given, words())) return true;
  return given.options.some(
    ({ canonical, value }) => STDIN.has(canonical) || (canonical === '--passphrase-fd' && value?.literal === '0'),
  );
}

/** `sudo -S command`: sudo reads a password from the input, the command gets the rest. */
export function readsSudoPassword(invocation: Invocation): boolean {
  return wrappersOf(invocation).some(given => given.program === 'sudo' && given.has('--stdin'));
}

export function* sudoInput(invocation: Invocation, scene: Scene): Generator<Exposure> {
  for (const text of inputsOf(invocation))
    for (const exposure of named('password', beforeEscape(text), 'shell', 'the input of `sudo`', 'command', scene))
      if (exposure.judgement.kind === 'secret') yield exposure;
}

/** What `chpasswd` and `passwd` are given: by a pipe, a here-string or a heredoc. */
export function* accountInput(
  invocation: Invocation,
  given: Arguments,
  place: string,
  scene: Scene,
): Generator<Exposure> {
  const pairs = given.program === 'chpasswd';
  const line = `the input of ${place}`;
  const inputs = inputsOf(invocation);
  // `printf 'user:%s\n' PASSWORD`
  const isFilledIn = pairs && inputs.some(({ text }) => /:%[sbq]/.test(text));
  for (const text of inputs) {
    if (isFilledIn && text.text.includes('%')) continue;
    if (isFilledIn && !text.text.includes(':')) yield* named('password', text, 'account', line, 'account', scene);
    else if (text.text.includes('\n') || pairs) yield* lines(text, pairs, line, scene);
    else yield* named('password', beforeEscape(text), 'account', line, 'account', scene);
  }
}

export function* lines(text: SourceText, pairs: boolean, line: string, scene: Scene): Generator<Exposure> {
  for (let start = 0; start < text.text.length; ) {
    const found = text.text.indexOf('\n', start);
    const end = found < 0 ? text.text.length : found;
    const colon = pairs ? text.text.slice(start, end).indexOf(':') : -1;
    if (!pairs || colon > 0)
      yield* named('password', beforeEscape(text.slice(start + colon + 1, end)), 'account', line, 'account', scene);
    start = end + 1;
  }
}

/** `printf 'pw\npw\n'`: the first line. */
export function beforeEscape(text: SourceText): SourceText {
  const at = text.text.indexOf('\\n');
  return at < 0 ? text : text.slice(0, at);
}

/** The literal texts that a command reads from its standard input. */
export function inputsOf({ command, script }: Invocation): readonly SourceText[] {
  return inputTexts(command, script);
}

export function inputTexts(command: Command, script: Script): readonly SourceText[] {
  const source = sourceOf(command, script);
  const found = source ? [...printedBy(source, script)] : [];
  for (const { operator, target, heredoc } of [...command.redirects, ...(source?.redirects ?? [])]) {
    if (operator === '<<<' && target) found.push(target.value);
    else if (heredoc) found.push(heredoc.body);
  }
  return found;
}

/** Programs that pass on what they read, or the beginning of it. */
const PASSING = new Set(['head', 'tail', 'cat', 'tee']);

/** The command whose output comes in by the pipe: past those that only pass it on. */
function sourceOf(command: Command, script: Script): Command | undefined {
  let at = command.pipeline.indexOf(command) - 1;
  const passes = (before: Command) =>
    PASSING.has(invocationBy(before, script)?.program ?? '') && before.redirects.every(one => !one.heredoc);
  while (at > 0 && passes(command.pipeline[at]!)) at--;
  return command.pipeline[at];
}

/** The words that `echo` and `printf` print. */
export function printedBy(command: Command, script: Script): readonly SourceText[] {
  const invocation = invocationBy(command, script);
  return invocation ? printedWords(invocation).flatMap(({ value }) => (isFormat(value.text) ? [] : value)) : [];
}

/** `%s\n` of `printf`: nothing of its own is printed. */
function isFormat(text: string): boolean {
  return /%/.test(text) && !/[A-Za-z0-9]/.test(text.slice(0, 200).replace(/%{1,2}[sbqdi]|\\{1,2}[nrt]/g, ''));
}

export function heredocsOf({ redirects }: Command): readonly SourceText[] {
  return redirects.flatMap(({ heredoc }) => heredoc?.body ?? []);
}
