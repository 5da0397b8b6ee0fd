/**
 * Packer's functions whose result depends only on their arguments. Others have an unknown result: `timestamp`, `uuidv4`,
 * `env`, `vault`, `file` and the like on purpose, some because no rule needs them.
 * https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions
 */
import {
  type Datum,
  type DatumMap,
  isKnown,
  isList,
  isMap,
  list,
  map,
  same,
  text,
  toBool,
  toNumber,
  toText,
  UNKNOWN,
} from './datum.ts';

type Pure = (...args: readonly Datum[]) => Datum;

/** The longest list that `range` and similar functions create. */
const MOST_ITEMS = 1_000;

/** The result of a function; unknown when it is not pure, or when Packer would reject the call. */
export function callFunction(name: string, args: readonly Datum[]): Datum {
  const pure = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  return pure ? pure(...args) : UNKNOWN;
}

/** Functions that always return a string. */
export const GIVES_TEXT: ReadonlySet<string> = new Set([
  'abspath',
  'aws_secretsmanager',
  'aws_secretsmanager_raw',
  'base64decode',
  'base64encode',
  'base64gzip',
  'basename',
  'bcrypt',
  'chomp',
  'consul_key',
  'dirname',
  'env',
  'file',
  'filebase64',
  'format',
  'formatdate',
  'indent',
  'join',
  'jsonencode',
  'legacy_isotime',
  'legacy_strftime',
  'lower',
  'md5',
  'pathexpand',
  'regex_replace',
  'replace',
  'sha1',
  'sha256',
  'sha512',
  'strrev',
  'substr',
  'templatefile',
  'timeadd',
  'timestamp',
  'title',
  'tostring',
  'trim',
  'trimprefix',
  'trimspace',
  'trimsuffix',
  'upper',
  'urlencode',
  'uuidv4',
  'uuidv5',
  'vault',
  'yamlencode',
]);

function onText(compute: (...texts: string[]) => Datum, count: number): Pure {
  return (...args) => {
    if (args.length !== count) return UNKNOWN;
    const texts: string[] = [];
    for (const arg of args) {
      const converted = toText(arg);
      if (converted === UNKNOWN) return UNKNOWN;
      texts.push(converted);
    }
    return compute(...texts);
  };
}
function onNumbers(compute: (...numbers: number[]) => Datum, count: number | 'any'): Pure {
  return (...args) => {
    if (count === 'any' ? args.length === 0 : args.length !== count) return UNKNOWN;
    const numbers: number[] = [];
    for (const arg of args) {
      const converted = toNumber(arg);
      if (converted === UNKNOWN) return UNKNOWN;
      numbers.push(converted);
    }
    return compute(...numbers);
  };
}
/** A function of a list that does not read its elements. */
function onList(compute: (items: readonly Datum[], ...rest: Datum[]) => Datum): Pure {
  return (first = UNKNOWN, ...rest) => (isList(first) ? compute(first, ...rest) : UNKNOWN);
}
/** A function of a list that needs to know every element. */
const onKnownList = (compute: (items: readonly Datum[], ...rest: Datum[]) => Datum): Pure =>
  onList((items, ...rest) => (items.every(isKnown) ? compute(items, ...rest) : UNKNOWN));

const characters = (value: string): string[] => [...value];
const sortedKeys = (value: DatumMap): string[] => [...value.keys()].sort(byCodePoint);
const byCodePoint = (a: string, b: string): number => {
  const [x, y] = [characters(a), characters(b)];
  for (let i = 0; i < x.length && i < y.length; i++)
    if (x[i] !== y[i]) return x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!;
  return x.length - y.length;
};

function trimmed(value: string, front: (char: string) => boolean, back: (char: string) => boolean): string {
  const all = characters(value);
  let start = 0;
  let end = all.length;
  while (start < end && front(all[start]!)) start++;
  while (end > start && back(all[end - 1]!)) end--;
  return all.slice(start, end).join('');
}

/** `%s`, `%d`, `%v`, `%q`-free formats with optional zero padding and width: what templates use. */
function format(pattern: string, args: readonly Datum[]): Datum {
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

function toJson(value: Datum): Datum {
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

function flatten(items: readonly Datum[], depth: number): Datum[] | undefined {
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

function range(...numbers: number[]): Datum {
  const start = numbers.length > 1 ? numbers[0]! : 0;
  const end = numbers.length > 1 ? numbers[1]! : numbers[0]!;
  const step = numbers[2] ?? (end < start ? -1 : 1);
  if (numbers.length > 3 || step === 0 || (end - start) / step > MOST_ITEMS) return UNKNOWN;
  const out: number[] = [];
  for (let at = start; step > 0 ? at < end : at > end; at += step) out.push(at);
  return list(out);
}

function lookup(from: Datum = UNKNOWN, key: Datum = UNKNOWN, fallback: Datum = UNKNOWN): Datum {
  if (!isMap(from) || typeof key !== 'string') return UNKNOWN;
  return from.get(key) ?? fallback;
}

function distinct(items: readonly Datum[]): Datum {
  const seen = new Map<string, Datum>();
  for (const item of items) {
    const written = toJson(item);
    if (typeof written !== 'string') return UNKNOWN;
    if (!seen.has(written)) seen.set(written, item);
  }
  return list([...seen.values()]);
}

function contains(from: Datum = UNKNOWN, wanted: Datum = UNKNOWN): Datum {
  if (!isList(from)) return UNKNOWN;
  let answer: Datum = false;
  for (const item of from) {
    const equal = same(item, wanted);
    if (equal === true) return true;
    if (equal === UNKNOWN) answer = UNKNOWN;
  }
  return answer;
}

function length(value: Datum = UNKNOWN): Datum {
  if (isList(value)) return value.length;
  if (isMap(value)) return value.size;
  return typeof value === 'string' ? characters(value).length : UNKNOWN;
}

function texts(items: readonly Datum[]): string[] | undefined {
  const out: string[] = [];
  for (const item of items) {
    const converted = toText(item);
    if (converted === UNKNOWN) return undefined;
    out.push(converted);
  }
  return out;
}

function join(separator: Datum = UNKNOWN, ...lists: readonly Datum[]): Datum {
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

function merge(...maps: readonly Datum[]): Datum {
  const merged = new Map<string, Datum>();
  for (const one of maps) {
    if (one === null) continue;
    if (!isMap(one)) return UNKNOWN;
    for (const [key, value] of one) merged.set(key, value);
  }
  return map(merged);
}

function coalesce(...args: readonly Datum[]): Datum {
  for (const arg of args) {
    if (arg === UNKNOWN) return UNKNOWN;
    if (arg !== null && arg !== '') return arg;
  }
  return UNKNOWN;
}

function replace(value: string, search: string, by: string): Datum {
  // `/…/` is a regular expression of Go's.
  if (search.length > 1 && search.startsWith('/') && search.endsWith('/')) return UNKNOWN;
  const pieces = search === '' ? undefined : value.split(search);
  if (!pieces || value.length + pieces.length * by.length > 1e6) return UNKNOWN;
  return text(pieces.join(by));
}

function substr(value: Datum = UNKNOWN, from: Datum = UNKNOWN, count: Datum = UNKNOWN): Datum {
  if (typeof value !== 'string' || typeof from !== 'number' || typeof count !== 'number') return UNKNOWN;
  const all = characters(value);
  const start = from < 0 ? all.length + from : from;
  if (start < 0) return UNKNOWN;
  return all.slice(start, count < 0 ? undefined : start + count).join('');
}

function element(items: readonly Datum[], index: Datum = UNKNOWN): Datum {
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || items.length === 0) return UNKNOWN;
  return items[index % items.length]!;
}

function slice(items: readonly Datum[], from: Datum = UNKNOWN, to: Datum = UNKNOWN): Datum {
  if (typeof from !== 'number' || typeof to !== 'number' || from < 0 || to < from || to > items.length) return UNKNOWN;
  return list(items.slice(from, to));
}

function zipmap(keys: Datum = UNKNOWN, values: Datum = UNKNOWN): Datum {
  const names = isList(keys) ? texts(keys) : undefined;
  if (!names || !isList(values) || values.length !== names.length) return UNKNOWN;
  return map(new Map(names.map((name, i) => [name, values[i]!])));
}

/** Only ASCII: other text would need its bytes. */
function base64encode(value: string): Datum {
  return /^[\0-\x7f]*$/.test(value) && value.length < 100_000 ? btoaAscii(value) : UNKNOWN;
}
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
function btoaAscii(value: string): string {
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
function base64decode(value: string): Datum {
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

const FUNCTIONS: Readonly<Record<string, Pure>> = {
  abs: onNumbers(value => Math.abs(value), 1),
  base64decode: onText(base64decode, 1),
  base64encode: onText(base64encode, 1),
  basename: onText(
    value =>
      value
        .replace(/(?<=[^/])\/+$/, '')
        .split('/')
        .pop() || '/',
    1,
  ),
  ceil: onNumbers(value => Math.ceil(value), 1),
  chomp: onText(
    value =>
      trimmed(
        value,
        () => false,
        char => char === '\n' || char === '\r',
      ),
    1,
  ),
  coalesce,
  coalescelist: (...lists) => {
    for (const one of lists) {
      if (!isList(one)) return UNKNOWN;
      if (one.length > 0) return one;
    }
    return UNKNOWN;
  },
  compact: onKnownList(items => list(items.filter(item => item !== '' && item !== null))),
  concat: (...lists) => (lists.every(isList) ? list(lists.flat(1)) : UNKNOWN),
  contains,
  distinct: onKnownList(distinct),
  element: onList(element),
  flatten: onList(items => {
    const flat = flatten(items, 0);
    return flat ? list(flat) : UNKNOWN;
  }),
  floor: onNumbers(value => Math.floor(value), 1),
  format: (pattern = UNKNOWN, ...args) => (typeof pattern === 'string' ? format(pattern, args) : UNKNOWN),
  formatlist: (pattern = UNKNOWN, ...args) => {
    const longest = args.find(isList);
    if (typeof pattern !== 'string' || !longest || args.some(arg => isList(arg) && arg.length !== longest.length))
      return UNKNOWN;
    return list(
      longest.map((_, i) =>
        format(
          pattern,
          args.map(arg => (isList(arg) ? arg[i]! : arg)),
        ),
      ),
    );
  },
  indent: (spaces = UNKNOWN, value = UNKNOWN) => {
    if (typeof spaces !== 'number' || typeof value !== 'string' || spaces < 0 || spaces > 100) return UNKNOWN;
    return text(value.replaceAll('\n', `\n${' '.repeat(spaces)}`));
  },
  index: (from = UNKNOWN, wanted = UNKNOWN) => {
    if (!isList(from) || !from.every(isKnown) || !isKnown(wanted)) return UNKNOWN;
    const at = from.findIndex(item => same(item, wanted) === true);
    return at < 0 ? UNKNOWN : at;
  },
  join,
  jsonencode: (value = UNKNOWN) => toJson(value),
  keys: (value = UNKNOWN) => (isMap(value) ? list(sortedKeys(value)) : UNKNOWN),
  length,
  lookup,
  lower: onText(value => text(value.toLowerCase()), 1),
  max: onNumbers((...numbers) => Math.max(...numbers.slice(0, 10_000)), 'any'),
  merge,
  min: onNumbers((...numbers) => Math.min(...numbers.slice(0, 10_000)), 'any'),
  parseint: (value = UNKNOWN, base = UNKNOWN) =>
    typeof value === 'string' && base === 10 && /^-?\d{1,15}$/.test(value) ? Number(value) : UNKNOWN,
  pow: onNumbers((a, b) => (Math.abs(a) < 1e4 && b >= 0 && b < 4 && Number.isInteger(b) ? a ** b : UNKNOWN), 2),
  range: onNumbers(range, 'any'),
  replace: onText(replace, 3),
  reverse: onList(items => list([...items].reverse())),
  setunion: (...lists) => (lists.every(isList) && lists.every(isKnown) ? distinct(lists.flat(1)) : UNKNOWN),
  signum: onNumbers(value => Math.sign(value), 1),
  slice: onList(slice),
  sort: onKnownList(items => {
    const known = texts(items);
    return known ? list(known.sort(byCodePoint)) : UNKNOWN;
  }),
  split: onText((separator, value) => (separator === '' ? UNKNOWN : list(value.split(separator))), 2),
  startswith: onText((value, start) => value.startsWith(start), 2),
  strcontains: onText((value, part) => value.includes(part), 2),
  endswith: onText((value, end) => value.endsWith(end), 2),
  strrev: onText(value => characters(value).reverse().join(''), 1),
  substr,
  title: onText(
    value => (/^[\0-\x7f]*$/.test(value) ? value.replace(/(?<![\w'])[a-z]/g, c => c.toUpperCase()) : UNKNOWN),
    1,
  ),
  tobool: (value = UNKNOWN) => (value === null ? null : toBool(value)),
  tolist: onList(items => items),
  tomap: (value = UNKNOWN) => (isMap(value) ? value : UNKNOWN),
  tonumber: (value = UNKNOWN) => (value === null ? null : toNumber(value)),
  toset: onKnownList(items => distinct(items)),
  tostring: (value = UNKNOWN) => (value === null ? null : toText(value)),
  trim: onText(
    (value, cut) =>
      trimmed(
        value,
        char => cut.includes(char),
        char => cut.includes(char),
      ),
    2,
  ),
  trimprefix: onText((value, prefix) => (value.startsWith(prefix) ? value.slice(prefix.length) : value), 2),
  trimspace: onText(value => value.trim(), 1),
  trimsuffix: onText(
    (value, suffix) => (suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value),
    2,
  ),
  upper: onText(value => text(value.toUpperCase()), 1),
  values: (value = UNKNOWN) => (isMap(value) ? list(sortedKeys(value).map(key => value.get(key)!)) : UNKNOWN),
  zipmap,
};
