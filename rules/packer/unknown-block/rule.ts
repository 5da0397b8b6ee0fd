import { fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { knownBlocks } from '../../../languages/packer/schema.ts';
import { isPlainName } from '../../../languages/packer/shown-name.ts';

/** Blocks of Terraform, whose files look like Packer's. */
const OF_TERRAFORM = new Set(['resource', 'provider', 'module', 'output', 'terraform', 'import', 'moved']);

export default definePackerRule({
  id: 'unknown-block',
  summary: 'A template has a block that Packer does not know',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check({ file, source }) {
    for (const { block, schema } of knownBlocks(file)) {
      for (const { header, hcl, type } of block.blocks()) {
        if (!hcl || schema.blocks.includes(type)) continue;
        const { end, start } = hcl.type;
        // A `dynamic` block has its name in a label.
        const span = hcl.type.text === type ? source.spanOf(start, end) : header;
        const guess = nearest(type, schema.blocks);
        const isAttribute = schema.attributes.includes(type);
        yield {
          message: isAttribute
            ? `\`${type}\` is an attribute, not a block`
            : `Unknown block${isPlainName(type) ? ` \`${type}\`` : ''} ${schema.where}`,
          help: isAttribute
            ? `Write \`${type} = { … }\``
            : OF_TERRAFORM.has(type)
              ? 'Move it to a Terraform configuration'
              : guess === undefined
                ? 'Correct the name, or remove it'
                : `Did you mean \`${guess}\`?`,
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
