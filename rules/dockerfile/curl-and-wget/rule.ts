import type { Stage } from '../../../core/build.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Invocation } from '../../../shell/invocations.ts';

export default defineDockerfileRule({
  id: 'curl-and-wget',
  summary: 'A stage uses both `curl` and `wget`',
  policies: ['G14'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  // Without `wget` there are not both.
  needs: { programs: ['wget'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL4001',
    'tally:hadolint/DL4001',
    'trivy:DS-0014',
    'kics:run_using_wget_and_curl',
    'semgrep:use-either-wget-or-curl',
  ],
  *check(_file, _context, build) {
    const firsts = new Map<Stage, Map<string, Invocation>>();
    for (const { invocation, stage } of setupCommands(build)) {
      const { program } = invocation;
      if (program !== 'curl' && program !== 'wget') continue;
      const known = firsts.get(stage) ?? new Map<string, Invocation>();
      firsts.set(stage, known);
      if (!known.has(program)) known.set(program, invocation);
    }
    const installs = packageInstalls(build);
    for (const [stage, known] of firsts) {
      const [first, second] = known.values();
      // Where the base brings both, or one was not asked for by name, nothing is saved.
      const isInstalled = installs.some(
        one => one.stage === stage && one.packages.some(({ name }) => name === 'curl' || name === 'wget'),
      );
      if (!first || !second || !isInstalled) continue;
      yield {
        message: `Stage uses both \`${first.program}\` and \`${second.program}\``,
        help: `Use \`${first.program}\` here as well`,
        span: spanOf(second),
        related: [{ message: `\`${first.program}\` is used here`, span: spanOf(first) }],
      };
    }
  },
});

const spanOf = ({ script, programWord }: Invocation) => script.spanOf(programWord);
