import { quoted } from '../../../core/quoted.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { originsOf } from '../../../languages/dockerfile/stage-uses.ts';
import { stageGraph } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'circular-stage',
  summary: 'Build stages depend on each other in a cycle',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['COPY --from', 'ADD --from', 'RUN --mount'] },
  since: '2026.11',
  aliases: ['tally:circular-stage-deps'],
  *check(file) {
    const { circular } = stageGraph(file);
    if (circular.size === 0) return;
    for (const stage of circular)
      for (const instruction of instructionsOf(stage)) {
        for (const { origin, from } of originsOf(instruction)) {
          // FROM can only name an earlier stage, so every circle has a COPY or mount from a later one.
          if (origin.kind !== 'stage' || origin.stage.index <= stage.index || !circular.has(origin.stage)) continue;
          const name = origin.stage.name ?? `${origin.stage.index}`;
          yield {
            message: `Circular dependency with stage ${quoted(name)}`,
            help: 'Split one of the stages so that neither needs the other',
            span: from?.span ?? instruction.lineSpan,
            related: [
              {
                message: `Stage ${quoted(name)} starts here`,
                span: origin.stage.nameSpan ?? origin.stage.from.lineSpan,
              },
            ],
          };
        }
      }
  },
});
