import { fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { knownBlocks, shownName } from '../../../languages/packer/schema.ts';

/** Blocks that people bring from Terraform, whose files look alike. */
const OF_TERRAFORM = new Set(['resource', 'provider', 'module', 'output', 'terraform', 'import', 'moved']);

export default definePackerRule({
  id: 'unknown-block',
  summary: 'A block has a name that Packer does not know',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check({ file, source }) {
    for (const { block, schema } of knownBlocks(file)) {
      for (const { header, hcl, type } of block.blocks()) {
        if (!hcl || schema.blocks.includes(type)) continue;
        const { end, start } = hcl.type;
        // The content of a `dynamic` block has its name in a label.
        const span = hcl.type.text === type ? source.spanOf(start, end) : header;
        const guess = nearest(type, schema.blocks);
        const isAttribute = schema.attributes.includes(type);
        const reason = isAttribute
          ? `${shownName(type)} is an attribute of ${schema.place} and needs a \`=\` before its brace`
          : OF_TERRAFORM.has(type)
            ? `${shownName(type)} is a block of Terraform, which ${schema.place} cannot hold`
            : `${shownName(type)} is no block of ${schema.place}`;
        yield {
          message: `${reason}: Packer refuses the template.`,
          span,
          fixes: [
            isAttribute && hcl.labels.length === 0 && hcl.openBrace !== undefined
              ? fix('suggested', 'Make it an attribute', source.insert(hcl.openBrace, '= '))
              : undefined,
            !isAttribute && guess !== undefined && hcl.type.text === type
              ? fix('suggested', `Change it to \`${guess}\``, source.replace(start, end, guess))
              : undefined,
          ],
        };
      }
    }
  },
});
