import type { Finding } from '../../../core/finding.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { dropsDefaultUser } from '../../../languages/cloud-init/modules/accounts.ts';
import { booleanOf, entryOf, get } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

/** Keys of the top level that are about the default user alone. */
const KEYS = ['password', 'ssh_authorized_keys', 'ssh_import_id'];

export default defineCloudInitRule({
  id: 'login-of-dropped-user',
  summary: 'The password or keys are for the default user, whom the list of users drops',
  policies: ['G10'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isUserData(tree) || tree.within === 'autoinstall' || !dropsDefaultUser(tree)) return;
    const users = entryOf(tree.root, 'users');
    for (const name of KEYS) {
      const entry = entryOf(tree.root, name);
      if (!entry || !users || entry.value.kind === 'null') continue;
      // Root gets the keys too once it may log in.
      if (name === 'ssh_authorized_keys' && booleanOf(get(tree.root, 'disable_root')) === false) continue;
      yield {
        message: `\`${name}\` at the top level is for the default user, but \`users\` has no \`default\`, so no user of that list gets it.`,
        span: entry.key.span,
        related: [{ message: 'This list leaves the default user out.', span: users.key.span }],
      };
    }
  },
});
