import { fix } from '../../core/finding.ts';
import { nearest } from '../../core/nearest.ts';
import { definePackerRule } from '../../languages/packer/rule.ts';
import { knownBlocks, shownName } from '../../languages/packer/schema.ts';

export default definePackerRule({
  id: 'unknown-attribute',
  summary: 'A block of Packer or of a well-known step has an attribute that it does not take',
  policy: 'G13',
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check({ file, source }) {
    for (const { block, schema } of knownBlocks(file)) {
      const known = new Set(schema.attributes);
      for (const { hcl, name, nameSpan } of block.attributes) {
        if (known.has(name)) continue;
        const isBlock = schema.blocks.includes(name);
        const guess = isBlock ? undefined : nearest(name, unused(schema.attributes, block.attributes));
        yield {
          message: isBlock
            ? `${shownName(name)} is a block of ${schema.place} and takes no \`=\`: Packer refuses the template.`
            : `${shownName(name)} is no attribute of ${schema.place}, and Packer refuses the template.`,
          span: nameSpan,
          fixes: [
            guess === undefined
              ? undefined
              : fix('suggested', `Change it to \`${guess}\``, source.replace(hcl.name.start, hcl.name.end, guess)),
          ],
        };
      }
    }
  },
});

/** The names that are still to be had: a second attribute of a name would be an error too. */
function unused(known: readonly string[], given: readonly { readonly name: string }[]): readonly string[] {
  const taken = new Set(given.map(({ name }) => name));
  return known.filter(name => !taken.has(name));
}
