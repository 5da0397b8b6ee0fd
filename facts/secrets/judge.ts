/** Whether a named value is a secret: the table of names and values. */

import { UNRESOLVED } from '../../core/text.ts';
import { classifyName, isAllowed, type NameClass, type NameLists, namesPassword } from './names.ts';
import { isMarker, isVariableName } from './placeholders.ts';
import { type FormatMatch, findSecretFormats } from './scan.ts';
import {
  isDisguisedWord,
  isPassphrase,
  isSlashedPassword,
  isStrongPassword,
  isStrongToken,
  looksDrawn,
} from './strength.ts';
import { classifyValue, isTraditionalCrypt, type ValueClass } from './values.ts';

/**
 * Where the pair was written. It decides what a hash, a reference and an example are worth. In a field that is a password by
 * definition every literal is one, whatever it looks like: `password` of a login that is used, `account` of one that is made,
 * `crypt` where the field takes a hash.
 */
export type SecretContext =
  | 'env'
  | 'arg'
  | 'label'
  | 'attribute'
  | 'variable-default'
  | 'shell'
  | 'file'
  | 'password'
  | 'account'
  | 'crypt';

/** What `judge` is asked. */
export interface SecretQuestion {
  /** The name of the variable, attribute or key; undefined for a bare value. */
  readonly name: string | undefined;
  /** The literal, quotes undone; undefined when it is not known. */
  readonly value: string | undefined;
  readonly context: SecretContext;
  readonly lists?: NameLists | undefined;
}

/** A verdict. It holds nothing of the value: neither characters nor length nor prefix. */
export interface Judgement {
  /**
   * - `secret`: a credential is written here.
   * - `weak-credential`: a password that is easy to guess: a word or a number.
   * - `password-hash`: can be attacked offline.
   * - `placeholder`: the name asks for a secret and the value is an example.
   * - `declared`: the name asks for a secret and the value is elsewhere or unknown.
   */
  readonly kind: 'secret' | 'weak-credential' | 'password-hash' | 'placeholder' | 'declared';
  /** A phrase for messages, with its article if it has one: "a GitHub personal access token", "URL credentials". */
  readonly what: string;
  /** `certain`: a known format, or a name and a value that agree. `possible`: worth a look. */
  readonly certainty: 'certain' | 'likely' | 'possible';
  /** Half-open offsets of the secret in the value; both 0 when the value is unknown. */
  readonly start: number;
  readonly end: number;
  /** It is the id of a key, as a user name is of a login: it opens nothing without its secret. */
  readonly isKeyId?: true;
}

/** `Stern$Haus2019`: names of variables are rarely written in both cases, and then not with a number at their end. */
const DOLLAR_INSIDE = /^[\w@#!%^&*.-]{3,40}\$[A-Z][a-z]{2,20}\d{1,8}[!#?.]?$/;

/** A line of nsswitch.conf, `passwd: files systemd`: https://man7.org/linux/man-pages/man5/nsswitch.conf.5.html */
const NAME_SERVICES =
  /^[ \t]{0,40}(?:files|compat|systemd|sss|ldap|winbind|nis|db|altfiles|extrausers|cache)(?:[ \t['"\\,]|$)/;

/** Fields of files that scripts fill in before they are used. */
const FIELDS: ReadonlySet<SecretContext> = new Set(['attribute', 'file', 'password', 'account', 'crypt']);

const CERTAINTY = { strong: 'certain', medium: 'likely', weak: 'possible' } as const;

const named = (name: NameClass): name is keyof typeof CERTAINTY =>
  name === 'strong' || name === 'medium' || name === 'weak';

/**
 * The verdict on a name and a value, or undefined when there is nothing to say. A known format or a URL with a
 * password speaks whatever the name; everything else needs a name that asks for a secret.
 */
export function judge({ name, value, context, lists }: SecretQuestion): Judgement | undefined {
  const nameClass = name === undefined ? 'none' : classifyName(name, lists);
  if (name !== undefined && PUBLIC_PARAMETERS.test(name)) return undefined;
  if (name === 'passwd' && NAME_SERVICES.test(value ?? '')) return undefined;
  if (value === undefined) return declared(name, nameClass, { kind: 'reference', start: 0, end: 0 });
  if (!asksForMore(nameClass, context) && isBare(value)) return judgeTokens(findSecretFormats(value), value)[0];
  const found = classifyValue(value);
  if (found.kind === 'format' || found.kind === 'urlcred') return ofFormat(found, value);
  if (context === 'crypt' && isTraditionalCrypt(value.trim()))
    return ofHash(nameClass, { kind: 'hash', start: 0, end: value.length }, context);
  if ((context === 'account' || context === 'crypt') && isMarker(value.trim())) return undefined;
  if (FIELDS.has(context) && isVariableName(value.trim())) return undefined;
  if (context === 'password' || context === 'account' || context === 'crypt') {
    const written =
      found.kind === 'reference' && DOLLAR_INSIDE.test(value) ? { ...found, kind: 'word' as const } : found;
    const field = ofPasswordField(name ?? '', value, written);
    if (field) return field;
  }
  const login = name === undefined || isAllowed(name, lists) ? undefined : ofLogin(name, value);
  if (login) return login;
  if (found.kind === 'url') return ofQuery(value, lists);
  if (found.kind === 'hash') return ofHash(nameClass, found, context);
  if (name === undefined || !named(nameClass)) return undefined;
  if (found.kind === 'reference' || found.kind === 'empty') return declared(name, nameClass, found);
  return ofNamed(name, nameClass, value, found, context);
}

/**
 * Whether nothing is to be said of a name and a value but the tokens of known formats in the value, which the text around them has
 * as well.
 */
export function saysTokensAtMost(name: string, value: string, lists: NameLists): boolean {
  return isBare(value) && !asksForMore(classifyName(name, lists), 'file');
}

/** Whether the name or the place gives a value a meaning that it has not by itself. */
function asksForMore(nameClass: NameClass, context: SecretContext): boolean {
  return (
    named(nameClass) || nameClass === 'hashed' || context === 'password' || context === 'account' || context === 'crypt'
  );
}

/** Whether nothing is in a value but what is written: no default of a variable, no query of a URL, no base64. */
function isBare(value: string): boolean {
  return !/[$?]/.test(value) && (value.length < 12 || !/^[\sA-Za-z0-9+/=_-]+$/.test(value));
}

/** The verdict on each token of a known format in a text, in order. */
export function judgeTokens(tokens: readonly FormatMatch[], text: string): readonly Judgement[] {
  return tokens.flatMap(match => ofMatch(match, text.slice(match.start, match.end)) ?? []);
}

/** A word with a variable in it: `pass$NUMBER`. How easy it is to guess depends on the variable. */
const HALF_KNOWN = new RegExp(`\\$[A-Za-z_{(]|\\{\\{|${UNRESOLVED}`);

function ofMatch({ format, start, end }: FormatMatch, secret: string): Judgement | undefined {
  if (format.shape === 'url-credentials') {
    const inner = classifyValue(secret);
    if (inner.kind === 'placeholder')
      return { kind: 'placeholder', what: format.name, certainty: 'possible', start, end };
    if (inner.kind !== 'opaque' && inner.kind !== 'format' && inner.kind !== 'uuid') {
      if (HALF_KNOWN.test(secret)) return undefined;
      if (isStrongPassword(secret, '')) return { kind: 'secret', what: format.name, certainty: 'certain', start, end };
      return { kind: 'weak-credential', what: format.name, certainty: 'likely', start, end };
    }
  }
  const isKeyId = format.shape === 'key-id' && ({ isKeyId: true } as const);
  return { kind: 'secret', what: format.name, certainty: 'certain', start, end, ...isKeyId };
}

function ofFormat(found: ValueClass, value: string): Judgement | undefined {
  const { format, start, end } = found;
  return format && ofMatch({ format, start, end }, value.slice(start, end));
}

/** Names in the query of a URL are names like any other: `?access_token=`. */
/** Beside the signature of a URL: the id of the key, and what is signed. */
const PUBLIC_PARAMETERS = /^X-(?:Amz|Goog)-(?:Credential|Date|Algorithm|Expires|SignedHeaders)$/i;

function ofQuery(url: string, lists: NameLists | undefined): Judgement | undefined {
  const question = url.indexOf('?');
  if (question < 0) return undefined;
  let offset = question + 1;
  for (const pair of url.slice(offset, offset + 4096).split('&')) {
    const equals = pair.indexOf('=');
    const start = offset + equals + 1;
    const end = offset + pair.length;
    offset = end + 1;
    const name = pair.slice(0, equals);
    if (equals <= 0 || PUBLIC_PARAMETERS.test(name) || classifyName(name, lists) !== 'strong') continue;
    if (classifyValue(url.slice(start, end)).kind === 'opaque') {
      return { kind: 'secret', what: 'URL credentials', certainty: 'likely', start, end };
    }
  }
  return undefined;
}

/** `cloud.auth`, `NEO4J_AUTH`, `basic.auth.user.info`, `stats_login` */
const LOGIN = /(?:^|[_.-])(?:auth|user[_.]?info|login|userpass|userpwd|credentials?|creds)$/i;

/** A user and a password in one value: `elastic:PASSWORD`, and `neo4j/PASSWORD`, where others have a path. */
function ofLogin(name: string, value: string): Judgement | undefined {
  if (!LOGIN.test(name)) return undefined;
  const match = /^(?:neo4j\/|(?!(?:sha\d{1,3}|md5):)[A-Za-z][\w.@-]{0,63}:)([^\s:/$@{}]{12,200})$/.exec(value);
  if (!match || !isStrongPassword(match[1]!, name)) return undefined;
  const kind = classifyValue(match[1]!).kind;
  if (kind !== 'opaque' && kind !== 'word') return undefined;
  return {
    kind: 'secret',
    what: 'a password',
    certainty: 'likely',
    start: value.length - match[1]!.length,
    end: value.length,
  };
}

/** Looks that a literal in a password field may have by chance, or by its owner's choice. */
const LOOKS: ReadonlySet<ValueClass['kind']> = new Set([
  ...(['path', 'url', 'bool', 'version', 'number', 'phrase', 'word', 'uuid', 'checksum', 'fingerprint'] as const),
]);

/** Every literal in a password field is one, but for examples, hashes, locks and what comes from elsewhere. */
function ofPasswordField(name: string, value: string, { kind, start, end }: ValueClass): Judgement | undefined {
  if (!LOOKS.has(kind)) return undefined;
  const text = value.trim();
  const strong = kind === 'uuid' || isStrongPassword(text, name) || looksDrawn(text);
  return { kind: strong ? 'secret' : 'weak-credential', what: 'a password', certainty: 'likely', start, end };
}

function ofHash(nameClass: NameClass, { start, end }: ValueClass, context: SecretContext): Judgement | undefined {
  const asked =
    nameClass === 'strong' ||
    nameClass === 'medium' ||
    nameClass === 'hashed' ||
    context === 'account' ||
    context === 'crypt';
  if (!asked) return undefined;
  return {
    kind: 'password-hash',
    what: 'a password hash',
    certainty: nameClass === 'medium' ? 'possible' : 'likely',
    start,
    end,
  };
}

function declared(name: string | undefined, nameClass: NameClass, { start, end }: ValueClass): Judgement | undefined {
  if (name === undefined || nameClass !== 'strong') return undefined;
  return { kind: 'declared', what: phrase(name), certainty: 'likely', start, end };
}

/** What the name asks for: "a password" or "a token or key". */
function phrase(name: string): string {
  return namesPassword(name) ? 'a password' : 'a secret';
}

// Made once: patterns with Unicode classes are built when they are met, in bundles for older engines.
const PUNCTUATION = /[^\p{L}\p{N}]/gu;
const bare = (text: string) => text.replace(PUNCTUATION, '').toLowerCase();

/** Keys that people choose as they do passwords. */
const PRESHARED = /psk$|pre[_.-]?shared[_.-]?key$/i;

/** Whether a word is a secret under a name that asks for one. */
function isStrong(name: string, text: string): boolean {
  if (PRESHARED.test(name) && isPassphrase(text, name)) return true;
  return namesPassword(name) ? isStrongPassword(text, name) || looksDrawn(text) : isStrongToken(text, name);
}

/** `login.password: Passwort` is what a form says; so is `password: Passwort` of a file, in another language than its name. */
function isLabel(name: string, value: string, context: SecretContext): boolean {
  if (!/^\p{Lu}\p{Ll}+$/u.test(value) || !namesPassword(value)) return false;
  return name.includes('.') || (context === 'file' && !/^pass(?!wort)/i.test(value));
}

function ofNamed(
  name: string,
  nameClass: keyof typeof CERTAINTY,
  value: string,
  found: ValueClass,
  context: SecretContext,
): Judgement | undefined {
  const { start, end } = found;
  const what = phrase(name);
  // `TOKEN=TOKEN`, `db_password: db-password`: the author filled in the name itself.
  const echo = value.length <= 256 && bare(value) === bare(name);
  if (found.kind === 'word' && isLabel(name, value, context)) return undefined;
  switch (echo && found.kind === 'word' && !namesPassword(name) ? 'placeholder' : found.kind) {
    case 'opaque':
      if (namesPassword(name) && isDisguisedWord(value.trim(), name))
        return { kind: 'weak-credential', what, certainty: 'likely', start, end };
      return { kind: 'secret', what, certainty: CERTAINTY[nameClass], start, end };
    case 'uuid':
      return nameClass === 'strong' ? { kind: 'secret', what, certainty: 'likely', start, end } : undefined;
    case 'word':
    case 'number':
      if (nameClass === 'strong' && isStrong(name, value.trim()))
        return { kind: 'secret', what, certainty: 'likely', start, end };
      return nameClass === 'strong' && namesPassword(name)
        ? { kind: 'weak-credential', what, certainty: 'likely', start, end }
        : undefined;
    case 'phrase':
    case 'path':
      return nameClass === 'strong' &&
        (namesPassword(name) || PRESHARED.test(name)) &&
        (isPassphrase(value.trim(), name) || isSlashedPassword(value.trim(), name))
        ? { kind: 'secret', what, certainty: 'likely', start, end }
        : undefined;
    case 'placeholder':
      return nameClass === 'strong' ? { kind: 'placeholder', what, certainty: 'possible', start, end } : undefined;
    default:
      return undefined;
  }
}
