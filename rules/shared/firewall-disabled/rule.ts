import type { Stage } from '../../../core/build.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import { SERVICE_PROGRAMS, serviceChangeOf } from '../../../facts/service-changes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { WINDOWS_FIREWALL_PROGRAMS, windowsFirewallState } from '../../../facts/windows-firewall.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

const FIREWALLS: ReadonlySet<string> = new Set([
  'firewalld',
  'ufw',
  'iptables',
  'ip6tables',
  'nftables',
  'netfilter-persistent',
]);

export default defineBuildRule({
  id: 'firewall-disabled',
  summary: 'The firewall of the machine is disabled',
  policies: ['G10', 'G15'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['packer', 'cloud-init'],
  needs: { programs: ['ufw', ...SERVICE_PROGRAMS, ...WINDOWS_FIREWALL_PROGRAMS] },
  since: '2026.11',
  *check(build) {
    const off = new Map<Stage, { readonly name: string; readonly span: Span }[]>();
    const on = new Set<Stage>();
    for (const { invocation, stage } of setupCommands(build)) {
      const state = stateOf(invocation);
      if (!state) continue;
      if (state.on) {
        on.add(stage);
        continue;
      }
      const place = { name: state.name, span: invocation.script.spanOf(invocation.command) };
      const list = off.get(stage);
      if (list) list.push(place);
      else off.set(stage, [place]);
    }
    for (const [stage, [first, ...others]] of off) {
      // Disabled for a while, or replaced by another one.
      if (on.has(stage) || !first) continue;
      yield {
        message: `${first.name} is disabled, and no other firewall is enabled`,
        help: 'Keep it on and open the ports you need',
        span: first.span,
        related: others.map(({ span }) => ({ message: 'Also disabled here', span })),
      };
    }
  },
});

function stateOf(invocation: Invocation): { readonly on: boolean; readonly name: string } | undefined {
  const windows = windowsFirewallState(invocation);
  if (windows) return { on: windows === 'on', name: 'Windows Firewall' };
  const first = readArguments(invocation).operands[0]?.literal;
  if (invocation.program === 'ufw')
    return first === 'disable' || first === 'enable' ? { on: first === 'enable', name: '`ufw`' } : undefined;
  const change = serviceChangeOf(invocation);
  const name = change?.names.find(one => FIREWALLS.has(one));
  return change && name !== undefined ? { on: change.on, name: quoted(name) } : undefined;
}
