/** The keys that cloud-init's modules read, from `data/cloud-init-keys.json`, as types that `check.ts` holds a document against. */
import data, {
  type KeyData,
  type Keys,
  type MapData,
  type RowsData,
  type TypeData,
} from '../../../data/cloud-init-keys.json';
import type { Deprecation, Key, MapType, Rows, Type } from './types.ts';

/** What user-data and vendor-data may say. */
export const userData = once((): MapType => mapOf({ keys: userDataKeys() }));

/** What `cloud.cfg` and the files in `cloud.cfg.d` may say: that, and more. */
export const cloudCfg = once((): MapType => mapOf({ keys: { ...userDataKeys(), ...data.cloudCfg } }));

/** What a user may have. */
export const userKeys = once(() => mapNamed('user').keys);

/** What a file for the installer alone may say. */
export const installer = once((): MapType => mapOf({ keys: { autoinstall: data.autoinstall } }));

/** What is below `autoinstall`. */
export const installerKeys = once(() => mapOf(data.autoinstall).keys);

/** What `network-config` may say, by its version. */
export const networkConfig = {
  1: once((): MapType => mapOf(data.network.v1)),
  2: once((): MapType => {
    const { v2, device, devices } = data.network;
    const kinds = Object.entries(devices).map(([kind, own]) => {
      // Of Netplan; it holds for all devices of the kind: https://netplan.readthedocs.io/en/stable/netplan-yaml/
      const { renderer } = device;
      return [kind, { keys: renderer ? { renderer } : {}, others: { keys: { ...device, ...own } } }];
    });
    return mapOf({ keys: { ...v2, ...Object.fromEntries(kinds) }, required: ['version'] });
  }),
};

/** The keys of `cloud.cfg` and its like that user-data does not have. */
export const cloudCfgOnly = once(() =>
  Object.keys(data.cloudCfg).filter(name => !Object.hasOwn(userData().keys, name)),
);

function userDataKeys(): Keys {
  return { ...Object.assign({}, ...Object.values(data.modules)), autoinstall: data.autoinstall, ...data.base };
}

/** The table is large and many documents need none of it. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const SIMPLE: Readonly<Record<string, Type>> = {
  text: { kind: 'text', values: undefined, form: undefined },
  bool: { kind: 'bool', only: undefined },
  false: { kind: 'bool', only: false },
  int: { kind: 'number', whole: true, least: undefined, most: undefined },
  count: { kind: 'number', whole: true, least: 0, most: undefined },
  number: { kind: 'number', whole: false, least: undefined, most: undefined },
  nothing: { kind: 'null' },
  any: { kind: 'any' },
  rest: { kind: 'any', slips: true },
};

const named = new Map<string, Type>();

/** A type that the data names; the same object every time. */
function typeNamed(name: string): Type {
  const known = Object.hasOwn(SIMPLE, name) ? SIMPLE[name] : named.get(name);
  if (known) return known;
  const made = name === 'module name' ? moduleName() : typeOf(data.types[name]!);
  named.set(name, made);
  return made;
}

function mapNamed(name: string): MapType {
  return typeNamed(name) as MapType;
}

/** Names of modules may be written with either dash. */
function moduleName(): Type {
  const names = data.moduleNames.join('|').replaceAll('_', '[-_]');
  return textLike(new RegExp(`^(?:${names})$`), 'the name of an existing module');
}

const textLike = (pattern: RegExp, words: string): Type => ({
  kind: 'text',
  values: undefined,
  form: { pattern, words },
});

function typeOf(type: TypeData): Type {
  if (typeof type === 'string') return typeNamed(type);
  if ('values' in type) return { kind: 'text', values: type.values, form: undefined };
  if ('from' in type) return { kind: 'number', whole: true, least: type.from, most: type.to };
  if ('pattern' in type) return textLike(new RegExp(type.pattern, type.flags), type.says);
  if ('oneOf' in type) return { kind: 'one of', types: type.oneOf.map(typeOf) };
  if ('old' in type) return { kind: 'old', type: typeOf(type.old), since: type.since, instead: type.instead };
  if ('tolerated' in type) return { kind: 'tolerated', type: typeOf(type.tolerated) };
  if ('map' in type) return { ...mapOf({ keys: {}, ...type }), others: typeOf(type.map) };
  if ('keys' in type) return mapOf(type);
  const { list, least = 0, most = Number.POSITIVE_INFINITY } = type;
  return { kind: 'list', items: typeOf(list), least, most };
}

function mapOf({ keys, required = [], requiredBy, others, filled }: MapData): MapType {
  return {
    kind: 'map',
    keys: typeof keys === 'string' ? mapNamed(keys).keys : keysOf(keys),
    required: rowsOf(required),
    requiredBy: requiredBy && {
      key: requiredBy.key,
      rows: Object.fromEntries(Object.entries(requiredBy.rows).map(([value, rows]) => [value, rowsOf(rows)])),
    },
    others: others === undefined ? undefined : typeOf(others),
    filled: filled ?? false,
  };
}

function rowsOf(rows: RowsData): Rows {
  return rows.map(row => (typeof row === 'string' ? [row] : row));
}

function keysOf(keys: Keys): Readonly<Record<string, Key>> {
  return Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, keyOf(key)]));
}

function keyOf(key: KeyData): Key {
  if (typeof key === 'string' || !('type' in key))
    return { type: typeOf(key), example: undefined, since: undefined, deprecated: undefined };
  const { type, example, since, deprecated } = key;
  return { type: typeOf(type), example, since, deprecated: deprecated && deprecation(deprecated) };
}

function deprecation(given: { readonly since: string; readonly use?: string; readonly instead?: string }): Deprecation {
  const { since, use } = given;
  return { since, use, instead: given.instead ?? `\`${use}\`` };
}
