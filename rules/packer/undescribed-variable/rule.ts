import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'undescribed-variable',
  summary: 'A variable has no description',
  policies: ['G8'],
  category: 'ownership',
  severity: 'hint',
  preset: 'all',
  since: '2026.11',
  *check(file) {
    for (const { block, description, name, nameSpan } of file.module.variables) {
      if (!block || !isOwn(file, block)) continue;
      if (description && description.kind !== 'null' && description.text?.trim() !== '') continue;
      yield {
        message: `Nothing says what to give \`${name}\`, so whoever runs this build has to read all of it to find out.`,
        span: nameSpan,
      };
    }
  },
});
