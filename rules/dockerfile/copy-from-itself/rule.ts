import { quoted } from '../../../core/quoted.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { originsOf } from '../../../languages/dockerfile/stage-uses.ts';

export default defineDockerfileRule({
  id: 'copy-from-itself',
  summary: '`COPY --from` or `RUN --mount` with `from=` names its own stage',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['COPY --from', 'ADD --from', 'RUN --mount'] },
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
        for (const { origin, from } of originsOf(instruction))
          if (origin.kind === 'stage' && origin.stage === stage)
            yield {
              message: `Stage ${origin.byNumber ? stage.index : quoted(stage.name!)} ${instruction.kind === 'run' ? 'mounts' : 'copies'} files from itself`,
              help:
                instruction.kind === 'run'
                  ? 'Name another stage; the files of this one are already there'
                  : 'Name another stage, or use `RUN cp` to copy within this one',
              span: from?.span ?? instruction.lineSpan,
            };
      }
  },
});
