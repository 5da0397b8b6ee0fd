import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'undescribed-build',
  summary: 'A build has no description',
  policies: ['G8'],
  category: 'ownership',
  severity: 'hint',
  preset: 'all',
  since: '2026.11',
  *check(file) {
    for (const { block, description, header } of file.module.builds) {
      if (!isOwn(file, block)) continue;
      if (description && description.kind !== 'null' && description.text?.trim() !== '') continue;
      yield {
        message: 'Nothing says what this build makes and when to use it; `description` has room for that.',
        span: header,
      };
    }
  },
});
