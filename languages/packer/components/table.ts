/** What the components of plugins take, from `data/packer-components.json`; read when something is first asked of it. */

import { memo } from '../../../core/memo.ts';
import data, {
  type AttributeTable,
  type BlockType,
  type Component,
  type Plugin,
} from '../../../data/packer-components.json';

/** Kinds of components, as the data writes them. */
export type ComponentKind = 'source' | 'provisioner' | 'post-processor' | 'data';

/** A component and the plugin that it is part of. */
export interface FoundComponent {
  /** As the data names it: `source amazon-ebs`. */
  readonly key: string;
  readonly component: Component;
  readonly plugin: Plugin;
  /** Built into Packer itself. */
  readonly builtIn: boolean;
}

/** The type of an attribute as the data writes it: `list(string)`, or a nested block with the name of its content. */
export type AttributeType =
  | { readonly kind: 'value'; readonly type: string }
  | { readonly kind: 'block'; readonly content: string; readonly many: boolean };

/** Attributes and blocks by name, and facts about some of them. */
export interface Contents {
  /** As the data names what has them: `source amazon-ebs`, `type sdk.Config`. */
  readonly key: string;
  readonly types: ReadonlyMap<string, AttributeType>;
  readonly deprecated: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Accepted, and not meant to be written. */
  readonly hidden: ReadonlySet<string>;
  /** What a nested block has to set. */
  readonly required: readonly string[];
}

/** The address that stands for Packer itself. */
const BUILT_IN = 'packer';

export const words = (names: string | undefined): readonly string[] => (names ? names.split(' ') : []);

const byAddress = memo((plugins: typeof data.plugins) => {
  const known = new Map<string, Plugin>();
  for (const [address, plugin] of Object.entries(plugins)) {
    known.set(address.toLowerCase(), plugin);
    for (const alias of plugin.aliases ?? []) known.set(alias.toLowerCase(), plugin);
  }
  return known;
});

const byKey = memo((plugins: typeof data.plugins) => {
  const known = new Map<string, FoundComponent>();
  for (const [address, plugin] of Object.entries(plugins))
    for (const [key, component] of Object.entries(plugin.components))
      known.set(key, { key, component, plugin, builtIn: address === BUILT_IN });
  return known;
});

const keys = memo(
  (all: typeof data.plugins): ReadonlyMap<Component, string> =>
    new Map([...byKey(all).values()].map(({ component, key }) => [component, key])),
);

/** The plugin at an address of `required_plugins`. */
export function pluginAt(address: string): Plugin | undefined {
  return byAddress(data.plugins).get(address.toLowerCase().replace(/\/packer-plugin-(?=[^/]+$)/, '/'));
}

/** A component by its usual name. */
export function componentByName(kind: ComponentKind, name: string): FoundComponent | undefined {
  return byKey(data.plugins).get(`${kind} ${name}`);
}

/** The usual names of all components of a kind. */
export function componentNames(kind: ComponentKind): readonly string[] {
  return [...byKey(data.plugins).keys()].flatMap(key => (key.startsWith(`${kind} `) ? key.slice(kind.length + 1) : []));
}

/** The plugins that have to be installed, by address. */
export function plugins(): readonly (readonly [address: string, plugin: Plugin])[] {
  return Object.entries(data.plugins).filter(([address]) => address !== BUILT_IN);
}

/** The names that may follow a first name: `path.root`, `build.ID`. */
export function accessors(root: string): readonly string[] {
  return data.core.accessors[root] ?? [];
}

/** All attributes and blocks of a component, those that it shares included. */
export const contentsOf = memo((component: Component): Contents => {
  const groups = words(component.groups).flatMap(name => data.groups[name] ?? []);
  const hidden = new Set(groups.flatMap(group => (group.internal ? namesIn(group) : [])));
  return merged(keys(data.plugins).get(component) ?? '', [component, ...groups], hidden);
});

/** What a nested block takes. */
export function contentsOfBlock(type: string): Contents | undefined {
  const found = Object.hasOwn(data.types, type) ? data.types[type] : undefined;
  return found && contentsOfType(found, type);
}
const contentsOfTypes = memo((_: typeof data.types) => new Map<string, Contents>());
function contentsOfType(found: BlockType, type: string): Contents {
  const known = contentsOfTypes(data.types);
  let contents = known.get(type);
  if (!contents) known.set(type, (contents = merged(`type ${type}`, [found], new Set(), words(found.required))));
  return contents;
}

/** What every component of a kind takes in a template: `only`, `pause_before`, … */
export function ownAttributes(block: string): ReadonlyMap<string, AttributeType> {
  const { attributes = {} } = data.core.blocks[block] ?? {};
  const types = new Map<string, AttributeType>();
  for (const [name, type] of Object.entries(attributes))
    if (typeof type === 'string') types.set(name, { kind: 'value', type });
  return types;
}

/** What a name became when `packer fix` can tell: `''` without a replacement, `name{}` for a block. */
export function renamedIn(key: string, name: string): string | undefined {
  for (const [pattern, names] of Object.entries(data.renamed)) {
    const matches = pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
    if (matches && Object.hasOwn(names, name)) return names[name];
  }
  return undefined;
}

/** The version in a table of versions to names that has a name. */
export function versionIn(table: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  for (const [version, names] of Object.entries(table ?? {})) if (words(names).includes(name)) return version;
  return undefined;
}

function namesIn({ attributes = {} }: AttributeTable): readonly string[] {
  return Object.values(attributes).flatMap(words);
}

function merged(
  key: string,
  tables: readonly AttributeTable[],
  hidden: Set<string>,
  required: readonly string[] = [],
): Contents {
  const types = new Map<string, AttributeType>();
  const deprecated = new Map<string, string>();
  const values = new Map<string, readonly string[]>();
  for (const table of tables) {
    for (const [type, names] of Object.entries(table.attributes ?? {}))
      for (const name of words(names)) types.set(name, attributeType(type));
    for (const [name, other] of Object.entries(table.deprecated ?? {})) deprecated.set(name, other);
    for (const [name, allowed] of Object.entries(table.values ?? {})) values.set(name, allowed);
    for (const name of words(table.undocumented)) hidden.add(name);
  }
  return { key, types, deprecated, values, hidden, required };
}

function attributeType(type: string): AttributeType {
  const [, many, content] = /^block(s?) (.+)$/.exec(type) ?? [];
  return content === undefined ? { kind: 'value', type } : { kind: 'block', content, many: many === 's' };
}
