import { definePackerRule } from '../../../languages/packer/rule.ts';
import { badSettings } from '../../../languages/packer/settings.ts';
import { settingNeeds } from '../../../languages/packer/sources/needs.ts';

export default definePackerRule({
  id: 'privileged-build',
  summary: 'A Docker build container has root access to the host',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  needs: settingNeeds('privileged'),
  since: '2026.11',
  *check(tree) {
    for (const { setting, span } of badSettings(tree, 'privileged')) {
      yield {
        message: `\`${setting.attribute}\` gives the build root access to the host`,
        help: 'Remove it, or build in a virtual machine',
        span,
      };
    }
  },
});
