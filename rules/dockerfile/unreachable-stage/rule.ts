import { quoted } from '../../../core/quoted.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { usesOf } from '../../../languages/dockerfile/stage-uses.ts';
import { finalStages, stageGraph } from '../../../languages/dockerfile/stages.ts';
import { isBuilt } from '../../../languages/dockerfile/targets.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'unreachable-stage',
  summary: 'A stage is not used by the final stage',
  policies: [],
  category: 'style',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['FROM'] },
  since: '2026.11',
  aliases: ['tally:no-unreachable-stages'],
  *check(file, { project }) {
    const graph = stageGraph(file);
    const finals = finalStages(file, project.targets);
    if (graph.reachableFrom(finals).size === file.stages.length) return;
    const built = file.builtTargets;
    // As long as it is not known what builds the file, any stage may be built by name.
    if (!built) return;
    const roots = [...finals, ...file.stages.filter(stage => isBuilt(built, stage))];
    const choosing = [...graph.reachableFrom(roots)].filter(choosesStage).map(({ index }) => index);
    const last = Math.max(-1, ...choosing);
    const chosen = file.stages.filter(({ index, name }) => name !== undefined && index < last);
    const reached = graph.reachableFrom([...roots, ...chosen]);
    for (const stage of file.stages) {
      if (reached.has(stage) || graph.circular.has(stage)) continue;
      const { byName, byNumber } = usesOf(file, stage);
      // Only the last of a chain of unused stages is reported.
      if (byName.length + byNumber.length > 0) continue;
      const { name, nameSpan } = stage;
      yield {
        message: `Stage ${name === undefined ? stage.index : quoted(name)} is not used by the final stage`,
        help:
          name === undefined
            ? 'Remove it, or copy from it in a later stage'
            : 'Remove it; if it is built with `--target`, list it under `images.targets`',
        span: nameSpan ?? stage.from.lineSpan,
      };
    }
  },
});

/** `FROM ${MODE}` with a stage as its default: `--build-arg` can name any other one. */
function choosesStage({ base, from: { image } }: DockerStage): boolean {
  return base.kind === 'stage' && !base.certain && image?.source.text === UNRESOLVED;
}
