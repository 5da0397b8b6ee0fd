import { type Finding, fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { DockerfileTree, HealthcheckInstruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'malformed-healthcheck',
  summary: '`HEALTHCHECK` is neither `NONE` nor `CMD` with a command',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['HEALTHCHECK'] },
  since: '2026.11',
  aliases: ['dockerfile-utils:UNKNOWN_TYPE', 'dockerfile-utils:HEALTHCHECK_CMD_ARGUMENT_MISSING'],
  *check(file) {
    if (!followsReference(file)) return;
    for (const instruction of everyInstruction(file)) {
      const finding = instruction.kind === 'healthcheck' ? wrongCheck(file, instruction) : undefined;
      if (finding) yield finding;
    }
  },
});

function wrongCheck(file: DockerfileTree, instruction: HealthcheckInstruction): Finding | undefined {
  const { type, typeSpan, none, command, rest } = instruction;
  if (type === undefined || !typeSpan || none || /^(?:\{\{|<%|\{%|@@|#)/.test(type)) return undefined;
  if (type.toUpperCase() !== 'CMD') {
    const guess = nearest(type, ['CMD', 'NONE']);
    return {
      message: '`HEALTHCHECK` without `CMD` or `NONE`',
      help: 'Write `HEALTHCHECK CMD` and the command, or `HEALTHCHECK NONE`',
      span: typeSpan,
      fixes: [
        guess === undefined || type.length !== guess.length
          ? fix('suggested', 'Insert `CMD`', rest.insert(0, 'CMD '))
          : fix('suggested', `Change it to \`${guess}\``, rewritten(file, typeSpan, guess)),
      ],
    };
  }
  if (!command)
    return {
      message: '`HEALTHCHECK CMD` has no command',
      help: 'Add the command that checks the program, or use `HEALTHCHECK NONE`',
      span: typeSpan,
    };
  const text = command.form === 'shell' ? command.script.text : '';
  const flag = /^--(?:interval|timeout|retries|start-period|start-interval)\b/.exec(text)?.[0];
  return flag !== undefined
    ? {
        message: `\`${flag}\` after \`CMD\` is run as a command`,
        help: `Move \`${flag}\` before \`CMD\``,
        span: command.span,
      }
    : undefined;
}
