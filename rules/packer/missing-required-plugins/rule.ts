import { fix } from '../../../core/finding.ts';
import { allowsFrom, rangeOf } from '../../../languages/packer/components/versions.ts';
import { insertAttribute, insertBefore, insertBlock } from '../../../languages/packer/edits.ts';
import { idleSources } from '../../../languages/packer/idle.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBlock, PackerModule, PackerSource, PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'missing-required-plugins',
  summary: '`required_plugins` does not contain a plugin that the template uses',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { blocks: ['source', 'provisioner', 'post-processor'] },
  since: '2026.11',
  *check(file) {
    const { module } = file;
    if (file.kind !== 'template' || !module.complete || module.isLibrary) return;
    const { bundled, installed } = file.pluginsAround;
    if (bundled || module.requiredVersions.some(isBeforeSplit)) return;
    for (const { block, plugin, type } of needed(file)) {
      if (installed.has(lastOf(plugin))) continue;
      // Reported once for a directory: at its first use of the plugin.
      if (!isOwn(file, block)) continue;
      yield {
        message: `Plugin for \`${type}\` is not in \`required_plugins\``,
        help: `Require \`${plugin}\` in \`required_plugins\``,
        span: block.header,
        fixes: [requireFix(file, plugin)],
      };
    }
  },
});

/** `required_version = "1.7.4"`: Packer had the plugins in it before version 1.10. */
function isBeforeSplit({ value }: PackerModule['requiredVersions'][number]): boolean {
  const range = value.text === undefined ? undefined : rangeOf(value.text);
  return range !== undefined && !allowsFrom(range, [1, 10]);
}

/** The place of types that Packer itself has. */
const BUILT_IN = 'github.com/hashicorp/packer';

/** Provisioners and post-processors of plugins whose name differs or that make no images. */
const STEP_PLUGINS: Readonly<Record<string, string>> = {
  ansible: 'github.com/hashicorp/ansible',
  'ansible-local': 'github.com/hashicorp/ansible',
  'windows-update': 'github.com/rgl/windows-update',
  vagrant: 'github.com/hashicorp/vagrant',
  'amazon-import': 'github.com/hashicorp/amazon',
  'docker-tag': 'github.com/hashicorp/docker',
  'docker-push': 'github.com/hashicorp/docker',
};

/** A use of a plugin. */
interface Use {
  readonly type: string;
  readonly plugin: string;
  readonly block: PackerBlock;
}

/** The plugins that are not required, each with its first use, whichever file of the directory is linted. */
function needed(tree: PackerTree): readonly Use[] {
  const { module, path = '' } = tree;
  const first = new Map<string, Use>();
  const inOrder = usesIn(module, idleSources(tree))
    .map(use => ({ use, place: placeOf(use.block, path) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  for (const { use } of inOrder) if (!first.has(use.plugin)) first.set(use.plugin, use);
  return [...first.values()].filter(({ plugin }) => !isRequired(plugin, module));
}

function usesIn({ builds, sources }: PackerModule, idle: ReadonlySet<PackerSource>): readonly Use[] {
  const uses: Use[] = [];
  for (const source of sources) {
    const { block, facts, type } = source;
    // Packer needs no plugin for a source that no build uses.
    if (facts && facts.plugin !== BUILT_IN && !idle.has(source)) uses.push({ type, plugin: facts.plugin, block });
  }
  for (const { postProcessors, provisioners } of builds)
    for (const { block, type = '' } of [...provisioners, ...postProcessors.flat()])
      if (Object.hasOwn(STEP_PLUGINS, type)) uses.push({ type, plugin: STEP_PLUGINS[type]!, block });
  return uses;
}

/** A fork of a plugin, or its new address, has the same name. */
function isRequired(plugin: string, { requiredPlugins }: PackerModule): boolean {
  const name = lastOf(plugin);
  return requiredPlugins.some(
    required =>
      required.name.toLowerCase() === name ||
      (required.source !== undefined && (required.source.text === undefined || lastOf(required.source.text) === name)),
  );
}

function lastOf(address: string): string {
  return address.slice(address.lastIndexOf('/') + 1).toLowerCase();
}

/** A key that orders blocks by the names of their files and their offsets. */
function placeOf({ header, source }: PackerBlock, own: string): string {
  return `${source.spanOf(0, 0).file ?? own} ${String(header.start).padStart(9, '0')}`;
}

/** Plugins that have a version 1, which the fix requires. */
const MATURE = /^github\.com\/(?:hashicorp|vmware|hetznercloud|digitalocean|linode|Parallels|cirruslabs)\//;

/** In the block that the module has for it, which may be in another file of it, else in a new one in this file. */
function requireFix({ file, module, source }: PackerTree, plugin: string) {
  if (!MATURE.test(plugin)) return undefined;
  const name = lastOf(plugin);
  const own = module.settings.filter(block => block.source === source);
  const all = [...own, ...module.settings];
  const settings = all.find(block => block.block('required_plugins')) ?? all[0];
  const plugins = settings?.block('required_plugins');
  const value = `{\n  source  = "${plugin}"\n  version = "~> 1"\n}`;
  const entry = `${name} = ${value}`;
  const edits = plugins
    ? insertAttribute(plugins, name, value)
    : settings
      ? insertBlock(settings, wrap('required_plugins', entry))
      : inFront(file.top, wrap('packer', wrap('required_plugins', entry)));
  return edits && fix('suggested', `Add \`${name}\` to \`required_plugins\``, ...edits);
}

function inFront(top: PackerBlock, written: string) {
  const first = top.blocks()[0];
  return first && insertBefore(first, written);
}

function wrap(type: string, content: string): string {
  return `${type} {\n${content.replace(/^/gm, '  ')}\n}`;
}
