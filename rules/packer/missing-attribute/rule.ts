import type { Finding } from '../../../core/finding.ts';
import { isSet } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isBroken } from '../../../languages/packer/schema.ts';
import type { PackerBlock, PackerTree } from '../../../languages/packer/tree.ts';
import { missingInComponents } from './components.ts';

/** What Packer's own blocks have to set. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  local: ['expression'],
  validation: ['condition', 'error_message'],
};

export default definePackerRule({
  id: 'missing-attribute',
  summary: 'A block does not set a required attribute',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { blocks: ['build', 'data', 'local', 'validation'] },
  since: '2026.11',
  hclOnly: true,
  *check(tree) {
    const { file } = tree;
    if (file.kind !== 'template') return;
    yield* missingInComponents(tree);
    for (const block of file.top.blocks()) {
      if (isBroken(block, file.hcl.problems)) continue;
      if (block.type === 'build' && !isSet(block, 'sources') && !isSet(block, 'source'))
        yield withoutSource(block, tree);
      yield* lacking(block);
      for (const inner of block.blocks('validation')) yield* lacking(inner);
    }
  },
});

function withoutSource(block: PackerBlock, { module }: PackerTree): Finding {
  const [only, ...more] = module.sources;
  const address =
    only && more.length === 0 && /^[\w.-]{1,30}$/.test(only.name) ? `${only.type}.${only.name}` : 'TYPE.NAME';
  return {
    message: '`build` block has no source',
    help: `Add \`sources = ["source.${address}"]\``,
    span: block.header,
    // Nothing is there yet that could be built.
    ...(module.sources.length === 0 &&
      block.attributes.length === 0 &&
      block.blocks().length === 0 && { severity: 'info' }),
  };
}

function* lacking(block: PackerBlock): Iterable<Finding> {
  for (const name of Object.hasOwn(OWN, block.type) ? OWN[block.type]! : [])
    if (!isSet(block, name))
      yield { message: `\`${block.type}\` block has no \`${name}\``, help: `Set \`${name}\``, span: block.header };
}
