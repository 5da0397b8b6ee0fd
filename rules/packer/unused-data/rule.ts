import { fix } from '../../../core/finding.ts';
import { removeBlock } from '../../../languages/packer/edits.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { unusedOf } from '../../../languages/packer/unused.ts';

export default definePackerRule({
  id: 'unused-data',
  summary: 'A data source is read and nothing uses what it says',
  policies: ['G9'],
  category: 'style',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  *check(tree) {
    for (const { block, header, name, type } of unusedOf(tree, 'data', tree.module.data)) {
      const edits = removeBlock(block);
      yield {
        message: `Nothing uses \`data.${type}.${name}\`, but every build asks for it and fails when it gets no answer.`,
        span: header,
        fixes: [edits && fix('suggested', 'Remove the data source', ...edits)],
      };
    }
  },
});
