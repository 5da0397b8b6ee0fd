import { everyInstruction, takingsOf } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'variable-in-copy-from',
  summary: '`COPY --from` or `RUN --mount=from` names its source by a variable',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check(file) {
    if (!followsReference(file)) return;
    for (const instruction of everyInstruction(file)) {
      for (const { from } of instruction.kind === 'add' ? [] : takingsOf(instruction)) {
        const reference = from?.parts.find(part => typeof part !== 'string');
        if (!from || !reference) continue;
        yield {
          message: `Docker does not fill in \`${reference.name}\` here and refuses the file; name the image in a stage of its own (\`FROM … AS …\`) and take from that.`,
          span: from.span,
        };
      }
    }
  },
});
