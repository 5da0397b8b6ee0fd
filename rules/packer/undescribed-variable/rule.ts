import { quoted } from '../../../core/quoted.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'undescribed-variable',
  summary: 'A variable has no description',
  policies: ['G8'],
  category: 'ownership',
  severity: 'hint',
  preset: 'all',
  needs: { blocks: ['variable'] },
  since: '2026.11',
  hclOnly: true,
  *check(file) {
    for (const { block, description, name, nameSpan } of file.module.variables) {
      if (!block || !isOwn(file, block)) continue;
      if (description && description.kind !== 'null' && description.text?.trim() !== '') continue;
      yield {
        message: `Variable ${quoted(name)} has no \`description\``,
        help: 'Describe what it means and which values are allowed',
        span: nameSpan,
      };
    }
  },
});
