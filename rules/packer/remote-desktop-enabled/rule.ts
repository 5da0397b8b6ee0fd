import type { Stage } from '../../../core/build.ts';
import type { Span } from '../../../core/text.ts';
import { REGISTRY_PROGRAMS, setsRegistry } from '../../../facts/registry-settings.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isVagrant } from '../../../languages/packer/vagrant.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default definePackerRule({
  id: 'remote-desktop-enabled',
  summary: 'A provisioner enables Remote Desktop',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  needs: { programs: [...REGISTRY_PROGRAMS, '.setallowtsconnections'] },
  since: '2026.11',
  *check(file, { project }, build) {
    if (project.kind === 'vagrant' || file.module.builds.some(isVagrant)) return;
    const places = new Map<Stage, { enabled: Span | undefined; open: Span[] }>();
    for (const { invocation, stage } of setupCommands(build)) {
      const place = places.get(stage) ?? { enabled: undefined, open: [] };
      places.set(stage, place);
      const span = invocation.script.spanOf(invocation.command);
      if (enables(invocation)) place.enabled ??= span;
      else if (setsRegistry(invocation, 'fDenyTSConnections', 1)) place.enabled = undefined;
      else if (opensPort(invocation)) place.open.push(span);
    }
    for (const { enabled, open } of places.values())
      if (enabled)
        yield {
          message: 'Remote Desktop is enabled in the image',
          help: 'Remove it; enable Remote Desktop only on machines that need it',
          span: enabled,
          related: open.map(span => ({ message: 'The firewall is opened for it here', span })),
        };
  },
});

/** https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/microsoft-windows-terminalservices-localsessionmanager-fdenytsconnections */
function enables(invocation: Invocation): boolean {
  if (invocation.program === '.setallowtsconnections') return invocation.args[0]?.literal === '1';
  return setsRegistry(invocation, 'fDenyTSConnections', 0);
}

function opensPort(invocation: Invocation): boolean {
  const { program, args } = invocation;
  const text = args.map(({ value }) => value.text.toLowerCase()).join(' ');
  if (program === 'netsh') return text.includes('remote desktop') && /enable=yes|action=allow/.test(text);
  const given = readArguments(invocation);
  if (program === 'Enable-NetFirewallRule')
    return /remote ?desktop/i.test(given.value('-displaygroup', '-name', '-displayname')?.literal ?? '');
  return program === 'New-NetFirewallRule' && given.value('-localport')?.literal === '3389';
}
