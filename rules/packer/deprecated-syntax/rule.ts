import { type Finding, fix } from '../../../core/finding.ts';
import { insertBefore, removeAttribute, removeBlock, renameAttribute } from '../../../languages/packer/edits.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerAttribute, PackerBlock, PackerTree } from '../../../languages/packer/tree.ts';
import { userFunctions } from '../../../languages/packer/user-function.ts';
import { OLD_IN_POST_PROCESSORS, OLD_IN_SOURCES, type Old } from './names.ts';

export default definePackerRule({
  id: 'deprecated-syntax',
  summary: 'The template uses names that Packer or a plugin has deprecated or removed',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree) {
    if (tree.kind !== 'template') return;
    for (const block of tree.file.top.blocks()) {
      if (block.type === 'source') yield* inSource(tree, block);
      if (block.type !== 'build') continue;
      for (const inner of block.blocks()) {
        if (inner.type === 'hcp_packer_registry') yield registryInside(tree, block, inner);
        if (inner.type === 'source')
          yield* oldNames(inner, inner.labels[0]?.text.split('.').at(-2) ?? '', OLD_IN_SOURCES);
        if (inner.type === 'post-processor') yield* inPostProcessor(inner);
        if (inner.type === 'post-processors')
          for (const one of inner.blocks('post-processor')) yield* inPostProcessor(one);
      }
    }
    yield* inUserFunctions(tree);
  },
});

function* inSource({ source }: PackerTree, block: PackerBlock): Iterable<Finding> {
  const [type] = block.labels;
  if (type?.text === 'proxmox')
    yield {
      message: '`proxmox` is the deprecated name of `proxmox-iso`',
      help: 'Use `proxmox-iso`, in `sources` too',
      span: type.span,
      fixes: [
        // Builds refer to the source by its type.
        source.text.includes('proxmox.')
          ? undefined
          : fix(
              'suggested',
              'Change it to `proxmox-iso`',
              type.value.replace(0, type.value.text.length, 'proxmox-iso'),
            ),
      ],
    };
  yield* oldNames(block, type?.text ?? '', OLD_IN_SOURCES);
}

function inPostProcessor(block: PackerBlock): Iterable<Finding> {
  return oldNames(block, block.labels[0]?.text ?? '', OLD_IN_POST_PROCESSORS);
}

function* oldNames(block: PackerBlock, type: string, names: readonly Old[]): Iterable<Finding> {
  const grouped: PackerAttribute[] = [];
  for (const attribute of block.attributes) {
    const old = names.find(one => one.name === attribute.name && one.types.test(type));
    if (!old) continue;
    if (old.into === 'boot_iso') grouped.push(attribute);
    else yield oldName(block, attribute, old);
  }
  const [first, ...others] = grouped;
  if (first)
    yield {
      message: `\`${first.name}\` is deprecated outside a \`boot_iso\` block`,
      help: others.length > 0 ? 'Move it and the others into a `boot_iso` block' : 'Move it into a `boot_iso` block',
      span: first.nameSpan,
      related: others.map(({ name, nameSpan }) => ({ message: `\`${name}\` is deprecated too`, span: nameSpan })),
    };
}

function oldName(block: PackerBlock, attribute: PackerAttribute, { gone, name, into }: Old): Finding {
  const { nameSpan } = attribute;
  const message = `\`${name}\` ${gone ? 'was removed from the plugin' : 'is deprecated'}`;
  if (into === undefined) {
    const edits = removeAttribute(block, attribute);
    return {
      message,
      help: 'Remove it; it has no replacement',
      span: nameSpan,
      fixes: [edits && fix('suggested', `Remove \`${name}\``, ...edits)],
    };
  }
  const edits = renameAttribute(block, attribute, into);
  return {
    message,
    help: `Use \`${into}\``,
    span: nameSpan,
    fixes: [edits && fix('suggested', `Change it to \`${into}\``, ...edits)],
  };
}

/** https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks/build/hcp_packer_registry */
function registryInside({ file, module, source }: PackerTree, build: PackerBlock, registry: PackerBlock): Finding {
  const { hcl } = registry;
  const isOnly = module.builds.length === 1 && file.top.block('hcp_packer_registry') === undefined && !registry.dynamic;
  const line = hcl ? source.text.slice(source.text.lastIndexOf('\n', hcl.start - 1) + 1, hcl.start) : '';
  const written = hcl && source.text.slice(hcl.start, hcl.end);
  // A heredoc would move with its lines.
  const canMove = isOnly && line.trim() === '' && written !== undefined && !written.includes('<<');
  const removed = canMove ? removeBlock(registry) : undefined;
  const added = canMove ? insertBefore(build, outdented(written, line)) : undefined;
  return {
    message: '`hcp_packer_registry` inside `build` is deprecated',
    help: 'Move it to the top level of the template',
    span: registry.header,
    fixes: [removed && added && fix('suggested', 'Move it to the top level', ...added, ...removed)],
  };
}

function outdented(text: string, indent: string): string {
  return text
    .split(/\r?\n/)
    .map(line => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
}

function* inUserFunctions({ comments, module, source }: PackerTree): Iterable<Finding> {
  let next = 0;
  for (const { name, start, end } of userFunctions(source.text)) {
    while (next < comments.length && comments[next]!.span.end <= start) next++;
    if (next < comments.length && comments[next]!.span.start <= start) continue;
    yield {
      message: '`{{ user … }}` is empty in HCL templates',
      help: `Use \`\${var.${name}}\``,
      span: source.spanOf(start, end),
      fixes: [
        module.variable(name)
          ? fix('suggested', `Change it to \`\${var.${name}}\``, source.replace(start, end, `\${var.${name}}`))
          : undefined,
      ],
    };
  }
}
