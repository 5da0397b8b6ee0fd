import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { removeBlock } from '../../../languages/packer/edits.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { unusedOf } from '../../../languages/packer/unused.ts';

export default definePackerRule({
  id: 'unused-data',
  summary: 'The result of a data source is not used',
  policies: [],
  category: 'style',
  severity: 'info',
  preset: 'strict',
  needs: { blocks: ['data'] },
  since: '2026.11',
  *check(tree) {
    for (const { block, header, name, type } of unusedOf(tree, 'data', tree.module.data)) {
      const edits = removeBlock(block);
      yield {
        message: `Data source ${quoted(`${type}.${name}`)} is not used`,
        help: 'Remove it, or use its result',
        span: header,
        fixes: [edits && fix('suggested', 'Remove the data source', ...edits)],
      };
    }
  },
});
