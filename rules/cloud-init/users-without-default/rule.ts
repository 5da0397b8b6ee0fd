import { type Finding, fix } from '../../../core/finding.ts';
import { columnOf } from '../../../languages/cloud-init/edits.ts';
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
    // Ubuntu's installer creates its own first user.
    if (!isUserData(tree) || tree.within === 'autoinstall') return;
    const entry = entryOf(tree.root, 'users');
    const users = deref(entry?.value);
    // An empty list states that no users are wanted.
    if (!entry || users?.kind !== 'seq' || users.items.length === 0 || !dropsDefaultUser(tree)) return;
    const insertion = users.flow
      ? users.written.insert(1, 'default, ')
      : users.written.insert(0, `- default\n${' '.repeat(columnOf(tree, users.span.start))}`);
    yield {
      message: '`users` without `default` leaves the default user unmanaged',
      help: 'Put `default` first in the list, which also locks its password',
      span: entry.key.span,
      fixes: [fix('suggested', 'Add `default`', insertion)],
    };
  },
});
