import { fix } from '../../../core/finding.ts';
import { insertAttribute } from '../../../languages/packer/edits.ts';
import { skipsImage } from '../../../languages/packer/images.ts';
import { isSet } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { badSettings, overriddenSources, sourceBlocks } from '../../../languages/packer/settings.ts';
import { settingNeeds } from '../../../languages/packer/sources/needs.ts';
import type { PackerBlock } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'unencrypted-image',
  summary: 'The disk of an image may be unencrypted',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: settingNeeds('encryption'),
  since: '2026.11',
  *check(tree) {
    const overridden = overriddenSources(tree);
    for (const { block, setting, span, value } of badSettings(tree, 'encryption')) {
      const { attribute, good } = setting;
      if (skipsImage(block) || isPublic(block) || (attribute.includes('.') && isEncryptedAsWhole(block))) continue;
      const { written } = value;
      const change =
        good === undefined || span.file !== undefined
          ? undefined
          : fix('suggested', `Change it to \`${good}\``, written.replace(0, written.text.length, good));
      yield {
        message: messageFor(attribute, written.text),
        ...(!change && { help: good === undefined ? 'Remove it' : `Set it to \`${good}\`` }),
        span,
        fixes: [change],
      };
    }
    for (const { block, source } of sourceBlocks(tree)) {
      if (block !== source.block || skipsImage(block) || isPublic(block) || isEncryptedByDisk(block)) continue;
      for (const { attribute, badWhenAbsent, concern, good } of source.facts!.settings) {
        if (concern !== 'encryption' || !badWhenAbsent || isSet(block, attribute)) continue;
        // A build's overrides may set it.
        if (overridden.has(source)) continue;
        // What is encrypted with the default key of an account can only be used there.
        const isShared = SHARING.some(name => isSet(block, name));
        const edits = good === undefined || isShared ? undefined : insertAttribute(block, attribute, good);
        const setting = `\`${attribute}${good === undefined ? '' : ` = ${good}`}\``;
        const addition = edits && fix('suggested', `Add \`${attribute} = ${good}\``, ...edits);
        yield {
          message: `Image may be unencrypted: \`${attribute}\` is not set`,
          ...(!addition && {
            help: isShared ? `Add ${setting} and \`kms_key_id\`: the default key cannot be shared` : `Add ${setting}`,
          }),
          span: source.header,
          fixes: [addition],
        };
      }
    }
  },
});

/** Encryption at the host is of temporary disks and caches. */
function messageFor(attribute: string, written: string): string {
  const name = attribute.slice(attribute.lastIndexOf('.') + 1);
  const setting = /^"?(?:false|0)"?$/.test(written) ? `\`${name} = ${written}\`` : `\`${name}\``;
  if (attribute === 'encryption_at_host') return `${setting} leaves temporary disks unencrypted`;
  return `${setting} leaves the ${attribute.includes('.') ? 'volume' : 'image'} unencrypted`;
}

/** What shares an AMI with other accounts. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html */
const SHARING = ['ami_users', 'ami_org_arns', 'ami_ou_arns', 'snapshot_users'];

/** Public images cannot be encrypted. */
function isPublic(block: PackerBlock): boolean {
  return ['ami_groups', 'snapshot_groups'].some(name => isSet(block, name));
}

/** Whether the image is encrypted when it is registered, whatever its disks were. */
function isEncryptedAsWhole(block: PackerBlock): boolean {
  return ['encrypt_boot', 'image_encrypted'].some(name => {
    const value = block.attribute(name)?.value;
    return value !== undefined && value.kind !== 'null' && value.bool !== false;
  });
}

function isEncryptedByDisk(block: PackerBlock): boolean {
  if (isSet(block, 'kms_key_id') || isSet(block, 'region_kms_key_ids')) return true;
  return block
    .blocks()
    .some(inner => inner.type.endsWith('block_device_mappings') && inner.attribute('encrypted') !== undefined);
}
