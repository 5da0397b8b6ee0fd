import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { isVagrantBox, loginsOf, passwordLogin } from '../../../languages/cloud-init/logins.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'ssh-password-login',
  summary: 'User-data enables SSH password logins',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { keys: ['ssh_pwauth', 'allow-pw'] },
  since: '2026.11',
  *check(tree, { project }): Iterable<Finding> {
    if (!isConfig(tree) || tree.seed || project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    const found = passwordLogin(tree);
    if (!found) return;
    const { entry, value } = found;
    // Without it nobody could log in where a password is all that there is.
    const login = loginsOf(tree).find(({ passwords }) => passwords.length > 0);
    const hasPassword = login !== undefined;
    const who = login && (login.name === undefined ? 'the account' : quoted(login.name));
    yield {
      message: `\`${entry.name}\` enables SSH password login`,
      help: `Set it to \`false\`, and ${who === undefined ? 'use SSH keys' : `give ${who} SSH keys`}`,
      span: entry.span,
      causes: ['ssh password login'],
      ...(isVagrantBox(tree) && { preset: 'strict', severity: 'info' }),
      fixes: [
        hasPassword
          ? undefined
          : fix('suggested', 'Set it to `false`', value.written.replace(0, value.written.text.length, 'false')),
      ],
    };
  },
});
