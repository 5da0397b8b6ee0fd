/** Values while they are computed: plain data in which any part may be unknown. */
import type { Data } from '../tree.ts';

/** A value that only Packer can know, at its position in the data. */
export const UNKNOWN: unique symbol = Symbol('unknown');
export type Datum = string | number | boolean | null | readonly Datum[] | ReadonlyMap<string, Datum> | typeof UNKNOWN;
export type DatumMap = ReadonlyMap<string, Datum>;

/** Strings longer than this, and collections that hold more than this in all, are not computed. */
const LARGEST = 200_000;

/** The total size of a collection; collections share parts, so that it may exceed their memory. */
const weights = new WeakMap<object, number>();

function weightOf(value: Datum): number {
  if (typeof value === 'string') return 1 + value.length;
  if (typeof value === 'object' && value !== null) return weights.get(value) ?? 1;
  return 1;
}

/** The text, or unknown when it is too long. */
export function text(value: string): Datum {
  return value.length > LARGEST ? UNKNOWN : value;
}
/** A list, or unknown when it is too large. Every list is created here, every map by {@link map}. */
export function list(items: readonly Datum[]): Datum {
  let weight = 1;
  for (const item of items) weight += weightOf(item);
  if (weight > LARGEST) return UNKNOWN;
  weights.set(items, weight);
  return items;
}
export function map(entries: DatumMap): Datum {
  let weight = 1;
  for (const [key, value] of entries) weight += key.length + weightOf(value);
  if (weight > LARGEST) return UNKNOWN;
  weights.set(entries, weight);
  return entries;
}

export function isList(value: Datum): value is readonly Datum[] {
  return Array.isArray(value);
}
export function isMap(value: Datum): value is DatumMap {
  return value instanceof Map;
}

/** Whether no part is unknown. */
export function isKnown(value: Datum): value is Data {
  if (value === UNKNOWN) return false;
  if (isList(value)) return value.every(isKnown);
  if (isMap(value)) {
    for (const item of value.values()) if (!isKnown(item)) return false;
  }
  return true;
}

/** Packer's conversion to a string; unknown for what has none. */
export function toText(value: Datum): string | typeof UNKNOWN {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  // Beyond this JavaScript writes exponents where Packer writes digits.
  if (typeof value === 'number' && Math.abs(value) < 1e15 && (value === 0 || Math.abs(value) > 1e-6))
    return String(value);
  return UNKNOWN;
}
export function toNumber(value: Datum): number | typeof UNKNOWN {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value)) return Number(value);
  return UNKNOWN;
}
export function toBool(value: Datum): boolean | typeof UNKNOWN {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : UNKNOWN;
}

/** Whether two values are the same in type and content; unknown when an unknown part decides. */
export function same(a: Datum, b: Datum): boolean | typeof UNKNOWN {
  if (a === UNKNOWN || b === UNKNOWN) return UNKNOWN;
  if (isList(a) && isList(b)) {
    if (a.length !== b.length) return false;
    return all(a.map((item, i) => [item, b[i]!]));
  }
  if (isMap(a) && isMap(b)) {
    if (a.size !== b.size) return false;
    for (const key of a.keys()) if (!b.has(key)) return false;
    return all([...a].map(([key, value]) => [value, b.get(key)!]));
  }
  return a === b;
}
function all(pairs: readonly (readonly [Datum, Datum])[]): boolean | typeof UNKNOWN {
  let answer: boolean | typeof UNKNOWN = true;
  for (const [a, b] of pairs) {
    const one = same(a, b);
    if (one === false) return false;
    if (one === UNKNOWN) answer = UNKNOWN;
  }
  return answer;
}
