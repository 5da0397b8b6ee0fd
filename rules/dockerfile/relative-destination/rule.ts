import { isBare } from '../../../languages/dockerfile/bare-base.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveWorkdir } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'relative-destination',
  summary: 'Files are copied to a relative path, and no `WORKDIR` says to which folder',
  policies: ['G13'],
  category: 'correctness',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  aliases: ['hadolint:DL3045', 'tally:hadolint/DL3045'],
  *check(file) {
    for (const stage of file.stages) {
      if (!isBare(stage)) continue;
      for (const instruction of stage.instructions) {
        if (instruction.kind !== 'copy' && instruction.kind !== 'add') continue;
        const text = instruction.destination?.literal;
        if (text === undefined || text === '' || /^(?:[/\\$]|[A-Za-z]:|\{\{|<%)/.test(text)) continue;
        if (effectiveWorkdir(instruction).instruction) continue;
        yield {
          message: `No WORKDIR is set, so \`${text}\` is a path in the root of the file system, among the folders of the distribution.`,
          span: instruction.destination!.span,
        };
      }
    }
  },
});
