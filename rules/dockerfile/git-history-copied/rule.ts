import { joinPath, nameOf } from '../../../core/path.ts';
import { shippedStages } from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'git-history-copied',
  summary: 'The history of the repository is copied into the image',
  policies: ['G1'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  since: '2026.11',
  aliases: ['dockle:CIS-DI-0010'],
  *check(file, { project }) {
    for (const { instructions } of shippedStages(file, project.targets))
      for (const instruction of instructions) {
        if (instruction.kind !== 'copy' && instruction.kind !== 'add') continue;
        for (const { literal, span } of instruction.sources) {
          if (literal === undefined || nameOf(joinPath('/', literal)) !== '.git') continue;
          yield {
            message:
              'This copies the history of the repository into the image, with every secret that was ever committed and taken back.',
            span,
          };
        }
      }
  },
});
