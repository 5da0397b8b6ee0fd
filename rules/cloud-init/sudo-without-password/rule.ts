import type { Finding } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { accountText, hasPasswordLogin, loginsOf } from '../../../languages/cloud-init/logins.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import { freeDoas } from '../../../languages/cloud-init/sudo.ts';

export default defineCloudInitRule({
  id: 'sudo-without-password',
  summary: 'An account can run any command as root without a password',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: { keys: ['sudo', 'doas'] },
  since: '2026.11',
  *check(tree, { project }): Iterable<Finding> {
    if (!isConfig(tree)) return;
    const isOwn = !tree.seed && project.kind !== 'vagrant' && project.kind !== 'ci-runner';
    for (const login of loginsOf(tree)) {
      const { account, name, freeSudo } = login;
      // `passwordless-sudo` reports it.
      if (isOwn && freeSudo && hasPasswordLogin(login)) continue;
      const span = freeSudo ?? (account && freeDoas(account));
      if (account && span && name !== 'root')
        yield {
          message: `${accountText(account)} can run any command as root without a password`,
          help: 'Allow only the commands it needs, or require a password',
          span,
        };
    }
  },
});
