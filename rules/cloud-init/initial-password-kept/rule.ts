import type { Finding } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { loginsOf } from '../../../languages/cloud-init/logins.ts';
import { booleanOf, entryOf, get } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'initial-password-kept',
  summary: 'A password set in user-data does not expire at the first login',
  policies: ['G10'],
  category: 'security',
  severity: 'hint',
  preset: 'all',
  needs: { keys: ['expire'] },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree) || tree.seed) return;
    const expire = entryOf(get(tree.root, 'chpasswd'), 'expire');
    if (!expire || booleanOf(expire.value) !== false) return;
    if (!loginsOf(tree).some(({ passwords, password }) => passwords.length > 0 && password !== 'locked')) return;
    yield {
      message: '`expire: false` keeps the password from user-data valid',
      help: 'Remove `expire: false`, or use SSH keys',
      span: expire.span,
    };
  },
});
