import type { Schema } from '../core/config/schema.ts';

type Json = unknown;

/**
 * A schema as it is published: what is in it more than once is defined once and referred to, so that the file stays
 * readable with hundreds of rules. https://json-schema.org/understanding-json-schema/structuring#defs
 */
export function publishedSchema(schema: Schema): string {
  const counts = new Map<string, number>();
  count(schema, counts);
  const names = new Map<string, string>();
  const definitions: Record<string, Json> = {};
  const refer = (value: Json, top: boolean): Json => {
    if (Array.isArray(value)) return value.map(item => refer(item, false));
    if (typeof value !== 'object' || value === null) return value;
    const text = JSON.stringify(value);
    if (!top && isSchema(value) && (counts.get(text) ?? 0) > 1 && text.length > 80) {
      let name = names.get(text);
      if (name === undefined) {
        name = nameFor(value, names.size);
        names.set(text, name);
        definitions[name] = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, refer(inner, false)]));
      }
      return { $ref: `#/definitions/${name}` };
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, refer(inner, false)]));
  };
  const body = refer(schema, true) as object;
  return `${JSON.stringify({ ...body, definitions }, null, 1)}\n`;
}

function count(value: Json, counts: Map<string, number>): void {
  if (typeof value !== 'object' || value === null) return;
  const text = JSON.stringify(value);
  const before = counts.get(text) ?? 0;
  counts.set(text, before + 1);
  // What is in a definition is there once.
  if (before > 0) return;
  for (const inner of Object.values(value)) count(inner, counts);
}

const isSchema = (value: object): boolean => 'type' in value || 'enum' in value || 'anyOf' in value;

function nameFor(value: object, taken: number): string {
  const { title } = value as { title?: string };
  const words = title?.replace(/[^a-z]+/gi, '-').replace(/^-|-$/g, '');
  return words ? `${words}-${taken}` : `shared-${taken}`;
}
