import { placeCause } from '../../../core/causes.ts';
import type { Finding } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { accountText, loginsOf } from '../../../languages/cloud-init/logins.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import { freeDoas } from '../../../languages/cloud-init/sudo.ts';

export default defineCloudInitRule({
  id: 'sudo-without-password',
  summary: 'An account can run any command as root without a password',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: { keys: ['sudo', 'doas'] },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree)) return;
    for (const { account, name, freeSudo } of loginsOf(tree)) {
      const span = freeSudo ?? (account && freeDoas(account));
      if (account && span && name !== 'root')
        yield {
          message: `${accountText(account)} can run any command as root without a password`,
          help: 'Allow only the commands it needs, or require a password',
          span,
          causes: [placeCause('sudo', span)],
        };
    }
  },
});
