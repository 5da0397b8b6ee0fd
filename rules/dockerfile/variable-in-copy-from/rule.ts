import type { Value } from '../../../core/build.ts';
import { quoted } from '../../../core/quoted.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { originsOf } from '../../../languages/dockerfile/stage-uses.ts';

/** The stage to add, where the name of the image is short. */
function helpFor({ parts }: Value): string {
  const image = parts.map(part => (typeof part === 'string' ? part : `\${${part.name}}`)).join('');
  return /^[\w./:{}$-]{1,36}$/.test(image)
    ? `Add \`FROM ${image} AS tools\`, and use \`from=tools\``
    : 'Add a stage, `FROM … AS tools`, and use `from=tools`';
}

export default defineDockerfileRule({
  id: 'variable-in-copy-from',
  summary: '`COPY --from`, or `from=` in `RUN --mount`, uses a variable',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['COPY --from', 'RUN --mount'] },
  since: '2026.11',
  *check(file) {
    if (!followsReference(file)) return;
    for (const instruction of everyInstruction(file)) {
      for (const { from } of instruction.kind === 'add' ? [] : originsOf(instruction)) {
        const reference = from?.parts.find(part => typeof part !== 'string');
        if (!from || !reference || file.builtByBuildah) continue;
        yield {
          message: `Variable ${quoted(reference.name)} is not expanded in ${instruction.kind === 'copy' ? '`COPY --from`' : '`--mount=from`'}`,
          help: helpFor(from),
          span: from.span,
        };
      }
    }
  },
});
