/** What is known of a key in a document, and the outline of a document: for hovers, completion and symbols of an editor. */

import type { Span } from '../../core/text.ts';
import data from '../../data/cloud-init-keys.json';
import { isConfig } from './forms.ts';
import { describe } from './modules/describe.ts';
import { DESCRIPTIONS } from './modules/descriptions.ts';
import { cloudCfg, networkConfig, userData } from './modules/keys.ts';
import { NETWORK_V1, NETWORK_V2 } from './modules/network-descriptions.ts';
import type { Key, Type } from './modules/types.ts';
import { asMap, asScalar, get } from './nodes.ts';
import type { CloudInitTree, YamlEntry, YamlNode } from './tree.ts';

/** A key and what its value may be. */
export interface KeyInfo {
  /** Keys from the root of the document; items of lists are left out. */
  readonly path: readonly string[];
  /** The type in words, as it ends the sentence "takes …". */
  readonly type: string;
  /** The only strings that it takes; empty where there are others. */
  readonly values: readonly string[];
  /** The only strings that items of it may be, where it takes a list. */
  readonly itemValues: readonly string[];
  /** What follows the colon, as a snippet: a list with its first item, a mapping with the keys that it has to have. */
  readonly skeleton: string;
  /** What it does; `undefined` for keys that are rarely written. */
  readonly description: string | undefined;
  /** A value as it would be written. */
  readonly example: string | undefined;
  /** The version of cloud-init that brought it; `undefined`: before those that matter. */
  readonly since: string | undefined;
  readonly deprecated: { readonly since: string; readonly instead: string } | undefined;
  /** The page that describes it. */
  readonly link: string | undefined;
}

const PAGES = 'https://docs.cloud-init.io/en/latest/reference';
const INSTALLER = 'https://canonical-subiquity.readthedocs-hosted.com/en/latest/reference/autoinstall-reference.html';

/** What is known of the key at a path: `['users', 'lock_passwd']`. `undefined` where cloud-init has no such key. */
export function keyInfo(root: Type, path: readonly string[]): KeyInfo | undefined {
  let type: Type | undefined = root;
  let key: Key | undefined;
  const described: string[] = [];
  for (const name of path) {
    const found: FoundKey | undefined = type && keyIn(type, name);
    key = found?.key;
    type = key?.type;
    // A key that was renamed does the same as the one that took its place.
    described.push(found?.chosen ? '*' : (key?.deprecated?.use ?? name));
  }
  if (!key) return undefined;
  const { example, since, deprecated } = key;
  return {
    path,
    type: describe(key.type),
    values: valuesOf(key.type),
    itemValues: itemValuesOf(key.type),
    skeleton: skeletonOf(key.type),
    description: descriptionOf(root, described.join('.')),
    example,
    since,
    deprecated: deprecated && { since: deprecated.since, instead: deprecated.instead },
    link: linkOf(root, path[0] ?? ''),
  };
}

function descriptionOf(root: Type, path: string): string | undefined {
  const descriptions =
    root === networkConfig[1]() ? NETWORK_V1 : root === networkConfig[2]() ? NETWORK_V2 : DESCRIPTIONS;
  return Object.hasOwn(descriptions, path) ? descriptions[path] : undefined;
}

/** The keys that may stand at a path, for completion; deprecated ones are left out. */
export function keysAt(root: Type, path: readonly string[]): readonly string[] {
  let type: Type | undefined = root;
  for (const name of path) type = type && keyIn(type, name)?.key.type;
  if (!type) return [];
  const names = mapsIn(type).flatMap(map =>
    Object.entries(map.keys).flatMap(([name, key]) => (key.deprecated ? [] : [name])),
  );
  return [...new Set(names)];
}

/** What the keys of a document are held against; `undefined` for scripts, messages and other programs' files. */
export function schemaOf(tree: CloudInitTree): Type | undefined {
  if (tree.form === 'cloud.cfg') return cloudCfg();
  if (isConfig(tree)) return userData();
  const version = asScalar(get(asMap(get(tree.root, 'network')) ?? tree.root, 'version'))?.value;
  return tree.form === 'network-config' && (version === 1 || version === 2) ? networkConfig[version]() : undefined;
}

/** The same for completion: a network-config without a version is most likely one of version 2. */
export function usualSchemaOf(tree: CloudInitTree): Type | undefined {
  return schemaOf(tree) ?? (tree.form === 'network-config' ? networkConfig[2]() : undefined);
}

/** The key of a document at an offset, or the one whose value is one of a few there, with what is known of it. */
export function keyAt(
  tree: CloudInitTree,
  offset: number,
): { readonly entry: YamlEntry; readonly info: KeyInfo; readonly span: Span } | undefined {
  const schema = schemaOf(tree);
  const path: string[] = [];
  let entry: YamlEntry | undefined;
  let node: YamlNode | undefined = schema && tree.root;
  while (node?.kind === 'map' || node?.kind === 'seq') {
    if (node.kind === 'seq') {
      node = node.items.find(item => covers(item.span, offset));
      continue;
    }
    entry = node.entries.find(({ span }) => covers(span, offset));
    if (entry?.name === undefined) return undefined;
    // `network-config` may be wrapped.
    if (!(tree.form === 'network-config' && path.length === 0 && entry.name === 'network')) path.push(entry.name);
    // One that is not written covers nothing.
    if (covers(entry.key.span, offset) && entry.key.span.end > entry.key.span.start) {
      const info = keyInfo(schema!, path);
      return info && { entry, info, span: entry.key.span };
    }
    node = entry.value;
  }
  const info = entry && node?.kind === 'scalar' && covers(node.span, offset) ? keyInfo(schema!, path) : undefined;
  if (!entry || !node || !info) return undefined;
  const isChoice = info.values.length > 0 || info.itemValues.length > 0 || info.type.startsWith('`true` or `false`');
  return isChoice ? { entry, info, span: node.span } : undefined;
}

function covers({ start, end }: { readonly start: number; readonly end: number }, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** Maps that a value may be: items of a list are looked into. */
function mapsIn(type: Type, depth = 0): readonly Extract<Type, { kind: 'map' }>[] {
  if (depth > 8) return [];
  switch (type.kind) {
    case 'map':
      return [type];
    case 'list':
      return mapsIn(type.items, depth + 1);
    case 'one of':
      return type.types.flatMap(option => mapsIn(option, depth + 1));
    case 'old':
    case 'tolerated':
      return mapsIn(type.type, depth + 1);
    default:
      return [];
  }
}

interface FoundKey {
  readonly key: Key;
  /** The name is one of choice. */
  readonly chosen: boolean;
}

function keyIn(type: Type, name: string): FoundKey | undefined {
  const maps = mapsIn(type);
  for (const { keys } of maps) if (Object.hasOwn(keys, name)) return { key: keys[name]!, chosen: false };
  const others = maps.find(map => map.others && map.others.kind !== 'any')?.others;
  return others && { key: { type: others, example: undefined, since: undefined, deprecated: undefined }, chosen: true };
}

function skeletonOf(type: Type): string {
  switch (type.kind) {
    case 'bool':
      return ` ${choice(['true', 'false'])}`;
    case 'text':
      return ` ${type.values ? choice(type.values) : '$0'}`;
    case 'list':
      return `\n  - ${linesOf(type.items).join('\n    ')}`;
    case 'map':
      return `\n  ${linesOf(type).join('\n  ')}`;
    case 'one of':
      return skeletonOf(usualOf(type));
    case 'tolerated':
      return skeletonOf(type.type);
    default:
      return ' $0';
  }
}

/** The form that says most: `users` takes names too, and usually has mappings. */
function usualOf(type: Type): Type {
  if (type.kind === 'tolerated') return usualOf(type.type);
  if (type.kind !== 'one of') return type;
  const current = type.types.filter(({ kind }) => kind !== 'old' && kind !== 'null').map(usualOf);
  const found = ['map or list', 'bool', 'text'].flatMap(kind => current.find(one => kind.includes(one.kind)) ?? []);
  return found[0] ?? current[0] ?? { kind: 'any' };
}

/** The required keys of a mapping; a place for anything else. */
function linesOf(type: Type): readonly string[] {
  const usual = usualOf(type);
  if (usual.kind === 'text' && usual.values) return [choice(usual.values)];
  const names = usual.kind === 'map' ? usual.required.flatMap(([name]) => name ?? []) : [];
  return names.length > 0 ? names.map((name, i) => `${name}: $${i + 1}`) : ['$0'];
}

function choice(values: readonly string[]): string {
  return values.length > 0 && values.every(value => /^[\w.-]+$/.test(value)) ? `\${1|${values.join(',')}|}` : '$0';
}

function valuesOf(type: Type): readonly string[] {
  if (type.kind === 'text') return type.values ?? [];
  return type.kind === 'one of' ? type.types.flatMap(valuesOf) : [];
}

function itemValuesOf(type: Type): readonly string[] {
  if (type.kind === 'list') return valuesOf(type.items);
  if (type.kind === 'tolerated') return itemValuesOf(type.type);
  return type.kind === 'one of' ? type.types.flatMap(itemValuesOf) : [];
}

function linkOf(root: Type, name: string): string | undefined {
  if (root === networkConfig[1]()) return `${PAGES}/network-config-format-v1.html`;
  if (root === networkConfig[2]()) return `${PAGES}/network-config-format-v2.html`;
  if (name === 'autoinstall') return INSTALLER;
  if (name === 'merge_how' || name === 'merge_type') return `${PAGES}/merging.html`;
  const module = Object.entries(data.modules).find(([, keys]) => Object.hasOwn(keys, name))?.[0];
  if (module) return `${PAGES}/modules.html#mod-${module.replaceAll('_', '-')}`;
  return Object.hasOwn(data.base, name) ? `${PAGES}/base_config_reference.html` : undefined;
}

/** An entry of a document's outline. */
export interface OutlineEntry {
  readonly name: string;
  /** What it holds, in a few words: `3 items`. */
  readonly detail: string;
  readonly entry: YamlEntry;
  readonly children: readonly OutlineEntry[];
}

/** The outline goes to this depth, and lists no more entries of one mapping. */
const DEEPEST = 3;
const MOST = 500;

/** The keys of a document and those below them. Values are not shown: they may be secrets. */
export function outlineOf({ document }: CloudInitTree): readonly OutlineEntry[] {
  return entriesIn(document, 0);
}

function entriesIn(node: YamlNode | undefined, depth: number): readonly OutlineEntry[] {
  if (node?.kind !== 'map' || depth >= DEEPEST) return [];
  return node.entries.slice(0, MOST).flatMap(entry => {
    const { name, value } = entry;
    if (name === undefined) return [];
    const detail = value.kind === 'seq' ? `${value.items.length} ${value.items.length === 1 ? 'item' : 'items'}` : '';
    return [{ name, detail, entry, children: entriesIn(value, depth + 1) }];
  });
}
