import type { Finding } from '../../../core/finding.ts';
import type { Attribute, Block, Body } from '../../../languages/packer/hcl/ast.ts';
import { kindOf } from '../../../languages/packer/operands.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { shownName } from '../../../languages/packer/shown-name.ts';
import type { PackerTree } from '../../../languages/packer/tree.ts';

/** What a `dynamic` block takes beside `content`. */
const ATTRIBUTES: ReadonlySet<string> = new Set(['for_each', 'iterator', 'labels']);
/** Blocks of a build that have a label. */
const LABELED: ReadonlySet<string> = new Set(['provisioner', 'post-processor', 'error-cleanup-provisioner', 'source']);
/** How deep blocks are read. */
const DEEPEST = 8;

export default definePackerRule({
  id: 'invalid-dynamic-block',
  summary: 'A `dynamic` block is incomplete or has other arguments than it takes',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  hclOnly: true,
  *check(tree): Iterable<Finding> {
    const { hcl, kind } = tree.file;
    if (kind !== 'template' || hcl.problems.length > 0 || hcl.body.json) return;
    for (const { block, parent } of dynamicBlocks(hcl.body, '', 0)) yield* problemsOf(block, parent, tree);
  },
});

function* dynamicBlocks(
  body: Body,
  parent: string,
  depth: number,
): Iterable<{ readonly block: Block; readonly parent: string }> {
  for (const item of body.items) {
    if (item.kind !== 'block') continue;
    const type = item.type.text;
    // At the top, `dynamic` is a block that Packer does not know.
    if (type === 'dynamic' && depth > 0) yield { block: item, parent };
    if (depth < DEEPEST) yield* dynamicBlocks(item.body, type, depth + 1);
  }
}

function* problemsOf(block: Block, parent: string, { module, source }: PackerTree): Iterable<Finding> {
  const attributes = new Map<string, Attribute>();
  let contents = 0;
  for (const item of block.body.items)
    if (item.kind === 'attribute') attributes.set(item.name.text, item);
    else if (item.type.text === 'content') contents++;
  const header = source.spanOf(block.header.start, block.header.end);
  const [label] = block.labels;
  const missing = (what: string, help: string): Finding => ({
    message: `\`dynamic\` block has no ${what}`,
    help,
    span: header,
  });
  if (!label) {
    yield missing('label', 'Name the block that it makes: `dynamic "provisioner" { … }`');
    return;
  }
  if (contents === 0) yield missing('`content` block', 'Put the arguments of the blocks in `content { … }`');
  const forEach = attributes.get('for_each');
  if (!forEach) yield missing('`for_each`', 'Set `for_each` to a list or map');
  if (parent === 'build' && LABELED.has(label.text) && !attributes.has('labels'))
    yield missing('`labels`', 'Set `labels`, such as `labels = ["shell"]`');
  // Without `content`, the arguments of the block stand here: that has been said.
  for (const [name, { name: place }] of attributes)
    if (contents > 0 && !ATTRIBUTES.has(name))
      yield {
        message: `Unknown attribute${name === '' ? '' : ` ${shownName(name, 'of this name')}`} in a \`dynamic\` block`,
        help: 'Move it into `content`, or remove it',
        span: source.spanOf(place.start, place.end),
      };
  const iterator = attributes.get('iterator')?.value;
  if (iterator && iterator.kind !== 'variable')
    yield {
      message: '`iterator` must be a name without quotes',
      help: 'Write a name, such as `iterator = item`',
      span: source.spanOf(iterator.start, iterator.end),
    };
  if (!forEach) return;
  const kind = kindOf(forEach.value, node => module.read(node, source), module);
  if (kind === 'string' || kind === 'number' || kind === 'bool')
    yield {
      message: `\`for_each\` must be a list or map, not a ${kind === 'bool' ? 'boolean' : kind}`,
      help: 'Put the value in brackets',
      span: source.spanOf(forEach.value.start, forEach.value.end),
    };
}
