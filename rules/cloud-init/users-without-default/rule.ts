import type { Finding } from '../../../core/finding.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { dropsDefaultUser } from '../../../languages/cloud-init/modules/accounts.ts';
import { deref, entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'users-without-default',
  summary: '`users` leaves out the default user of the image',
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
    yield {
      message: '`users` has no `default` entry: the default user of the image is not set up',
      help: 'Add `default` if you need that user; if not, check that it is absent or locked',
      span: entry.key.span,
    };
  },
});
