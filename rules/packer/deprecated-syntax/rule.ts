import { type Finding, type Fix, fix } from '../../../core/finding.ts';
import { namesOf } from '../../../core/quoted.ts';
import { boundBelow } from '../../../languages/packer/components/bound.ts';
import { isStillThere, type OldName, oldNameOf } from '../../../languages/packer/components/history.ts';
import type { UsedComponent } from '../../../languages/packer/components/resolve.ts';
import { contentsOf } from '../../../languages/packer/components/table.ts';
import { allowsBefore, versionOf } from '../../../languages/packer/components/versions.ts';
import {
  insertBefore,
  intoBlock,
  removeAttribute,
  removeBlock,
  renameAttribute,
} from '../../../languages/packer/edits.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { knownBlocks } from '../../../languages/packer/schema.ts';
import type { PackerAttribute, PackerBlock, PackerLabel, PackerTree } from '../../../languages/packer/tree.ts';
import { userFunctions } from '../../../languages/packer/user-function.ts';

export default definePackerRule({
  id: 'deprecated-syntax',
  summary: 'A template uses a deprecated or removed name',
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
      for (const inner of block.blocks())
        if (inner.type === 'hcp_packer_registry') yield registryInside(tree, block, inner);
    }
    for (const { block, schema } of knownBlocks(tree)) {
      if (schema.used && !schema.nested) yield* oldNames(block, schema.used);
      if (block.type === 'hcp_packer_registry') yield* oldLabels(block);
    }
    yield* inUserFunctions(tree);
  },
});

function* inSource(tree: PackerTree, block: PackerBlock): Iterable<Finding> {
  const [type, name] = block.labels;
  if (type?.text === 'proxmox')
    yield {
      message: '`proxmox` is the deprecated name of `proxmox-iso`',
      help: 'Use `proxmox-iso`, in `sources` too',
      span: type.span,
      fixes: [name && proxmoxFix(tree, type, name.text)],
    };
}

/** Builds refer to the source by its type, also in other files. */
function proxmoxFix({ module, source }: PackerTree, type: PackerLabel, name: string): Fix | undefined {
  const edits = [type.value.replace(0, type.value.text.length, 'proxmox-iso')];
  const files = module.files.map(file => file.source);
  for (const { span } of module.source('proxmox', name)?.uses ?? []) {
    const file = files.find(one => one.spanOf(0, 0).file === span.file);
    const at = file?.text.indexOf('proxmox.', span.start) ?? -1;
    edits.push(at >= 0 && at < span.end ? file!.replace(at, at + 'proxmox'.length, 'proxmox-iso') : undefined);
  }
  // Without all files, or where it is named in another way (`only`), something may be left behind.
  const named = files.flatMap(({ text }) =>
    [...text.matchAll(/proxmox\.([\w-]{1,100})/g)].filter(([, one]) => one === name),
  );
  if (named.length !== edits.length - 1 || (named.length === 0 && source.text.includes('proxmox.'))) return undefined;
  return module.complete || module.alone ? fix('suggested', 'Change it to `proxmox-iso`', ...edits) : undefined;
}

function* oldNames(block: PackerBlock, used: UsedComponent): Iterable<Finding> {
  const grouped: PackerAttribute[] = [];
  const removed = new Map<string, readonly PackerAttribute[]>();
  for (const attribute of block.attributes) {
    const old = isStillThere(used, attribute.name) ? undefined : oldNameOf(used, attribute.name);
    if (!old) continue;
    if (old.into === 'boot_iso') grouped.push(attribute);
    else if (old.removedIn !== undefined)
      removed.set(old.removedIn, [...(removed.get(old.removedIn) ?? []), attribute]);
    else yield oldName(block, attribute, old, used);
  }
  for (const [version, attributes] of removed) yield removedNames(attributes, version, used);
  const [first, ...others] = grouped;
  // Its name repeats that of the block: https://developer.hashicorp.com/packer/integrations/hashicorp/proxmox/latest/components/builder/iso
  const renames = grouped.some(({ name }) => name === 'unmount_iso') ? ', and rename `unmount_iso` to `unmount`' : '';
  const moved = first && intoBlock(block, grouped, 'boot_iso', name => (name === 'unmount_iso' ? 'unmount' : name));
  if (first)
    yield {
      message: `${namesOf(grouped.map(({ name }) => name))} ${others.length > 0 ? 'are' : 'is'} deprecated outside a \`boot_iso\` block`,
      help: `Move ${others.length > 0 ? 'them' : 'it'} into a \`boot_iso\` block${renames}`,
      span: first.nameSpan,
      related: others.map(({ name, nameSpan }) => ({ message: `\`${name}\``, span: nameSpan })),
      fixes: [
        moved && fix('suggested', `Move ${others.length > 0 ? 'them' : 'it'} into a \`boot_iso\` block`, ...moved),
      ],
    };
}

/** One finding for all that a version dropped: one decision keeps or removes them. */
function removedNames([first, ...others]: readonly PackerAttribute[], version: string, used: UsedComponent): Finding {
  const { name, nameSpan } = first!;
  const names = namesOf([name, ...others.map(other => other.name)]);
  return {
    message: `${names} ${others.length === 0 ? 'was' : 'were'} removed in version ${version} of the plugin`,
    help: `Remove ${others.length === 0 ? 'it' : 'them'}, or allow only \`< ${version}\` in \`required_plugins\``,
    span: nameSpan,
    related: others.map(other => ({ message: `\`${other.name}\``, span: other.nameSpan })),
    fixes: [boundBelow(used, version)],
    ...(allowsBefore(used.range, versionOf(version)) ? {} : { severity: 'error' as const }),
  };
}

function oldName(block: PackerBlock, attribute: PackerAttribute, old: OldName, used: UsedComponent): Finding {
  const { gone, into, name } = old;
  const { nameSpan } = attribute;
  const message = `\`${name}\` ${gone ? 'was removed from the plugin' : 'is deprecated'}`;
  if (into === undefined) {
    const edits = gone ? removeAttribute(block, attribute) : undefined;
    return {
      message,
      help: gone ? 'Remove it; it has no replacement' : 'See the documentation of the plugin',
      span: nameSpan,
      fixes: [edits && fix('suggested', `Remove \`${name}\``, ...edits)],
    };
  }
  if (into.endsWith('{}')) return { message, help: `Use a \`${into.slice(0, -2)}\` block`, span: nameSpan };
  const isFree = block.attribute(into) === undefined && sameType(used, name, into);
  const edits = isFree ? renameAttribute(block, attribute, into) : undefined;
  return {
    message,
    help: `Use \`${into}\``,
    span: nameSpan,
    // An old name that works without a word: its documentation has only the new one.
    ...(!gone && contentsOf(used.component).hidden.has(name) && { severity: 'info', preset: 'strict' }),
    fixes: [edits && fix('suggested', `Change it to \`${into}\``, ...edits)],
  };
}

function sameType({ component }: UsedComponent, name: string, into: string): boolean {
  const { types } = contentsOf(component);
  const [before, after] = [types.get(name), types.get(into)];
  return !before || !after || (before.kind === 'value' && after.kind === 'value' && before.type === after.type);
}

/** `conflicting-attributes` reports both together. */
function* oldLabels(registry: PackerBlock): Iterable<Finding> {
  const labels = registry.attribute('labels');
  if (!labels || registry.attribute('bucket_labels')) return;
  const edits = renameAttribute(registry, labels, 'bucket_labels');
  yield {
    message: '`labels` is deprecated in `hcp_packer_registry`',
    help: 'Use `bucket_labels`',
    span: labels.nameSpan,
    fixes: [edits && fix('suggested', 'Change it to `bucket_labels`', ...edits)],
  };
}

/** https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks/build/hcp_packer_registry */
function registryInside({ file, module, source }: PackerTree, build: PackerBlock, registry: PackerBlock): Finding {
  const { hcl } = registry;
  const isOnly = module.builds.length === 1 && file.top.block('hcp_packer_registry') === undefined && !registry.dynamic;
  const line = hcl ? source.text.slice(source.text.lastIndexOf('\n', hcl.start - 1) + 1, hcl.start) : '';
  const written = hcl && source.text.slice(hcl.start, hcl.end);
  const canMove = isOnly && line.trim() === '' && written !== undefined;
  const removed = canMove ? removeBlock(registry) : undefined;
  const added = canMove ? insertBefore(build, outdented(written, line)) : undefined;
  return {
    message: '`hcp_packer_registry` inside `build` is deprecated',
    help: registry.dynamic
      ? 'Move it to the top level; replace the condition with `HCP_PACKER_REGISTRY=off`'
      : 'Move it to the top level of the template',
    span: registry.header,
    // A condition has no place at the top level.
    ...(registry.dynamic && { severity: 'info' as const }),
    fixes: [removed && added && fix('suggested', 'Move it to the top level', ...added, ...removed)],
  };
}

/** The lines with less indentation, but for those of heredocs, which are content. */
function outdented(text: string, indent: string): string {
  let marker: string | undefined;
  return text
    .split(/\r?\n/)
    .map(line => {
      const inHeredoc = marker !== undefined;
      if (inHeredoc && line.trim() === marker) marker = undefined;
      else if (!inHeredoc) marker = /<<-?(\w+)$/.exec(line)?.[1];
      return !inHeredoc && line.startsWith(indent) ? line.slice(indent.length) : line;
    })
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
