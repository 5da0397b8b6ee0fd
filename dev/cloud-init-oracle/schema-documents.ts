/** Documents made of a JSON schema: right ones, and ones with one mistake. */
import type { Pick } from './pick.ts';

/** As far as the schemas of cloud-init and Subiquity use it. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema | readonly Schema[];
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minProperties?: number;
}
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Path = readonly (string | number)[];

const WORDS = ['web', 'a1', 'data', 'main', 'one.example.com', '/srv/x'];
/** Strings that match the patterns of the schemas. */
const LIKE: Readonly<Record<string, string>> = {
  '^([0-9]+)?\\.?[0-9]+[BKMGT]$': '10G',
  '^.+:.+$': 'web:secret',
  '^C[1-9A-HJ-NP-Za-km-z]+$': 'C1234567891234567891234567',
  '^[-_0-9a-zA-Z]+(,[-_0-9a-zA-Z]+)*$': 'web,data',
  '^\\+?[0-9]+$': '+5',
};
const FORMATS: Readonly<Record<string, string>> = {
  ipv4: '10.0.0.5',
  ipv6: 'fd00::5',
  uri: 'https://example.com/x',
  hostname: 'web',
  date: '2026-01-01',
};

/** A document that the schema accepts, or nearly always: it has some of the keys. */
export function makeDocument(schema: Schema, pick: Pick): Json {
  return new Maker(schema, pick).whole();
}

class Maker {
  constructor(
    private readonly root: Schema,
    private readonly pick: Pick,
  ) {}

  whole(): Json {
    const { properties = {}, required = [] } = this.plain(this.root, 0);
    const names = Object.keys(properties);
    const some = Array.from({ length: 1 + this.pick(2) }, () => names[this.pick(names.length - 1)]!);
    return Object.fromEntries(
      [...new Set([...required, ...some])].map(name => [name, this.make(properties[name]!, 1)]),
    );
  }

  private make(given: Schema, depth: number): Json {
    const schema = this.plain(given, 0);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return this.one(schema.enum);
    const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
    const type = types ? this.one(types) : schema.properties || schema.additionalProperties ? 'object' : 'string';
    switch (type) {
      case 'object':
        return this.object(schema, depth);
      case 'array':
        return this.array(schema, depth);
      case 'boolean':
        return this.pick(1) === 1;
      case 'integer':
      case 'number':
        return Math.min(schema.maximum ?? 9, (schema.minimum ?? 0) + this.pick(3));
      case 'null':
        return null;
      default:
        return LIKE[schema.pattern ?? ''] ?? FORMATS[schema.format ?? ''] ?? this.one(WORDS);
    }
  }

  private object(schema: Schema, depth: number): Json {
    const { properties = {}, patternProperties = {}, additionalProperties, required = [], minProperties = 0 } = schema;
    const chance = depth > 4 ? 12 : depth > 2 ? 4 : 2;
    const names = Object.keys(properties).filter(name => required.includes(name) || this.pick(chance) === 0);
    if (names.length < minProperties) names.push(...Object.keys(properties).slice(0, minProperties));
    const entries: [string, Json][] = [...new Set(names)].map(name => [name, this.make(properties[name]!, depth + 1)]);
    const others = [...Object.values(patternProperties), additionalProperties].filter(one => typeof one === 'object');
    if (others.length > 0 && (entries.length === 0 || this.pick(2) === 0))
      entries.push([this.one(['web', 'eth0', 'a1']), this.make(this.one(others), depth + 1)]);
    return Object.fromEntries(entries);
  }

  private array({ items = {}, minItems = 0 }: Schema, depth: number): Json {
    if (Array.isArray(items)) return (items as readonly Schema[]).map(item => this.make(item, depth + 1));
    const length = Math.max(minItems, this.pick(depth > 3 ? 1 : 2));
    return Array.from({ length }, () => this.make(items as Schema, depth + 1));
  }

  /** Without references and alternatives: one of them is taken. */
  private plain(given: Schema, depth: number): Schema {
    if (depth > 20) return given;
    const { $ref, oneOf, anyOf, allOf = [], ...own } = given;
    let schema: Schema = own;
    const add = (one: Schema) => {
      schema = both(schema, this.plain(one, depth + 1));
    };
    if ($ref) add(this.named($ref));
    for (const one of allOf) add(one);
    if (oneOf) add(this.one(oneOf));
    if (anyOf) add(this.one(anyOf));
    return schema;
  }

  private named($ref: string): Schema {
    const name = $ref.split('/').pop()!;
    return (this.root.$defs ?? this.root.definitions)![name]!;
  }

  private one<T>(values: readonly T[]): T {
    return values[this.pick(values.length - 1)]!;
  }
}

function both(a: Schema, b: Schema): Schema {
  return {
    ...a,
    ...b,
    ...((a.properties ?? b.properties) && { properties: merged(a.properties ?? {}, b.properties ?? {}) }),
    ...((a.patternProperties ?? b.patternProperties) && {
      patternProperties: { ...a.patternProperties, ...b.patternProperties },
    }),
    required: [...(a.required ?? []), ...(b.required ?? [])],
  };
}

/** A list of allowed keys is often written with `{}` beside the keys' own schemas. */
function merged(a: Readonly<Record<string, Schema>>, b: Readonly<Record<string, Schema>>): Record<string, Schema> {
  const all: Record<string, Schema> = { ...a };
  for (const [name, schema] of Object.entries(b)) all[name] = { ...all[name], ...schema };
  return all;
}

export interface Mutated {
  readonly value: Json;
  /** `type users.*.sudo`. */
  readonly change: string;
  readonly path: Path;
}

/** A document with one thing changed, most often to something wrong. */
export function mutated(document: Json, pick: Pick): Mutated {
  const places = placesIn(document);
  const path = places[pick(places.length - 1)]!;
  const value = at(document, path);
  const done = (change: string, where: Path, other: Json | undefined): Mutated => ({
    value: put(document, where, other),
    change,
    path: where,
  });
  switch (pick(5)) {
    case 0: {
      const others = OTHERS.filter(other => kindOf(other) !== kindOf(value));
      const other = others[pick(others.length - 1)]!;
      return done(`${kindOf(value)} to ${kindOf(other)}`, path, other);
    }
    case 1:
      return isMap(value)
        ? done('unknown key', [...path, 'zzz_key'], 'web')
        : done(`${kindOf(value)} to odd`, path, ODD[kindOf(value)] ?? 'zzz');
    case 2: {
      const last = path.at(-1);
      if (typeof last !== 'string') return done('list of list', path, [value]);
      const slip = last.length > 3 ? last.slice(0, 2) + last.slice(3) : `${last}s`;
      return { ...done('misspelled key', [...path.slice(0, -1), slip], value), value: renamed(document, path, slip) };
    }
    case 3:
      return done('key left out', path, undefined);
    case 4:
      return done('in a list', path, [value]);
    default: {
      // A key one map too high.
      const outer = path.slice(0, -2);
      const name = path.at(-1);
      if (path.length < 2 || typeof name !== 'string' || !isMap(at(document, outer)))
        return done('in a map', path, { zzz: value });
      return {
        value: put(put(document, path, undefined), [...outer, name], value),
        change: 'key too high',
        path: [...outer, name],
      };
    }
  }
}

const OTHERS: readonly Json[] = ['web', 7, true, null, ['web'], { web: 'a1' }, 1.5];
const ODD: Readonly<Record<string, Json>> = { string: 'zzz bogus', number: -7, list: [], map: {} };

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' ? 'map' : typeof value;
}
function isMap(value: Json | undefined): value is { readonly [key: string]: Json } {
  return value !== undefined && kindOf(value) === 'map';
}

function placesIn(value: Json, path: Path = []): Path[] {
  const inner: [string | number, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : isMap(value)
      ? Object.entries(value)
      : [];
  return inner.flatMap(([step, one]) => [[...path, step], ...placesIn(one, [...path, step])]);
}

function at(value: Json, path: Path): Json {
  return path.reduce<Json>((outer, step) => (outer as Record<string, Json>)[step]!, value);
}

function put(value: Json, path: Path, other: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return other ?? null;
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return items.flatMap((item, i) =>
      i !== step ? [item] : rest.length === 0 && other === undefined ? [] : [put(item, rest, other)],
    );
  }
  const map = value as Record<string, Json>;
  if (rest.length > 0) return { ...map, [step]: put(map[step]!, rest, other) };
  const { [step]: _, ...others } = map;
  return other === undefined ? others : { ...map, [step]: other };
}

function renamed(document: Json, path: Path, name: string): Json {
  const outer = path.slice(0, -1);
  const map = at(document, outer) as Record<string, Json>;
  const entries = Object.entries(map).map(([key, value]) => [key === path.at(-1) ? name : key, value]);
  return put(document, outer, Object.fromEntries(entries));
}
