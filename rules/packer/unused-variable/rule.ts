import { fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { quoted } from '../../../core/quoted.ts';
import { removeAttribute, removeBlock } from '../../../languages/packer/edits.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerTree, PackerVariable } from '../../../languages/packer/tree.ts';
import { unusedOf } from '../../../languages/packer/unused.ts';
import { meantByUserFunctions } from '../../../languages/packer/user-function.ts';

export default definePackerRule({
  id: 'unused-variable',
  summary: 'A variable is not used',
  policies: [],
  category: 'style',
  severity: 'info',
  preset: 'strict',
  needs: { blocks: ['variable', 'variables'] },
  since: '2026.11',
  *check(tree) {
    for (const variable of unusedOf(tree, 'var', tree.module.variables)) {
      // Another rule says that the reference is wrong; it is meant for this variable.
      if (meantByUserFunctions(tree.module).has(variable.name)) continue;
      // Its validation may be all that it is for: a build that lacks it stops.
      if (variable.block?.blocks('validation').length) continue;
      const edits = isMisspelt(variable, tree) ? undefined : removal(tree, variable);
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

/** Whether a reference to a variable that is not declared may be meant for it. */
function isMisspelt({ name }: PackerVariable, { module }: PackerTree): boolean {
  return module.references.some(({ root, path: [used] }) => {
    return root === 'var' && used !== undefined && !module.variable(used) && nearest(used, [name]) !== undefined;
  });
}
