/** The table of Packer's components unfolded, one entry per attribute, and folded again for the file. */
import type { AttributeTable, Component, Group, PackerComponentsData } from '../../../data/packer-components.json';

/** One attribute and what is known of it. */
export interface Attribute {
  readonly type: string;
  readonly secret?: true;
  readonly undocumented?: true;
  readonly internal?: true;
  readonly deprecated?: string;
  readonly values?: readonly string[];
}
export type Attributes = ReadonlyMap<string, Attribute>;

/** A component without its attributes. */
export type Facts = Omit<Component, keyof AttributeTable | 'groups'>;

export interface ComponentModel {
  readonly facts: Facts;
  readonly attributes: Attributes;
}

/** Plugin address to component name to component. */
export type Components = ReadonlyMap<string, ReadonlyMap<string, ComponentModel>>;

export const namesOf = (text: string | undefined): readonly string[] => text?.split(' ').filter(Boolean) ?? [];
export const textOf = (names: Iterable<string>): string | undefined => [...names].toSorted().join(' ') || undefined;

/** The attributes of one table. */
export function attributesOf(table: AttributeTable & { readonly internal?: true }): Attributes {
  const secret = new Set(namesOf(table.secret));
  const undocumented = new Set(namesOf(table.undocumented));
  const found = new Map<string, Attribute>();
  for (const [type, names] of Object.entries(table.attributes ?? {}))
    for (const name of namesOf(names))
      found.set(name, {
        type,
        ...(secret.has(name) && { secret: true }),
        ...(undocumented.has(name) && { undocumented: true }),
        ...(table.internal && { internal: true }),
        ...(table.deprecated?.[name] !== undefined && { deprecated: table.deprecated[name] }),
        ...(table.values?.[name] && { values: table.values[name] }),
      });
  return found;
}

/** The table that holds the attributes, all in order. */
export function tableOf(attributes: Attributes): AttributeTable {
  const byType = new Map<string, string[]>();
  const sorted = [...attributes].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, { type }] of sorted) byType.set(type, [...(byType.get(type) ?? []), name]);
  const having = (key: 'secret' | 'undocumented') => textOf(sorted.flatMap(([name, is]) => (is[key] ? [name] : [])));
  const record = <V>(value: (attribute: Attribute) => V | undefined) => {
    const rows = sorted.flatMap(([name, attribute]) => {
      const found = value(attribute);
      return found === undefined ? [] : [[name, found] as const];
    });
    return rows.length > 0 ? Object.fromEntries(rows) : undefined;
  };
  const types = [...byType].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([type, names]) => [type, textOf(names)!]);
  return present({
    attributes: types.length > 0 ? Object.fromEntries(types) : undefined,
    secret: having('secret'),
    undocumented: having('undocumented'),
    deprecated: record(({ deprecated }) => deprecated),
    values: record(({ values }) => values),
  });
}

/** The object without what is `undefined`. */
export function present<T extends object>(value: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}

/** Every component with all its attributes, those of its groups too. */
export function unfolded({ plugins, groups }: PackerComponentsData): Components {
  const shared = new Map(Object.entries(groups).map(([name, group]) => [name, attributesOf(group)]));
  return new Map(
    Object.entries(plugins).map(([address, plugin]) => [
      address,
      new Map(
        Object.entries(plugin.components).map(([name, component]) => {
          const { attributes: _, secret, undocumented, deprecated, values, groups: used, ...facts } = component;
          const inGroups = namesOf(used).flatMap(group => [...(shared.get(group) ?? [])]);
          return [name, { facts, attributes: new Map([...inGroups, ...attributesOf(component)]) }] as const;
        }),
      ),
    ]),
  );
}

/** What a group costs in the file beside its attributes, in characters. */
const GROUP_COSTS = 40;

/**
 * Components as the file has them: attributes that the very same components share are a group, named by its first attribute, where
 * that makes the file shorter.
 */
export function folded(components: Components): {
  readonly groups: Readonly<Record<string, Group>>;
  readonly plugins: ReadonlyMap<string, Readonly<Record<string, Component>>>;
} {
  const taken = new Map<string, Group>();
  const groupsOf = new Map<Attributes, string[]>();
  const grouped = new Map<Attributes, Set<string>>();
  for (const { attributes, users } of shares(components)) {
    const names = [...attributes.keys()].toSorted();
    const name = free(names[0]!, taken);
    const once = names.reduce((sum, { length }) => sum + length + 1, 0);
    if (once * (users.length - 1) <= (name.length + 1) * users.length + GROUP_COSTS) continue;
    const internal = [...attributes.values()].some(attribute => attribute.internal)
      ? ({ internal: true } as const)
      : {};
    taken.set(name, { ...internal, ...tableOf(attributes) });
    for (const user of users) {
      groupsOf.set(user, [...(groupsOf.get(user) ?? []), name]);
      grouped.set(user, new Set([...(grouped.get(user) ?? []), ...names]));
    }
  }
  const plugins = new Map(
    [...components].map(([address, inPlugin]) => [
      address,
      Object.fromEntries(
        [...inPlugin].toSorted(byName).map(([name, { facts, attributes }]) => {
          const own = new Map([...attributes].filter(([attribute]) => !grouped.get(attributes)?.has(attribute)));
          const groups = textOf(groupsOf.get(attributes) ?? []);
          return [name, { ...(groups !== undefined && { groups }), ...tableOf(own), ...facts }] as const;
        }),
      ),
    ]),
  );
  return { groups: Object.fromEntries([...taken].toSorted(byName)), plugins };
}

const byName = ([a]: readonly [string, ...unknown[]], [b]: readonly [string, ...unknown[]]) => (a < b ? -1 : 1);

function free(name: string, taken: ReadonlyMap<string, unknown>): string {
  for (let number = 2; ; number++) {
    const candidate = number === 2 ? name : `${name}-${number - 1}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Attributes by the components that have them, alike in everything; those of many components first. */
function shares(components: Components) {
  const models = [...components.values()].flatMap(inPlugin => [...inPlugin.values()]);
  const users = new Map<string, number[]>();
  models.forEach(({ attributes }, index) => {
    for (const [name, attribute] of attributes) {
      const key = JSON.stringify([name, attribute]);
      users.set(key, [...(users.get(key) ?? []), index]);
    }
  });
  const sets = new Map<string, { attributes: Map<string, Attribute>; users: readonly Attributes[] }>();
  for (const [key, indices] of users) {
    if (indices.length < 2) continue;
    const [name, attribute] = JSON.parse(key) as [string, Attribute];
    // What Packer sets is a group of its own, because a group says that as a whole.
    const id = `${attribute.internal ?? false} ${indices}`;
    const set = sets.get(id) ?? { attributes: new Map(), users: indices.map(index => models[index]!.attributes) };
    set.attributes.set(name, attribute);
    sets.set(id, set);
  }
  const first = ({ attributes }: { attributes: ReadonlyMap<string, Attribute> }) =>
    [...attributes.keys()].toSorted()[0]!;
  return [...sets.values()].toSorted(
    (a, b) => b.users.length - a.users.length || (first(a) < first(b) ? -1 : first(a) > first(b) ? 1 : 0),
  );
}
