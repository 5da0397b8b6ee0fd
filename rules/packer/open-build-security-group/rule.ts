import { fix } from '../../../core/finding.ts';
import { insertAttribute } from '../../../languages/packer/edits.ts';
import { isSet, valuesAt } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { badSettings, overriddenSources, sourceBlocks } from '../../../languages/packer/settings.ts';
import { settingNeeds } from '../../../languages/packer/sources/needs.ts';
import type { PackerBlock } from '../../../languages/packer/tree.ts';

/** Attributes with which Packer creates no open group, or connects in another way. */
const OWN_ADDRESS = 'temporary_security_group_source_public_ip';
const CLOSED = [
  'security_group_id',
  'security_group_ids',
  'security_group_filter',
  'temporary_security_group_source_cidrs',
  OWN_ADDRESS,
  'ssh_interface',
  'session_manager_port',
  'virtual_network_name',
  'allowed_inbound_ip_addresses',
];
const NETWORK = /^(?:temporary_security_group_source_cidrs|allowed_inbound_ip_addresses)$/;

export default definePackerRule({
  id: 'open-build-security-group',
  summary: 'SSH or WinRM of the build machine is open to every address',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: settingNeeds('network'),
  since: '2026.11',
  *check(tree) {
    const overridden = overriddenSources(tree);
    for (const { setting, span } of badSettings(tree, 'network')) {
      if (!NETWORK.test(setting.attribute)) continue;
      yield {
        message: `\`${setting.attribute}\` allows any address`,
        help: 'List only the addresses of the hosts that run Packer',
        span,
      };
    }
    for (const { block, source } of sourceBlocks(tree)) {
      const setting = source.facts!.settings.find(
        ({ attribute, badWhenAbsent, concern }) => concern === 'network' && badWhenAbsent && NETWORK.test(attribute),
      );
      if (!setting || block !== source.block || isClosed(block)) continue;
      if (overridden.has(source)) continue;
      const onAmazon = source.type.startsWith('amazon-');
      const edits = onAmazon ? insertAttribute(block, OWN_ADDRESS, 'true') : undefined;
      yield {
        message: onAmazon
          ? 'Temporary security group allows SSH from any address'
          : 'Network of the temporary virtual machine allows any address',
        help: onAmazon
          ? `Add \`${OWN_ADDRESS} = true\``
          : `Add \`${setting.attribute}\` with the address of Packer's host`,
        span: source.header,
        fixes: [edits && fix('suggested', `Add \`${OWN_ADDRESS} = true\``, ...edits)],
      };
    }
  },
});

function isClosed(block: PackerBlock): boolean {
  if (CLOSED.some(name => isSet(block, name))) return true;
  return valuesAt(block, 'communicator').some(({ value }) => value.text === 'none' || value.text === undefined);
}
