import { type Finding, fix } from '../../core/finding.ts';
import { HOLE } from '../../core/text.ts';
import { columnOf } from '../../languages/cloud-init/edits.ts';
import { isUserData } from '../../languages/cloud-init/forms.ts';
import { DEFAULT_USERS } from '../../languages/cloud-init/modules/accounts.ts';
import { deref, entryOf, itemsOf, textOf } from '../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../languages/cloud-init/rule.ts';
import type { YamlNode } from '../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'users-without-default',
  summary: 'A list of users without `default` drops the default user, and the lock on its password',
  policy: 'G10',
  category: 'security',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    // Ubuntu's installer makes its own first user.
    if (!isUserData(tree) || tree.within === 'autoinstall') return;
    const entry = entryOf(tree.root, 'users');
    const users = deref(entry?.value);
    // An empty list says on purpose that there are none.
    if (!entry || users?.kind !== 'seq' || users.items.length === 0 || users.items.some(mayBeDefault)) return;
    if (tree.templated.length > 0 && users.written.text.includes(`#${HOLE}`)) return;
    const insertion = users.flow
      ? users.written.insert(1, 'default, ')
      : users.written.insert(0, `- default\n${' '.repeat(columnOf(tree, users.span.start))}`);
    yield {
      message:
        'Without `default` in this list cloud-init does not set up the default user of the image, and an account that is already there keeps its password unlocked.',
      span: entry.key.span,
      fixes: [fix('suggested', 'Add `default`', insertion)],
    };
  },
});

/** The word itself, a user of the default one's name, or what cannot be known. */
function mayBeDefault(item: YamlNode): boolean {
  const node = deref(item);
  if (node?.kind === 'seq') return itemsOf(node).some(mayBeDefault);
  if (node?.kind === 'map') {
    const name = entryOf(node, 'name');
    const text = textOf(name?.value);
    return name !== undefined && (text === undefined || DEFAULT_USERS.has(text));
  }
  const text = textOf(node);
  return (
    text === undefined || text.split(',').some(name => name.trim() === 'default' || DEFAULT_USERS.has(name.trim()))
  );
}
