/** What the name of a setting says about its value. */

import { memoOfText } from '../../core/memo.ts';
import {
  BROWSER_PREFIXES,
  FIRST_VERBS,
  HASH_WORDS,
  INNER_VERBS,
  KEY_QUALIFIERS,
  META_WORDS,
  PASS_OWNERS,
  PASSWORD_WORDS,
  PAT_OWNERS,
  PUBLIC_KEY_QUALIFIERS,
  PUBLIC_WORDS,
  STRONG_WORDS,
  WEAK_WORDS,
} from './name-words.ts';

/**
 * - `strong`: the value is the secret (`DB_PASSWORD`, `apiToken`, `motdepasse`).
 * - `medium`: a word for a secret is in it, but another word is the head (`SECRET_KEY_BASE`).
 * - `weak`: often not secret (`KEY`, `AUTH`, `SALT`).
 * - `meta`: about a secret (`PASSWORD_FILE`, `TOKEN_URL`, `allow_empty_password`, `MAX_TOKENS`).
 * - `public`: a key meant to be known (`PUBLIC_KEY`, `GPG_KEY`, `CACHE_KEY`).
 * - `hashed`: the hash of a password (`hashed_passwd`).
 * - `none`: nothing to do with secrets.
 */
export type NameClass = 'strong' | 'medium' | 'weak' | 'meta' | 'public' | 'hashed' | 'none';

/** Names a user declares harmless (`none`) or secret (`strong`), without regard to case; `*` stands for any characters. Deny wins. */
export interface NameLists {
  readonly allow?: readonly string[] | undefined;
  readonly deny?: readonly string[] | undefined;
}

/** A longer name is cut from the left: the head is at its end. */
const LIMIT = 256;

/** The shell keeps its working directory in these. */
const WORKING_DIRECTORY =
  /^(?:(?:OLD|HOST_|OLD_|PROJECT_|CURRENT_|REAL_|ORIG_|ORIGINAL_|PARENT_|REPO_|SRC_|WORK_)?PWD|INIT_CWD)$/;

/** It keeps etcd clusters apart and opens none: https://etcd.io/docs/v3.6/op-guide/configuration/ */
const CLUSTER_NAME = /(?:^|[_-])initial[_-]cluster[_-]token$/i;
/** Half of a login, and no id of a secret: https://developer.hashicorp.com/vault/docs/auth/approle */
const APPROLE = /(?:^|_)(?:vault|approle)_secret_id$/i;

/** What a page connects with; the secret has a name of its own. https://pusher.com/docs/channels/using_channels/connection/ */
const PUSHER = /(?:^|_)pusher_(?:app_)?key$/i;

/** Passwords by another word: https://net-snmp.sourceforge.io/wiki/index.php/TUT:snmpget, https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth, https://hexdocs.pm/mix/Mix.Tasks.Release.html */
const COMMUNITY = /(?:^|[_-])snmp_?community$|(?:^|[_-])nkey_?seed$|(?:^|[_-])(?:erlang|release)_?cookie$/i;

/** Whether a text matches a pattern in which `*` stands for any characters; both in one case. Linear for one `*`, never worse than the product of lengths. */
function globMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.length && pattern[p] === text[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

const listed = (list: readonly string[] | undefined, lowerName: string) =>
  list?.some(pattern => globMatches(pattern.toLowerCase(), lowerName)) ?? false;

/** Endings that make any compound word a secret: pgpassword, rootpasswd, mysqlpwd, slacktoken. */
const COMPOUND_ENDING =
  /(?:password|passwd|passphrase|passcode|passwort|wachtwoord|motdepasse|contrasena|losenord|pwd|token|secret|apikey|accesskey|secretkey|privatekey|signingkey|encryptionkey|masterkey|credentials?)$/;
/** Starts of a compound word about the secret: passwordfile, tokenurl. */
const COMPOUND_START = /^(passwords?|passwd|passphrase|passwort|token|secret|apikey|accesskey|credentials?)([a-z]+)$/;

/** Splits compound words of which both halves are known; other segments stay whole. */
function splitCompound(segment: string): readonly string[] {
  if (PASSWORD_WORDS.has(segment) || STRONG_WORDS.has(segment)) return [segment];
  const [, head, tail] = COMPOUND_START.exec(segment) ?? [];
  if (head !== undefined && tail !== undefined && (META_WORDS.has(tail) || HASH_WORDS.has(tail) || tail === 'key')) {
    return [head, tail];
  }
  if (segment.endsWith('pw') && PASS_OWNERS.has(segment.slice(0, -2))) return [segment.slice(0, -2), 'pw'];
  if (segment.endsWith('pass') && PASS_OWNERS.has(segment.slice(0, -4))) return [segment.slice(0, -4), 'pass'];
  const ending = COMPOUND_ENDING.exec(segment)?.[0];
  if (ending !== undefined) return [segment.slice(0, -ending.length), ending];
  if (segment.endsWith('key') && KEY_QUALIFIERS.has(segment.slice(0, -3))) return [segment.slice(0, -3), 'key'];
  return [segment];
}

// Made once: patterns with Unicode classes are built when they are met, in bundles for older engines.
const HUMP = /([\p{Ll}\p{N}])(?=\p{Lu})/gu;
const ACRONYM = /(\p{Lu})(?=\p{Lu}\p{Ll})/gu;
const SEPARATORS = /[^\p{L}\p{N}]+/u;

/**
 * The words of a name: split where it is not a letter or digit and where case changes, lower case, no accents, no
 * trailing digits; known compound words are taken apart.
 */
export function nameSegments(name: string): readonly string[] {
  const end = name.slice(-LIMIT);
  const plain = ASCII.test(end) ? end : withoutAccents(end);
  return plain
    .replace(HUMP, '$1 ')
    .replace(ACRONYM, '$1 ')
    .split(SEPARATORS)
    .map(word => word.toLowerCase().replace(/[0-9]{1,8}$/, ''))
    .filter(word => word !== '')
    .flatMap(splitCompound);
}

const ASCII = /^[ -~]*$/;

function withoutAccents(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[łŁ]/g, 'l')
    .replace(/ß/g, 'ss')
    .replace(/[øØ]/g, 'o');
}

/** Words that stand for one when they follow each other: mot de passe, api key. */
function joined(segments: readonly string[], count: number): string {
  return segments.slice(-count).join('');
}

const isPass = (word: string | undefined) => word !== undefined && PASSWORD_WORDS.has(word);
const isStrong = (word: string | undefined) =>
  word !== undefined && (PASSWORD_WORDS.has(word) || STRONG_WORDS.has(word));

/** Whether a name asks for a password (and not a token or key): a weak value is then a weak password. */
export function namesPassword(name: string): boolean {
  const segments = nameSegments(name);
  return isPass(segments.at(-1)) || isPass(joined(segments, 2)) || isPass(joined(segments, 3));
}

/** What every text has that holds the name of a setting which is not `none`; for ASCII. */
const STEMS = stems([...PASSWORD_WORDS, ...STRONG_WORDS, ...WEAK_WORDS]);
/** Up to this length a word is written in one piece, in UTF-16 code units. */
const WHOLE = 5;
const SHORT_STEMS = new RegExp(STEMS.filter(({ length }) => length <= WHOLE).join('|'));
const LONG_STEMS = new RegExp(STEMS.filter(({ length }) => length > WHOLE).join('|'));

/**
 * Whether a text may hold the name of a setting that is not `none`: only then it needs to be searched for names. Names may
 * divide what is several words (`mot_de_passe`), so the long ones are looked for in the letters alone; one pattern with all
 * the divisions takes V8 longer to compile than a small file takes to be read.
 */
export function mayHoldName(text: string): boolean {
  const lower = text.toLowerCase();
  return SHORT_STEMS.test(lower) || LONG_STEMS.test(lower.replace(/[^a-z0-9]+/g, ''));
}

/** The words of which no other is a part. */
function stems(words: readonly string[]): readonly string[] {
  const found: string[] = [];
  const ascii = words.filter(word => /^[a-z]+$/.test(word));
  for (const word of ascii.sort((a, b) => a.length - b.length))
    if (!found.some(stem => word.includes(stem))) found.push(word);
  return found;
}

/** The class of a name. Segments decide, never substrings: `MONKEY`, `AUTHORS`, `COMPASS` and `KEYCLOAK` are `none`. */
export function classifyName(name: string, lists?: NameLists): NameClass {
  return lists?.allow?.length || lists?.deny?.length ? classOf(name, lists) : ownClass(name);
}

/** Whether the user says that a name holds no secret. */
export function isAllowed(name: string, lists: NameLists | undefined): boolean {
  return listed(lists?.allow, name.toLowerCase());
}

/** Every word of a document is asked for. */
const ownClass = memoOfText(4_000, name => classOf(name));

function classOf(name: string, lists?: NameLists): NameClass {
  const lowerName = name.toLowerCase();
  if (listed(lists?.deny, lowerName)) return 'strong';
  if (listed(lists?.allow, lowerName)) return 'none';
  if (WORKING_DIRECTORY.test(name) || CLUSTER_NAME.test(name) || PUSHER.test(name)) return 'none';
  if (APPROLE.test(name) || COMMUNITY.test(name)) return 'strong';
  const browser = BROWSER_PREFIXES.find(prefix => name.startsWith(prefix));
  if (browser !== undefined) {
    // Shipped to every visitor by design, so at most worth a look; only a password is still one.
    const rest = classifyName(name.slice(browser.length));
    return rest === 'strong' || rest === 'medium' ? 'weak' : rest === 'weak' ? 'public' : rest;
  }
  return classifySegments(nameSegments(name));
}

function classifySegments(segments: readonly string[]): NameClass {
  const last = segments.at(-1);
  const first = segments[0];
  if (last === undefined || first === undefined) return 'none';
  if (segments.some(isPass) && segments.some(word => HASH_WORDS.has(word))) return 'hashed';
  const secretWord = segments.some(isStrong) || WEAK_WORDS.has(last) || segments.includes('auth');
  const before = segments.slice(0, -1);
  const passHead = isPass(last) || isPass(joined(segments, 2)) || isPass(joined(segments, 3));
  if (before.length > 0 && secretWord) {
    if (FIRST_VERBS.has(first) || before.some(word => INNER_VERBS.has(word))) return 'meta';
  }
  if (passHead) return 'strong';
  if (segments.some(word => PUBLIC_WORDS.has(word))) return 'public';
  if (last === 'key' || last === 'keys') return classifyKey(before);
  if (before.length > 0 && META_WORDS.has(last) && (secretWord || before.some(word => WEAK_WORDS.has(word))))
    return 'meta';
  if (isStrong(last) || isStrong(joined(segments, 2))) return 'strong';
  if (last === 'pat' && PAT_OWNERS.has(before.at(-1) ?? '')) return 'strong';
  if (segments.some(isStrong)) return 'medium';
  if (WEAK_WORDS.has(last) || segments.includes('auth')) return 'weak';
  return 'none';
}

/** A name whose head is `key`, by the words before it. */
function classifyKey(before: readonly string[]): NameClass {
  const qualifier = before.at(-1);
  if (qualifier === undefined) return 'weak';
  // `SSH_AUTH_KEY` is what `authorized_keys` takes.
  if (qualifier === 'auth' && before.includes('ssh')) return 'public';
  if (KEY_QUALIFIERS.has(qualifier) || isStrong(qualifier)) return 'strong';
  if (PUBLIC_KEY_QUALIFIERS.has(qualifier)) return 'public';
  return before.some(word => isStrong(word) || KEY_QUALIFIERS.has(word)) ? 'medium' : 'weak';
}
