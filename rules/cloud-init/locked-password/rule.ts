import { type Finding, fix } from '../../../core/finding.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { accountEntry, accountsOf, accountText, PASSWORD_KEYS } from '../../../languages/cloud-init/logins.ts';
import { asScalar, at, booleanOf, entryOf, get, itemsOf, textOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree, YamlMap } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'locked-password',
  summary: 'An account gets a password and stays locked, so the password does nothing',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { keys: PASSWORD_KEYS },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isUserData(tree)) return;
    const unlocked = unlockedElsewhere(tree);
    if (unlocked === 'unknown') return;
    for (const account of accountsOf(tree)) {
      if (!isListed(tree, account.map) || (account.name !== undefined && unlocked.has(account.name))) continue;
      const entry = PASSWORD_KEYS.map(key => entryOf(account.map, key)).find(Boolean);
      const password = asScalar(entry?.value);
      // A locked password on purpose, or one that is filled in. An empty one had better stay locked.
      if (!entry || !password || /^(?:[!*]|$)/.test(password.text.text)) continue;
      const lock = accountEntry(account, 'lock_passwd');
      const value = asScalar(lock?.value);
      if (lock && (!value || booleanOf(value) !== true)) continue;
      const key = entry.name!;
      yield {
        message: `${accountText(account)} stays locked: \`${key}\` has no effect`,
        help: lock
          ? 'Set `lock_passwd: false`, or remove the password'
          : 'Add `lock_passwd: false`, or remove the password',
        span: entry.key.span,
        // Said in so many words, it may be meant.
        ...(lock ? { severity: 'info', related: [{ message: 'Locked here', span: lock.span }] } : {}),
        fixes: [
          lock && value
            ? fix('suggested', 'Unlock the password', value.written.replace(0, value.written.text.length, 'false'))
            : undefined,
        ],
      };
    }
  },
});

/** An item of `users`: for `user` and the default user other defaults hold. */
function isListed({ root }: CloudInitTree, map: YamlMap): boolean {
  return itemsOf(get(root, 'users')).includes(map);
}

/** The accounts that `chpasswd` gives a password, which unlocks them; `unknown` when a name cannot be known. */
function unlockedElsewhere({ root }: CloudInitTree): ReadonlySet<string> | 'unknown' {
  const names = new Set<string>();
  for (const user of itemsOf(at(root, 'chpasswd', 'users'))) {
    const name = textOf(get(user, 'name'));
    if (name === undefined) return 'unknown';
    names.add(name);
  }
  const list = get(at(root, 'chpasswd'), 'list');
  for (const scalar of asScalar(list) ? [asScalar(list)!] : itemsOf(list).map(asScalar)) {
    if (!scalar) return 'unknown';
    for (const line of scalar.text.text.split('\n'))
      if (line.includes(':')) names.add(line.slice(0, line.indexOf(':')).trim());
  }
  // `passwd -u`, `usermod -U` and `chpasswd` in a command.
  const commands = [...itemsOf(get(root, 'runcmd')), ...itemsOf(get(root, 'bootcmd'))];
  return commands.some(({ written }) => /\b(?:passwd|usermod|chpasswd)\b/.test(written.text)) ? 'unknown' : names;
}
