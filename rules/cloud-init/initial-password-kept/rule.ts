import type { Finding } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { setPasswords } from '../../../languages/cloud-init/logins.ts';
import { booleanOf, entryOf, get } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'initial-password-kept',
  summary: 'Nobody has to change the password that the machine starts with',
  policies: ['G10'],
  category: 'security',
  severity: 'hint',
  preset: 'all',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree) || tree.seed) return;
    const expire = entryOf(get(tree.root, 'chpasswd'), 'expire');
    if (!expire || booleanOf(expire.value) !== false) return;
    if (setPasswords(tree).length === 0) return;
    yield {
      message:
        'The password in user-data stays valid after the first login, although everybody who can read user-data knows it.',
      span: expire.span,
    };
  },
});
