/** What a literal value looks like, whatever its name. */

import { decodePrintable } from '../../core/base64.ts';
import { characterClasses, readsAsWords, shannonEntropy } from './entropy.ts';
import type { SecretFormat } from './format.ts';
import { isPlaceholder } from './placeholders.ts';
import { isReference, withoutReferences } from './references.ts';
import { findSecretFormats } from './scan.ts';

/**
 * - `empty`: nothing, or a word for nothing (`null`).
 * - `reference`: comes from elsewhere (`$X`, `$(cmd)`, `{{x}}`, `var.x`).
 * - `format`: holds a token of a known format, see `format`; `urlcred`: a URL with a literal password.
 * - `public`, `certificate`: the public half of a key pair; `fingerprint`, `checksum`, `uuid`: digests and identifiers.
 * - `hash`: a crypt(3)-like password hash; `locked`: a password field that matches no password.
 * - `placeholder`: an example or a mask.
 * - `path`, `url`, `bool`, `version`, `number`, `phrase` (has white space).
 * - `opaque`: looks drawn by chance; `word`: anything else.
 */
export type ValueKind =
  | 'empty'
  | 'reference'
  | 'format'
  | 'urlcred'
  | 'public'
  | 'certificate'
  | 'fingerprint'
  | 'checksum'
  | 'uuid'
  | 'hash'
  | 'locked'
  | 'placeholder'
  | 'path'
  | 'url'
  | 'bool'
  | 'version'
  | 'number'
  | 'phrase'
  | 'opaque'
  | 'word';

/** The class of a value, and where in it what decided lies (half-open offsets into the value). */
export interface ValueClass {
  readonly kind: ValueKind;
  readonly start: number;
  readonly end: number;
  /** The format found, for `format` and `urlcred`. */
  readonly format?: SecretFormat;
  /** The value is base64 and this is the class of what it decodes to. */
  readonly encoded?: true;
}

const PUBLIC_KEY =
  /^(?:(?:ssh-(?:rsa|dss|ed25519|ed448)|ecdsa-sha2-nistp[0-9]{3}|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)\s|-----BEGIN (?:RSA |EC |DSA |SSH2 )?PUBLIC KEY|---- BEGIN SSH2 PUBLIC KEY|-----BEGIN PGP PUBLIC KEY BLOCK|age1[02-9ac-hj-np-z]{58}$|RW[A-Za-z0-9+/]{54}$)/;
/**
 * Keys that are in the pages of a site for everyone to see: https://docs.stripe.com/keys, https://posthog.com/docs/api,
 * https://docs.mapbox.com/help/dive-deeper/access-tokens/, https://docs.datadoghq.com/account_management/api-app-keys/,
 * https://supabase.com/docs/guides/api/api-keys
 */
const OF_PAGES =
  /^(?:pk_(?:test|live)_[A-Za-z0-9$]{16,200}|phc_[A-Za-z0-9]{40,60}|pk\.eyJ[\w-]{20,200}\.[\w-]{16,100}|pub[0-9a-f]{32,40}|sb_publishable_[\w-]{16,100})$/;
const CERTIFICATE =
  /^\s{0,16}(?:-----BEGIN (?:TRUSTED |X509 |NEW )?(?:CERTIFICATE|CRL|PKCS7)|LS0tLS1CRUdJTiBDRVJUSUZJQ0FUR)/;
const HASH =
  /^(?:\{[A-Za-z0-9-]{2,20}\}|!{0,2})?\\?\$\\?\$?(?:1|2[abxy]?|5|6|7|8|9|y|gy|md5|sha1|apr1|scrypt|bcrypt-sha256|argon2(?:id|i|d)|pbkdf2(?:-sha(?:1|256|512))?|P|H)\\?\$\\?\$?[^\s]{8,}$|^\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|ARGON2|PBKDF2[A-Z0-9-]{0,8})\}[^\s]{8,}$|^(?:pbkdf2_sha(?:1|256)|bcrypt_sha256|argon2|scrypt)\$[^\s]{16,}$|^grub\.pbkdf2\.sha512\.|^SCRAM-SHA-(?:1|256)\$|^\*[0-9A-F]{40}$|^md5[0-9a-f]{32}$/;
const LOCKED = /^(?:!{1,2}|\*|!\*|\*!|x|\*LK\*|\*NP\*|!!?locked|!\$.{0,300})$/;
const BOOL =
  /^(?:true|false|yes|no|on|off|enabled?|disabled?|y|n|always|never|auto|optional|required|default|prompt)$/i;
const CHECKSUM =
  /^(?:(?:md5|sha(?:1|224|256|384|512))[:=-](?:[0-9a-fA-F]{32,128}|[A-Za-z0-9+/]{40,90}={0,2})|h1:[A-Za-z0-9+/]{43}=)$/;
const UUID = /^\{?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\}?$/;
const FINGERPRINT =
  /^(?:(?:0x)?[0-9A-F]{40}|[0-9A-F]{16}|0x[0-9A-Fa-f]{8}|0x[0-9A-Fa-f]{16}|(?:SHA256:[A-Za-z0-9+/]{43}=?)|(?:MD5:)?[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){9,63}|(?:[0-9A-F]{4} {1,2}){9}[0-9A-F]{4})$/;
const VERSION = /^[vV]?[0-9]{1,8}(?:\.[0-9]{1,8}){1,4}(?:[-+.~_][0-9A-Za-z.+~_-]{1,64})?$/;
/** `2024-03-20T10:00:00Z` */
const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}[\d:.,]{0,12}(?:Z|[+-]\d{2}:?\d{2})?)?$/;
/** A line of passwd(5), whose password is in another file. */
const ACCOUNT = /^[\w.-]{1,40}:[x*!]{0,2}:\d{1,10}:\d{1,10}:[^:]{0,100}:\/[^:]{0,200}:\/\S{0,100}$/;
const URL = /^(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:\/\/|mailto:|data:|urn:|arn:)|^[A-Za-z0-9.-]{1,253}:[0-9]{2,5}$/;
const EMAIL = /^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,24}$/;
const EXTENSION =
  /\.(?:pem|key|crt|cer|pub|p12|pfx|jks|txt|json|ya?ml|toml|ini|conf|cfg|env|properties|xml|sh|py|js|ts|rb|go|asc|gpg|sock|pid|log|secret|token|html?)$/i;
/** `org.example.auth.PBKDF2Hasher`: a class by its packages. */
const CLASS = /^(?:[a-z][a-z_]{1,30}\.){2,10}[A-Z][A-Za-z0-9]{2,60}$/;
/** `TOKEN=` in front of what an environment variable gets. */
const ASSIGNMENT = /^(?:export\s{1,8})?[A-Za-z_][A-Za-z0-9_]{0,80}=/;
const DOCUMENT = /^(?:\{\s{0,8}["'}]|\[\s{0,8}["'{\]]|<\?xml|<[a-z][^<>]{0,64}>\s{0,8}\S)/;

/** The most characters of a value whose looks are judged; formats are looked for in all of it. */
const LIMIT = 16 * 1024;

/**
 * The class of a value as its consumer will see it, quotes and escapes undone. The first class that fits wins, in the
 * order of tests below. Base64 of printable text is looked into once. Never throws; linear in the value.
 */
export function classifyValue(value: string): ValueClass {
  return classify(value, 0);
}

function classify(value: string, depth: number): ValueClass {
  const whole = (kind: ValueKind): ValueClass => ({ kind, start: 0, end: value.length });
  const text = value.trim();
  if (/^(?:|null|nil|none|undefined|~|""|'')$/i.test(text)) return whole('empty');
  const found = findSecretFormats(value)[0];
  if (found) {
    const { format, start, end } = found;
    return { kind: format.shape === 'url-credentials' ? 'urlcred' : 'format', start, end, format };
  }
  if (text.length > LIMIT) return whole(/\s/.test(text) ? 'phrase' : 'word');
  // Hashes begin with what a shell takes for a parameter, so they come before references.
  if (LOCKED.test(text) || ACCOUNT.test(text)) return whole('locked');
  if (HASH.test(text)) return whole(/\.{3}|<|…/.test(text) ? 'placeholder' : 'hash');
  const references = classifyReferences(value, depth);
  if (references) return references;
  return classifyLiteral(value, text, depth, whole);
}

/** How often a letter in lower case, one in upper case and a digit follow another kind: rarely in words, often by chance. */
function changesOfKind(text: string): number {
  const kindOf = (character: string): number => (/[a-z]/.test(character) ? 0 : /[A-Z]/.test(character) ? 1 : 2);
  return [...text].filter((character, i) => i > 0 && kindOf(character) !== kindOf(text[i - 1]!)).length;
}

/**
 * Whether a value may be a DES crypt hash: thirteen characters that look drawn by chance. Any password may look like that, so
 * it is only one in a field that takes a hash.
 */
export const isTraditionalCrypt = (text: string): boolean =>
  /^[./A-Za-z0-9]{13}$/.test(text) &&
  (/[./]/.test(text) || changesOfKind(text) >= 5) &&
  /[a-z]/.test(text) &&
  /[A-Z]/.test(text) &&
  /[0-9]/.test(text) &&
  !EXTENSION.test(text);

/** Variables and templates; the literal that stands in for an unset variable is what the image gets, so it counts. */
function classifyReferences(value: string, depth: number): ValueClass | undefined {
  if (isReference(value.trim().replace(ASSIGNMENT, ''))) return { kind: 'reference', start: 0, end: value.length };
  const { any, rest, defaults } = withoutReferences(value);
  if (!any) return undefined;
  for (const { text, start } of depth < 4 ? defaults : []) {
    const inner = classify(text, depth + 1);
    if (inner.kind === 'empty' || inner.kind === 'reference') continue;
    return { ...inner, start: start + inner.start, end: start + inner.end };
  }
  const opaque = looksOpaque(rest) && !/\s/.test(rest.trim()) && !readsAsPath(rest) && !URL.test(value);
  const remaining = opaque ? 'opaque' : 'reference';
  return { kind: remaining, start: 0, end: value.length };
}

function classifyLiteral(
  value: string,
  text: string,
  depth: number,
  whole: (kind: ValueKind) => ValueClass,
): ValueClass {
  if (PUBLIC_KEY.test(text) || OF_PAGES.test(text)) return whole('public');
  if (CERTIFICATE.test(text)) return whole('certificate');
  if (BOOL.test(text)) return whole('bool');
  if (CHECKSUM.test(text)) return whole('checksum');
  if (FINGERPRINT.test(text)) return whole('fingerprint');
  if (URL.test(text) || EMAIL.test(text)) return whole('url');
  if (DOCUMENT.test(text)) return whole('phrase');
  if (isPlaceholder(text)) return whole('placeholder');
  if (UUID.test(text)) return whole(shannonEntropy(text) < 2 ? 'placeholder' : 'uuid');
  if (/^[0-9]{1,32}$/.test(text)) return whole('number');
  if (VERSION.test(text) || DATE.test(text)) return whole('version');
  if (readsAsPath(text)) return whole('path');
  if (/\s/.test(text)) return whole('phrase');
  if (depth === 0 && text.length >= 12) {
    const decoded = decodePrintable(text);
    if (decoded !== undefined && decoded.length >= 4) {
      const inner = classify(decoded, 4);
      const kind = inner.kind === 'phrase' || inner.kind === 'path' ? 'word' : inner.kind;
      return { kind, start: 0, end: value.length, encoded: true, ...(inner.format && { format: inner.format }) };
    }
  }
  // `argon2,pbkdf2`: a list of names.
  const list = text.includes(',') ? text.split(',') : [text];
  if (list.every(one => CLASS.test(one))) return whole('word');
  return whole(looksOpaque(text) && list.some(one => looksOpaque(one) && !readsAsWords(one)) ? 'opaque' : 'word');
}

/** `kv/prod/app1` */
const FOLDERS = /^[a-z0-9._-]{1,16}(?:\/[a-z0-9._-]{1,16}){2,8}$/;

/** A path of words: absolute, relative or with a known extension. Base64 with a slash in it is none. */
function readsAsPath(text: string): boolean {
  if (/^(?:~|\.{1,2})?\/|^[A-Za-z]{0,12}:?\\[A-Za-z]|^[A-Za-z]:[\\/]|^~$/.test(text)) {
    // Base64 may begin with a slash too, but then one part of it mixes everything.
    return text.split(/[\\/]/).every(part => part.length < 16 || !looksMixed(part) || readsAsWords(part));
  }
  if (FOLDERS.test(text)) return true;
  if (!EXTENSION.test(text) && !(text.includes('/') && readsAsWords(text))) return false;
  return !/[\s=+]/.test(text) && text.split('/').every(part => part.length < 24 || readsAsWords(part));
}

const looksMixed = (text: string) => /[a-z]/.test(text) && /[A-Z]/.test(text) && /[0-9]/.test(text);

/** Whether a text has the variety of a generated password or key, for its alphabet and length. */
function looksOpaque(text: string): boolean {
  const length = text.length;
  if (length < 8 || length > 4096) return false;
  if (/^[0-9a-fA-F]+$/.test(text)) return length >= 20 && shannonEntropy(text) >= 2.8 && /[0-9]/.test(text);
  // What joins words does not count as variety in a short text: `app1_token`.
  const classes = characterClasses(length < 16 ? text.replace(/[-_.:/]/g, '') : text);
  if (classes >= 3) return shannonEntropy(text) >= 2.5;
  return length >= 16 && classes >= 2 && shannonEntropy(text) >= 3.3;
}

/** Whether a value turns something on or off, whatever it is called: `ARG INSTALL_SSHPASS=false`. */
export const isSwitch = (value: string): boolean => /^(?:true|false|yes|no|on|off|0|1)$/i.test(value);
