/**
 * The words in which the modules' keys are written down: what a value may be, and what became of a key over the
 * versions of cloud-init. Plain data; `check.ts` holds a document against it.
 */

/** What a value may be. */
export type Type = TextType | NumberType | BoolType | NullType | AnyType | ListType | MapType | OneOfType | OldType;

export interface TextType {
  readonly kind: 'text';
  /** The only texts it may be; `undefined`: any. */
  readonly values: readonly string[] | undefined;
  /** What it has to look like, and how to say that. */
  readonly form: { readonly pattern: RegExp; readonly words: string } | undefined;
}
export interface NumberType {
  readonly kind: 'number';
  /** No fractions. */
  readonly whole: boolean;
  readonly least: number | undefined;
}
export interface BoolType {
  readonly kind: 'bool';
  /** The only one it may be; `undefined`: both. */
  readonly only: boolean | undefined;
}
export interface NullType {
  readonly kind: 'null';
}
/** Whatever the tool behind the module makes of it. */
export interface AnyType {
  readonly kind: 'any';
}
export interface ListType {
  readonly kind: 'list';
  readonly items: Type;
  /** How many items it has to have and may have. */
  readonly least: number;
  readonly most: number;
}
export interface MapType {
  readonly kind: 'map';
  readonly keys: Readonly<Record<string, Key>>;
  /** Keys one of each row has to be there. */
  readonly required: readonly (readonly string[])[];
  /** What is behind keys that are not listed; `undefined`: there are no others. */
  readonly others: Type | undefined;
  /** A map without entries means nothing. */
  readonly filled: boolean;
}
export interface OneOfType {
  readonly kind: 'one of';
  readonly types: readonly Type[];
}
/** Still read, but on its way out. */
export interface OldType {
  readonly kind: 'old';
  readonly type: Type;
  /** The version that deprecated it. */
  readonly since: string;
  /** What to write instead, as it ends the sentence "write …". */
  readonly instead: string;
}

export interface Key {
  readonly type: Type;
  /** A value as it would be written, for messages; `undefined`: one is made from the type. */
  readonly example: string | undefined;
  /** The version that brought it, `24.1`; `undefined`: so old that nobody has to ask. */
  readonly since: string | undefined;
  readonly deprecated: Deprecation | undefined;
}
export interface Deprecation {
  /** The version that deprecated it. */
  readonly since: string;
  /** The key that took its place, with the same meaning; `undefined` when the value has to change too. */
  readonly use: string | undefined;
  /** What to do instead, as it ends the sentence "use …". */
  readonly instead: string;
}

export const text: TextType = { kind: 'text', values: undefined, form: undefined };
export const bool: BoolType = { kind: 'bool', only: undefined };
export const no: BoolType = { kind: 'bool', only: false };
export const int: NumberType = { kind: 'number', whole: true, least: undefined };
export const count: NumberType = { kind: 'number', whole: true, least: 0 };
export const number: NumberType = { kind: 'number', whole: false, least: undefined };
export const nothing: NullType = { kind: 'null' };
export const any: AnyType = { kind: 'any' };

/** One of these texts. */
export function word(...values: readonly string[]): TextType {
  return { kind: 'text', values, form: undefined };
}
/** Text of a form; `words` says which, as it ends the sentence "takes …". */
export function like(pattern: RegExp, words: string): TextType {
  return { kind: 'text', values: undefined, form: { pattern, words } };
}
export function list(items: Type, least = 0, most = Number.POSITIVE_INFINITY): ListType {
  return { kind: 'list', items, least, most };
}
export function either(...types: readonly Type[]): OneOfType {
  return { kind: 'one of', types };
}
/** Where something is fetched from or sent to; `$basearch` and the like may stand in it. */
export const url: TextType = like(/^[A-Za-z][A-Za-z0-9+.-]*:\S/, 'a URL, such as `https://example.com/`');

/** A form of a value that `since` deprecated; `instead` ends the sentence "write …". */
export function old(type: Type, since: string, instead: string): OldType {
  return { kind: 'old', type, since, instead };
}
/** A map with these keys and no others unless `others` says what they hold. */
export function map(
  keys: Readonly<Record<string, Type | Key>>,
  more: { readonly required?: readonly (string | readonly string[])[]; others?: Type; filled?: boolean } = {},
): MapType {
  return {
    kind: 'map',
    keys: keysOf(keys),
    required: (more.required ?? []).map(name => (typeof name === 'string' ? [name] : name)),
    others: more.others,
    filled: more.filled ?? false,
  };
}
/** A map from names that the author chooses. */
export function mapOf(values: Type, filled = false): MapType {
  return { kind: 'map', keys: {}, required: [], others: values, filled };
}
/** A key with an example, or one that came late. */
export function key(type: Type, more: { readonly example?: string; readonly since?: string }): Key {
  return { type, example: more.example, since: more.since, deprecated: undefined };
}
/** A key that was renamed. */
export function renamed(type: Type, since: string, use: string): Key {
  return { type, example: undefined, since: undefined, deprecated: { since, use, instead: `\`${use}\`` } };
}
/** A key that something of another shape took the place of. */
export function replaced(type: Type, since: string, instead: string): Key {
  return { type, example: undefined, since: undefined, deprecated: { since, use: undefined, instead } };
}
/** Keys and types as keys. */
export function keysOf(keys: Readonly<Record<string, Type | Key>>): Readonly<Record<string, Key>> {
  const made: Record<string, Key> = {};
  for (const [name, value] of Object.entries(keys)) made[name] = 'kind' in value ? key(value, {}) : value;
  return made;
}
