import type { Finding } from '../../../core/finding.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { entryOf, get } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'power-state-without-condition',
  summary: 'The machine goes down at the end of its first boot whatever happened before',
  policies: ['G13'],
  category: 'correctness',
  severity: 'hint',
  preset: 'all',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isUserData(tree)) return;
    const entry = entryOf(tree.root, 'power_state');
    const mode = get(entry?.value, 'mode');
    if (!entry || !mode || entryOf(entry.value, 'condition')) return;
    yield {
      message:
        'Without a `condition` the machine goes down even when the commands before it failed, and what they said goes unseen.',
      span: entry.key.span,
    };
  },
});
