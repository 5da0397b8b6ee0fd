import { type Finding, fix } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { accountText, loginsOf, PASSWORD_KEYS } from '../../../languages/cloud-init/logins.ts';
import { asScalar, booleanOf, entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'account-without-password',
  summary: 'An account is unlocked with an empty password',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { keys: PASSWORD_KEYS },
  since: '2026.11',
  *check(tree, { project }): Iterable<Finding> {
    if (!isConfig(tree) || project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    for (const { account, lock } of loginsOf(tree)) {
      const locked = asScalar(lock?.value);
      if (!account || !lock || !locked || booleanOf(locked) !== false) continue;
      const passwords = PASSWORD_KEYS.flatMap(key => entryOf(account.map, key) ?? []);
      const [first] = passwords;
      if (!first || !passwords.every(({ value }) => isEmpty(value))) continue;
      yield {
        message: `${accountText(account)} has an empty password: anyone can log in to it`,
        help: 'Remove the password and `lock_passwd`, and add SSH keys',
        span: first.span,
        related: [{ message: 'Unlocked here', span: lock.span }],
        fixes: [
          fix('suggested', 'Set `lock_passwd: true`', locked.written.replace(0, locked.written.text.length, 'true')),
        ],
      };
    }
  },
});

/** `""`; a key without a value sets none. */
function isEmpty(value: Parameters<typeof asScalar>[0]): boolean {
  const scalar = asScalar(value);
  return scalar?.type === 'string' && scalar.text.text === '';
}
