import { fix } from '../../../core/finding.ts';
import { removeAttribute } from '../../../languages/packer/edits.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { badSettings } from '../../../languages/packer/settings.ts';
import { settingNeeds } from '../../../languages/packer/sources/needs.ts';

export default definePackerRule({
  id: 'tls-verification-off-builder',
  summary: "A source turns off TLS verification for the platform's API",
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: settingNeeds('tls'),
  since: '2026.11',
  *check(tree) {
    for (const { block, setting, span } of badSettings(tree, 'tls')) {
      const attribute = block.attribute(setting.attribute);
      const edits = attribute && removeAttribute(block, attribute);
      yield {
        message: `\`${setting.attribute}\` turns off certificate verification`,
        help: "Remove it, and trust the server's CA on the machine that runs Packer",
        span,
        fixes: [edits && fix('suggested', `Remove \`${setting.attribute}\``, ...edits)],
      };
    }
  },
});
