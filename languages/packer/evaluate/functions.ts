/**
 * Packer's functions whose result depends only on their arguments. Others have an unknown result: `timestamp`, `uuidv4`,
 * `env`, `vault`, `file` and the like on purpose, some because no rule needs them.
 * https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions
 */
import {
  coalesce,
  contains,
  distinct,
  element,
  flatten,
  length,
  lookup,
  merge,
  range,
  slice,
  zipmap,
} from './collection-functions.ts';
import { type Datum, isKnown, isList, isMap, list, same, text, toBool, toNumber, toText, UNKNOWN } from './datum.ts';
import {
  base64decode,
  base64encode,
  byCodePoint,
  characters,
  format,
  isMatch,
  join,
  regex,
  regexall,
  replace,
  sortedKeys,
  substr,
  texts,
  toJson,
  trimmed,
} from './text-functions.ts';

type Pure = (...args: readonly Datum[]) => Datum;

/** The result of a function; unknown when it is not pure, or when Packer would reject the call. */
export function callFunction(name: string, args: readonly Datum[]): Datum {
  const pure = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  return pure ? pure(...args) : UNKNOWN;
}

/** Whether a call has a value, for functions that people try values with. */
export function isPossible(name: string, args: readonly Datum[]): boolean | typeof UNKNOWN {
  const [first = UNKNOWN, second = UNKNOWN] = args;
  if (name === 'regex') return args.length === 2 ? isMatch(first, second) : UNKNOWN;
  if (args.length !== 1 || typeof first !== 'string') return UNKNOWN;
  // Go takes more than these, such as `1e5`.
  if (name === 'tonumber') return /^\s*$|[^-+.\dEePpXx_a-fA-FiInNtTyY]/.test(first) ? false : UNKNOWN;
  if (name === 'tobool') return /^(?:true|false|1|0)$/.test(first) ? UNKNOWN : false;
  return UNKNOWN;
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
  regex,
  regexall,
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
