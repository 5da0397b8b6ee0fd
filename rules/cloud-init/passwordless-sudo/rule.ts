import { placeCause } from '../../../core/causes.ts';
import { type Finding, fix, type Related } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import {
  accountText,
  hasPasswordLogin,
  type Login,
  loginsOf,
  passwordLogin,
} from '../../../languages/cloud-init/logins.ts';
import { booleanOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import { askForPassword } from '../../../languages/cloud-init/sudo.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';
import { lockPassword } from '../../../languages/cloud-init/withdraw.ts';

export default defineCloudInitRule({
  id: 'passwordless-sudo',
  summary: 'An account with a password login has `NOPASSWD` for all commands',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { keys: ['sudo'] },
  since: '2026.11',
  *check(tree, { path = '', project }): Iterable<Finding> {
    if (!isConfig(tree) || tree.seed || project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    for (const login of loginsOf(tree)) {
      const { account, freeSudo: span } = login;
      if (!account || !span || login.name === 'root' || !hasPasswordLogin(login)) continue;
      yield {
        message: `${accountText(account)} has a password login and passwordless \`sudo\``,
        help: 'Lock the password and use SSH keys, or require a password for `sudo`',
        span,
        related: opened(tree, login),
        causes: [placeCause('sudo', span)],
        fixes: isOfBuild(login, path)
          ? []
          : [lockPassword(tree, account), fix('suggested', 'Remove `NOPASSWD:`', askForPassword(account))],
      };
    }
  },
});

/** Whether a build of an image logs in to the account: its commands are not asked for a password, and need the login. */
const isOfBuild = ({ name = '' }: Login, path: string): boolean =>
  /^(?:packer|builder)$/.test(name) || /(?:^|\/)packer\//.test(path.slice(-LONGEST_PATH));
const LONGEST_PATH = 500;

/** The settings that allow a password login to the account. */
function opened(tree: CloudInitTree, { passwords, lock }: Login): readonly Related[] {
  const ssh = passwordLogin(tree);
  return [
    { message: 'Password is set here', span: passwords[0]!.span },
    ...(lock && booleanOf(lock.value) === false ? [{ message: 'Password is unlocked here', span: lock.span }] : []),
    ...(ssh ? [{ message: 'SSH password login is enabled here', span: ssh.entry.span }] : []),
  ];
}
