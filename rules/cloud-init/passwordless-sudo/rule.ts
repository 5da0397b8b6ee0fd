import type { Finding, Related } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import {
  type Account,
  accountEntry,
  accountsOf,
  accountText,
  passwordLogin,
  setPasswords,
} from '../../../languages/cloud-init/logins.ts';
import { booleanOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import { freeSudo } from '../../../languages/cloud-init/sudo.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';
import { lockPassword } from '../../../languages/cloud-init/withdraw.ts';

export default defineCloudInitRule({
  id: 'passwordless-sudo',
  summary: 'An account with a password login can run any command as root without a password',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { keys: ['sudo'] },
  since: '2026.11',
  *check(tree, { project }): Iterable<Finding> {
    if (!isConfig(tree) || tree.seed || project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    for (const account of accountsOf(tree)) {
      const span = freeSudo(account);
      const opened = span && passwordLoginOf(tree, account);
      if (!span || !opened) continue;
      yield {
        message: `${accountText(account)} has a password login and passwordless \`sudo\``,
        help: 'Lock the password and use SSH keys, or require a password for `sudo`',
        span,
        related: opened,
        fixes: [lockPassword(tree, account)],
      };
    }
  },
});

/** The settings that allow a password login to the account; `undefined` when it is not certain. */
function passwordLoginOf(tree: CloudInitTree, account: Account): readonly Related[] | undefined {
  const lock = accountEntry(account, 'lock_passwd');
  const unlocked = lock && booleanOf(lock.value) === false ? lock : undefined;
  const password = setPasswords(tree).find(({ account: name }) => name !== undefined && name === account.name);
  // Without a password there is nothing to guess; with the default lock it opens nothing.
  if (!password || (!unlocked && !isSetLater(password.span.start, account))) return undefined;
  const ssh = passwordLogin(tree);
  return [
    { message: 'Password is set here', span: password.span },
    ...(unlocked ? [{ message: 'Password is unlocked here', span: unlocked.span }] : []),
    ...(ssh ? [{ message: 'SSH password login is enabled here', span: ssh.entry.span }] : []),
  ];
}

/** `chpasswd` comes after the lock, and opens it. */
function isSetLater(password: number, { map }: Account): boolean {
  return password < map.span.start || password >= map.span.end;
}
