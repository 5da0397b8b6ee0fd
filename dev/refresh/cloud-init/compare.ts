/** Holds the public schema of cloud-config against the table: what the schema has and the table lacks. */
import type { CloudInitKeysData, KeyData, Keys } from '../../../data/cloud-init-keys.json';
import { keysIn, type Option, optionsOf, typeOf } from './table.ts';

/** A JSON schema, as far as cloud-init uses it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly required?: readonly string[];
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly deprecated?: boolean;
  readonly deprecated_version?: string;
}

/** A line for each key, type, value, requirement and deprecation that the table lacks, in the order of the schema. */
export function compare(schema: JsonSchema, data: CloudInitKeysData): readonly string[] {
  const comparison = new Comparison(schema.$defs ?? {}, data);
  const keys: Keys = {
    ...Object.assign({}, ...Object.values(data.modules)),
    autoinstall: data.autoinstall,
    ...data.base,
  };
  for (const alternative of comparison.alternatives(schema))
    comparison.mapping(alternative, keys, undefined, [], undefined);
  return [...new Set(comparison.lines)];
}

/** The same for one version of the network configuration. */
export function compareNetwork(version: 1 | 2, schema: JsonSchema, data: CloudInitKeysData): readonly string[] {
  const comparison = new Comparison(schema.$defs ?? {}, data);
  const { v1, v2, device, devices } = data.network;
  const kinds = Object.fromEntries(
    Object.entries(devices).map(([kind, own]): [string, KeyData] => [kind, { map: { keys: { ...device, ...own } } }]),
  );
  const keys: Keys = version === 1 ? keysIn(v1, data) : { ...v2, ...kinds };
  // Of version 1 the outer mapping is optional.
  for (const outer of comparison.alternatives(schema)) {
    const wrapped = outer.properties?.network;
    for (const inner of wrapped ? comparison.alternatives(wrapped) : [outer])
      comparison.mapping(inner, keys, undefined, [`network v${version}`], undefined);
  }
  // The renderers take a route without it.
  const routes = /routes\[\]\.gateway: is required$/;
  return [...new Set(comparison.lines)].filter(line => !routes.test(line));
}

class Comparison {
  readonly lines: string[] = [];

  constructor(
    private readonly definitions: Readonly<Record<string, JsonSchema>>,
    private readonly data: CloudInitKeysData,
  ) {}

  /** A schema as schemas without alternatives and references. */
  alternatives(schema: JsonSchema): readonly JsonSchema[] {
    const { $ref, allOf = [], anyOf = [], oneOf = [], ...own } = schema;
    const referred = $ref === undefined ? [] : [this.definitions[$ref.replace('#/$defs/', '')] ?? {}];
    let all: readonly JsonSchema[] = [own];
    for (const choices of [referred, ...allOf.map(one => [one]), anyOf, oneOf]) {
      const inner = choices.flatMap(choice => this.alternatives(choice));
      if (inner.length > 0) all = all.flatMap(before => inner.map(one => together(before, one)));
    }
    return all;
  }

  /** `inherited`: since when the mapping that the key is in is deprecated, by the table. */
  private key(schema: JsonSchema, key: KeyData, path: readonly string[], inherited: string | undefined): void {
    const deprecated = typeof key === 'object' && 'deprecated' in key ? key.deprecated?.since : undefined;
    this.anyOf(this.alternatives(schema), optionsOf(typeOf(key), this.data), path, deprecated ?? inherited);
  }

  private anyOf(
    schemas: readonly JsonSchema[],
    options: readonly Option[],
    path: readonly string[],
    deprecated: string | undefined,
  ): void {
    for (const schema of schemas) this.value(schema, options, path, deprecated);
    const objects = schemas.filter(schema => typesOf(schema).includes('object'));
    const mappings = options.flatMap(({ type }) => (typeof type === 'object' && 'keys' in type ? [type] : []));
    // What only one of several forms requires depends on what else is written.
    for (const name of objects[0]?.required ?? [])
      if (objects.every(({ required }) => required?.includes(name)))
        for (const { required = [] } of mappings)
          if (!required.flat().includes(name)) this.add([...path, name], 'is required');
  }

  /** `deprecated`: since when the key is, by the table. */
  private value(
    schema: JsonSchema,
    options: readonly Option[],
    path: readonly string[],
    deprecated: string | undefined,
  ): void {
    if (options.some(({ type }) => type === 'any')) return;
    for (const type of typesOf(schema)) {
      const same = options.filter(option => kindOf(option) === type);
      if (same.length === 0) {
        this.add(path, `takes ${type}`, schema);
        continue;
      }
      const since = schema.deprecated ? schema.deprecated_version : undefined;
      if (since !== undefined && deprecated !== since && !same.some(({ old }) => old === since))
        this.add(path, `${type} is deprecated since ${since}`);
      if (type === 'object') this.object(schema, same, path, deprecated);
      if (type === 'array') this.list(schema, same, path);
    }
    for (const value of schema.enum ?? [])
      if (!options.some(option => takes(option, value))) this.add(path, `takes ${JSON.stringify(value)}`, schema);
  }

  private object(
    schema: JsonSchema,
    options: readonly Option[],
    path: readonly string[],
    deprecated: string | undefined,
  ): void {
    for (const { type, old } of options) {
      if (typeof type === 'string') continue;
      if ('map' in type) this.mapping(schema, {}, type.map, path, old ?? deprecated);
      else if ('keys' in type) this.mapping(schema, keysIn(type, this.data), type.others, path, old ?? deprecated);
    }
  }

  /** `others`: what keys hold that are not listed. */
  mapping(
    { additionalProperties, patternProperties = {}, properties = {} }: JsonSchema,
    keys: Keys,
    others: KeyData | undefined,
    path: readonly string[],
    deprecated: string | undefined,
  ): void {
    for (const [name, inner] of Object.entries(properties)) {
      const key = Object.hasOwn(keys, name) ? keys[name]! : others;
      if (key === undefined) this.add([...path, name], 'missing', inner);
      else this.key(inner, key, [...path, name], deprecated);
    }
    const free = Object.entries(patternProperties);
    if (typeof additionalProperties === 'object') free.push(['', additionalProperties]);
    for (const [pattern, inner] of free) {
      // Where the schema lists a key too, what it says there is the narrower of the two.
      const listed = Object.entries(keys).filter(
        ([name]) => pattern !== '' && !Object.hasOwn(properties, name) && new RegExp(pattern).test(name),
      );
      for (const [name, key] of listed) this.key(inner, key, [...path, name], deprecated);
      if (others !== undefined) this.key(inner, others, [...path, '*'], deprecated);
      else if (listed.length === 0) this.add(path, 'takes keys of any name', inner);
    }
  }

  private list(schema: JsonSchema, options: readonly Option[], path: readonly string[]): void {
    const items = [schema.items ?? []].flat();
    const inside = options.flatMap(({ type }) =>
      typeof type === 'object' && 'list' in type ? optionsOf(type.list, this.data) : [],
    );
    for (const item of items) this.anyOf(this.alternatives(item), inside, [...path, '[]'], undefined);
  }

  private add(path: readonly string[], what: string, schema: JsonSchema = {}): void {
    const old = schema.deprecated ? ` (deprecated since ${schema.deprecated_version})` : '';
    this.lines.push(`${path.join('.').replaceAll('.[]', '[]') || 'the top'}: ${what}${old}`);
  }
}

/** Two schemas that both have to hold; of one that says nothing of types the other decides. */
function together(a: JsonSchema, b: JsonSchema): JsonSchema {
  return {
    ...a,
    ...b,
    properties: { ...a.properties, ...b.properties },
    required: [...(a.required ?? []), ...(b.required ?? [])],
  };
}

function typesOf({ type, enum: values, items, ...keys }: JsonSchema): readonly string[] {
  const hasKeys =
    Object.keys({ ...keys.properties, ...keys.patternProperties }).length > 0 ||
    typeof keys.additionalProperties === 'object';
  const given = type !== undefined ? [type].flat() : hasKeys ? ['object'] : items ? ['array'] : [];
  // What the values say already.
  const said = values ? given.filter(one => one !== 'string' && one !== 'boolean') : given;
  return said.map(one => (one === 'integer' ? 'number' : one));
}

function kindOf({ type }: Option): string {
  if (typeof type === 'object') {
    if ('from' in type) return 'number';
    return 'list' in type ? 'array' : 'keys' in type || 'map' in type ? 'object' : 'string';
  }
  const kinds: Readonly<Record<string, string>> = {
    bool: 'boolean',
    false: 'boolean',
    nothing: 'null',
    text: 'string',
    'module name': 'string',
  };
  return kinds[type] ?? 'number';
}

function takes(option: Option, value: unknown): boolean {
  const { type } = option;
  if (typeof value !== 'string') return kindOf(option) === (value === null ? 'null' : typeof value);
  if (type === 'text') return true;
  if (type === 'module name') return true;
  if (typeof type === 'string') return false;
  return 'values' in type
    ? type.values.includes(value)
    : 'pattern' in type && new RegExp(type.pattern, type.flags).test(value);
}
