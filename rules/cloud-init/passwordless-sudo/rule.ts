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

export default defineCloudInitRule({
  id: 'passwordless-sudo',
  summary: 'An account that opens with a password becomes root without one',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(tree, { project }): Iterable<Finding> {
    if (!isConfig(tree) || tree.seed || project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    for (const account of accountsOf(tree)) {
      const span = freeSudo(account);
      const opened = span && waysIn(tree, account);
      if (!span || !opened) continue;
      yield {
        message: `${accountText(account)} opens with a password and is root from there on: one guessed or leaked password is the whole machine.`,
        span,
        related: opened,
      };
    }
  },
});

/** What lets people in to the account with a password; `undefined` when nothing does for certain. */
function waysIn(tree: CloudInitTree, account: Account): readonly Related[] | undefined {
  const lock = accountEntry(account, 'lock_passwd');
  const unlocked = lock && booleanOf(lock.value) === false ? lock : undefined;
  const password = setPasswords(tree).find(({ account: name }) => name !== undefined && name === account.name);
  // Without a password there is nothing to guess; with the default lock it opens nothing.
  if (!password || (!unlocked && !isSetLater(password.span.start, account))) return undefined;
  const ssh = passwordLogin(tree);
  return [
    { message: 'Here it gets a password.', span: password.span },
    ...(unlocked ? [{ message: 'Here its password is unlocked.', span: unlocked.span }] : []),
    ...(ssh ? [{ message: 'Here SSH takes passwords.', span: ssh.entry.span }] : []),
  ];
}

/** `chpasswd` comes after the lock, and opens it. */
function isSetLater(password: number, { map }: Account): boolean {
  return password < map.span.start || password >= map.span.end;
}
