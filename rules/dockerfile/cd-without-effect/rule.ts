import { fix } from '../../../core/finding.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { instructionOf } from '../../../languages/dockerfile/step-instruction.ts';

export default defineDockerfileRule({
  id: 'cd-without-effect',
  summary: 'A `RUN` only changes the directory, which has no effect',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { programs: ['cd'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL3003',
    'tally:hadolint/DL3003',
    'trivy:DS-0013',
    'kics:run_command_cd_instead_of_workdir',
    'semgrep:use-workdir',
    'sonar:S6597',
  ],
  *check(file, _context, build) {
    for (const stage of build.stages)
      for (const step of stage.steps) {
        if (step.kind !== 'run' || step.phase !== 'build' || step.script?.commands.length !== 1) continue;
        const { words, assignments, operator, background } = step.script.commands[0]!;
        const instruction = instructionOf(step);
        if (instruction?.kind !== 'run' || words[0]?.literal !== 'cd' || words.length !== 2) continue;
        if (assignments.length > 0 || operator || background || step.script.tree.broken) continue;
        const folder = words[1]!;
        const plain =
          folder.literal !== undefined && !/^[-~]|\s/.test(folder.literal) && instruction.flags.length === 0;
        yield {
          message: '`cd` does not carry over to the next instruction',
          help: 'Use `WORKDIR`, or put `cd` and the commands into one `RUN`',
          span: step.script.spanOf(step.script.commands[0]!),
          fixes: [
            plain
              ? fix('suggested', 'Use `WORKDIR`', rewritten(file, instruction.span, `WORKDIR ${folder.literal}`))
              : undefined,
          ],
        };
      }
  },
});
