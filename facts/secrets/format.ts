/** What a provider's token looks like. `formats.ts` reads the rows from the data, `scan.ts` looks for them in strings. */

/** One token format of one provider. */
export interface SecretFormat {
  /** Kebab-case, unique over all families. */
  readonly id: string;
  /** A phrase with its article for messages: "a GitHub personal access token". */
  readonly name: string;
  /**
   * Literal strings, at least one of which occurs in every match, compared without regard to ASCII case. They only
   * decide where `pattern` is tried, so a rare anchor is a fast one; `pattern` itself is case-sensitive.
   */
  readonly anchors: readonly string[];
  /**
   * Source of a regular expression tried exactly at the anchor (minus `lead`). No unbounded quantifier: what one
   * attempt may read is a constant. If it has a group, the secret is the first group, else the whole match.
   */
  readonly pattern: string;
  /** How many characters of the match precede the anchor; each is tried in turn. Default: none. */
  readonly lead?: readonly number[] | undefined;
  /**
   * `token` (default): neither neighbor may be a letter, digit or `_`, or the match is part of a longer identifier.
   * `start`: only the left neighbor counts. `none`: the pattern looks after its own ends.
   */
  readonly boundary?: 'token' | 'start' | 'none' | undefined;
  /** Reads on from the end of the match (a PEM body); the new end, or undefined for no match. */
  readonly extend?: ((text: string, end: number) => number | undefined) | undefined;
  /** False for a secret whose own check digits or payload say that it was never issued. */
  readonly check?: ((secret: string) => boolean) | undefined;
  /** How it competes with another format for the same characters; the higher wins. Default 1; shared shapes have 0. */
  readonly rank?: 0 | 1 | undefined;
  /**
   * Set where the value also matters: a URL's password may be as weak as any word, and the id of a key opens nothing without
   * its secret.
   */
  readonly shape?: 'url-credentials' | 'private-key' | 'key-id' | undefined;
}
