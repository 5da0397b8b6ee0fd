import { type Finding, fix } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { asScalar, booleanOf, entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'host-keys-kept',
  summary: 'Machines keep the SSH host keys of their image',
  policies: ['G9'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree) || tree.seed) return;
    const entry = entryOf(tree.root, 'ssh_deletekeys');
    const value = asScalar(entry?.value);
    if (!entry || !value || booleanOf(value) !== false) return;
    yield {
      message:
        'With this the machine keeps the SSH host keys that its image brought, so every machine of the image has the same ones and can pass for any other.',
      span: entry.span,
      fixes: [fix('suggested', 'Make new host keys', value.written.replace(0, value.written.text.length, 'true'))],
    };
  },
});
