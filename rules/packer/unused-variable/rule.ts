import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { removeAttribute, removeBlock } from '../../../languages/packer/edits.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerTree, PackerVariable } from '../../../languages/packer/tree.ts';
import { unusedOf } from '../../../languages/packer/unused.ts';

export default definePackerRule({
  id: 'unused-variable',
  summary: 'A variable is never used',
  policies: [],
  category: 'style',
  severity: 'info',
  preset: 'strict',
  needs: { blocks: ['variable', 'variables'] },
  since: '2026.11',
  *check(tree) {
    for (const variable of unusedOf(tree, 'var', tree.module.variables)) {
      const edits = removal(tree, variable);
      yield {
        message: `Variable ${quoted(variable.name)} is not used`,
        help: `Remove it, or use ${quoted(`var.${variable.name}`)}`,
        span: variable.nameSpan,
        fixes: [edits && fix('suggested', 'Remove the variable', ...edits)],
      };
    }
  },
});

function removal({ file }: PackerTree, { block, nameSpan }: PackerVariable) {
  if (block) return removeBlock(block);
  for (const variables of file.top.blocks('variables')) {
    const attribute = variables.attributes.find(one => one.nameSpan.start === nameSpan.start);
    if (attribute) return removeAttribute(variables, attribute);
  }
  return undefined;
}
