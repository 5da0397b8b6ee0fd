import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap } from 'yaml';
import type { Finding } from '../finding.ts';
import { abbreviated, nearest } from '../nearest.ts';
import type { Span } from '../text.ts';
import { OTHER_NAME, type Schema, type SchemaType } from './schema.ts';

/** What a node holds once everything wrong is left out. Objects are maps, so that no key has a meaning of its own. */
export type Taken = string | number | boolean | readonly Taken[] | ReadonlyMap<string, Taken>;

/** Reports a problem; reading goes on with the rest. A problem that costs something to put in words is made on demand. */
export type Report = (problem: Finding | (() => Finding)) => void;

/** The value of a YAML node as far as it agrees with the schema; `undefined` when nothing of it does. */
export function take(node: unknown, schema: Schema, report: Report): Taken | undefined {
  if (isAlias(node)) return refuse(node, 'Aliases are not followed in a configuration: write the value out', report);
  if (schema.anyOf) {
    const fitting = schema.anyOf.find(one => (one.enum ? isScalar(node) : typesOf(one).some(type => isOf(node, type))));
    return fitting
      ? take(node, fitting, report)
      : refuse(node, `Expected ${schema.anyOf.map(expected).join(', or ')}`, report);
  }
  if (schema.enum) return oneOf(node, schema, report);
  if (schema.pattern !== undefined) return written(node, schema, schema.pattern, report);
  if (!typesOf(schema).some(type => isOf(node, type))) return refuse(node, `Expected ${expected(schema)}`, report);
  if (isMap(node)) return takeMap(node as YAMLMap.Parsed, schema, report);
  if (isSeq(node)) return node.items.flatMap(item => take(item, schema.items ?? {}, report) ?? []);
  const { value } = node as Scalar<string | number | boolean>;
  if (schema.minimum !== undefined && (value as number) < schema.minimum)
    return refuse(node, `Expected a number of at least ${schema.minimum}`, report);
  return value;
}

/** Where a node is. */
export function spanOf(node: unknown): Span {
  const range = (node as ParsedNode | null)?.range;
  return range ? { start: range[0], end: Math.max(range[0], range[1]) } : { start: 0, end: 0 };
}

function takeMap(node: YAMLMap.Parsed, schema: Schema, report: Report): ReadonlyMap<string, Taken> | undefined {
  const known = schema.properties ?? {};
  const out = new Map<string, Taken>();
  const seen = new Set<string>();
  for (const { key, value } of node.items) {
    if (!isScalar(key) || typeof key.value !== 'string') {
      refuse(key, `Expected a ${schema.title ?? 'key'}`, report);
      continue;
    }
    const name = key.value;
    if (!Object.hasOwn(known, name)) {
      report(() => unknownKey(key, name, schema));
      continue;
    }
    if (seen.has(name)) {
      report({ span: spanOf(key), message: `${quoted(name)} is said twice; the first one holds.` });
      continue;
    }
    seen.add(name);
    const inside = known[name]!;
    // `rules:` with nothing after it yet, while the file is being written.
    if (isEmpty(value) && [inside, ...(inside.anyOf ?? [])].some(one => typesOf(one).some(isCollection))) continue;
    const taken = value ? take(value, inside, report) : refuse(key, `Expected ${expected(inside)}`, report);
    if (taken !== undefined) out.set(name, taken);
  }
  const missing = (schema.required ?? []).filter(name => !seen.has(name));
  if (missing.length === 0) return out;
  return refuse(node, `\`${missing.join('`, `')}\` is missing here, so this has no effect`, report);
}

function unknownKey(key: unknown, name: string, schema: Schema): Finding {
  const meant = schema[OTHER_NAME]?.(name) ?? nearest(name, Object.keys(schema.properties ?? {}));
  const end = meant ? `; did you mean \`${meant}\`?` : '.';
  return { span: spanOf(key), message: `${quoted(name)} is no ${schema.title ?? 'key'}${end}` };
}

function oneOf(node: unknown, schema: Schema, report: Report): string | undefined {
  const values = schema.enum ?? [];
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === 'string' && values.includes(value)) return value;
  const meant = typeof value === 'string' ? (nearest(value, values) ?? abbreviated(value, values)) : undefined;
  return refuse(
    node,
    meant ? `${quoted(value as string)} is not known here; did you mean \`${meant}\`?` : `Expected ${expected(schema)}`,
    report,
  );
}

function written(node: unknown, schema: Schema, pattern: string, report: Report): string | undefined {
  const text =
    isScalar(node) && (typeof node.value === 'number' || typeof node.value === 'string')
      ? typeof node.value === 'number' && node.source !== undefined
        ? node.source
        : String(node.value)
      : undefined;
  if (text !== undefined && text.length < 100 && new RegExp(pattern).test(text)) return text;
  return refuse(node, `Expected something like \`${schema.examples?.[0]}\``, report);
}

function refuse(node: unknown, message: string, report: Report): undefined {
  report({ span: spanOf(node), message: message.endsWith('?') ? message : `${message}.` });
  return undefined;
}

const isCollection = (type: SchemaType): boolean => type === 'object' || type === 'array';

const isEmpty = (node: unknown): boolean => node === null || (isScalar(node) && node.value === null);

function typesOf({ type }: Schema): readonly SchemaType[] {
  return type === undefined ? [] : typeof type === 'string' ? [type] : type;
}

function isOf(node: unknown, type: SchemaType): boolean {
  if (type === 'object') return isMap(node);
  if (type === 'array') return isSeq(node);
  const value = isScalar(node) ? node.value : undefined;
  return type === 'integer' ? Number.isSafeInteger(value) : typeof value === type;
}

const NAMES: Readonly<Record<SchemaType, string>> = {
  object: 'keys with values',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: '`true` or `false`',
};

function expected(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map(expected).join(', or ');
  if (schema.enum) return `one of ${schema.enum.map(value => `\`${value}\``).join(', ')}`;
  if (schema.examples) return `something like \`${schema.examples[0]}\``;
  if (schema.type === 'array' && schema.items?.enum) return `a list of these`;
  return typesOf(schema)
    .map(type => NAMES[type])
    .join(' or ');
}

/** A name from the file as a message shows it: one line, not endless. */
function quoted(name: string): string {
  const short = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  return `\`${short.replace(/[\u0000-\u001f\u007f-\u009f`]/g, ' ')}\``;
}
