import { defineBuildRule } from '../../../core/rule.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'weak-checksum',
  summary: 'A download is compared with a checksum that can be forged',
  policies: ['G13'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  aliases: ['sonar:S4790'],
  *check(build) {
    for (const { invocation } of setupCommands(build)) {
      const hash = weakHash(invocation);
      if (!hash) continue;
      yield {
        message: `Two files with the same ${hash} checksum can be made on purpose, so it finds broken downloads, not exchanged ones; use SHA-256.`,
        span: invocation.script.spanOf(invocation.programWord),
      };
    }
  },
});

/** The weak hash that a command checks files with; computing one proves nothing and harms nothing. */
function weakHash(invocation: Invocation): string | undefined {
  const given = readArguments(invocation);
  if (!given.has('--check')) return undefined;
  switch (invocation.program) {
    case 'md5sum':
      return 'MD5';
    case 'sha1sum':
      return 'SHA-1';
    case 'shasum':
      // SHA-1 is what it computes unless told otherwise.
      return given.has('--algorithm') ? undefined : 'SHA-1';
    default:
      return undefined;
  }
}
