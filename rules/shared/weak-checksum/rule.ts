import { defineBuildRule } from '../../../core/rule.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'weak-checksum',
  summary: 'A download is verified with MD5 or SHA-1',
  policies: ['G13'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: ['md5sum', 'sha1sum', 'shasum'] },
  since: '2026.11',
  aliases: ['sonar:S4790'],
  *check(build) {
    for (const { invocation } of setupCommands(build)) {
      const hash = weakHash(invocation);
      if (!hash) continue;
      yield {
        message: `${hash} is too weak to verify a download`,
        help: `Use SHA-256: \`${invocation.program === 'shasum' ? 'shasum -a 256' : 'sha256sum'} -c\``,
        span: invocation.script.spanOf(invocation.programWord),
      };
    }
  },
});

/** The weak hash that a command checks files with; computing one is harmless. */
function weakHash(invocation: Invocation): string | undefined {
  const given = readArguments(invocation);
  if (!given.has('--check')) return undefined;
  switch (invocation.program) {
    case 'md5sum':
      return 'MD5';
    case 'sha1sum':
      return 'SHA-1';
    case 'shasum':
      // SHA-1 is the default.
      return given.has('--algorithm') ? undefined : 'SHA-1';
    default:
      return undefined;
  }
}
