import { inExecForm } from '../../../languages/dockerfile/exec-form.ts';
import { instructionOf } from '../../../languages/dockerfile/lower.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveShell } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'shell-form-healthcheck',
  summary: 'A health check starts a shell that it does not need',
  policies: ['G14'],
  category: 'style',
  severity: 'hint',
  preset: 'all',
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
          message:
            'This check uses nothing of the shell that it starts every time, and fails in an image that has none.',
          span: instruction.command.span,
          fixes: [fix],
        };
      }
  },
});
