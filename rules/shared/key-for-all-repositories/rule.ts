import { defineBuildRule } from '../../../core/rule.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'key-for-all-repositories',
  summary: 'A key of one repository is trusted for all of them',
  policies: ['G13'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  *check(build) {
    for (const { invocation } of setupCommands(build)) {
      if (invocation.program !== 'apt-key') continue;
      const given = readArguments(invocation);
      if (given.verb !== 'add' && given.verb !== 'adv') continue;
      // A keyring of its own, for `signed-by`, is trusted for nothing else.
      const keyring = given.value('--keyring');
      if (keyring && !keyring.literal?.startsWith('/etc/apt/trusted.gpg')) continue;
      yield {
        message:
          '`apt-key` lets whoever holds this key sign any package of any repository, and newer releases of Debian and Ubuntu no longer have it; name a key file in `signed-by`.',
        span: invocation.script.spanOf(invocation.command),
      };
    }
  },
});
