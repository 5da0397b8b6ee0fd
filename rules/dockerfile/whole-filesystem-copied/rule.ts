import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { rootOf } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'whole-filesystem-copied',
  summary: 'The whole file system of a stage is copied over that of another',
  policies: ['G14'],
  category: 'size',
  severity: 'warning',
  preset: 'strict',
  since: '2026.11',
  aliases: ['hadolint:DL3067'],
  *check({ stages }) {
    for (const stage of stages) {
      const target = rootOf(stage);
      if (target?.stage.base.kind !== 'image') continue;
      for (const instruction of stage.instructions) {
        if (instruction.kind !== 'copy' || instruction.origin.kind !== 'stage') continue;
        const { origin, sources, destination, lineSpan } = instruction;
        if (destination?.literal !== '/' || !sources.some(({ literal }) => literal === '/' || literal === '/*'))
          continue;
        // A stage from scratch that gathers files is an overlay, which is a good use of this.
        if (rootOf(origin.stage)?.stage.base.kind !== 'image') continue;
        const name = origin.stage.name ?? `${origin.stage.index}`;
        yield {
          message: `All of \`${name}\` is laid over this stage's own system, so files of two distributions mix and everything is stored twice; copy what is needed, or start this stage from \`scratch\` or from \`${name}\`.`,
          span: lineSpan,
        };
      }
    }
  },
});
