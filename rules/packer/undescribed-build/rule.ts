import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'undescribed-build',
  summary: 'A `build` block does not describe its images',
  policies: ['G8'],
  category: 'ownership',
  severity: 'hint',
  preset: 'all',
  needs: { blocks: ['build'] },
  since: '2026.11',
  hclOnly: true,
  *check(file) {
    for (const { block, description, header } of file.module.builds) {
      if (!isOwn(file, block)) continue;
      if (description && description.kind !== 'null' && description.text?.trim() !== '') continue;
      yield {
        message: 'Build has no `description`',
        help: 'Say what the image contains and when to use it',
        span: header,
      };
    }
  },
});
