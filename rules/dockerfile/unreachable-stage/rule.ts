import { usesOf } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages, stageGraph } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'unreachable-stage',
  summary: 'Nothing that is built is made of this stage',
  policies: ['G9'],
  category: 'style',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  aliases: ['tally:no-unreachable-stages'],
  *check(file, { project }) {
    const graph = stageGraph(file);
    const reached = graph.reachableFrom(finalStages(file, project.targets));
    for (const stage of file.stages) {
      if (reached.has(stage) || graph.circular.has(stage)) continue;
      const { byName, byNumber } = usesOf(file, stage);
      // One that another dead stage takes from goes with that one.
      if (byName.length + byNumber.length > 0) continue;
      const { name, nameSpan } = stage;
      yield {
        message:
          name === undefined
            ? 'No other stage takes anything from this one, so it is no part of the image.'
            : `The last stage takes nothing from \`${name}\`, and no target of that name is configured, so it is no part of what is built.`,
        span: nameSpan ?? stage.from.lineSpan,
      };
    }
  },
});
