import { valuesAt } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { overriddenSources, placesOf } from '../../../languages/packer/settings.ts';
import type { PackerBlock } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'winrm-without-tls',
  summary: 'Packer sends the password over WinRM without TLS',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(tree) {
    const overridden = overriddenSources(tree);
    for (const { block, source } of placesOf(tree)) {
      // Hypervisors on the author's machine are reached without leaving it.
      if (source.facts!.produces !== 'image' || block !== source.block) continue;
      const communicator = valuesAt(block, 'communicator')[0];
      if (communicator?.value.text !== 'winrm' || isProtected(block)) continue;
      if (overridden.has(source)) continue;
      const off = valuesAt(block, 'winrm_use_ssl')[0];
      yield {
        message:
          'WinRM runs without TLS here: the password and everything that is sent to the machine can be read on the way.',
        span: off?.span ?? communicator.span,
      };
    }
  },
});

/** Over TLS, with messages encrypted by NTLM, through a tunnel, or nobody knows. */
function isProtected(block: PackerBlock): boolean {
  const port = valuesAt(block, 'winrm_port')[0]?.value;
  if (port && (port.text === undefined || port.text === '5986')) return true;
  if (block.attribute('ssh_bastion_host') || block.attribute('session_manager_port')) return true;
  return ['winrm_use_ssl', 'winrm_use_ntlm'].some(name =>
    valuesAt(block, name).some(({ value }) => value.bool !== false),
  );
}
