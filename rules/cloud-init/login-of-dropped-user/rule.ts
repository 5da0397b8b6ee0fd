import type { Finding } from '../../../core/finding.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { dropsDefaultUser } from '../../../languages/cloud-init/modules/accounts.ts';
import { booleanOf, entryOf, get } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';

/** Keys of the top level that apply only to the default user. */
const KEYS = ['password', 'ssh_authorized_keys', 'ssh_import_id'];

const isRootEnabled = ({ root }: CloudInitTree): boolean => booleanOf(get(root, 'disable_root')) === false;
/** A setting of the SSH server that lets root log in with a key. */
const ROOT_LOGIN = /\bPermitRootLogin[ \t]{1,8}(?:yes|prohibit-password|without-password)\b/i;

export default defineCloudInitRule({
  id: 'login-of-dropped-user',
  summary: 'Credentials are set for the default user, which `users` omits',
  policies: ['G10'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { keys: ['users'] },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isUserData(tree) || tree.within === 'autoinstall' || !dropsDefaultUser(tree)) return;
    const users = entryOf(tree.root, 'users');
    for (const name of KEYS) {
      const entry = entryOf(tree.root, name);
      if (!entry || !users || entry.value.kind === 'null') continue;
      // With root login enabled, root gets the keys too; some images enable it, and the file relies on that.
      if (name === 'ssh_authorized_keys' && (isRootEnabled(tree) || ROOT_LOGIN.test(tree.source.text))) continue;
      yield {
        message: `\`${name}\` has no effect: \`users\` leaves out the default user`,
        help: 'Move it to the user it is for, or add `default` to `users`',
        span: entry.key.span,
        related: [{ message: '`default` is missing here', span: users.key.span }],
      };
    }
  },
});
