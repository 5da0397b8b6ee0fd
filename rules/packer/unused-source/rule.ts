import { fix } from '../../../core/finding.ts';
import { removeBlock } from '../../../languages/packer/edits.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { unusedOf } from '../../../languages/packer/unused.ts';

export default definePackerRule({
  id: 'unused-source',
  summary: 'A source is declared and no build uses it',
  policies: ['G9'],
  category: 'style',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  *check(tree) {
    for (const { block, header, name, type } of unusedOf(tree, 'source', tree.module.sources)) {
      const edits = removeBlock(block);
      yield {
        message: `No build uses the source \`${type}.${name}\`, so no image is ever made from it.`,
        span: header,
        fixes: [edits && fix('suggested', 'Remove the source', ...edits)],
      };
    }
  },
});
