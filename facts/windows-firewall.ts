/** Commands that switch the firewall of Windows on or off. */
import type { Invocation } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';
import { REGISTRY_PROGRAMS, setsRegistry } from './registry-settings.ts';

/** The programs that {@link windowsFirewallState} reads. */
export const WINDOWS_FIREWALL_PROGRAMS: readonly string[] = [
  'Set-NetFirewallProfile',
  'netsh',
  'Set-Service',
  'Stop-Service',
  'sc',
  ...REGISTRY_PROGRAMS,
];

/** Whether a command leaves the firewall on; `undefined` when it does neither, or that is not certain. */
export function windowsFirewallState(invocation: Invocation): 'on' | 'off' | undefined {
  const given = readArguments(invocation);
  const words = invocation.args.map(({ literal }) => literal?.toLowerCase() ?? '');
  switch (invocation.program) {
    case 'Set-NetFirewallProfile':
      return ofValue(given.value('-enabled')?.literal);
    case 'netsh':
      return byNetsh(words);
    case 'Set-Service':
      return isFirewall(given.value('-name')?.literal ?? given.operands[0]?.literal) &&
        /^disabled$/i.test(given.value('-startuptype')?.literal ?? '')
        ? 'off'
        : undefined;
    case 'Stop-Service':
      return isFirewall(given.value('-name')?.literal ?? given.operands[0]?.literal) ? 'off' : undefined;
    case 'sc':
      return isFirewall(words[1]) && (words[0] === 'stop' || words.join(' ').includes('start= disabled'))
        ? 'off'
        : undefined;
    default:
      if (setsRegistry(invocation, 'EnableFirewall', 0)) return 'off';
      return setsRegistry(invocation, 'EnableFirewall', 1) ? 'on' : undefined;
  }
}

function isFirewall(service: string | undefined): boolean {
  return service?.toLowerCase() === 'mpssvc';
}

function ofValue(value: string | undefined): 'on' | 'off' | undefined {
  if (/^(?:\$?false|0)$/i.test(value ?? '')) return 'off';
  return /^(?:\$?true|1)$/i.test(value ?? '') ? 'on' : undefined;
}

/** https://learn.microsoft.com/windows-server/administration/windows-commands/netsh-advfirewall */
function byNetsh(words: readonly string[]): 'on' | 'off' | undefined {
  const line = words.join(' ');
  const state = /^advfirewall set \w+profiles? state (on|off)\b/.exec(line)?.[1];
  if (state !== undefined) return state === 'on' ? 'on' : 'off';
  const mode = /^firewall set opmode (?:mode=)?(enable|disable)\b/.exec(line)?.[1];
  return mode === undefined ? undefined : mode === 'enable' ? 'on' : 'off';
}
