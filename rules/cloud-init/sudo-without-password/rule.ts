import type { Finding } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { accountsOf, accountText } from '../../../languages/cloud-init/logins.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import { freeSudo } from '../../../languages/cloud-init/sudo.ts';

export default defineCloudInitRule({
  id: 'sudo-without-password',
  summary: 'An account may do everything as root without being asked',
  policies: ['G10'],
  category: 'security',
  severity: 'hint',
  preset: 'all',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree)) return;
    for (const account of accountsOf(tree)) {
      const span = freeSudo(account);
      if (span)
        yield {
          message: `${accountText(account)} becomes root without being asked, and so does every program that runs under it.`,
          span,
        };
    }
  },
});
