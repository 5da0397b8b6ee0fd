import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'copy-from-empty-stage',
  summary: '`COPY --from` takes files from a stage that has none',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['tally:copy-from-empty-scratch-stage'],
  *check(file) {
    if (!followsReference(file)) return;
    const empty = new Set<DockerStage>();
    for (const stage of file.stages) {
      const { base } = stage;
      const fromNothing =
        (base.kind === 'scratch' && base.certain) || (base.kind === 'stage' && base.certain && empty.has(base.stage));
      if (fromNothing && !stage.instructions.some(({ kind }) => MAKES_FILES.has(kind))) empty.add(stage);
    }
    for (const stage of file.stages)
      for (const instruction of stage.instructions) {
        if (instruction.kind !== 'copy' || !instruction.from) continue;
        const { origin, from, sources } = instruction;
        const name = origin.kind === 'image' && from.literal === 'scratch' ? 'scratch' : undefined;
        if (name === undefined && !(origin.kind === 'stage' && empty.has(origin.stage))) continue;
        // The root of an empty stage is there, and empty.
        if (sources.length === 0 || sources.some(({ literal }) => literal === undefined || /^[./]*$/.test(literal)))
          continue;
        yield {
          message: `${name ? '`scratch` is the empty image' : 'This stage starts from `scratch` and puts no file into it'}, so there is nothing to copy and the build fails.`,
          span: from.span,
          ...(origin.kind === 'stage' && {
            related: [{ message: 'The empty stage.', span: origin.stage.from.lineSpan }],
          }),
        };
      }
  },
});

/** Instructions that put a file or folder into the stage, or may do so. */
const MAKES_FILES: ReadonlySet<string> = new Set(['copy', 'add', 'run', 'workdir', 'volume', 'unknown']);
