import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { copyOf } from '../../../facts/copies.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { instructionOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { Invocation } from '../../../shell/invocations.ts';

const SHELL = /^\/(?:usr\/)?bin\/sh$/;

export default defineDockerfileRule({
  id: 'default-shell-replaced',
  summary: '`/bin/sh` is replaced with another shell',
  policies: ['G9'],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  needs: { programs: ['ln', 'cp', 'mv'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL4005',
    'tally:hadolint/DL4005',
    'kics:changing_default_shell_using_run_command',
    'semgrep:use-shell-instruction',
  ],
  *check(file, _context, build) {
    for (const { invocation, step } of setupCommands(build)) {
      const { script, command } = invocation;
      const shell = replacement(invocation);
      const instruction = instructionOf(step);
      if (shell === undefined || !instruction) continue;
      const alone = script.commands.length === 1;
      const path = shell.startsWith('/') ? shell : `/bin/${shell}`;
      yield {
        message: `\`/bin/sh\` is replaced with ${quoted(shell)}`,
        help: 'Select the shell for `RUN` with a `SHELL` instruction instead',
        span: script.spanOf(command),
        fixes: [
          alone && instruction.kind === 'run'
            ? fix(
                'suggested',
                'Replace it with a `SHELL` instruction',
                rewritten(file, instruction.span, `SHELL ["${path}", "-c"]`),
              )
            : undefined,
        ],
      };
    }
  },
});

/** The shell that replaces `sh`; `undefined` when none does. */
function replacement(invocation: Invocation): string | undefined {
  const copy = copyOf(invocation);
  if (copy?.sources.length !== 1 || !SHELL.test(copy.target?.literal ?? '')) return undefined;
  const from = copy.sources[0]!.literal;
  return /(?:^|\/)(?:bash|dash|ash|zsh|ksh|fish|busybox)$/.test(from ?? '') ? from : undefined;
}
