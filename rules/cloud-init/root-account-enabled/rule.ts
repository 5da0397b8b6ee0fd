import { type Finding, fix } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { loginsOf, PASSWORD_KEYS, passwordCause, setPasswords } from '../../../languages/cloud-init/logins.ts';
import { dropsDefaultUser } from '../../../languages/cloud-init/modules/accounts.ts';
import { asScalar, booleanOf, entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'root-account-enabled',
  summary: 'Root can log in',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: {
    keys: ['disable_root', 'password', 'chpasswd', ...PASSWORD_KEYS],
  },
  since: '2026.11',
  *check(tree, { project }): Iterable<Finding> {
    if (!isConfig(tree) || tree.seed || project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    const entry = entryOf(tree.root, 'disable_root');
    const value = asScalar(entry?.value);
    if (entry && value && booleanOf(value) === false)
      yield {
        message: '`disable_root: false` allows direct SSH login as root',
        help: 'Set it to `true`, and log in as a named user with `sudo`',
        span: entry.span,
        // With keys alone it is a matter of who is accountable.
        ...(setPasswords(tree).length === 0 && { severity: 'info' }),
        causes: [passwordCause('root')],
        fixes: [
          // Then nobody could log in with the keys of the top level, which root has now.
          dropsDefaultUser(tree)
            ? undefined
            : fix('suggested', 'Set it to `true`', value.written.replace(0, value.written.text.length, 'true')),
        ],
      };
    const root = loginsOf(tree).find(({ name, passwords }) => name === 'root' && passwords.length > 0);
    // `locked-password` says that it does nothing.
    const password = root?.password === 'locked' ? undefined : root?.passwords[0];
    if (password)
      yield {
        message: 'A password is set for `root`',
        help: 'Remove it, and log in as a named user with `sudo`',
        span: password.span,
        causes: [passwordCause('root')],
      };
  },
});
