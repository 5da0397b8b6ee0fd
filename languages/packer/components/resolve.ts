/** Which component does a block of a template use, and in which versions? */
import { memo } from '../../../core/memo.ts';
import type { PackerBlock, PackerModule, PackerPlugin } from '../tree.ts';
import { type ComponentKind, componentByName, componentNames, type FoundComponent, pluginAt } from './table.ts';
import { ANY_VERSION, allowsAfter, type Range, rangeOf, versionOf } from './versions.ts';

/** A component as a template uses it. */
export interface UsedComponent extends FoundComponent {
  readonly kind: ComponentKind;
  /** As the template writes it. */
  readonly label: string;
  /** The versions of the plugin that the template allows. */
  readonly range: Range;
  /** The entry of `required_plugins`; `undefined` when there is none in these files. */
  readonly required: PackerPlugin | undefined;
}

/**
 * The component that a label names; `undefined` when it is not known. The prefix of a label is the key in `required_plugins`:
 * `aws = { source = "github.com/hashicorp/amazon" }` makes `aws-ebs` out of `amazon-ebs`.
 */
export function componentOf(kind: ComponentKind, label: string, module: PackerModule): UsedComponent | undefined {
  const builtIn = componentByName(kind, label);
  if (builtIn?.builtIn) return { ...builtIn, kind, label, range: ANY_VERSION, required: undefined };
  const required = requiredFor(label, module);
  if (!required) return builtIn && { ...builtIn, kind, label, range: ANY_VERSION, required };
  const address = required.source?.text;
  if (address === undefined) {
    // Only a version is given, or the address is not certain.
    if (required.source) return undefined;
    return builtIn && { ...builtIn, kind, label, range: rangeIn(required), required };
  }
  const plugin = pluginAt(address);
  if (!plugin) return undefined;
  const found = componentByName(kind, plugin.name + label.slice(required.name.length));
  return found?.plugin === plugin ? { ...found, kind, label, range: rangeIn(required), required } : undefined;
}

/** The kind and label of a component's block: of `source`, `provisioner`, `post-processor`, `data`, and `source` in a build. */
export function componentOfBlock(block: PackerBlock, module: PackerModule): UsedComponent | undefined {
  const label = block.labels[0]?.text;
  if (label === undefined) return undefined;
  switch (block.type) {
    case 'source':
      return componentOf('source', block.labels.length > 1 ? label : (sourceType(label) ?? label), module);
    case 'data':
      return componentOf('data', label, module);
    case 'provisioner':
    case 'error-cleanup-provisioner':
      return componentOf('provisioner', label, module);
    case 'post-processor':
      return componentOf('post-processor', label, module);
    default:
      return undefined;
  }
}

/** Whether a label may be that of a plugin whose components are not known. */
export function isOfUnknownPlugin(label: string, module: PackerModule): boolean {
  const required = requiredFor(label, module);
  if (!required) return false;
  const address = required.source?.text;
  const plugin = address === undefined ? undefined : pluginAt(address);
  return !plugin || plugin.incomplete === true;
}

/** The usual names of the components of a kind that a template can use: those of Packer and of the plugins that it requires. */
export function usableNames(kind: ComponentKind, module: PackerModule): readonly string[] {
  const isAny = module.requiredPlugins.length === 0;
  return componentNames(kind).filter(
    name => isAny || componentByName(kind, name)?.builtIn || requiredFor(name, module),
  );
}

/** Whether a later plugin than the one whose facts are known may be installed. */
export function mayBeNewer({ plugin, range }: UsedComponent): boolean {
  return allowsAfter(range, versionOf(plugin.version));
}

function sourceType(address: string): string | undefined {
  return address.split('.').at(-2);
}

const plugins = memo(({ requiredPlugins }: PackerModule): readonly PackerPlugin[] =>
  [...requiredPlugins].sort((a, b) => b.name.length - a.name.length),
);

/** The longest key that is the label or its beginning up to a hyphen. */
function requiredFor(label: string, module: PackerModule): PackerPlugin | undefined {
  return plugins(module).find(({ name }) => label === name || label.startsWith(`${name}-`));
}

function rangeIn({ version }: PackerPlugin): Range {
  return (version?.text === undefined ? undefined : rangeOf(version.text)) ?? ANY_VERSION;
}
