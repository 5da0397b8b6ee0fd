import { setupCommands } from '../../core/facts/setup-commands.ts';
import type { Invocation } from '../../core/shell/invocations.ts';
import { defineDockerfileRule } from '../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'curl-and-wget',
  summary: 'A stage uses both `curl` and `wget`',
  policy: 'G14',
  category: 'size',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  aliases: [
    'hadolint:DL4001',
    'tally:hadolint/DL4001',
    'trivy:DS-0014',
    'kics:run_using_wget_and_curl',
    'semgrep:use-either-wget-or-curl',
  ],
  *check(_file, _context, build) {
    const commands = setupCommands(build);
    for (const stage of build.stages) {
      const own = commands.filter(one => one.stage === stage).map(one => one.invocation);
      const curl = own.find(({ program }) => program === 'curl');
      const wget = own.find(({ program }) => program === 'wget');
      if (!curl || !wget) continue;
      const [first, second] = own.indexOf(curl) < own.indexOf(wget) ? [curl, wget] : [wget, curl];
      yield {
        message: `This stage downloads with \`${first.program}\` already: \`${second.program}\` is a second tool for the same thing, to install, to patch and to set up behind a proxy.`,
        span: spanOf(second),
        related: [{ message: `\`${first.program}\` is used here.`, span: spanOf(first) }],
      };
    }
  },
});

const spanOf = ({ script, programWord }: Invocation) => script.spanOf(programWord);
