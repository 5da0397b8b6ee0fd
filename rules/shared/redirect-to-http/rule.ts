import { fix } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { downloads } from '../../../facts/downloads.ts';
import { isSetup } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { insertAfter } from '../../../shell/word-edits.ts';

export default defineBuildRule({
  id: 'redirect-to-http',
  summary: '`curl --location` may follow a redirect to plain HTTP',
  policies: ['G13'],
  category: 'security',
  severity: 'hint',
  preset: 'all',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: ['curl'] },
  since: '2026.11',
  aliases: ['sonar:S6506'],
  *check(build) {
    const seen = new Set<Invocation>();
    for (const { invocation, by, url, step, verified } of downloads(build)) {
      if (by !== 'curl' || !invocation || seen.has(invocation) || !isSetup(build, step)) continue;
      if (invocation.script.standsFor !== undefined) continue;
      if (verified !== false || !/^https:/i.test(url)) continue;
      const given = readArguments(invocation);
      if (!given.has('--location', '--location-trusted')) continue;
      if (!given.lacks('--proto', '--proto-redir', '--config')) continue;
      seen.add(invocation);
      const { script, programWord } = invocation;
      yield {
        message: '`curl` also follows redirects to plain `http://`',
        help: 'Add `--proto =https`',
        span: script.spanOf(programWord),
        fixes: [fix('suggested', 'Add `--proto =https`', insertAfter(script, programWord, ' --proto =https'))],
      };
    }
  },
});
