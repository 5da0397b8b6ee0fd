import { type Finding, fix } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { setPasswords } from '../../../languages/cloud-init/logins.ts';
import { asScalar, booleanOf, entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'root-account-enabled',
  summary: 'Root can be logged in to directly',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(tree, { project }): Iterable<Finding> {
    if (!isConfig(tree) || tree.seed || project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    const entry = entryOf(tree.root, 'disable_root');
    const value = asScalar(entry?.value);
    if (entry && value && booleanOf(value) === false)
      yield {
        message:
          '`disable_root: false` gives root the keys of the default user, so people work as root and no log says who did what.',
        span: entry.span,
        fixes: [fix('suggested', 'Keep root closed', value.written.replace(0, value.written.text.length, 'true'))],
      };
    const password = setPasswords(tree).find(({ account }) => account === 'root');
    if (password)
      yield {
        message:
          'Root gets a password here, and whoever finds it out has everything, with no log that says who it was.',
        span: password.span,
      };
  },
});
