import { type Finding, fix } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { passwordLogin } from '../../../languages/cloud-init/logins.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'ssh-password-login',
  summary: 'Login by password over SSH is switched on',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(tree, { project }): Iterable<Finding> {
    if (!isConfig(tree) || tree.seed || project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    const found = passwordLogin(tree);
    if (!found) return;
    const { entry, value } = found;
    yield {
      message: `\`${entry.name}\` lets everybody who reaches this machine try passwords over SSH, day and night; keys cannot be guessed.`,
      span: entry.span,
      fixes: [fix('suggested', 'Switch it off', value.written.replace(0, value.written.text.length, 'false'))],
    };
  },
});
