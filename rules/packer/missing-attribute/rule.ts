import type { Finding } from '../../../core/finding.ts';
import { isSet } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isBroken } from '../../../languages/packer/schema.ts';
import type { PackerBlock } from '../../../languages/packer/tree.ts';

/** For each type, groups of attributes of which one must be set. https://developer.hashicorp.com/packer/docs/provisioners */
const PROVISIONERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  shell: [['inline', 'script', 'scripts']],
  powershell: [['inline', 'script', 'scripts']],
  'windows-shell': [['inline', 'script', 'scripts']],
  'shell-local': [['inline', 'script', 'scripts', 'command']],
  file: [['destination'], ['source', 'sources', 'content']],
  ansible: [['playbook_file']],
  'ansible-local': [['playbook_file', 'playbook_files']],
};
const POST_PROCESSORS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'shell-local': PROVISIONERS['shell-local']!,
  'docker-import': [['repository']],
  'docker-tag': [['repository']],
  'docker-save': [['path']],
  artifice: [['files']],
};
const OTHERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  build: [['sources', 'source']],
  local: [['expression']],
  validation: [['condition'], ['error_message']],
};

export default definePackerRule({
  id: 'missing-attribute',
  summary: 'A block lacks an attribute that Packer requires',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { blocks: ['build', 'local', 'validation'] },
  since: '2026.11',
  *check({ file }) {
    if (file.kind !== 'template') return;
    for (const block of file.top.blocks()) {
      if (isBroken(block, file.hcl.problems)) continue;
      yield* lacking(block, OTHERS, block.type, `\`${block.type}\` block`);
      for (const inner of block.type === 'build' ? block.blocks() : block.blocks('validation')) {
        if (inner.type === 'validation') yield* lacking(inner, OTHERS, 'validation', '`validation` block');
        if (/^(?:error-cleanup-)?provisioner$/.test(inner.type)) yield* step(inner, PROVISIONERS, 'provisioner');
        if (inner.type === 'post-processor') yield* step(inner, POST_PROCESSORS, 'post-processor');
        if (inner.type === 'post-processors')
          for (const one of inner.blocks('post-processor')) yield* step(one, POST_PROCESSORS, 'post-processor');
      }
    }
  },
});

function step(block: PackerBlock, needs: typeof OTHERS, kind: string): Iterable<Finding> {
  const label = block.labels[0]?.text ?? '';
  // `override` may set for each source what is missing here.
  return isSet(block, 'override') ? [] : lacking(block, needs, label, `\`${label}\` ${kind}`);
}

function* lacking(block: PackerBlock, needs: typeof OTHERS, key: string, subject: string): Iterable<Finding> {
  for (const group of Object.hasOwn(needs, key) ? needs[key]! : []) {
    if (group.some(name => isSet(block, name))) continue;
    const names = group.map(name => `\`${name}\``);
    const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : names[0];
    yield {
      message: `${subject} has no ${list}`,
      help: names.length > 1 ? 'Set one of them' : `Set ${list}`,
      span: block.header,
    };
  }
}
