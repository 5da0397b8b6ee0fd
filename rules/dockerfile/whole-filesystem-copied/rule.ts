import { quoted } from '../../../core/quoted.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { rootOf } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'whole-filesystem-copied',
  summary: 'A whole file system is copied over that of the base image',
  policies: ['G14'],
  category: 'size',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['COPY'] },
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
        // A stage from scratch that collects files is an overlay, which is a good use of this.
        if (rootOf(origin.stage)?.stage.base.kind !== 'image') continue;
        const name = origin.stage.name ?? `${origin.stage.index}`;
        yield {
          message: `File system of stage ${quoted(name)} is copied over that of the base image`,
          help: 'Copy only the paths you need, or start this stage from `scratch`',
          span: lineSpan,
        };
      }
    }
  },
});
