/** Questions to the table of cloud-init's keys as it is written. */
import type { CloudInitKeysData, KeyData, Keys, MapData, TypeData } from '../../../data/cloud-init-keys.json';

const SIMPLE = new Set(['text', 'bool', 'false', 'int', 'count', 'number', 'nothing', 'any', 'rest', 'module name']);

/** One alternative of a type; `old`: the version that deprecated it. */
export interface Option {
  readonly type: Exclude<
    TypeData,
    { readonly oneOf: unknown } | { readonly old: unknown } | { readonly tolerated: unknown }
  >;
  readonly old: string | undefined;
}

/** The alternatives of a type, names resolved. */
export function optionsOf(type: TypeData, data: CloudInitKeysData, old?: string): readonly Option[] {
  if (typeof type === 'string')
    return SIMPLE.has(type) ? [{ type, old }] : optionsOf(data.types[type] ?? 'any', data, old);
  if ('oneOf' in type) return type.oneOf.flatMap(one => optionsOf(one, data, old));
  // The schema has nothing of these.
  if ('tolerated' in type) return [];
  return 'old' in type ? optionsOf(type.old, data, type.since) : [{ type, old }];
}

export const typeOf = (key: KeyData): TypeData => (typeof key === 'object' && 'type' in key ? key.type : key);

/** The keys of a mapping, which may be those of a type. */
export function keysIn({ keys }: MapData, data: CloudInitKeysData): Keys {
  if (typeof keys !== 'string') return keys;
  const named = data.types[keys];
  return typeof named === 'object' && 'keys' in named ? keysIn(named, data) : {};
}

/** Every key with its path and the keys beside it, those of named types once. */
export function* keysOf(data: CloudInitKeysData): Iterable<readonly [path: string, key: KeyData, siblings: Keys]> {
  const { v2, device, devices } = data.network;
  const tables = { ...data.modules, base: data.base, cloudCfg: data.cloudCfg, v2, device, ...devices };
  for (const [module, keys] of Object.entries(tables)) yield* below(keys, module);
  for (const [name, type] of Object.entries(data.types)) yield* inType(type, name);
  yield* inType(data.autoinstall, 'autoinstall');
  yield* inType(data.network.v1, 'network');
}

function* below(keys: Keys, path: string): Iterable<readonly [string, KeyData, Keys]> {
  for (const [name, key] of Object.entries(keys)) {
    yield [`${path}.${name}`, key, keys];
    yield* inType(typeOf(key), `${path}.${name}`);
  }
}

function* inType(type: TypeData, path: string): Iterable<readonly [string, KeyData, Keys]> {
  if (typeof type === 'string') return;
  for (const inner of innerTypes(type)) yield* inType(inner, path);
  if ('keys' in type && typeof type.keys !== 'string') yield* below(type.keys, path);
}

/** The types that a type is made of, but for those of its keys. */
function innerTypes(type: Exclude<TypeData, string>): readonly TypeData[] {
  if ('oneOf' in type) return type.oneOf;
  if ('old' in type) return [type.old];
  if ('tolerated' in type) return [type.tolerated];
  if ('list' in type) return [type.list];
  if ('map' in type) return [type.map];
  return 'others' in type && type.others !== undefined ? [type.others] : [];
}

/** The names of types that are used. */
export function* namesIn(data: CloudInitKeysData): Iterable<string> {
  const namesOf = function* (type: TypeData): Iterable<string> {
    if (typeof type === 'string') {
      if (!SIMPLE.has(type)) yield type;
      return;
    }
    if ('keys' in type && typeof type.keys === 'string') yield type.keys;
    for (const inner of innerTypes(type)) yield* namesOf(inner);
  };
  for (const [, key] of keysOf(data)) yield* namesOf(typeOf(key));
  for (const type of Object.values(data.types)) yield* namesOf(type);
  yield* namesOf(data.autoinstall);
}
