import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { removeAttribute, removeBlock } from '../../../languages/packer/edits.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerLocal, PackerTree } from '../../../languages/packer/tree.ts';
import { unusedOf } from '../../../languages/packer/unused.ts';

export default definePackerRule({
  id: 'unused-local',
  summary: 'A local variable is not used',
  policies: [],
  category: 'style',
  severity: 'info',
  preset: 'strict',
  needs: { blocks: ['local', 'locals'] },
  since: '2026.11',
  *check(tree) {
    for (const local of unusedOf(tree, 'local', tree.module.locals)) {
      const edits = removal(tree, local);
      yield {
        message: `Local variable ${quoted(local.name)} is not used`,
        help: `Remove it, or use ${quoted(`local.${local.name}`)}`,
        span: local.nameSpan,
        fixes: [edits && fix('suggested', 'Remove the local variable', ...edits)],
      };
    }
  },
});

function removal({ file }: PackerTree, { block, nameSpan }: PackerLocal) {
  if (block) return removeBlock(block);
  for (const locals of file.top.blocks('locals')) {
    const attribute = locals.attributes.find(one => one.nameSpan.start === nameSpan.start);
    if (attribute) return removeAttribute(locals, attribute);
  }
  return undefined;
}
