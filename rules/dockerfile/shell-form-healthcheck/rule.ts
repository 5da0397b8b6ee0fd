import type { RunStep } from '../../../core/build.ts';
import { inExecForm } from '../../../languages/dockerfile/exec-form.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveShell } from '../../../languages/dockerfile/stages.ts';
import { instructionOf } from '../../../languages/dockerfile/step-instruction.ts';

export default defineDockerfileRule({
  id: 'shell-form-healthcheck',
  summary: 'A health check starts a shell that it does not need',
  policies: [],
  category: 'style',
  severity: 'hint',
  preset: 'all',
  needs: { instructions: ['HEALTHCHECK'] },
  since: '2026.11',
  aliases: ['hadolint:DL3025'],
  *check(file, _context, build) {
    for (const stage of build.stages)
      for (const step of stage.steps) {
        const instruction = step.kind === 'run' ? instructionOf(step) : undefined;
        if (step.kind !== 'run' || instruction?.kind !== 'healthcheck' || instruction.command?.form !== 'shell')
          continue;
        const fix = effectiveShell(instruction).instruction ? undefined : inExecForm(file, instruction.command, step);
        if (!fix) continue;
        yield {
          message: '`HEALTHCHECK` starts a shell that it does not need',
          help: helpFor(step),
          span: instruction.command.span,
          fixes: [fix],
        };
      }
  },
});

/** A short command in exec form; arguments may be secrets, so that only plain words are shown. */
function helpFor({ script }: RunStep): string {
  const words = (script?.commands[0]?.words ?? []).map(({ literal = '' }) => literal);
  return words.length <= 2 && words.every(word => /^[a-z][a-z-]{0,19}$/.test(word))
    ? `Use exec form: \`CMD [${words.map(word => `"${word}"`).join(', ')}]\``
    : 'Use exec form: `CMD ["PROGRAM", "ARGUMENT"]`';
}
