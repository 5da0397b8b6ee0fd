import { quoted } from '../../../core/quoted.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { CopyOrigin, DockerStage } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'copy-from-empty-stage',
  summary: '`COPY --from` names a stage that contains no files',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['COPY --from'] },
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
        const isScratch = origin.kind === 'image' && from.literal === 'scratch';
        if (!isScratch && !(origin.kind === 'stage' && empty.has(origin.stage))) continue;
        // The root directory of an empty stage exists and can be copied.
        if (sources.length === 0 || sources.some(({ literal }) => literal === undefined || /^[./]*$/.test(literal)))
          continue;
        yield {
          message: `${emptyThing(origin)} contains no files to copy`,
          help: 'Copy from the stage that creates the file',
          span: from.span,
          ...(origin.kind === 'stage' && {
            related: [{ message: 'This stage adds no files', span: origin.stage.from.lineSpan }],
          }),
        };
      }
  },
});

function emptyThing(origin: CopyOrigin): string {
  return origin.kind === 'stage' ? `Stage ${quoted(origin.stage.name ?? `${origin.stage.index}`)}` : '`scratch`';
}

/** Instructions that put a file or directory into the stage, or may do so. */
const MAKES_FILES: ReadonlySet<string> = new Set(['copy', 'add', 'run', 'workdir', 'volume', 'unknown']);
