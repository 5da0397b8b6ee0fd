import type { Finding } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { accountText, loginsOf } from '../../../languages/cloud-init/logins.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'sudo-without-password',
  summary: 'An account has `NOPASSWD:ALL`',
  policies: ['G10'],
  category: 'security',
  severity: 'hint',
  preset: 'all',
  needs: { keys: ['sudo'] },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree)) return;
    for (const { account, name, freeSudo: span } of loginsOf(tree)) {
      if (account && span && name !== 'root')
        yield {
          message: `${accountText(account)} can run any command as root without a password`,
          help: 'Allow only the commands it needs, or require a password',
          span,
        };
    }
  },
});
