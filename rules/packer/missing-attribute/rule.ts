import type { Finding } from '../../../core/finding.ts';
import { boundBelow } from '../../../languages/packer/components/bound.ts';
import { componentOfBlock, type UsedComponent } from '../../../languages/packer/components/resolve.ts';
import { versionIn, words } from '../../../languages/packer/components/table.ts';
import { allowsBefore, allowsFrom, type Version, versionOf } from '../../../languages/packer/components/versions.ts';
import { isOwn, isSet, usedSources } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isBroken, knownBlocks } from '../../../languages/packer/schema.ts';
import type { PackerBlock, PackerTree } from '../../../languages/packer/tree.ts';

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
  local: [['expression']],
  validation: [['condition'], ['error_message']],
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
    yield* ofComponents(tree);
    for (const block of file.top.blocks()) {
      if (isBroken(block, file.hcl.problems)) continue;
      if (block.type === 'build' && !isSet(block, 'sources') && !isSet(block, 'source'))
        yield withoutSource(block, tree);
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

function step(block: PackerBlock, needs: typeof OTHERS, kind: string): Iterable<Finding> {
  const label = block.labels[0]?.text ?? '';
  // `override` may set for each source what is missing here.
  if (isSet(block, 'override')) return [];
  const subject = `\`${label}\` ${kind}`;
  const [given, needed] = (Object.hasOwn(WITH, label) ? WITH[label] : undefined) ?? [];
  // One that is misspelled is reported as such: `elevated_username`.
  const isLacking =
    given !== undefined &&
    isSet(block, given) &&
    needed !== undefined &&
    !isSet(block, needed) &&
    !block.attributes.some(({ name }) => name.startsWith(needed));
  return [...lacking(block, needs, label, subject), ...(isLacking ? [missing(block, subject, [needed])] : [])];
}

/** What a step needs when another attribute is set. */
const WITH: Readonly<Record<string, readonly [given: string, needed: string]>> = {
  powershell: ['elevated_password', 'elevated_user'],
};

/** What the builder `null` connects to, by its communicator. */
const OF_NULL: Readonly<Record<string, readonly string[]>> = {
  ssh: ['ssh_host', 'ssh_username'],
  winrm: ['winrm_host', 'winrm_username'],
};

/** What the plugin refuses when it is empty: of sources that a build uses, of data sources, and of steps without a table above. */
function* ofComponents(tree: PackerTree): Iterable<Finding> {
  const uses = usedSources(tree);
  const judged = new Set<PackerBlock>();
  for (const { source: use } of uses) {
    const block = use.source?.block;
    if (!block || !isOwn(tree, block) || judged.has(block)) continue;
    judged.add(block);
    if (isBroken(block, tree.file.hcl.problems)) continue;
    const all = uses.flatMap(({ source }) => (source.source === use.source ? [source] : []));
    const isGiven = (name: string): boolean => all.every(one => isSet(one, name));
    yield* ofComponent(componentOfBlock(block, tree.module), block, isGiven);
    if (block.labels[0]?.text !== 'null') continue;
    const communicator = block.attribute('communicator');
    const names = OF_NULL[communicator ? (communicator.value.text ?? '') : 'ssh'] ?? [];
    const isOverridden = all.some(one => one.overrides !== undefined && isSet(one.overrides, 'communicator'));
    for (const name of isOverridden ? [] : names) if (!isGiven(name)) yield missing(block, '`null` source', [name]);
  }
  for (const { block, schema } of knownBlocks(tree)) {
    const { nested, used } = schema;
    if (!used || nested || used.kind === 'source' || isSet(block, 'override')) continue;
    const label = block.labels[0]?.text ?? '';
    const table = used.kind === 'provisioner' ? PROVISIONERS : used.kind === 'post-processor' ? POST_PROCESSORS : {};
    if (!Object.hasOwn(table, label)) yield* ofComponent(used, block, name => isSet(block, name));
  }
}

function* ofComponent(
  used: UsedComponent | undefined,
  block: PackerBlock,
  isGiven: (name: string) => boolean,
): Iterable<Finding> {
  if (!used || used.plugin.incomplete) return;
  const { component, kind, label, range } = used;
  const subject = `\`${label}\` ${kind === 'data' ? 'data source' : kind}`;
  for (const name of words(component.required)) {
    const since = versionIn(component.requiredSince, name);
    if (isGiven(name) || (since !== undefined && !allowsFrom(range, versionOf(since)))) continue;
    // Older versions of the plugin accept it.
    if (since === undefined || !allowsBefore(range, versionOf(since))) yield missing(block, subject, [name]);
    else if (!isMeantFor(used, versionOf(since)))
      yield {
        ...missing(block, subject, [name]),
        message: `${subject} has no \`${name}\`, required since version ${since}`,
        fixes: [boundBelow(used, since)],
        severity: 'warning',
      };
  }
  for (const names of component.requiredOneOf ?? [])
    if (!words(names).some(isGiven)) yield missing(block, subject, words(names));
}

/** `~> 1` allows version 2 as well, and is written for version 1. */
function isMeantFor({ required }: UsedComponent, [since = 0]: Version): boolean {
  const [, major] = /^\s{0,20}~>\s{0,20}v?(\d{1,9})\s{0,20}$/.exec(required?.version?.text ?? '') ?? [];
  return major !== undefined && Number(major) < since;
}

function* lacking(block: PackerBlock, needs: typeof OTHERS, key: string, subject: string): Iterable<Finding> {
  for (const group of Object.hasOwn(needs, key) ? needs[key]! : []) {
    if (group.some(name => isSet(block, name))) continue;
    yield missing(block, subject, group);
  }
}

const HELP: Readonly<Record<string, string>> = {
  'inline script scripts': 'Write the commands in `inline`, or name a file in `script`',
  'inline script scripts command': 'Write the commands in `inline`, or name a file in `script`',
  'source sources content': 'Name the file in `source`, or write its `content`',
};

function missing(block: PackerBlock, subject: string, group: readonly string[]): Finding {
  const names = group.map(name => `\`${name}\``);
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : names[0];
  return {
    message: `${subject} has no ${list}`,
    help: HELP[group.join(' ')] ?? (names.length > 1 ? 'Set one of them' : `Set ${list}`),
    span: block.header,
  };
}
