import { quoted } from '../../../core/quoted.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { originsOf } from '../../../languages/dockerfile/stage-uses.ts';
import { stageGraph } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'copy-from-later-stage',
  summary: '`COPY --from` or `RUN --mount` with `from=` names a stage that starts later',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['COPY --from', 'ADD --from', 'RUN --mount'] },
  since: '2026.11',
  *check(file) {
    const { circular } = stageGraph(file);
    for (const stage of file.stages)
      for (const instruction of instructionsOf(stage))
        for (const { origin, from } of originsOf(instruction)) {
          if (origin.kind !== 'stage' || origin.stage.index <= stage.index) continue;
          // Moving one of them is no way out of a circle, which is reported as such.
          if (circular.has(stage) && circular.has(origin.stage)) continue;
          const name = origin.stage.name ?? `${origin.stage.index}`;
          yield {
            message: `Stage ${quoted(name)} is defined after the stage that ${instruction.kind === 'run' ? 'mounts' : 'copies'} its files`,
            help: `Move stage ${quoted(name)} above this stage`,
            span: from?.span ?? instruction.lineSpan,
            related: [
              {
                message: `Stage ${quoted(name)} starts here`,
                span: origin.stage.nameSpan ?? origin.stage.from.lineSpan,
              },
            ],
          };
        }
  },
});
