import { existsSync, statSync } from 'node:fs';
import type { CloudInitKeysData, KeyData, Keys, TypeData } from '../../data/cloud-init-keys.json';
import { compare, compareNetwork, type JsonSchema } from './cloud-init/compare.ts';
import { compareVersions } from './cloud-init/history.ts';
import { keysOf, namesIn } from './cloud-init/table.ts';
import { type Input, isDay, type Keeper } from './data-file.ts';
import { cloneIn, type Tree } from './packer/clone.ts';
import { readText } from './read-text.ts';

type Data = CloudInitKeysData;

/** Keeps `data/cloud-init-keys.json`. */
export const CLOUD_INIT_KEYS: Keeper<Data> = {
  file: 'data/cloud-init-keys.json',
  input:
    "a clone of cloud-init's repository, or its schema-cloud-config-v1.json: reports what the current schema has and the table lacks, and what the schemas of the releases say of `since`, for a person to write",
  levels: 3,
  width: 120,
  problems,
  refresh,
};

async function refresh(data: Data, input: Input | undefined) {
  const inOrder = {
    ...data,
    types: sorted(data.types),
    modules: sorted(data.modules),
    removed: sorted(data.removed),
    describedLater: data.describedLater.toSorted(),
    moduleNames: data.moduleNames.toSorted(),
  };
  if (!input) return { data: inOrder, report: [] };
  const report = isDirectory(input.place)
    ? ofClone(input.place, data)
    : compare(JSON.parse(await readText(input.place)) as JsonSchema, data);
  // A table that lacks nothing is as new as what it was compared with.
  const date = report.length === 0 ? (input.date ?? data.date) : data.date;
  return { data: { ...inOrder, date }, report };
}

const SCHEMAS = 'cloudinit/config/schemas';
const USER_DATA = `${SCHEMAS}/schema-cloud-config-v1.json`;

/** The current schemas, and that of user-data at each release that has one. */
function ofClone(directory: string, data: Data): readonly string[] {
  const { tree, releasesNamed } = cloneIn(directory);
  const read = (from: Tree, path: string): JsonSchema | undefined => {
    const text = from.read([path]).get(path);
    return text === undefined ? undefined : (JSON.parse(text) as JsonSchema);
  };
  const current = read(tree, USER_DATA);
  if (!current) throw new Error(`no ${USER_DATA} in ${directory}`);
  const networks = ([1, 2] as const).flatMap(version => {
    const schema = read(tree, `${SCHEMAS}/schema-network-config-v${version}.json`);
    return schema ? compareNetwork(version, schema, data) : [];
  });
  const releases = releasesNamed(/^\d\d\.\d$/).flatMap(({ tag, tree: released }) => {
    const schema = read(released, USER_DATA);
    return schema ? [{ version: tag, schema }] : [];
  });
  return [...compare(current, data), ...networks, ...compareVersions(releases, data)];
}

function isDirectory(place: string): boolean {
  return existsSync(place) && statSync(place).isDirectory();
}

function sorted<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function problems(data: Data): readonly string[] {
  const used = new Set(namesIn(data));
  const top = Object.values(data.modules).flatMap(keys => Object.keys(keys));
  const all = [...top, ...Object.keys(data.base)];
  return [
    ...all.filter((name, at) => all.indexOf(name) !== at).map(name => `${name} occurs twice`),
    ...[...used].filter(name => !Object.hasOwn(data.types, name)).map(name => `the type ${name} does not exist`),
    ...Object.keys(data.types)
      .filter(name => !used.has(name))
      .map(name => `unused type ${name}`),
    ...Object.keys(data.modules)
      .filter(name => !/^cc_[a-z0-9_]+$/.test(name))
      .map(name => `${name} is not a module`),
    ...(isDay(data.date) ? [] : ['invalid date']),
    ...Object.entries(data.removed)
      .filter(([, { since }]) => since !== undefined && !VERSION.test(since))
      .map(([path]) => `${path} is removed in an invalid version`),
    ...[...keysOf(data)].flatMap(([path, key, siblings]) =>
      problemsOf(key, siblings).map(problem => `${path} ${problem}`),
    ),
  ];
}

const VERSION = /^\d\d\.\d(?:\.\d+)?$/;

function problemsOf(key: KeyData, siblings: Keys): readonly string[] {
  if (typeof key === 'string' || !('type' in key)) return typeProblems(key);
  const found = [...typeProblems(key.type)];
  if (key.since !== undefined && !VERSION.test(key.since)) found.push('has an invalid version in `since`');
  const { deprecated } = key;
  if (deprecated && !VERSION.test(deprecated.since)) found.push('is deprecated since an invalid version');
  if (deprecated && 'use' in deprecated && !Object.hasOwn(siblings, deprecated.use))
    found.push(`is replaced by ${deprecated.use}, which does not exist`);
  return found;
}

function typeProblems(type: TypeData): readonly string[] {
  if (typeof type === 'string') return [];
  if ('pattern' in type) return compiles(type.pattern, type.flags) ? [] : ['has a pattern that does not compile'];
  if ('oneOf' in type) return type.oneOf.flatMap(typeProblems);
  if ('old' in type)
    return [
      ...(VERSION.test(type.since) ? [] : ['has a deprecated form with an invalid version']),
      ...typeProblems(type.old),
    ];
  if ('tolerated' in type) return typeProblems(type.tolerated);
  if ('list' in type) return typeProblems(type.list);
  return 'map' in type ? typeProblems(type.map) : [];
}

function compiles(pattern: string, flags: string | undefined): boolean {
  try {
    return new RegExp(pattern, flags) instanceof RegExp;
  } catch {
    return false;
  }
}
