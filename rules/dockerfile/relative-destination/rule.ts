import { quoted } from '../../../core/quoted.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { isBare } from '../../../languages/dockerfile/bare-base.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveWorkdir } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'relative-destination',
  summary: 'Files are copied to a relative path without a `WORKDIR`',
  policies: [],
  category: 'correctness',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['COPY', 'ADD'] },
  since: '2026.11',
  aliases: ['hadolint:DL3045', 'tally:hadolint/DL3045'],
  *check(file) {
    for (const stage of file.stages) {
      if (!isBare(stage)) continue;
      for (const instruction of instructionsOf(stage)) {
        if (instruction.kind !== 'copy' && instruction.kind !== 'add') continue;
        const text = instruction.destination?.literal;
        if (text === undefined || text === '' || /^(?:[/\\$]|[A-Za-z]:|\{\{|<%)/.test(text)) continue;
        if (effectiveWorkdir(instruction).instruction) continue;
        yield {
          message: `Relative destination ${quoted(text)} without a \`WORKDIR\``,
          help: 'Set `WORKDIR` first, or use an absolute path',
          span: instruction.destination!.span,
        };
      }
    }
  },
});
