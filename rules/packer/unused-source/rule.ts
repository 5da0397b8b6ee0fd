import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { removeBlock } from '../../../languages/packer/edits.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { unusedOf } from '../../../languages/packer/unused.ts';

export default definePackerRule({
  id: 'unused-source',
  summary: 'A source is not used by any build',
  policies: [],
  category: 'style',
  severity: 'info',
  preset: 'strict',
  needs: { blocks: ['source'] },
  since: '2026.11',
  *check(tree) {
    for (const { block, header, name, type } of unusedOf(tree, 'source', tree.module.sources)) {
      const edits = removeBlock(block);
      yield {
        message: `Source ${quoted(`${type}.${name}`)} is not used by any build`,
        help: 'Add it to the `sources` of a build, or remove it',
        span: header,
        fixes: [edits && fix('suggested', 'Remove the source', ...edits)],
      };
    }
  },
});
