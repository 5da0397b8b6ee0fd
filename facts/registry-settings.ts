/** Values that commands write into the registry of Windows. */
import { memo } from '../core/memo.ts';
import type { SourceText } from '../core/text.ts';
import type { Invocation } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';

export interface RegistrySetting {
  /** In lower case, as far as known. */
  readonly key: string;
  /** As it is written. */
  readonly name: string;
  readonly value: SourceText;
}

/** The programs that {@link registrySettingOf} reads. */
export const REGISTRY_PROGRAMS: readonly string[] = [
  'reg',
  'Set-ItemProperty',
  'New-ItemProperty',
  '[microsoft.win32.registry]::setvalue',
];

/**
 * The value that a command sets; `undefined` for other programs, and where the name is not certain.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/reg-add
 */
export const registrySettingOf: (invocation: Invocation) => RegistrySetting | undefined = memo(invocation => {
  switch (invocation.program) {
    case 'reg':
      return byReg(invocation);
    case 'Set-ItemProperty':
    case 'New-ItemProperty':
      return byCmdlet(invocation);
    case '[microsoft.win32.registry]::setvalue': {
      const [key, name, value] = invocation.args;
      return setting(key?.value, name?.literal, value?.value);
    }
    default:
      return undefined;
  }
});

function byReg({ args }: Invocation): RegistrySetting | undefined {
  if (!/^add$/i.test(args[0]?.literal ?? '')) return undefined;
  const after = (option: RegExp) => args[args.findIndex(({ literal }) => option.test(literal ?? '')) + 1];
  const name = after(/^\/v$/i);
  const value = after(/^\/d$/i);
  return name === args[0] || value === args[0] ? undefined : setting(args[1]?.value, name?.literal, value?.value);
}

/** Path, name and value may be given by their places. */
function byCmdlet(invocation: Invocation): RegistrySetting | undefined {
  const given = readArguments(invocation);
  const operands = [...given.operands];
  const path = given.value('-path', '-literalpath')?.source ?? operands.shift()?.value;
  const named = given.value('-name');
  const name = named ? named.literal : operands.shift()?.literal;
  return setting(path, name, given.value('-value')?.source ?? operands.shift()?.value);
}

function setting(
  key: SourceText | undefined,
  name: string | undefined,
  value: SourceText | undefined,
): RegistrySetting | undefined {
  return name === undefined || !value ? undefined : { key: (key?.text ?? '').toLowerCase(), name, value };
}

/** Whether a command sets the value with this name to this number, however that is written. */
export function setsRegistry(invocation: Invocation, name: string, value: number): boolean {
  const found = registrySettingOf(invocation);
  if (found?.name.toLowerCase() !== name.toLowerCase()) return false;
  const { text } = found.value;
  return /^(?:\d{1,9}|0x[\da-f]{1,8})$/i.test(text) && Number(text) === value;
}
