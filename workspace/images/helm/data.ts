/** Values of a chart, and the functions of Helm that names of images are made with: https://helm.sh/docs/chart_template_guide/function_list/ */
import type { Setting } from '../../../facts/config-files/setting.ts';
import { asksForSecret } from '../../../facts/secrets/exposures/exposure.ts';
import { looksSecret } from '../../../facts/secrets/masking/masks.ts';

/** What an installation gives, or what is not computed; with its name for people. */
export class Gap {
  constructor(readonly name: string) {}
}

/** What is not computed. */
const UNKNOWN = new Gap('value');

/** Numbers are texts, `undefined` is no value. */
export type Datum = string | boolean | undefined | Gap | readonly Datum[] | ReadonlyMap<string, Datum>;

export const isMap = (one: Datum): one is ReadonlyMap<string, Datum> => one instanceof Map;
const isList = (one: Datum): one is readonly Datum[] => Array.isArray(one);

/** The settings of a file of YAML as a tree. */
export function treeOf(settings: readonly Setting[]): ReadonlyMap<string, Datum> {
  const root = new Map<string, Datum>();
  for (const { path, literal } of settings) {
    let at = root;
    for (const key of path.slice(0, -1)) {
      const below = at.get(key);
      const next = isMap(below) ? (below as Map<string, Datum>) : new Map<string, Datum>();
      at.set(key, next);
      at = next;
    }
    const key = path.at(-1)!;
    // Functions would change what a secret is known by.
    const isSecret = literal !== undefined && (path.some(one => asksForSecret(one, {})) || looksSecret(literal));
    at.set(key, isSecret ? new Gap(key) : literal === 'null' || literal === '~' ? undefined : literal);
  }
  return root;
}

/** Values that one merge goes through: the parts of a value may be the same ones, so that a small text makes a huge tree. */
const MOST_MERGED = 5_000;

/** The first with what the second has in its place. */
export function merged(one: Datum, other: Datum, left = { entries: MOST_MERGED }): Datum {
  if (one === other) return one;
  if (!isMap(one) || !isMap(other)) return other ?? one;
  const all = new Map(one);
  for (const [key, value] of other) {
    if (left.entries-- <= 0) return UNKNOWN;
    all.set(key, all.has(key) ? merged(all.get(key), value, left) : value);
  }
  return all;
}

/** The value at the keys; below what is not known nothing is known. */
export function below(value: Datum, keys: readonly string[]): Datum {
  let at = value;
  for (const key of keys) {
    if (at instanceof Gap) at = new Gap(key);
    else at = isMap(at) ? at.get(key) : isList(at) ? at[Number(key)] : undefined;
  }
  return at;
}

/** `undefined`: it depends on the installation. */
export function isTrue(value: Datum): boolean | undefined {
  if (value instanceof Gap) return undefined;
  if (isMap(value)) return value.size > 0;
  if (isList(value)) return value.length > 0;
  return value !== undefined && value !== '' && value !== false && value !== 'false' && value !== '0';
}

/** The items of a list or a map, with their keys. */
export function itemsOf(value: Datum): readonly (readonly [string, Datum])[] {
  if (isList(value)) return value.map((one, i) => [`${i}`, one]);
  return isMap(value) ? [...value] : [];
}

const textOf = (value: Datum): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'boolean' ? `${value}` : undefined;

/** As a template puts it out. */
export function written(value: Datum): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  return value instanceof Gap ? `{{ ${value.name} }}` : value === undefined ? '' : '{{ value }}';
}

const firstTrue = (values: readonly Datum[]): Datum => {
  // What an installation may give is what counts only where nothing is given here.
  const known = values.find(one => isTrue(one) === true);
  return known ?? values.find(one => one instanceof Gap) ?? values.at(-1);
};
const yes = (value: boolean | undefined): Datum => value ?? UNKNOWN;

/** A function of texts; not known where one of them is not. */
const ofTexts =
  (compute: (...texts: readonly string[]) => Datum) =>
  (...values: readonly Datum[]): Datum => {
    const gap = values.find(one => one instanceof Gap);
    if (gap !== undefined) return gap;
    return compute(...values.map(one => textOf(one) ?? ''));
  };
const itself = (value: Datum): Datum => value;
const last = (...values: readonly Datum[]): Datum => values.at(-1);

export const FUNCTIONS: Readonly<Record<string, (...values: readonly Datum[]) => Datum>> = {
  default: (other, value) => (isTrue(value) === false ? other : firstTrue([value, other])),
  coalesce: (...values) => firstTrue(values),
  ternary: (one, other, test) => (isTrue(test) === undefined ? UNKNOWN : isTrue(test) ? one : other),
  required: last,
  empty: value => (isTrue(value) === undefined ? UNKNOWN : !isTrue(value)),
  not: value => (isTrue(value) === undefined ? UNKNOWN : !isTrue(value)),
  and: (...values) => values.find(one => isTrue(one) !== true) ?? values.at(-1),
  or: (...values) => firstTrue(values),
  eq: ofTexts((one, ...others) => others.includes(one!)),
  ne: ofTexts((one, other) => one !== other),
  contains: ofTexts((part, text) => text?.includes(part!)),
  hasPrefix: ofTexts((part, text) => text?.startsWith(part!)),
  hasSuffix: ofTexts((part, text) => text?.endsWith(part!)),
  kindIs: (kind, value) => yes(value instanceof Gap ? undefined : kindOf(value) === kind),
  typeIs: (kind, value) => yes(value instanceof Gap ? undefined : kindOf(value) === kind),
  hasKey: (value, key) => yes(isMap(value) ? value.has(textOf(key) ?? '') : undefined),
  get: (value, key) => below(value, [textOf(key) ?? '']),
  index: (value, ...keys) =>
    below(
      value,
      keys.map(key => textOf(key) ?? ''),
    ),
  dig: (...all) => {
    const keys = all.slice(0, -2).map(key => textOf(key) ?? '');
    return below(all.at(-1), keys) ?? all.at(-2);
  },
  dict: (...all) => new Map(all.flatMap((key, i) => (i % 2 === 0 ? [[textOf(key) ?? '', all[i + 1]] as const] : []))),
  list: (...values) => values,
  merge: (...values) => values.toReversed().reduce((one, other) => merged(one, other)),
  mergeOverwrite: (...values) => values.reduce((one, other) => merged(one, other)),
  first: value => itemsOf(value)[0]?.[1],
  printf: (...values) => formatted(values),
  print: (...values) => values.map(written).join(''),
  join: (between, value) =>
    itemsOf(value)
      .map(([, one]) => written(one))
      .join(textOf(between) ?? ''),
  quote: itself,
  squote: itself,
  toString: itself,
  toYaml: value => (isMap(value) || isList(value) ? UNKNOWN : value),
  deepCopy: itself,
  int: itself,
  nindent: ofTexts((count, text) => `\n${indented(text!, Number(count))}`),
  indent: ofTexts((count, text) => indented(text!, Number(count))),
  lower: ofTexts(text => text?.toLowerCase()),
  upper: ofTexts(text => text?.toUpperCase()),
  trim: ofTexts(text => text?.trim()),
  trimPrefix: ofTexts((part, text) => (text!.startsWith(part!) ? text!.slice(part!.length) : text)),
  trimSuffix: ofTexts((part, text) => (text!.endsWith(part!) ? text!.slice(0, text!.length - part!.length) : text)),
  trimAll: ofTexts((_, text) => text),
  replace: ofTexts((old, by, text) => (old === '' ? text : text!.replaceAll(old!, by!))),
  trunc: ofTexts((count, text) => (Number(count) > 0 ? text!.slice(0, Number(count)) : text)),
};

function kindOf(value: Datum): string {
  if (isMap(value)) return 'map';
  if (isList(value)) return 'slice';
  return typeof value === 'boolean' || value === 'true' || value === 'false'
    ? 'bool'
    : value === undefined
      ? 'invalid'
      : 'string';
}

function formatted([format, ...values]: readonly Datum[]): Datum {
  if (format instanceof Gap) return format;
  let next = 0;
  return (textOf(format) ?? '').replace(/%(?:[svdq]|-?\d{1,3}s)/g, () => written(values[next++])).replaceAll('%%', '%');
}

const indented = (text: string, count: number): string =>
  text.replace(/^/gm, ' '.repeat(Math.min(Math.max(count || 0, 0), 60)));
