import { type Finding, fix } from '../../../core/finding.ts';
import { HOLE } from '../../../core/text.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { asScalar, booleanOf, get, itemsOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { YamlScalar } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'malformed-groups',
  summary: 'The groups of a user are not written as cloud-init reads them',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isUserData(tree)) return;
    const users = get(tree.root, 'users');
    for (const user of [...itemsOf(users), get(tree.root, 'user')]) {
      const groups = get(user, 'groups');
      const text = asScalar(groups);
      if (text) yield* badlyParted(text);
      for (const item of itemsOf(groups)) {
        const name = asScalar(item);
        if (
          name &&
          booleanOf(name) === undefined &&
          /[,\s]/.test(name.text.text.trim()) &&
          !name.text.text.includes(HOLE)
        )
          yield {
            message:
              'Each item of the list is one group, and a group with a comma or a blank in its name cannot be made: write one item for each.',
            span: name.span,
          };
      }
    }
  },
});

/** `sudo docker`: only commas part groups. */
function* badlyParted(node: YamlScalar): Iterable<Finding> {
  const { text } = node.text;
  if (text.includes(HOLE)) return;
  const blanks = [...text.matchAll(/[^\s,]([ \t]+)(?=[^\s,])/g)];
  if (blanks.length === 0) return;
  yield {
    message:
      'Only commas part groups: with a blank between them cloud-init looks for one group of that name, and the user is not made.',
    span: node.span,
    fixes: [
      fix('suggested', 'Put commas between the groups', ...blanks.map(blank => node.text.insert(blank.index + 1, ','))),
    ],
  };
}
