import { defineBuildRule } from '../../../core/rule.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'key-for-all-repositories',
  summary: '`apt-key` makes a signing key trusted for all repositories',
  policies: ['G13'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: ['apt-key'] },
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
        message: `\`apt-key ${given.verb}\` trusts the key for every repository`,
        help: 'Save the key in `/etc/apt/keyrings` and name it in `signed-by`',
        span: invocation.script.spanOf(invocation.command),
      };
    }
  },
});
