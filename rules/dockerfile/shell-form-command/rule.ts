import { inExecForm } from '../../../languages/dockerfile/exec-form.ts';
import { shippedStages } from '../../../languages/dockerfile/layers.ts';
import { instructionOf } from '../../../languages/dockerfile/lower.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveShell, stageGraph } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'shell-form-command',
  summary: '`CMD` or `ENTRYPOINT` runs through a shell',
  policies: ['G4'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  aliases: [
    'hadolint:DL3025',
    'buildkit:JSONArgsRecommended',
    'tally:buildkit/JSONArgsRecommended',
    'kics:not_using_json_in_cmd_and_entrypoint_arguments',
    'semgrep:prefer-json-notation',
    'sonar:S7019',
  ],
  *check(file, { project }, build) {
    // What a stage that only gives files away would start is never started.
    const shipped = shippedStages(file, project.targets);
    const made = stageGraph(file).reachableFrom(shipped);
    for (const stage of build.stages)
      for (const step of stage.steps) {
        const instruction = step.kind === 'run' ? instructionOf(step) : undefined;
        if (step.kind !== 'run' || (instruction?.kind !== 'cmd' && instruction?.kind !== 'entrypoint')) continue;
        if (instruction.command?.form !== 'shell') continue;
        if (instruction.stage && made.has(instruction.stage) && !shipped.has(instruction.stage)) continue;
        // Whoever names a shell wants one; `exec` hands the signals on.
        if (
          effectiveShell(instruction).instruction ||
          step.script?.commands.some(({ words }) => words[0]?.literal === 'exec')
        )
          continue;
        const lost =
          instruction.kind === 'entrypoint'
            ? 'and the arguments of `docker run` are lost'
            : 'and the container is killed after a wait';
        yield {
          message: `Through a shell the application is not the first process: it gets no signal to stop, ${lost}.`,
          span: instruction.command.span,
          fixes: [inExecForm(file, instruction.command, step)],
        };
      }
  },
});
