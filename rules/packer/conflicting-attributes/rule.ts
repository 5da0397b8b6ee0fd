import type { Finding } from '../../../core/finding.ts';
import { isSet } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBlock } from '../../../languages/packer/tree.ts';

/** Attributes of which Packer takes one at a time. https://developer.hashicorp.com/packer/docs/provisioners/shell */
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
/** What every builder takes from Packer's SDK, whatever the plugin. */
const SOURCES: readonly (readonly string[])[] = [
  ['iso_url', 'iso_urls'],
  ['http_directory', 'http_content'],
];

export default definePackerRule({
  id: 'conflicting-attributes',
  summary: 'A block has two attributes of which Packer takes one',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check({ file }) {
    if (file.kind !== 'template') return;
    for (const block of file.top.blocks()) {
      if (block.type === 'source') yield* conflicts(block, SOURCES);
      if (block.type !== 'build') continue;
      for (const inner of block.blocks()) {
        if (/^(?:error-cleanup-)?provisioner$/.test(inner.type)) yield* step(inner, PROVISIONERS);
        if (inner.type === 'post-processor') yield* step(inner, POST_PROCESSORS);
        if (inner.type === 'post-processors')
          for (const one of inner.blocks('post-processor')) yield* step(one, POST_PROCESSORS);
      }
    }
  },
});

function* step(block: PackerBlock, groups: typeof PROVISIONERS): Iterable<Finding> {
  const label = block.labels[0]?.text ?? '';
  yield* conflicts(block, EVERY_STEP);
  if (Object.hasOwn(groups, label)) yield* conflicts(block, groups[label]!);
}

function* conflicts(block: PackerBlock, groups: readonly (readonly string[])[]): Iterable<Finding> {
  for (const group of groups) {
    const [first, second] = group
      .flatMap(name => (isSet(block, name) ? (block.attribute(name) ?? []) : []))
      .filter(({ value }) => value.kind !== 'unknown' && !isEmpty(value.literal))
      .sort((a, b) => a.span.start - b.span.start);
    if (!first || !second) continue;
    yield {
      message: `\`${second.name}\` cannot stand beside \`${first.name}\`: Packer takes one of them and refuses both together.`,
      span: second.nameSpan,
      related: [{ message: 'The other one is here.', span: first.nameSpan }],
    };
  }
}

/** Packer takes an empty text or list for one that is not given. */
function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}
