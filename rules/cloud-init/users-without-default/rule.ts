import type { Finding } from '../../../core/finding.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { canLogIn, loginsOf } from '../../../languages/cloud-init/logins.ts';
import { dropsDefaultUser } from '../../../languages/cloud-init/modules/accounts.ts';
import { deref, entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'users-without-default',
  summary: '`users` leaves no account that can log in',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: { keys: ['users'] },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    // Ubuntu's installer creates its own first user; a machine that only builds an image needs the login of the build.
    if (!isUserData(tree) || tree.within === 'autoinstall' || tree.seed) return;
    const entry = entryOf(tree.root, 'users');
    const users = deref(entry?.value);
    // An empty list states that no users are wanted.
    if (!entry || users?.kind !== 'seq' || users.items.length === 0 || !dropsDefaultUser(tree)) return;
    // Where another user can log in, nobody needs the default one.
    if (loginsOf(tree).some(canLogIn)) return;
    yield {
      message: '`users` has no `default` entry, and no user in it can log in',
      help: "Give a user SSH keys, or add `default`, which gets the platform's keys",
      span: entry.key.span,
    };
  },
});
