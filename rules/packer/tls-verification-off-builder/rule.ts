import { fix } from '../../../core/finding.ts';
import { removeAttribute } from '../../../languages/packer/edits.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { badSettings } from '../../../languages/packer/settings.ts';

export default definePackerRule({
  id: 'tls-verification-off-builder',
  summary: 'Packer does not check the certificate of the platform that it logs in to',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(tree) {
    for (const { block, setting, source, span } of badSettings(tree, 'tls')) {
      const attribute = block.attribute(setting.attribute);
      const edits = attribute && removeAttribute(block, attribute);
      yield {
        message: `With \`${setting.attribute}\`, Packer gives the credentials of \`${source.type}.${source.name}\` to any server that answers, whatever its certificate.`,
        span,
        fixes: [edits && fix('suggested', `Remove \`${setting.attribute}\``, ...edits)],
      };
    }
  },
});
