import { fix } from '../../../core/finding.ts';
import { renameAttribute } from '../../../languages/packer/edits.ts';
import { guesser } from '../../../languages/packer/guess.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { knownBlocks, shownName } from '../../../languages/packer/schema.ts';

export default definePackerRule({
  id: 'unknown-attribute',
  summary: 'A block of Packer or of a well-known step has an attribute that it does not take',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check({ file }) {
    for (const { block, schema } of knownBlocks(file)) {
      const known = new Set(schema.attributes);
      const guessAt = guesser(unused(schema.attributes, block.attributes));
      for (const attribute of block.attributes) {
        const { name, nameSpan } = attribute;
        if (known.has(name)) continue;
        const isBlock = schema.blocks.includes(name);
        const guess = isBlock ? undefined : guessAt(name);
        const edits = guess === undefined ? undefined : renameAttribute(block, attribute, guess);
        yield {
          message: isBlock
            ? `${shownName(name)} is a block of ${schema.place} and takes no \`=\`: Packer refuses the template.`
            : `${shownName(name)} is no attribute of ${schema.place}, and Packer refuses the template.`,
          span: nameSpan,
          fixes: [edits && fix('suggested', `Change it to \`${guess}\``, ...edits)],
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
