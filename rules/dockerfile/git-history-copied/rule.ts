import { joinPath, nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { dockerStagesOf } from '../../../languages/dockerfile/step-instruction.ts';

export default defineDockerfileRule({
  id: 'git-history-copied',
  summary: 'A `.git` directory is copied into the image',
  policies: ['G1', 'G9'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['COPY', 'ADD'] },
  since: '2026.11',
  aliases: ['dockle:CIS-DI-0010'],
  *check(_, { project }, build) {
    for (const stage of dockerStagesOf(build, shippedStages(build, project.targets)))
      for (const instruction of instructionsOf(stage)) {
        if (instruction.kind !== 'copy' && instruction.kind !== 'add') continue;
        for (const { literal, span } of instruction.sources) {
          if (literal === undefined || nameOf(joinPath('/', literal)) !== '.git') continue;
          yield {
            message: `Git history is copied into the image: ${quoted(literal)}`,
            help: 'Exclude it; read it in a build stage or through a bind mount',
            span,
          };
        }
      }
  },
});
