/** What Packer's functions of text compute. */
import { type Datum, type DatumMap, isKnown, isList, isMap, list, text, toNumber, toText, UNKNOWN } from './datum.ts';
import { type Match, matchesOf } from './regex.ts';

export const characters = (value: string): string[] => [...value];

export const sortedKeys = (value: DatumMap): string[] => [...value.keys()].sort(byCodePoint);

export const byCodePoint = (a: string, b: string): number => {
  const [x, y] = [characters(a), characters(b)];
  for (let i = 0; i < x.length && i < y.length; i++)
    if (x[i] !== y[i]) return x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!;
  return x.length - y.length;
};

export function trimmed(value: string, front: (char: string) => boolean, back: (char: string) => boolean): string {
  const all = characters(value);
  let start = 0;
  let end = all.length;
  while (start < end && front(all[start]!)) start++;
  while (end > start && back(all[end - 1]!)) end--;
  return all.slice(start, end).join('');
}

/** `%s`, `%d`, `%v`, `%q`-free formats with optional zero padding and width: what templates use. */
export function format(pattern: string, args: readonly Datum[]): Datum {
  let next = 0;
  let isUnknown = false;
  const result = pattern.replace(/%(?:%|(0?)(\d{0,3})([a-zA-Z])|.?)/g, (whole, zero, width, verb) => {
    if (whole === '%%') return '%';
    const arg = verb === undefined ? UNKNOWN : (args[next++] ?? UNKNOWN);
    const value = verb === 'd' ? toNumber(arg) : verb === 's' || verb === 'v' ? toText(arg) : UNKNOWN;
    if (value === UNKNOWN || (verb === 'd' && !Number.isInteger(value))) {
      isUnknown = true;
      return '';
    }
    return String(value).padStart(Number(width || 0), zero ? '0' : ' ');
  });
  return isUnknown || next !== args.length ? UNKNOWN : text(result);
}

export function toJson(value: Datum): Datum {
  if (!isKnown(value)) return UNKNOWN;
  const write = (item: Datum): unknown => {
    if (isList(item)) return item.map(write);
    // Go writes the keys of an object in order.
    if (isMap(item)) return new Map(sortedKeys(item).map(key => [key, write(item.get(key)!)]));
    return item;
  };
  const print = (item: unknown): string => {
    if (Array.isArray(item)) return `[${item.map(print).join(',')}]`;
    if (item instanceof Map) return `{${[...item].map(([k, v]) => `${print(k)}:${print(v)}`).join(',')}}`;
    // Go escapes what is special in HTML.
    return JSON.stringify(item).replace(
      /[<>&\u2028\u2029]/g,
      c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  };
  return text(print(write(value)));
}

export function texts(items: readonly Datum[]): string[] | undefined {
  const out: string[] = [];
  for (const item of items) {
    const converted = toText(item);
    if (converted === UNKNOWN) return undefined;
    out.push(converted);
  }
  return out;
}

export function join(separator: Datum = UNKNOWN, ...lists: readonly Datum[]): Datum {
  if (typeof separator !== 'string') return UNKNOWN;
  const pieces: string[] = [];
  for (const one of lists) {
    const converted = isList(one) ? texts(one) : undefined;
    if (!converted) return UNKNOWN;
    for (const piece of converted) pieces.push(piece);
  }
  const size = pieces.reduce((sum, piece) => sum + piece.length + separator.length, 0);
  return size > 1e6 ? UNKNOWN : text(pieces.join(separator));
}

export function replace(value: string, search: string, by: string): Datum {
  // `/…/` is a regular expression of Go's.
  if (search.length > 1 && search.startsWith('/') && search.endsWith('/')) return UNKNOWN;
  const pieces = search === '' ? undefined : value.split(search);
  if (!pieces || value.length + pieces.length * by.length > 1e6) return UNKNOWN;
  return text(pieces.join(by));
}

/** Whether `regex` finds something in a text. Where it does not, it is an error. */
export function isMatch(pattern: Datum = UNKNOWN, value: Datum = UNKNOWN): boolean | typeof UNKNOWN {
  const expression = toText(pattern);
  const subject = toText(value);
  if (expression === UNKNOWN || subject === UNKNOWN) return UNKNOWN;
  const found = matchesOf(expression, subject, 1);
  return found ? found.matches.length > 0 : UNKNOWN;
}

/** `regex`: the text that matches. What groups capture is not known. */
export function regex(pattern: Datum = UNKNOWN, value: Datum = UNKNOWN): Datum {
  const [first] = found(pattern, value, 1) ?? [];
  return first ?? UNKNOWN;
}

/** `regexall`: the texts that match. */
export function regexall(pattern: Datum = UNKNOWN, value: Datum = UNKNOWN): Datum {
  const all = found(pattern, value, 'all');
  return all ? list(all) : UNKNOWN;
}

function found(pattern: Datum, value: Datum, most: 1 | 'all'): readonly Datum[] | undefined {
  const expression = toText(pattern);
  const subject = toText(value);
  if (expression === UNKNOWN || subject === UNKNOWN) return undefined;
  const all = matchesOf(expression, subject, most);
  const points = characters(subject);
  const textOf = ({ end, start }: Match): string => points.slice(start, end).join('');
  return all?.matches.map(match => (all.groups > 0 ? UNKNOWN : textOf(match)));
}

export function substr(value: Datum = UNKNOWN, from: Datum = UNKNOWN, count: Datum = UNKNOWN): Datum {
  if (typeof value !== 'string' || typeof from !== 'number' || typeof count !== 'number') return UNKNOWN;
  const all = characters(value);
  const start = from < 0 ? all.length + from : from;
  if (start < 0) return UNKNOWN;
  return all.slice(start, count < 0 ? undefined : start + count).join('');
}

/** Only ASCII: other text would need its bytes. */
export function base64encode(value: string): Datum {
  return /^[\0-\x7f]*$/.test(value) && value.length < 100_000 ? btoaAscii(value) : UNKNOWN;
}

export const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function btoaAscii(value: string): string {
  let out = '';
  for (let i = 0; i < value.length; i += 3) {
    const left = value.length - i;
    const bits =
      (value.charCodeAt(i) << 16) |
      ((left > 1 ? value.charCodeAt(i + 1) : 0) << 8) |
      (left > 2 ? value.charCodeAt(i + 2) : 0);
    out += BASE64[bits >> 18]! + BASE64[(bits >> 12) & 63]!;
    out += (left > 1 ? BASE64[(bits >> 6) & 63]! : '=') + (left > 2 ? BASE64[bits & 63]! : '=');
  }
  return out;
}

export function base64decode(value: string): Datum {
  if (value.length % 4 !== 0 || value.length > 100_000 || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) return UNKNOWN;
  let out = '';
  for (let i = 0; i < value.length; i += 4) {
    let bits = 0;
    for (let j = 0; j < 4; j++) bits = (bits << 6) | Math.max(0, BASE64.indexOf(value[i + j]!));
    const bytes = value[i + 2] === '=' ? 1 : value[i + 3] === '=' ? 2 : 3;
    for (let j = 0; j < bytes; j++) {
      const byte = (bits >> (16 - 8 * j)) & 255;
      if (byte > 127) return UNKNOWN;
      out += String.fromCharCode(byte);
    }
  }
  return out;
}
