import { instructionsOf, takingsOf } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'copy-from-itself',
  summary: 'A stage takes files from itself',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: [
    'hadolint:DL3023',
    'tally:hadolint/DL3023',
    'trivy:DS-0006',
    'kics:copy_from_references_current_from_alias',
    'semgrep:copy-from-own-alias',
  ],
  *check({ stages }) {
    for (const stage of stages)
      for (const instruction of instructionsOf(stage)) {
        for (const { origin, from } of takingsOf(instruction))
          if (origin.kind === 'stage' && origin.stage === stage)
            yield {
              message: `This takes files from ${origin.byNumber ? `stage ${stage.index}` : `\`${stage.name}\``}, the stage that it stands in, and the builder refuses a stage that is made of itself.`,
              span: from?.span ?? instruction.lineSpan,
            };
      }
  },
});
