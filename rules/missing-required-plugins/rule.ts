import { fix } from '../../core/finding.ts';
import { insertAttribute, insertBefore, insertBlock } from '../../languages/packer/edits.ts';
import { isOwn } from '../../languages/packer/nodes.ts';
import { definePackerRule } from '../../languages/packer/rule.ts';
import type { PackerBlock, PackerSource, PackerTree } from '../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'missing-required-plugins',
  summary: 'A plugin that the template needs is not named in `required_plugins`',
  policy: 'G13',
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(file) {
    const { module } = file;
    if (file.kind !== 'template' || !module.complete) return;
    for (const [plugin, source] of needed(file)) {
      // Told once for a folder: at its first source of the plugin.
      if (!isOwn(file, source.block)) continue;
      yield {
        message: `Packer comes without the plugin for \`${source.type}\`, and \`packer init\` installs only what \`required_plugins\` names, so the build works only where somebody has installed it by hand.`,
        span: source.header,
        fixes: [requireFix(file, plugin)],
      };
    }
  },
});

/** What Packer itself brings. */
const BUILT_IN = 'github.com/hashicorp/packer';

/** The plugins that nothing requires, each with the first source of it, whichever file of the folder is linted. */
function needed({ module, path }: PackerTree): ReadonlyMap<string, PackerSource> {
  const { requiredPlugins, sources } = module;
  const first = new Map<string, PackerSource>();
  const inOrder = [...sources].sort((a, b) => (placeOf(a, path) < placeOf(b, path) ? -1 : 1));
  for (const source of inOrder) {
    const plugin = source.facts?.plugin;
    if (plugin === undefined || plugin === BUILT_IN || first.has(plugin)) continue;
    // A fork or a new home of a plugin goes by the same name.
    const name = lastOf(plugin);
    const isRequired = requiredPlugins.some(
      required =>
        required.name.toLowerCase() === name ||
        (required.source !== undefined &&
          (required.source.text === undefined || lastOf(required.source.text) === name)),
    );
    if (!isRequired) first.set(plugin, source);
  }
  return first;
}

function lastOf(address: string): string {
  return address.slice(address.lastIndexOf('/') + 1).toLowerCase();
}

/** Orders sources by their files' names and their lines. */
function placeOf({ block, header }: PackerSource, own = ''): string {
  return `${block.source.spanOf(0, 0).file ?? own} ${String(header.start).padStart(9, '0')}`;
}

/** Plugins that have a version 1, which the fix then asks for. */
const MATURE = /^github\.com\/(?:hashicorp|hetznercloud|digitalocean|linode|Parallels|cirruslabs)\//;

function requireFix({ file, module, source }: PackerTree, plugin: string) {
  if (!MATURE.test(plugin)) return undefined;
  const name = lastOf(plugin);
  const settings = module.settings.find(block => block.source === source);
  if (!settings && module.settings.length > 0) return undefined;
  const plugins = settings?.block('required_plugins');
  const value = `{\n  source  = "${plugin}"\n  version = "~> 1"\n}`;
  const entry = `${name} = ${value}`;
  const edits = plugins
    ? insertAttribute(plugins, name, value)
    : settings
      ? insertBlock(settings, wrap('required_plugins', entry))
      : inFront(file.top, wrap('packer', wrap('required_plugins', entry)));
  return edits && fix('suggested', `Require the plugin \`${name}\``, ...edits);
}

function inFront(top: PackerBlock, written: string) {
  const first = top.blocks()[0];
  return first && insertBefore(first, written);
}

function wrap(type: string, content: string): string {
  return `${type} {\n${content.replace(/^/gm, '  ')}\n}`;
}
