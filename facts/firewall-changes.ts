/** Commands that switch a firewall on or off, open it, or empty it. */
import type { Invocation } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';
import { SERVICE_PROGRAMS, serviceChangeOf } from './service-changes.ts';
import { WINDOWS_FIREWALL_PROGRAMS, windowsFirewallState } from './windows-firewall.ts';

/**
 * What a command does. `on` and `off` say whether it filters at all, `opened` and `closed` what it does with connections
 * that no rule names, `emptied` and `filled` whether it has rules.
 */
export type FirewallState = 'on' | 'off' | 'opened' | 'closed' | 'emptied' | 'filled';

export const WINDOWS_FIREWALL = 'Windows Firewall';

export interface FirewallChange {
  /** `ufw`, {@link WINDOWS_FIREWALL}. */
  readonly name: string;
  readonly state: FirewallState;
  /** A service that is switched on: that helps a firewall whose service was switched off, not one that is off itself. */
  readonly service?: true;
}

/** The programs that {@link firewallChangeOf} reads. */
export const FIREWALL_PROGRAMS: readonly string[] = [
  'ufw',
  'iptables',
  'iptables-restore',
  'nft',
  'firewall-cmd',
  ...SERVICE_PROGRAMS,
  ...WINDOWS_FIREWALL_PROGRAMS,
];

const SERVICES: ReadonlySet<string> = new Set([
  'firewalld',
  'ufw',
  'iptables',
  'ip6tables',
  'nftables',
  'netfilter-persistent',
]);

/** `undefined` when a command does none of it, or that is not certain. */
export function firewallChangeOf(invocation: Invocation): FirewallChange | undefined {
  const windows = windowsFirewallState(invocation);
  if (windows) return { name: WINDOWS_FIREWALL, state: windows };
  switch (invocation.program) {
    case 'ufw':
      return named('ufw', byUfw(invocation));
    case 'iptables':
      return named('iptables', byIptables(invocation));
    case 'iptables-restore':
      return named('iptables', 'filled');
    case 'firewall-cmd':
      return named('firewalld', byFirewalld(invocation));
    case 'nft':
      return named('nftables', byNft(invocation));
  }
  const change = serviceChangeOf(invocation);
  const name = change?.names.find(one => SERVICES.has(one));
  return change && name !== undefined ? { name, state: change.on ? 'on' : 'off', service: true } : undefined;
}

function named(name: string, state: FirewallState | undefined): FirewallChange | undefined {
  return state && { name, state };
}

/** ufw(8): `default` alone is about incoming connections. */
function byUfw(invocation: Invocation): FirewallState | undefined {
  const given = readArguments(invocation);
  if (given.has('--dry-run')) return undefined;
  const [first, policy, direction = 'incoming'] = given.operands.map(({ literal = '' }) => literal.toLowerCase());
  if (first === 'enable') return 'on';
  if (first === 'disable' || first === 'reset') return 'off';
  if (first !== 'default' || direction !== 'incoming') return undefined;
  if (policy === 'allow') return 'opened';
  return policy === 'deny' || policy === 'reject' ? 'closed' : undefined;
}

/** iptables(8): of the filter table, and of the chain for what comes in. */
function byIptables(invocation: Invocation): FirewallState | undefined {
  const given = readArguments(invocation);
  const table = given.value('--table');
  if (table && table.literal !== 'filter') return undefined;
  // Behind a chain to append to are conditions and a target; those of a policy are operands.
  if (given.has('--append', '--insert', '--policy', '--new-chain')) {
    const accepts = given.has('--policy') && given.operands.at(-1)?.literal === 'ACCEPT';
    if (accepts) return undefined;
    // Of `-I INPUT -j ACCEPT` no other word is a condition.
    const words = invocation.args.map(({ literal }) => literal ?? '?').join(' ');
    return /^(?:-t filter )?(?:-A|--append|-I|--insert) INPUT(?: 1)? (?:-j|--jump) ACCEPT$/.test(words)
      ? 'opened'
      : 'filled';
  }
  if (!given.has('--flush') || !given.certain) return undefined;
  const [chain] = given.operands;
  return !chain || chain.literal === 'INPUT' ? 'emptied' : undefined;
}

/**
 * firewalld.zones(5): the zone `trusted` accepts everything, and so does a zone with the target `ACCEPT`. Other zones than
 * the default one, `public`, are for some interfaces or sources only, such as those of containers.
 */
function byFirewalld({ args }: Invocation): FirewallState | undefined {
  const words = args.map(({ literal }) => literal ?? '').join(' ');
  const zone = /(?:^| )--set-default-zone[= ]([\w-]{1,40})/.exec(words)?.[1];
  if (zone !== undefined) return zone === 'trusted' ? 'opened' : 'closed';
  const target = /(?:^| )--set-target[= ]([\w%-]{1,20})/.exec(words)?.[1];
  const of = /(?:^| )--zone[= ]([\w-]{1,40})/.exec(words)?.[1] ?? 'public';
  if (target === undefined || of !== 'public') return undefined;
  return target === 'ACCEPT' ? 'opened' : 'closed';
}

function byNft(invocation: Invocation): FirewallState | undefined {
  const given = readArguments(invocation);
  if (given.has('--file')) return 'filled';
  const words = given.operands.map(({ literal = '' }) => literal).join(' ');
  if (/^flush ruleset\b/.test(words)) return words.includes('add ') ? 'filled' : 'emptied';
  return /^(?:add|insert|create)\b/.test(words) ? 'filled' : undefined;
}
