/** What a provider's token looks like: data only. `scan.ts` looks for it, `formats/` lists the rows. */

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
  readonly lead?: readonly number[];
  /**
   * `token` (default): neither neighbour may be a letter, digit or `_`, or the match is part of a longer identifier.
   * `start`: only the left neighbour counts. `none`: the pattern looks after its own ends.
   */
  readonly boundary?: 'token' | 'start' | 'none';
  /** Reads on from the end of the match (a PEM body); the new end, or undefined for no match. */
  readonly extend?: (text: string, end: number) => number | undefined;
  /** False for a secret whose own check digits or payload say that nobody issued it. */
  readonly checksum?: (secret: string) => boolean;
  /** How it competes with another format for the same characters; the higher wins. Default 1; shared shapes have 0. */
  readonly rank?: 0 | 1;
  /** Set where the value also matters: a URL's password may be as weak as any word. */
  readonly shape?: 'url-credentials' | 'private-key';
  /** The provider's own page on the token. */
  readonly docs: string;
}

/** Letters and digits. */
export const ALNUM = '[A-Za-z0-9]';
/** The alphabet of base64url, without padding. */
export const URL64 = '[A-Za-z0-9_-]';
/** The alphabet of base64, without padding. */
export const B64 = '[A-Za-z0-9+/]';
/** Lower-case hexadecimal. */
export const HEX = '[0-9a-f]';
/** A UUID in either case. */
export const UUID = '[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}';

/**
 * Source of what stands between a setting's name and its literal in shell, YAML, JSON, INI and HCL:
 * `NAME=`, `name: "`, `"name" = '`, `NAME `, and the escaped quotes of a string in a string.
 */
export const ASSIGN = '["\']?(?:[ \\t]{0,4}(?:=>|[:=])[ \\t]{0,4}|[ \\t]{1,4})(?:\\\\?["\'])?';

const escapeRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** A format that begins with one of the given literals and goes on with the source `body`. */
export function token(
  id: string,
  name: string,
  prefix: string | readonly string[],
  body: string,
  docs: string,
  more: Partial<SecretFormat> = {},
): SecretFormat {
  const anchors = typeof prefix === 'string' ? [prefix] : prefix;
  const alternatives = anchors.map(escapeRegExp);
  const source = alternatives.length > 1 ? `(?:${alternatives.join('|')})` : (alternatives[0] ?? '');
  return { id, name, anchors, pattern: source + body, docs, ...more };
}

/**
 * A format without a prefix of its own, bound to the name of a setting in the same text, given in upper case as
 * environment variables are; the lower-case form counts too, and so does either as the end of a longer name.
 */
export function keyed(id: string, name: string, settings: readonly string[], body: string, docs: string): SecretFormat {
  const spellings = settings.flatMap(setting => [setting, setting.toLowerCase()]);
  const pattern = `(?:${spellings.join('|')})${ASSIGN}(${body})(?![A-Za-z0-9_])`;
  return { id, name, anchors: settings, pattern, boundary: 'none', rank: 0, docs };
}
