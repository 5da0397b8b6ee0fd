/** Brings what was read from a plugin's code into the table, where other facts about it are already. */
import type { Plugin } from '../../../data/packer-components.json';
import { compareVersions } from './clone.ts';
import {
  type Attribute,
  type Attributes,
  type ComponentModel,
  type Facts,
  namesOf,
  present,
  tableOf,
  textOf,
} from './model.ts';
import type { ReadAttribute, ReadComponent } from './plugin.ts';

/** When an attribute came or went: the first version that has the change, or `unreleased`. */
export type History = (component: string, attribute: string, change: 'since' | 'removed') => string | undefined;

/**
 * A component with what the code says now. What the code does not say is kept, as far as it is about attributes that there still are.
 * `named` gives the type of an attribute its name in the table.
 */
export function merged(
  name: string,
  read: ReadComponent,
  before: ComponentModel | undefined,
  {
    internal,
    named,
    history,
  }: { readonly internal: ReadonlySet<string>; readonly named: (type: string) => string; readonly history: History },
): ComponentModel {
  const attributes = mergedAttributes(read, before?.attributes ?? new Map(), { internal, named });
  const old: Facts = before?.facts ?? {};
  const keep = (names: string | undefined) => textOf(namesOf(names).filter(attribute => attributes.has(attribute)));
  const came = [...attributes.keys()].filter(attribute => before && !before.attributes.has(attribute));
  const went = [...(before?.attributes.keys() ?? [])].filter(attribute => !attributes.has(attribute));
  const oneOf = old.requiredOneOf?.map(keep).filter(row => row !== undefined);
  const facts = present<Facts>({
    ...old,
    required: keep(old.required),
    requiredOneOf: oneOf && oneOf.length > 0 ? oneOf : undefined,
    documentedRequired: textOf([...read.required].filter(attribute => !namesOf(old.required).includes(attribute))),
    requiredSince: remapped(old.requiredSince, attribute => attributes.has(attribute)),
    outputs: read.outputs ? tableOf(outputsOf(read.outputs, named)).attributes : old.outputs,
    attributesSince: remapped(
      old.attributesSince,
      attribute => attributes.has(attribute),
      came.map(one => [one, history(name, one, 'since')]),
    ),
    attributesRemoved: remapped(
      old.attributesRemoved,
      attribute => !attributes.has(attribute),
      went.map(one => [one, history(name, one, 'removed')]),
    ),
  });
  return { facts, attributes };
}

/** The attributes of a component or of a nested block. */
export function mergedAttributes(
  read: ReadComponent,
  before: Attributes,
  { internal, named }: { readonly internal: ReadonlySet<string>; readonly named: (type: string) => string },
): Attributes {
  return new Map(
    [...read.attributes].map(([name, attribute]) => {
      const old = before.get(name);
      const deprecated = deprecation(attribute, read, old);
      return [
        name,
        present<Attribute>({
          ...old,
          type: typeOf(attribute, old, named),
          internal: internal.has(name) ? true : undefined,
          undocumented: attribute.undocumented ? true : undefined,
          ...(deprecated !== undefined && { deprecated }),
        }),
      ] as const;
    }),
  );
}

function typeOf({ type }: ReadAttribute, old: Attribute | undefined, named: (type: string) => string): string {
  // Not every plugin documents its durations; the code that is read here calls them strings.
  return type === 'string' && old?.type === 'duration' ? old.type : named(type);
}

/** What replaces it: the first other attribute that the deprecation mentions. */
function deprecation(
  { deprecated }: ReadAttribute,
  { attributes }: ReadComponent,
  old: Attribute | undefined,
): string | undefined {
  if (old?.deprecated !== undefined || !deprecated) return old?.deprecated;
  return deprecated.mentions.find(mention => attributes.has(mention)) ?? '';
}

function outputsOf(outputs: ReadonlyMap<string, ReadAttribute>, named: (type: string) => string): Attributes {
  return new Map([...outputs].map(([name, { type }]) => [name, { type: named(type) }]));
}

/** Names by version, without those that `holds` says no of, and with new ones. */
function remapped(
  byVersion: Readonly<Record<string, string>> | undefined,
  holds: (name: string) => boolean,
  more: readonly (readonly [name: string, version: string | undefined])[] = [],
): Readonly<Record<string, string>> | undefined {
  const names = new Map<string, string>();
  for (const [version, text] of Object.entries(byVersion ?? {}))
    for (const name of namesOf(text)) names.set(name, version);
  for (const [name, version] of more) if (version !== undefined) names.set(name, version);
  const versions = new Map<string, string[]>();
  for (const [name, version] of names) if (holds(name)) versions.set(version, [...(versions.get(version) ?? []), name]);
  const rows = [...versions].toSorted(([a], [b]) =>
    a === 'unreleased' ? 1 : b === 'unreleased' ? -1 : compareVersions(a, b),
  );
  return rows.length > 0 ? Object.fromEntries(rows.map(([version, all]) => [version, textOf(all)!])) : undefined;
}

/** The components of a plugin that the code has no more, with the last version that is known to have had them. */
export function removed(plugin: Plugin, names: Iterable<string>): Readonly<Record<string, string>> | undefined {
  const now = new Set(names);
  const gone = Object.keys(plugin.components).filter(name => !now.has(name));
  const rows = [
    ...Object.entries(plugin.removedComponents ?? {}),
    ...gone.map(name => [name, plugin.version] as const),
  ];
  const kept = rows.filter(([name]) => !now.has(name));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
