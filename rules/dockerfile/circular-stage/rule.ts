import { instructionsOf, takingsOf } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { stageGraph } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'circular-stage',
  summary: 'Stages are made of each other in a circle',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['tally:circular-stage-deps'],
  *check(file) {
    const { circular } = stageGraph(file);
    if (circular.size === 0) return;
    for (const stage of circular)
      for (const instruction of instructionsOf(stage)) {
        for (const { origin, from } of takingsOf(instruction)) {
          // FROM only looks back, so every circle has a taking from further down.
          if (origin.kind !== 'stage' || origin.stage.index <= stage.index || !circular.has(origin.stage)) continue;
          const name = origin.stage.name ?? `${origin.stage.index}`;
          yield {
            message: `Stage \`${name}\` is itself made of this one, so neither can be built first, and the builder refuses the file.`,
            span: from?.span ?? instruction.lineSpan,
            related: [{ message: `Stage \`${name}\`.`, span: origin.stage.nameSpan ?? origin.stage.from.lineSpan }],
          };
        }
      }
  },
});
