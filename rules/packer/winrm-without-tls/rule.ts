import { valuesAt } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { overriddenSources, sourceBlocks } from '../../../languages/packer/settings.ts';
import type { PackerBlock } from '../../../languages/packer/tree.ts';
import { usesPublicLogin } from '../../../languages/packer/vagrant.ts';

export default definePackerRule({
  id: 'winrm-without-tls',
  summary: 'Packer connects over unencrypted WinRM',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { attributes: ['communicator'] },
  since: '2026.11',
  *check(tree, { project }) {
    const overridden = overriddenSources(tree);
    for (const { block, source } of sourceBlocks(tree)) {
      const { produces } = source.facts!;
      if ((produces !== 'image' && produces !== 'disk') || block !== source.block) continue;
      const communicator = valuesAt(block, 'communicator')[0];
      if (communicator?.value.text !== 'winrm' || isProtected(block)) continue;
      if (overridden.has(source)) continue;
      const off = valuesAt(block, 'winrm_use_ssl')[0];
      // Hypervisors on the build machine are mostly reached without a network.
      const isLocal = produces === 'disk';
      if (isLocal && (project.kind === 'vagrant' || usesPublicLogin(block) || (!off && !ON_SWITCHES.test(source.type))))
        continue;
      yield {
        message: 'WinRM is used without TLS',
        help: 'Set `winrm_use_ssl = true`, and create an HTTPS listener on the machine',
        span: off?.span ?? communicator.span,
        ...(isLocal && { severity: 'info', preset: 'strict' }),
      };
    }
  },
});

/** Their machines are on a switch that others may be on: https://developer.hashicorp.com/packer/integrations/hashicorp/hyperv/latest/components/builder/iso */
const ON_SWITCHES = /^hyperv-/;

/** Over TLS, with messages encrypted by NTLM, through a tunnel, or unknown. */
function isProtected(block: PackerBlock): boolean {
  const port = valuesAt(block, 'winrm_port')[0]?.value;
  if (port && (port.text === undefined || port.text === '5986')) return true;
  if (block.attribute('ssh_bastion_host') || block.attribute('session_manager_port')) return true;
  return ['winrm_use_ssl', 'winrm_use_ntlm'].some(name =>
    valuesAt(block, name).some(({ value }) => value.bool !== false),
  );
}
