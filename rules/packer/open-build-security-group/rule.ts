import { fix } from '../../../core/finding.ts';
import { insertAttribute } from '../../../languages/packer/edits.ts';
import { isSet, valuesAt } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { badSettings, overriddenSources, placesOf } from '../../../languages/packer/settings.ts';
import type { PackerBlock } from '../../../languages/packer/tree.ts';

/** Attributes that leave Packer without a group of its own, or bring the connection another way. */
const CLOSED = [
  'security_group_id',
  'security_group_ids',
  'security_group_filter',
  'temporary_security_group_source_cidrs',
  'temporary_security_group_source_public_ip',
  'ssh_interface',
  'session_manager_port',
  'virtual_network_name',
  'allowed_inbound_ip_addresses',
];
const NETWORK = /^(?:temporary_security_group_source_cidrs|allowed_inbound_ip_addresses)$/;

export default definePackerRule({
  id: 'open-build-security-group',
  summary: 'While the image is built, the machine can be reached from everywhere',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  *check(tree) {
    const overridden = overriddenSources(tree);
    for (const { setting, span } of badSettings(tree, 'network')) {
      if (!NETWORK.test(setting.attribute)) continue;
      yield { message: `\`${setting.attribute}\` lets everybody reach the machine while it is being built.`, span };
    }
    for (const { block, source } of placesOf(tree)) {
      const setting = source.facts!.settings.find(
        ({ attribute, badWhenAbsent, concern }) => concern === 'network' && badWhenAbsent && NETWORK.test(attribute),
      );
      if (!setting || block !== source.block || isClosed(block)) continue;
      if (overridden.has(source)) continue;
      const onAmazon = source.type.startsWith('amazon-');
      const edits = onAmazon ? insertAttribute(block, 'temporary_security_group_source_public_ip', 'true') : undefined;
      yield {
        message: `Without \`${setting.attribute}\` the machine can be reached from the whole internet while it is being built.`,
        span: source.header,
        fixes: [edits && fix('suggested', 'Let in the address that Packer runs at only', ...edits)],
      };
    }
  },
});

function isClosed(block: PackerBlock): boolean {
  if (CLOSED.some(name => isSet(block, name))) return true;
  return valuesAt(block, 'communicator').some(({ value }) => value.text === 'none' || value.text === undefined);
}
