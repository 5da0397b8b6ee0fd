/**
 * What a key's value may be, and what became of the key over the versions of cloud-init. `keys.ts` makes these of the data,
 * `check.ts` holds a document against them.
 */

/** What a value may be. */
export type Type =
  | TextType
  | NumberType
  | BoolType
  | NullType
  | AnyType
  | ListType
  | MapType
  | OneOfType
  | OldType
  | ToleratedType;

export interface TextType {
  readonly kind: 'text';
  /** The only strings it may be; `undefined`: any. */
  readonly values: readonly string[] | undefined;
  /** What it has to look like, and how to say that. */
  readonly form: { readonly pattern: RegExp; readonly words: string } | undefined;
}
export interface NumberType {
  readonly kind: 'number';
  /** No fractions. */
  readonly whole: boolean;
  readonly least: number | undefined;
  readonly most: number | undefined;
}
export interface BoolType {
  readonly kind: 'bool';
  /** The only one it may be; `undefined`: both. */
  readonly only: boolean | undefined;
}
export interface NullType {
  readonly kind: 'null';
}
/** The tool that the module calls decides. */
export interface AnyType {
  readonly kind: 'any';
  /** Of further keys: one that resembles a listed one is a slip of it. */
  readonly slips?: true;
}
export interface ListType {
  readonly kind: 'list';
  readonly items: Type;
  /** How many items it has to have and may have. */
  readonly least: number;
  readonly most: number;
}
/** Keys, one of each row of which has to be there. */
export type Rows = readonly (readonly string[])[];

export interface MapType {
  readonly kind: 'map';
  readonly keys: Readonly<Record<string, Key>>;
  readonly required: Rows;
  /** What else is required, by the value of one of the keys. */
  readonly requiredBy: { readonly key: string; readonly rows: Readonly<Record<string, Rows>> } | undefined;
  /** The values of keys that are not listed; `undefined`: there are no others. */
  readonly others: Type | undefined;
  /** A map without entries means nothing. */
  readonly filled: boolean;
}
export interface OneOfType {
  readonly kind: 'one of';
  readonly types: readonly Type[];
}
/** Still read, but deprecated. */
export interface OldType {
  readonly kind: 'old';
  readonly type: Type;
  /** The version that deprecated it. */
  readonly since: string;
  /** What to write instead, as it ends the sentence "write …". */
  readonly instead: string;
}

/** Read as intended, although the schema of cloud-init rejects it: cloud-init warns at boot. */
export interface ToleratedType {
  readonly kind: 'tolerated';
  readonly type: Type;
}

export interface Key {
  readonly type: Type;
  /** A value as it would be written, for messages; `undefined`: one is made from the type. */
  readonly example: string | undefined;
  /** The version that added it, `24.1`; `undefined`: in every version that matters. */
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
