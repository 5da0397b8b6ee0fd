import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap } from 'yaml';
import { type Finding, fix } from '../finding.ts';
import { abbreviated, nearest } from '../nearest.ts';
import type { Span } from '../text.ts';
import { OTHER_NAME, type Schema, type SchemaType } from './schema.ts';

/** A node's value without its invalid parts. Objects are maps, so that no key has a meaning of its own. */
export type ConfigValue = string | number | boolean | readonly ConfigValue[] | ReadonlyMap<string, ConfigValue>;

/** Reports a problem; validation goes on with the rest. A function makes a costly message only when it is needed. */
export type ReportProblem = (problem: Finding | (() => Finding)) => void;

/**
 * The part of a YAML node that conforms to the schema; `undefined` when none does. `key` is the key that the node is the
 * value of, for messages; empty for the whole file.
 */
export function validated(node: unknown, schema: Schema, key: string, report: ReportProblem): ConfigValue | undefined {
  if (isAlias(node)) return invalid(node, `YAML alias in ${placeName(key)}`, 'Write the value out', report);
  if (schema.anyOf) {
    const fitting = schema.anyOf.find(one => (one.enum ? isScalar(node) : typesOf(one).some(type => isOf(node, type))));
    return fitting ? validated(node, fitting, key, report) : wrongValue(node, schema, key, report);
  }
  if (schema.enum) return oneOf(node, schema, key, report);
  if (schema.pattern !== undefined) return written(node, schema, schema.pattern, key, report);
  if (!typesOf(schema).some(type => isOf(node, type))) return wrongValue(node, schema, key, report);
  if (isMap(node)) return validatedMap(node as YAMLMap.Parsed, schema, key, report);
  if (isSeq(node)) return node.items.flatMap(item => validated(item, schema.items ?? {}, key, report) ?? []);
  const { value } = node as Scalar<string | number | boolean>;
  if (schema.minimum !== undefined && (value as number) < schema.minimum) return wrongValue(node, schema, key, report);
  return value;
}

/** The span of a node. */
export function spanOf(node: unknown): Span {
  const range = (node as ParsedNode | null)?.range;
  return range ? { start: range[0], end: Math.max(range[0], range[1]) } : { start: 0, end: 0 };
}

function validatedMap(
  node: YAMLMap.Parsed,
  schema: Schema,
  within: string,
  report: ReportProblem,
): ReadonlyMap<string, ConfigValue> | undefined {
  const known = schema.properties ?? {};
  const out = new Map<string, ConfigValue>();
  const seen = new Set<string>();
  for (const { key, value } of node.items) {
    if (!isScalar(key) || typeof key.value !== 'string') {
      invalid(key, `Key in ${placeName(within)} is not a string`, 'Write a plain name', report);
      continue;
    }
    const name = key.value;
    if (!Object.hasOwn(known, name)) {
      report(() => unknownKey(key, name, schema));
      continue;
    }
    if (seen.has(name)) {
      invalid(key, `Duplicate key ${quoted(name)}`, 'Remove it; the first one is used', report);
      continue;
    }
    seen.add(name);
    const inside = known[name]!;
    // `rules:` with nothing after it yet, while the file is being written.
    if (isEmpty(value) && [inside, ...(inside.anyOf ?? [])].some(one => typesOf(one).some(isCollection))) continue;
    const valid = value
      ? validated(value, inside, name, report)
      : invalid(key, `${quoted(name)} has no value`, useInstead(inside), report);
    if (valid !== undefined) out.set(name, valid);
  }
  const missing = (schema.required ?? []).find(name => !seen.has(name));
  if (missing === undefined) return out;
  return invalid(node, `Missing key ${quoted(missing)}`, 'Add it; without it this entry has no effect', report);
}

function unknownKey(key: unknown, name: string, schema: Schema): Finding {
  const [kind, owner] = (schema.title ?? 'key').split(' of ');
  const meant = schema[OTHER_NAME]?.(name) ?? nearest(name, Object.keys(schema.properties ?? {}));
  const known =
    kind === 'rule' ? 'Run `bakelint rules` for the list' : `Use ${listed(Object.keys(schema.properties ?? {}))}`;
  const help = meant ? `Did you mean \`${meant}\`?` : known;
  const message = `Unknown ${kind} ${quoted(name)}${owner ? ` in ${owner}` : ''}`;
  return { span: spanOf(key), message, help, ...(meant ? changeTo(key, meant) : {}) };
}

function oneOf(node: unknown, schema: Schema, key: string, report: ReportProblem): string | undefined {
  const values = schema.enum ?? [];
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === 'string' && values.includes(value)) return value;
  return wrongValue(node, schema, key, report);
}

function written(
  node: unknown,
  schema: Schema,
  pattern: string,
  key: string,
  report: ReportProblem,
): string | undefined {
  const text =
    isScalar(node) && (typeof node.value === 'number' || typeof node.value === 'string')
      ? typeof node.value === 'number' && node.source !== undefined
        ? node.source
        : String(node.value)
      : undefined;
  if (text !== undefined && text.length < 100 && new RegExp(pattern).test(text)) return text;
  return wrongValue(node, schema, key, report);
}

/** A value of another type, or none of those that are allowed: the message names it, the help says what is expected. */
function wrongValue(node: unknown, schema: Schema, key: string, report: ReportProblem): undefined {
  const value = isScalar(node) ? node.value : undefined;
  const allowed = [schema, ...(schema.anyOf ?? [])].find(one => one.enum)?.enum;
  const meant =
    typeof value === 'string' && allowed ? (nearest(value, allowed) ?? abbreviated(value, allowed)) : undefined;
  // Only a misspelled name is repeated: any other value may be something that does not belong into a log.
  const shown = meant ? `Invalid value ${quoted(value as string)}` : 'Invalid value';
  if (key === '') return invalid(node, 'Configuration is not a mapping', 'Write `key: value` lines', report);
  const message = `${shown} for ${quoted(key)}`;
  if (!meant) return invalid(node, message, useInstead(schema), report);
  report({ span: spanOf(node), message, help: `Did you mean \`${meant}\`?`, ...changeTo(node, meant) });
  return undefined;
}

/** The fix that writes another name, in the quotes of this one. */
function changeTo(node: unknown, meant: string): Pick<Finding, 'fixes'> {
  const { start, end } = spanOf(node);
  const quotes = isScalar(node) && /^QUOTE_/.test(node.type ?? '') ? 1 : 0;
  const edit = { span: { start: start + quotes, end: end - quotes }, newText: meant };
  return { fixes: [fix('suggested', `Change it to \`${meant}\``, edit)] };
}

function invalid(node: unknown, message: string, help: string, report: ReportProblem): undefined {
  report({ span: spanOf(node), message, help });
  return undefined;
}

const placeName = (key: string): string => (key === '' ? 'the configuration' : quoted(key));

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
  object: 'a mapping of keys to values',
  array: 'a list',
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: '`true` or `false`',
};

const useInstead = (schema: Schema): string => `Use ${expected(schema)}`;

function expected(schema: Schema): string {
  if (schema.anyOf) return schema.anyOf.map(expected).join(', or ');
  if (schema.enum) return listed(schema.enum);
  if (schema.examples) return `a value such as \`${schema.examples[0]}\``;
  if (schema.type === 'array') return schema.items?.enum ? 'a list of these' : `a list of ${plural(schema.items)}`;
  const least = schema.minimum === undefined ? '' : ` of at least ${schema.minimum}`;
  return `${typesOf(schema)
    .map(type => NAMES[type])
    .join(' or ')}${least}`;
}

function plural(items: Schema | undefined): string {
  return items?.type === 'string' ? 'strings' : 'mappings';
}

/** `` `a`, `b` or `c` ``; the first of many. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 8).map(name => `\`${name}\``);
  if (shown.length < names.length) return `${shown.join(', ')}, …`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

/** A name from the file as a message shows it: one line, not endless. */
function quoted(name: string): string {
  const short = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  return `\`${short.replace(/[\u0000-\u001f\u007f-\u009f`]/g, ' ')}\``;
}
