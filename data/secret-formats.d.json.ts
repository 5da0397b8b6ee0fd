/** Tests of a whole token that no pattern can make; `facts/secrets/checks.ts` has them by these names. */
export type CheckName =
  | 'armoured-private-key'
  | 'base62-crc'
  | 'bech32'
  | 'digits-and-letters'
  | 'names-algorithm'
  | 'not-placeholder'
  | 'not-reference'
  | 'not-words'
  | 'tunnel-secret'
  | 'user-and-password';

interface Row {
  /** Kebab-case, unique over all families. */
  readonly id: string;
  /** A phrase with its article for messages: "a GitHub personal access token". */
  readonly name: string;
  readonly boundary?: 'token' | 'start' | 'none';
  readonly rank?: 0 | 1;
  readonly check?: CheckName;
  /** The secret goes on to the end of the armour (PEM and its relatives). */
  readonly extend?: 'armour';
  readonly shape?: 'url-credentials' | 'private-key' | 'key-id';
}

/**
 * One token format. Three kinds, distinguished by their keys; `facts/secrets/formats.ts` makes a pattern of each, and
 * `facts/secrets/format.ts` says what the other keys mean. In patterns `<uuid>` stands for a UUID and `<assign>` for what is between
 * the name of a setting and its value.
 */
export type FormatRow =
  /** Begins with one of these literals and goes on with the pattern `body`. */
  | (Row & { readonly prefix: readonly string[]; readonly body: string })
  /** No prefix of its own: the value of a setting of this name, in upper or lower case, alone or as the end of a longer name. */
  | (Row & { readonly settings: readonly string[]; readonly body: string })
  /** A whole pattern, and the literals that it is looked for by. */
  | (Row & { readonly anchors: readonly string[]; readonly lead?: readonly number[]; readonly pattern: string });

/** A row with what only the refresh command and people read; bundles leave that out. */
export type KeptFormatRow = FormatRow & {
  /** The provider's own page on the token. */
  readonly docs: string;
  readonly note?: string;
};

export interface SecretFormatsData<R extends FormatRow = FormatRow> {
  readonly source: string;
  readonly date: string;
  /** By family of providers. */
  readonly families: Readonly<Record<string, readonly R[]>>;
}

declare const data: SecretFormatsData;
export default data;
