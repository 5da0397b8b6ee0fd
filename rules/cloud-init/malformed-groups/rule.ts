import { type Finding, fix } from '../../../core/finding.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { asScalar, booleanOf, get, itemsOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { YamlScalar } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'malformed-groups',
  summary: 'The `groups` of a user are not separated by commas',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { keys: ['groups'] },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isUserData(tree)) return;
    const users = get(tree.root, 'users');
    for (const user of [...itemsOf(users), get(tree.root, 'user')]) {
      const groups = get(user, 'groups');
      const text = asScalar(groups);
      if (text) yield* wronglySeparated(text);
      for (const item of itemsOf(groups)) {
        const name = asScalar(item);
        if (
          name &&
          booleanOf(name) === undefined &&
          /[,\s]/.test(name.text.text.trim()) &&
          !name.text.text.includes(UNRESOLVED)
        )
          yield {
            message: 'Several groups in one list item',
            help: 'Write one list item for each group',
            span: name.span,
          };
      }
    }
  },
});

/** `sudo docker`: only commas separate groups. */
function* wronglySeparated(node: YamlScalar): Iterable<Finding> {
  const { text } = node.text;
  if (text.includes(UNRESOLVED)) return;
  const spaces = [...text.matchAll(/[^\s,]([ \t]+)(?=[^\s,])/g)];
  if (spaces.length === 0) return;
  yield {
    message: '`groups` is separated by spaces instead of commas',
    help: 'Put commas between the groups',
    span: node.span,
    fixes: [
      fix('suggested', 'Put commas between the groups', ...spaces.map(space => node.text.insert(space.index + 1, ','))),
    ],
  };
}
