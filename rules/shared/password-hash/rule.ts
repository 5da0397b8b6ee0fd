import { defineBuildRule } from '../../../core/rule.ts';
import { exposuresOf } from '../../../facts/secrets/exposures/concern.ts';

export default defineBuildRule({
  id: 'password-hash',
  summary: 'A build file contains a password hash',
  policies: ['G1'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: 'always',
  since: '2026.11',
  *check(build) {
    for (const { span, site } of exposuresOf(build, 'hash'))
      yield {
        message: `Password hash in ${site.place} can be cracked offline`,
        help: /autoinstall\.identity/.test(site.place)
          ? `Set it to \`'*'\`, and ${AUTHORIZED_KEYS.test(build.source.text) ? 'log in with the keys in' : 'add'} \`ssh.authorized-keys\``
          : 'Lock the password, and use SSH keys',
        span,
      };
  },
});

/** The list of the installer, with an item. */
const AUTHORIZED_KEYS = /^[ \t]{0,40}authorized-keys:[ \t]{0,40}(?:\[[ \t]{0,40}[^\s\]]|\r?\n[ \t]{0,40}-)/m;
