import { fix } from '../../../core/finding.ts';
import { removeAttribute, removeBlock } from '../../../languages/packer/edits.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerLocal, PackerTree } from '../../../languages/packer/tree.ts';
import { unusedOf } from '../../../languages/packer/unused.ts';

export default definePackerRule({
  id: 'unused-local',
  summary: 'A local value is computed and never used',
  policies: ['G9'],
  category: 'style',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  *check(tree) {
    for (const local of unusedOf(tree, 'local', tree.module.locals)) {
      const edits = removal(tree, local);
      yield {
        message: `The local value \`${local.name}\` is never used.`,
        span: local.nameSpan,
        fixes: [edits && fix('suggested', 'Remove the local value', ...edits)],
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
