import { inExecForm } from '../../../languages/dockerfile/exec-form.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveShell } from '../../../languages/dockerfile/stages.ts';
import { instructionOf } from '../../../languages/dockerfile/step-instruction.ts';

export default defineDockerfileRule({
  id: 'shell-form-healthcheck',
  summary: 'A health check is in shell form without need',
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
          help: 'Use exec form, such as `HEALTHCHECK CMD ["curl", "-f", "http://localhost/"]`',
          span: instruction.command.span,
          fixes: [fix],
        };
      }
  },
});
