import { type Finding, fix } from '../../../core/finding.ts';
import { overlaps } from '../../../core/text.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { accountText, loginsOf } from '../../../languages/cloud-init/logins.ts';
import { asScalar, booleanOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'unlocked-account',
  summary: '`lock_passwd: false` unlocks the password of an account',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: { keys: ['lock_passwd', 'lock-passwd'] },
  since: '2026.11',
  *check(tree, { project }): Iterable<Finding> {
    if (!isConfig(tree) || tree.seed || project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    for (const { account, hasKeys, lock, name, passwords } of loginsOf(tree)) {
      const value = asScalar(lock?.value);
      if (!account || !lock || !value || booleanOf(value) !== false) continue;
      // A password of `chpasswd` is set after the users are made, and opens the account whatever this key says.
      const opensAgain = name !== undefined && passwords.some(({ span }) => !overlaps(span, account.map.span));
      yield {
        message: `\`${lock.name}: false\` unlocks the password of ${accountText(account).replace(/^[TU]/, first => first.toLowerCase())}`,
        help: opensAgain
          ? `Set it to \`true\`, ${hasKeys ? '' : 'add SSH keys, '}and remove the account from \`chpasswd\`, which unlocks it`
          : hasKeys
            ? 'Set it to `true`: the account already has SSH keys'
            : 'Set it to `true`, and add SSH keys',
        span: lock.span,
        fixes: [
          opensAgain
            ? undefined
            : fix('suggested', 'Set it to `true`', value.written.replace(0, value.written.text.length, 'true')),
        ],
      };
    }
  },
});
