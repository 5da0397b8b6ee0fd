/** Credentials on command lines of Windows: options with a slash, the registry, accounts. */
import { memo } from '../../../core/memo.ts';
import type { Script } from '../../../core/script.ts';
import type { Word } from '../../../core/shell-tree.ts';
import type { SourceText } from '../../../core/text.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { registrySettingOf } from '../../registry-settings.ts';
import { asksForSecret, type Exposure, placeOf } from './exposure.ts';
import { named, type Scene } from './scene.ts';

/** The credentials that a command on Windows is given in forms that only Windows has. */
export function* windowsExposures(invocation: Invocation, place: string, scene: Scene): Generator<Exposure> {
  const line = `the command line of ${place}`;
  for (const value of slashed(invocation)) yield* named('password', value, 'password', line, 'command', scene);
  const { program, args } = invocation;
  if (program === '.setpassword' && args[0])
    yield* named('password', args[0].value, 'account', 'a call of `SetPassword`', 'account', scene);
  if (program === 'net' && /^use$/i.test(args[0]?.literal ?? '')) yield* ofShare(invocation, line, scene);
  const next = ofNext(invocation);
  if (next) yield* named('password', next.value, 'password', line, 'command', scene);
  if (program === 'ConvertTo-SecureString') yield* converted(invocation, line, scene);
  yield* registered(invocation, scene);
  if (program === 'setx' || program === '[environment]::setenvironmentvariable') yield* variable(invocation, scene);
}

/** `setx /m NAME VALUE`, `[Environment]::SetEnvironmentVariable(NAME, VALUE, 'Machine')` */
function* variable({ args }: Invocation, scene: Scene): Generator<Exposure> {
  const [name, value] = args.filter(({ value: { text } }) => !/^\/m$/i.test(text));
  if (name?.literal !== undefined && value)
    yield* named(name.literal, value.value, 'env', placeOf('', name.literal, 'a variable'), 'command', scene);
}

/** Options whose value is a password, as the next word or after a colon, by program; `''` for those of all programs. */
const OPTIONS: Readonly<Record<string, RegExp>> = {
  '': /^\/(?:pass|password|passwd)(?::|$)/i,
  schtasks: /^\/r?p(?::|$)/i,
  cmdkey: /^\/pass(?::|$)/i,
};

function* slashed({ program, args }: Invocation): Generator<SourceText> {
  const own = Object.hasOwn(OPTIONS, program) ? OPTIONS[program]! : OPTIONS['']!;
  for (const [i, { value }] of args.entries()) {
    const found = own.exec(value.text)?.[0];
    if (found === undefined) continue;
    if (found.endsWith(':')) yield value.slice(found.length, value.text.length);
    // `/p *` asks for it.
    else if (args[i + 1] && !/^[/*]/.test(args[i + 1]!.value.text)) yield args[i + 1]!.value;
  }
}

/**
 * `certutil -p PASSWORD -importpfx FILE`, `nssm set SERVICE ObjectName USER PASSWORD`
 * https://learn.microsoft.com/windows-server/administration/windows-commands/certutil, https://nssm.cc/commands
 */
function ofNext({ program, args }: Invocation): Word | undefined {
  if (program === 'certutil') return args[args.findIndex(({ literal }) => /^[-/]p$/i.test(literal ?? '')) + 1 || -1];
  const isLogon = program === 'nssm' && /^objectname$/i.test(args[2]?.literal ?? '');
  return isLogon && args[0]?.literal === 'set' ? args[4] : undefined;
}

/** `net use Z: \\server\share PASSWORD /user:NAME` */
function* ofShare({ args }: Invocation, line: string, scene: Scene): Generator<Exposure> {
  const operands = args.slice(1).filter(({ value }) => !value.text.startsWith('/'));
  const share = operands.findIndex(({ value }) => value.text.startsWith('\\\\'));
  const password = share < 0 ? undefined : operands[share + 1];
  if (password && password.literal !== '*')
    yield* named('password', password.value, 'password', line, 'command', scene);
}

/** `'PASSWORD' | ConvertTo-SecureString -AsPlainText -Force`, and the first operand. */
function* converted(invocation: Invocation, line: string, scene: Scene): Generator<Exposure> {
  const given = readArguments(invocation);
  if (!given.has('-asplaintext')) return;
  const { command, script } = invocation;
  const value = given.value('-string')?.source ?? given.operands[0]?.value;
  if (value) yield* named('password', value, 'password', line, 'command', scene);
  const assigned = value && assignedTo(invocation);
  // A name that asks for a secret is reported by itself.
  if (assigned && !asksForSecret(assigned.name, scene.lists))
    yield* named('password', assigned.value.value, 'password', placeOf('', assigned.name, line), 'command', scene);
  const before = command.pipeline[command.pipeline.indexOf(command) - 1];
  if (value || !before || before.words.length > 0) return;
  const text = script.text.text.slice(before.start, before.end);
  const quoted = /^(?:'[^']{1,200}'|"[^"$`]{1,200}")/.exec(text)?.[0];
  if (quoted !== undefined)
    yield* named(
      'password',
      script.text.slice(before.start + 1, before.start + quoted.length - 1),
      'password',
      line,
      'command',
      scene,
    );
}

/** The text that the script assigns to the variable which is converted: `$p = 'PASSWORD'`. */
function assignedTo({ args, script }: Invocation): { readonly name: string; readonly value: Word } | undefined {
  for (const { raw } of args) {
    const name = /^"?\$(?:script:|global:)?(\w{1,100})"?$/i.exec(raw)?.[1];
    if (name === undefined) continue;
    const value = assignedOnce(script).get(name.toLowerCase());
    return value?.literal !== undefined ? { name, value } : undefined;
  }
  return undefined;
}

/** By variable in lower case, the value of what is assigned once. */
const assignedOnce: (script: Script) => ReadonlyMap<string, Word | undefined> = memo(script => {
  const values = new Map<string, Word | undefined>();
  for (const { assignments } of script.commands)
    for (const { name, value } of assignments) {
      const key = name.toLowerCase();
      values.set(key, values.has(key) ? undefined : value);
    }
  return values;
});

/** `DefaultPassword` of the automatic logon, and other names that ask for a secret. */
function* registered(invocation: Invocation, scene: Scene): Generator<Exposure> {
  const setting = registrySettingOf(invocation);
  if (!setting) return;
  const logon = /^defaultpassword$/i.test(setting.name);
  if (logon || asksForSecret(setting.name, scene.lists))
    yield* named(
      setting.name,
      setting.value,
      logon ? 'account' : 'env',
      placeOf('', setting.name, 'the registry'),
      logon ? 'account' : 'command',
      scene,
    );
}
