/** What Packer's functions of lists and maps compute. */
import { type Datum, isList, isMap, list, map, same, UNKNOWN } from './datum.ts';
import { characters, texts, toJson } from './text-functions.ts';

/** The longest list that `range` and similar functions create. */
const MOST_ITEMS = 1_000;

export function flatten(items: readonly Datum[], depth: number): Datum[] | undefined {
  const out: Datum[] = [];
  for (const item of items) {
    if (item === UNKNOWN || depth > 20) return undefined;
    if (!isList(item)) out.push(item);
    else {
      const inner = flatten(item, depth + 1);
      if (!inner) return undefined;
      for (const one of inner) out.push(one);
    }
  }
  return out;
}

export function range(...numbers: number[]): Datum {
  const start = numbers.length > 1 ? numbers[0]! : 0;
  const end = numbers.length > 1 ? numbers[1]! : numbers[0]!;
  const step = numbers[2] ?? (end < start ? -1 : 1);
  if (numbers.length > 3 || step === 0 || (end - start) / step > MOST_ITEMS) return UNKNOWN;
  const out: number[] = [];
  for (let at = start; step > 0 ? at < end : at > end; at += step) out.push(at);
  return list(out);
}

export function lookup(from: Datum = UNKNOWN, key: Datum = UNKNOWN, fallback: Datum = UNKNOWN): Datum {
  if (!isMap(from) || typeof key !== 'string') return UNKNOWN;
  return from.get(key) ?? fallback;
}

export function distinct(items: readonly Datum[]): Datum {
  const seen = new Map<string, Datum>();
  for (const item of items) {
    const written = toJson(item);
    if (typeof written !== 'string') return UNKNOWN;
    if (!seen.has(written)) seen.set(written, item);
  }
  return list([...seen.values()]);
}

export function contains(from: Datum = UNKNOWN, wanted: Datum = UNKNOWN): Datum {
  if (!isList(from)) return UNKNOWN;
  let answer: Datum = false;
  for (const item of from) {
    const equal = same(item, wanted);
    if (equal === true) return true;
    if (equal === UNKNOWN) answer = UNKNOWN;
  }
  return answer;
}

export function length(value: Datum = UNKNOWN): Datum {
  if (isList(value)) return value.length;
  if (isMap(value)) return value.size;
  return typeof value === 'string' ? characters(value).length : UNKNOWN;
}

export function merge(...maps: readonly Datum[]): Datum {
  const merged = new Map<string, Datum>();
  for (const one of maps) {
    if (one === null) continue;
    if (!isMap(one)) return UNKNOWN;
    for (const [key, value] of one) merged.set(key, value);
  }
  return map(merged);
}

export function coalesce(...args: readonly Datum[]): Datum {
  for (const arg of args) {
    if (arg === UNKNOWN) return UNKNOWN;
    if (arg !== null && arg !== '') return arg;
  }
  return UNKNOWN;
}

export function element(items: readonly Datum[], index: Datum = UNKNOWN): Datum {
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || items.length === 0) return UNKNOWN;
  return items[index % items.length]!;
}

export function slice(items: readonly Datum[], from: Datum = UNKNOWN, to: Datum = UNKNOWN): Datum {
  if (typeof from !== 'number' || typeof to !== 'number' || from < 0 || to < from || to > items.length) return UNKNOWN;
  return list(items.slice(from, to));
}

export function zipmap(keys: Datum = UNKNOWN, values: Datum = UNKNOWN): Datum {
  const names = isList(keys) ? texts(keys) : undefined;
  if (!names || !isList(values) || values.length !== names.length) return UNKNOWN;
  return map(new Map(names.map((name, i) => [name, values[i]!])));
}
