import { fix } from '../../../core/finding.ts';
import { renameAttribute } from '../../../languages/packer/edits.ts';
import { guesser } from '../../../languages/packer/guess.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { knownBlocks } from '../../../languages/packer/schema.ts';
import { isPlainName } from '../../../languages/packer/shown-name.ts';

export default definePackerRule({
  id: 'unknown-attribute',
  summary: 'A block has an attribute that Packer does not know',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
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
            ? `\`${name}\` is a block, not an attribute`
            : `Unknown attribute${isPlainName(name) ? ` \`${name}\`` : ''} ${schema.where}`,
          help: isBlock
            ? `Write \`${name} { … }\``
            : guess === undefined
              ? block.hcl
                ? 'Correct the name, or remove it'
                : 'Set values of variables in a `.pkrvars.hcl` file'
              : `Did you mean \`${guess}\`?`,
          span: nameSpan,
          fixes: [edits && fix('suggested', `Change it to \`${guess}\``, ...edits)],
        };
      }
    }
  },
});

/** The known names that are not used yet: a second attribute of a name would be an error too. */
function unused(known: readonly string[], given: readonly { readonly name: string }[]): readonly string[] {
  const taken = new Set(given.map(({ name }) => name));
  return known.filter(name => !taken.has(name));
}
