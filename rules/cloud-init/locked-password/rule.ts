import { type Finding, fix } from '../../../core/finding.ts';
import { entryBehind, removal } from '../../../languages/cloud-init/edits.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { accountText, loginsOf, PASSWORD_KEYS } from '../../../languages/cloud-init/logins.ts';
import { isForWindows } from '../../../languages/cloud-init/modules/other-readers.ts';
import { asScalar, entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'locked-password',
  summary: 'An account with a password is locked',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { keys: PASSWORD_KEYS },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    // cloudbase-init knows no locked passwords.
    if (!isUserData(tree) || isForWindows(tree)) return;
    for (const { account, freeSudo, name, password, lock } of loginsOf(tree)) {
      const entry = account && PASSWORD_KEYS.map(name => entryOf(account.map, name)).find(Boolean);
      if (!entry || password !== 'locked') continue;
      const value = asScalar(lock?.value);
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
          lock && fix('suggested', 'Remove the password', removal(tree, account.map, entry)),
          lock && value
            ? fix('suggested', 'Set `lock_passwd: false`', value.written.replace(0, value.written.text.length, 'false'))
            : undefined,
          lock || freeSudo || name === 'root'
            ? undefined
            : fix('suggested', 'Add `lock_passwd: false`', entryBehind(tree, account.map, entry, 'lock_passwd: false')),
        ],
      };
    }
  },
});
