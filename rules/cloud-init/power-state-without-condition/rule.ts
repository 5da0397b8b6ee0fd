import type { Finding } from '../../../core/finding.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { entryOf, get } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'power-state-without-condition',
  summary: '`power_state` takes effect even if the setup failed',
  policies: [],
  category: 'correctness',
  severity: 'hint',
  preset: 'all',
  needs: { keys: ['power_state'] },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isUserData(tree)) return;
    const entry = entryOf(tree.root, 'power_state');
    const mode = get(entry?.value, 'mode');
    if (!entry || !mode || entryOf(entry.value, 'condition')) return;
    yield {
      message: '`power_state` without `condition` runs even after failed commands',
      help: 'Set `condition` to a command that checks the setup, or to `true`',
      span: entry.key.span,
    };
  },
});
