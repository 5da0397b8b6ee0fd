import type { BlockType, PackerComponentsData, Plugin } from '../../data/packer-components.json';
import { termsOf } from '../../languages/packer/components/conditions.ts';
import { type Input, isDay, type Keeper } from './data-file.ts';
import { type Clone, clonesBelow, compareVersions, versionOf } from './packer/clone.ts';
import { type History, merged, mergedAttributes, removed } from './packer/merge.ts';
import {
  attributesOf,
  type ComponentModel,
  folded,
  namesOf,
  present,
  tableOf,
  textOf,
  unfolded,
} from './packer/model.ts';
import { Module, type ReadComponent, type ReadPlugin, readPlugin, SDK } from './packer/plugin.ts';

type Data = PackerComponentsData;

/** Keeps `data/packer-components.json`. */
export const PACKER_COMPONENTS: Keeper<Data> = {
  file: 'data/packer-components.json',
  input:
    'a directory with clones of the repositories of plugins and of packer-plugin-sdk; other plugins stay as they are',
  levels: 6,
  problems,
  refresh,
};

function problems(data: Data): readonly string[] {
  const { plugins, groups, types } = data;
  const blocks = [
    ...Object.values(plugins).flatMap(({ components }) => Object.values(components)),
    ...Object.values(groups),
    ...Object.values(types),
  ]
    .flatMap(({ attributes }) => Object.keys(attributes ?? {}))
    .flatMap(type => /^blocks? (.*)$/.exec(type)?.[1] ?? []);
  const names = Object.values(plugins).flatMap(({ components }) => Object.keys(components));
  return [
    ...[...new Set(blocks)].filter(type => !Object.hasOwn(types, type)).map(type => `the type ${type} does not exist`),
    ...Object.keys(types)
      .filter(type => !blocks.includes(type))
      .map(type => `unused type ${type}`),
    ...names.filter((name, at) => names.indexOf(name) !== at).map(name => `${name} occurs twice`),
    ...Object.entries(plugins).flatMap(([address, plugin]) =>
      problemsOf(plugin, groups).map(problem => `${address}: ${problem}`),
    ),
    ...problemsOfConditions(data),
  ];
}

/** Names in conditions that no component has, and formats that do not exist or that nothing uses. */
function problemsOfConditions({ conditions, formats, groups, plugins, types }: Data): readonly string[] {
  const components = new Map<string, ReadonlySet<string>>();
  for (const { components: all } of Object.values(plugins))
    for (const [key, component] of Object.entries(all)) {
      const tables = [component, ...namesOf(component.groups).map(group => groups[group] ?? {})];
      components.set(key, new Set(tables.flatMap(table => [...attributesOf(table).keys()])));
    }
  for (const [type, table] of Object.entries(types))
    components.set(`type ${type}`, new Set(attributesOf(table).keys()));
  const found: string[] = [];
  const used = new Set<string>();
  for (const [patterns, condition] of Object.entries(conditions)) {
    const matching = patterns.split(', ').flatMap(pattern => {
      const start = pattern.endsWith('*') ? pattern.slice(0, -1) : undefined;
      const keys = [...components.keys()].filter(key =>
        start === undefined ? key === pattern : key.startsWith(start),
      );
      if (keys.length === 0) found.push(`conditions of ${pattern}, which does not exist`);
      return keys.map(key => components.get(key)!);
    });
    const terms = [
      ...(condition.exclusive ?? []),
      ...Object.entries(condition.needs ?? {}).flatMap(([when, rows]) => [when, ...rows]),
      ...Object.entries(condition.forbids ?? {}).flat(),
      ...(condition.ordered ?? []),
      ...Object.keys(condition.ranges ?? {}),
      ...Object.keys(condition.values ?? {}),
      ...Object.values(condition.formats ?? {}),
    ];
    for (const { name } of terms.flatMap(termsOf))
      if (!matching.some(names => names.has(name.replace(/\..*$/, ''))))
        found.push(`conditions of ${patterns}: no attribute ${name}`);
    for (const format of Object.keys(condition.formats ?? {})) {
      used.add(format);
      if (!Object.hasOwn(formats, format)) found.push(`conditions of ${patterns}: no format ${format}`);
    }
  }
  for (const format of Object.keys(formats)) if (!used.has(format)) found.push(`unused format ${format}`);
  return found;
}

function problemsOf(plugin: Plugin, groups: Data['groups']): readonly string[] {
  const found: string[] = [];
  if (!isDay(plugin.date)) found.push('has no date');
  if (!/^\d+\.\d+\.\d+$/.test(plugin.version)) found.push('has no version');
  for (const [name, component] of Object.entries(plugin.components)) {
    if (!/^(?:source|provisioner|post-processor|data) \S+$/.test(name)) found.push(`${name} has an unknown kind`);
    const used = namesOf(component.groups);
    found.push(
      ...used.filter(group => !Object.hasOwn(groups, group)).map(group => `${name} uses the unknown group ${group}`),
    );
    const known = new Set(
      [component, ...used.map(group => groups[group] ?? {})].flatMap(table => [...attributesOf(table).keys()]),
    );
    const named = [
      component.required,
      component.secret,
      component.undocumented,
      ...(component.requiredOneOf ?? []),
    ].flatMap(namesOf);
    found.push(
      ...named.filter(attribute => !known.has(attribute)).map(attribute => `${name} has no attribute ${attribute}`),
    );
  }
  return found;
}

async function refresh(data: Data, input: Input | undefined) {
  const report: string[] = [];
  const clones = input ? clonesBelow(input.place) : [];
  if (input && clones.length === 0) throw new Error(`${input.place} has no directory with a go.mod`);
  const models = new Map([...unfolded(data)].map(([address, components]) => [address, new Map(components)]));
  const plugins = new Map(Object.entries(data.plugins));
  const types = new Map(Object.entries(data.types));
  const internal = new Set(
    Object.values(data.groups).flatMap(group => (group.internal ? [...attributesOf(group).keys()] : [])),
  );
  const modules = clones.map(clone => ({ clone, module: new Module(clone.tree) }));
  const sdk = modules.find(({ module }) => module.path === SDK)?.module;
  for (const { clone, module } of modules) {
    if (module === sdk) continue;
    const address = addressOf(module.path, plugins);
    const known = plugins.get(address);
    const name = known?.name ?? address.replace(/^.*\//, '');
    const read = readPlugin(module, name, sdk);
    report.push(...read.problems.map(problem => `${address}: ${problem}`));
    if (read.components.size === 0) continue;
    const named = typeNames(read, name, types, internal);
    const history = historyOf(clone, name, sdk, known?.version, read.version);
    const before = models.get(address) ?? new Map<string, ComponentModel>();
    const components = new Map(
      [...read.components].map(([label, component]) => [
        label,
        merged(label, component, before.get(label), { internal, named, history }),
      ]),
    );
    report.push(...differences(before, components).map(line => `${address}: ${line}`));
    models.set(address, components);
    plugins.set(address, pluginOf(module.path, name, clone, read, known, components.keys()));
  }
  return { data: assembled(data, { plugins, types, models }), report };
}

/** The address that `required_plugins` has for a module: the known one, or the usual one. */
function addressOf(module: string, plugins: ReadonlyMap<string, Plugin>): string {
  const repository = module.replace(/^github\.com\//, '').replace(/\/v\d+$/, '');
  const known = [...plugins].find(([, plugin]) => plugin.repository.toLowerCase() === repository.toLowerCase());
  return known?.[0] ?? `github.com/${repository.replace('/packer-plugin-', '/')}`;
}

function pluginOf(
  module: string,
  name: string,
  { commit, tags }: Clone,
  read: ReadPlugin,
  known: Plugin | undefined,
  components: Iterable<string>,
): Plugin {
  const version = versionOf(tags.at(-1) ?? read.version ?? known?.version ?? '0.0.0');
  return present<Plugin>({
    repository: known?.repository ?? module.replace(/^github\.com\//, ''),
    aliases: known?.aliases,
    name,
    version,
    commit: commit?.hash ?? known?.commit ?? '',
    date: commit?.date ?? known?.date ?? '',
    historyFrom: known?.historyFrom ?? version,
    incomplete: undefined,
    removedComponents: known && removed(known, components),
    components: {},
  });
}

/**
 * Puts the structs of a plugin's nested blocks into the table and says what each is called there. One that has the same attributes as a
 * type of the plugin keeps that name; one that has changed takes a name that is left over.
 */
function typeNames(read: ReadPlugin, plugin: string, types: Map<string, BlockType>, internal: ReadonlySet<string>) {
  const names = new Map<string, string>();
  const base = (key: string) => (key.startsWith(SDK) ? sdkName(key) : `${plugin}.${key.replace(/^.*\./, '')}`);
  const named = (type: string) =>
    type.replace(/^(blocks? )(.*)$/, (_, kind: string, key: string) => kind + (names.get(key) ?? sdkName(key)));
  for (const [key, struct] of read.structs) {
    const home = base(key).replace(/\..*$/, '.');
    const candidates = [...types.keys()].filter(type => type.startsWith(home));
    const same = candidates.filter(type => shapeOf(attributesOf(types.get(type)!)) === shapeOf(struct.attributes));
    const name = same.find(type => type.startsWith(base(key))) ?? same[0];
    if (name !== undefined) names.set(key, name);
  }
  const taken = new Set(names.values());
  for (const key of read.structs.keys()) {
    if (names.has(key)) continue;
    names.set(key, freeName(base(key), taken));
    taken.add(names.get(key)!);
  }
  for (const [key, struct] of read.structs)
    types.set(names.get(key)!, typeOf(struct, types.get(names.get(key)!), internal, named));
  return named;
}

/** Names and types of attributes, whatever nested blocks are called. */
function shapeOf(attributes: ReadonlyMap<string, { readonly type: string }>): string {
  const rows = [...attributes].map(
    ([name, { type }]) => `${name} ${type.replace(/^(blocks?) .*$/, '$1').replace('duration', 'string')}`,
  );
  return rows.toSorted().join();
}

const sdkName = (key: string) => `sdk.${key.replace(/^.*\./, '')}`;

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function typeOf(
  read: ReadComponent,
  before: BlockType | undefined,
  internal: ReadonlySet<string>,
  named: (type: string) => string,
): BlockType {
  const attributes = mergedAttributes(read, before ? attributesOf(before) : new Map(), { internal, named });
  const required = textOf(namesOf(before?.required).filter(name => attributes.has(name)));
  const documentedRequired = textOf([...read.required].filter(name => !namesOf(required).includes(name)));
  return { ...tableOf(attributes), ...present<BlockType>({ required, documentedRequired }) };
}

/** Looks through the tags after the version that the table knows. */
function historyOf(
  { at, tags }: Clone,
  name: string,
  sdk: Module | undefined,
  known: string | undefined,
  current: string | undefined,
): History {
  const newer = tags.filter(tag => known === undefined || compareVersions(versionOf(tag), known) > 0);
  let releases: readonly (readonly [string, ReadPlugin])[] | undefined;
  return (component, attribute, change) => {
    if (tags.length === 0) return current;
    releases ??= newer.map(tag => [versionOf(tag), readPlugin(new Module(at(tag)), name, sdk)]);
    const found = releases.find(([, read]) => {
      const there = read.components.get(component)?.attributes.has(attribute);
      return there !== undefined && there === (change === 'since');
    });
    return found?.[0] ?? 'unreleased';
  };
}

function differences(
  before: ReadonlyMap<string, ComponentModel>,
  now: ReadonlyMap<string, ComponentModel>,
): readonly string[] {
  const gone = [...before.keys()].filter(name => !now.has(name)).map(name => `${name} is gone`);
  const rows = [...now].flatMap(([name, { attributes }]) => {
    const old = before.get(name)?.attributes;
    if (!old) return [`${name} is new`];
    const changed = [...attributes].flatMap(([attribute, { type }]) => {
      const was = old.get(attribute);
      return !was ? [`+${attribute}`] : was.type !== type ? [`${attribute}: ${was.type} → ${type}`] : [];
    });
    const went = [...old.keys()].filter(attribute => !attributes.has(attribute)).map(attribute => `-${attribute}`);
    return changed.length + went.length > 0 ? [`${name} ${[...changed, ...went].join(' ')}`] : [];
  });
  return [...gone, ...rows];
}

/** The data in its order: folded, dated by its newest plugin, without types that nothing uses any more. */
function assembled(
  data: Data,
  parts: {
    readonly plugins: ReadonlyMap<string, Plugin>;
    readonly types: ReadonlyMap<string, BlockType>;
    readonly models: ReadonlyMap<string, ReadonlyMap<string, ComponentModel>>;
  },
): Data {
  const { groups, plugins } = folded(parts.models);
  const all = [...parts.plugins].map(
    ([address, plugin]) => [address, { ...plugin, components: plugins.get(address) ?? {} }] as const,
  );
  return {
    ...data,
    date: all.map(([, { date }]) => date).reduce((a, b) => (a > b ? a : b), ''),
    plugins: Object.fromEntries(all),
    groups,
    types: usedTypes(parts.types, parts.models),
  };
}

function usedTypes(
  types: ReadonlyMap<string, BlockType>,
  models: ReadonlyMap<string, ReadonlyMap<string, ComponentModel>>,
) {
  const used = new Set<string>();
  const add = (type: string) => {
    const name = /^blocks? (.*)$/.exec(type)?.[1];
    if (name === undefined || used.has(name)) return;
    used.add(name);
    for (const inner of Object.keys(types.get(name)?.attributes ?? {})) add(inner);
  };
  for (const components of models.values())
    for (const { attributes } of components.values()) for (const { type } of attributes.values()) add(type);
  return Object.fromEntries([...types].filter(([name]) => used.has(name)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
