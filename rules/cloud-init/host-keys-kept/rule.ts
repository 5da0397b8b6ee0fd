import { type Finding, fix } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { asScalar, booleanOf, entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'host-keys-kept',
  summary: 'Machines keep the SSH host keys of their image',
  policies: ['G9', 'G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { keys: ['ssh_deletekeys'] },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree) || tree.seed) return;
    const entry = entryOf(tree.root, 'ssh_deletekeys');
    const value = asScalar(entry?.value);
    if (!entry || !value || booleanOf(value) !== false) return;
    yield {
      message: '`ssh_deletekeys: false` keeps the SSH host keys of the image',
      help: 'Set it to `true`, so that each machine generates its own keys',
      span: entry.span,
      fixes: [fix('suggested', 'Set it to `true`', value.written.replace(0, value.written.text.length, 'true'))],
    };
  },
});
