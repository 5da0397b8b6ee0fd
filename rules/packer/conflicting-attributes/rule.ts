import type { Finding } from '../../../core/finding.ts';
import { isOwn, isSet, usedSources } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { type BlockSchema, knownBlocks } from '../../../languages/packer/schema.ts';
import { shownName } from '../../../languages/packer/shown-name.ts';
import type { PackerBlock, PackerTree } from '../../../languages/packer/tree.ts';

/** Groups of attributes of which Packer accepts one. https://developer.hashicorp.com/packer/docs/provisioners/shell */
const SHELL: readonly (readonly string[])[] = [['inline', 'script', 'scripts']];
const PROVISIONERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  shell: SHELL,
  powershell: SHELL,
  'windows-shell': SHELL,
  'shell-local': [['inline', 'script', 'scripts', 'command']],
  file: [
    ['source', 'content'],
    ['sources', 'content'],
  ],
  'ansible-local': [['playbook_file', 'playbook_files']],
};
const POST_PROCESSORS: typeof PROVISIONERS = { 'shell-local': PROVISIONERS['shell-local']! };
const EVERY_STEP: readonly (readonly string[])[] = [['only', 'except']];
/** Attributes that all builders have from Packer's SDK. */
const SOURCES: readonly (readonly string[])[] = [
  ['iso_url', 'iso_urls'],
  ['http_directory', 'http_content'],
];

export default definePackerRule({
  id: 'conflicting-attributes',
  summary: 'A block sets two attributes that conflict',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  hclOnly: true,
  *check(tree) {
    const { file } = tree;
    if (file.kind !== 'template') return;
    yield* setTwice(tree);
    for (const { block, schema } of knownBlocks(tree)) yield* repeatedBlocks(block, schema);
    for (const block of file.top.blocks()) {
      if (block.type === 'source') yield* conflicts(block, SOURCES);
      if (block.type !== 'build') continue;
      yield* second(block);
      for (const inner of block.blocks()) {
        if (/^(?:error-cleanup-)?provisioner$/.test(inner.type)) yield* step(inner, PROVISIONERS);
        if (inner.type === 'post-processor') yield* step(inner, POST_PROCESSORS);
        if (inner.type === 'post-processors')
          for (const one of inner.blocks('post-processor')) yield* step(one, POST_PROCESSORS);
      }
    }
  },
});

/** An attribute of a `source` block in a build that the source has too: the two blocks are merged, and neither wins. */
function* setTwice(tree: PackerTree): Iterable<Finding> {
  for (const { source: use } of usedSources(tree)) {
    const { overrides, source } = use;
    if (!overrides || overrides.dynamic || !source || !isOwn(tree, overrides)) continue;
    for (const { name, nameSpan } of overrides.attributes) {
      const first = source.block.attribute(name);
      if (!first || name === 'name') continue;
      yield {
        message: `${shownName(name, 'This attribute')} is already set in the source`,
        help: 'Set it in one of the two blocks; a build cannot override it',
        span: nameSpan,
        related: [{ message: 'Also set here', span: first.nameSpan }],
      };
    }
  }
}

/** Blocks of which a build may have one. */
const ONCE: readonly string[] = ['error-cleanup-provisioner', 'hcp_packer_registry'];

function* second(build: PackerBlock): Iterable<Finding> {
  for (const type of ONCE) {
    const [first, ...more] = build.blocks(type).filter(({ dynamic }) => !dynamic);
    for (const { header } of first ? more : [])
      yield {
        message: `Second \`${type}\` block: only one is allowed`,
        help: 'Merge the two blocks',
        span: header,
        related: [{ message: 'First one', span: first!.header }],
      };
  }
}

/** A block that may be there once. */
function* repeatedBlocks(block: PackerBlock, { contents }: BlockSchema): Iterable<Finding> {
  if (!contents) return;
  const first = new Map<string, PackerBlock>();
  for (const inner of block.blocks()) {
    const type = contents.types.get(inner.type);
    if (type?.kind !== 'block' || type.many || inner.dynamic) continue;
    const before = first.get(inner.type);
    if (!before) first.set(inner.type, inner);
    else
      yield {
        message: `Second \`${inner.type}\` block: only one is allowed`,
        help: 'Merge the two blocks',
        span: inner.header,
        related: [{ message: 'First one', span: before.header }],
      };
  }
}

function* step(block: PackerBlock, groups: typeof PROVISIONERS): Iterable<Finding> {
  const label = block.labels[0]?.text ?? '';
  yield* conflicts(block, EVERY_STEP);
  if (Object.hasOwn(groups, label)) yield* conflicts(block, groups[label]!, true);
}

/** `splits`: whether two blocks, one with each attribute, would do what both together cannot. */
function* conflicts(block: PackerBlock, groups: readonly (readonly string[])[], splits = false): Iterable<Finding> {
  for (const group of groups) {
    const [first, second] = group
      .flatMap(name => (isSet(block, name) ? (block.attribute(name) ?? []) : []))
      .filter(({ value }) => value.kind !== 'unknown' && !isEmpty(value.literal))
      .sort((a, b) => a.span.start - b.span.start);
    if (!first || !second) continue;
    yield {
      message: `\`${second.name}\` conflicts with \`${first.name}\``,
      help: splits ? 'Keep one of them, or split the block into two' : 'Keep one of them',
      span: second.nameSpan,
      related: [{ message: `\`${first.name}\` is set here`, span: first.nameSpan }],
    };
  }
}

/** Packer treats an empty string or list as not set. */
function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}
