import { definePackerRule } from '../../../languages/packer/rule.ts';
import { badSettings } from '../../../languages/packer/settings.ts';

export default definePackerRule({
  id: 'privileged-build',
  summary: 'The container that is built from runs with the rights of the host',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  since: '2026.11',
  *check(tree) {
    for (const { setting, span } of badSettings(tree, 'privileged')) {
      yield {
        message: `With \`${setting.attribute}\`, every script of this build, downloaded ones too, can do to the host what root can.`,
        span,
      };
    }
  },
});
