/** Secrets in the text of files, and tokens of known formats anywhere in a text. */
import { nameOf } from '../../../core/path.ts';
import { type SourceText, UNRESOLVED } from '../../../core/text.ts';
import { isOnCommentLine } from '../../comment-lines.ts';
import { judgeTokens, saysTokensAtMost } from '../judge.ts';
import type { NameLists } from '../names.ts';
import { isReference } from '../references.ts';
import { tokensIn } from '../scan.ts';
import { type Exposure, type ExposureSite, expose } from './exposure.ts';
import { formExposures } from './file-forms.ts';
import { scatteredExposures } from './scattered.ts';

/** The tokens of known formats in a text, whatever it is. */
export function tokenExposures(text: SourceText, site: ExposureSite): Exposure[] {
  const tokens = tokensIn(text);
  if (tokens.length === 0) return [];
  return (
    judgeTokens(tokens, text.text)
      // What can be guessed and is in a comment shows the form of a value.
      .filter(({ kind, start }) => kind !== 'weak-credential' || !isOnCommentLine(text.text, start))
      .map(judgement => ({
        judgement,
        span: text.spanOf(judgement.start, judgement.end),
        name: undefined,
        site,
      }))
  );
}

/** Longer strings are only searched for tokens of known formats. In UTF-16 code units. */
const LONGEST = 500_000;

/** Names of files that are lists of settings, `NAME=value` or `name: value`. */
const SETTINGS =
  /(?:^|\.)(?:env|ini|conf|cnf|cfg|config|properties|ya?ml|json|toml|npmrc|yarnrc|pypirc|pip|s3cfg|boto|service|credentials|secrets?|auth|gemrc|tfvars|pkrvars\.hcl|list|curlrc|wgetrc)$|^(?:\.env\..{1,40}|environment|credentials|config|kubeconfig|htpasswd)$/i;

/** apt_auth.conf(5): in the form of `.netrc` */
const APT_AUTH = /(?:^|\/)apt\/auth\.conf(?:\.d\/[^/]{1,80})?$/;

/**
 * The exposures in the text of a file. Tokens of known formats are found in any; names and values are only read in files
 * whose name says that they hold settings. `path` is `undefined` when it is not known.
 */
export function contentExposures(
  text: SourceText,
  path: string | undefined,
  site: ExposureSite,
  lists: NameLists,
): Exposure[] {
  const found = tokenExposures(text, site);
  const name = nameOf(path ?? '');
  if (text.text.length > LONGEST) return found;
  if (/^[._]netrc$/i.test(name) || APT_AUTH.test(path ?? '')) found.push(...netrc(text, site, lists));
  else if (PGPASS.has(name)) found.push(...pgpass(text, site, lists));
  else if (SETTINGS.test(name)) found.push(...lineExposures(text, site, lists));
  if (/\.json$/i.test(name) || /^\s{0,100}\{/.test(text.text)) found.push(...pairs(text, site, lists));
  if (path !== undefined) found.push(...formExposures(text, path, site, lists));
  found.push(...wholeContent(text, path ?? '', site, lists), ...scatteredExposures(text, site, lists));
  return found;
}

/** Files that are a secret with a name of their own. Those of Google Authenticator begin with it, whatever they are called: https://github.com/google/google-authenticator-libpam */
const FIRST_LINE: Readonly<Record<string, string>> = { '.erlang.cookie': 'secret' };

/** https://www.mongodb.com/docs/manual/core/security-internal-authentication/#keyfiles */
const KEY_FILE = /^(?:mongo[\w.-]{0,20})?key-?file$|^mongo\w{0,10}[.-]key$/i;

/** crypttab(5): the passphrases of disks */
const DISK_KEYS = /(?:^|\/)cryptsetup-keys\.d\/[^/]{1,80}$/;
/** systemd.system-credentials(7): many are secrets, others settings such as `firstboot.locale` */
const CREDENTIALS =
  /(?:^|\/)credstore\/(?!(?:firstboot|network|sysctl|tmpfiles|sysusers|login|vmm|ssh|system|systemd|journal|udev|fstab|getty|passwd\.shell)\.)[^/]{1,80}$/;

/** A file that is nothing but one secret, by its name: `token`, `agent.psk`, `db_password.txt`. */
function wholeContent(text: SourceText, path: string, site: ExposureSite, lists: NameLists): Exposure[] {
  const file = nameOf(path);
  const line = /^\s{0,100}(\S{8,1000})([ \t]{0,20}\r?\n|[ \t]{0,20}$)/.exec(text.text.slice(0, 1200));
  if (!line) return [];
  const first = text.text.includes('\n" TOTP_AUTH')
    ? 'totp_secret'
    : Object.hasOwn(FIRST_LINE, file)
      ? FIRST_LINE[file]
      : undefined;
  if (first === undefined && text.text.slice(line[0].length).trim() !== '') return [];
  // A file of one setting is read as such, and an account of passwd(5) has its password in another file.
  if (/^[A-Za-z_][\w.-]{0,60}=[^=]|^[\w.-]{1,40}:[x*!]?:\d{1,10}:\d{1,10}:/.test(line[1]!)) return [];
  // `AS_ADMIN_PASSWORD=`, and no value.
  if (/^[A-Z][A-Z0-9]{0,20}(?:_[A-Z0-9]{1,20}){1,5}=$/.test(line[1]!)) return [];
  const name = first ?? file.replace(/^\.|\.(?:txt|b64|key|dat|bin)$/gi, '');
  const start = line[0].indexOf(line[1]!);
  const asked =
    DISK_KEYS.test(path) || CREDENTIALS.test(path)
      ? 'passphrase'
      : /\.key$/i.test(file) || KEY_FILE.test(file)
        ? 'secret_key'
        : name;
  // All that is in these files is the secret, whatever it looks like.
  const isSure = DISK_KEYS.test(path) || KEY_FILE.test(file) || Object.hasOwn(FIRST_LINE, file);
  const value = text.slice(start, start + line[1]!.length);
  const exposure = expose(asked, value, isSure ? 'password' : 'file', site, lists);
  return exposure?.judgement.kind === 'secret' || (isSure && exposure) ? [exposure] : [];
}

/** `"name": "value"` of JSON, however many are on a line. */
function pairs(text: SourceText, site: ExposureSite, lists: NameLists): Exposure[] {
  const found: Exposure[] = [];
  for (const { 1: name, indices } of text.text.matchAll(PAIR)) {
    const [start, end] = indices![2]!;
    const exposure = expose(name, text.slice(start, end), 'file', site, lists);
    if (exposure) found.push(exposure);
  }
  return found;
}
const PAIR = /"([\w.@:/-]{1,120})"\s{0,40}:\s{0,40}"([^"\\\n]{1,8000})"/dg;

/** One setting on a line: what may precede it, its name in quotes or not, and the sign after the name. */
const SETTING =
  /^[ \t]{0,64}(?:export[ \t]{1,8}|set[ \t]{1,8}|-[ \t]{1,8}|Environment=|"Environment=)?["']?([A-Za-z_/][\w.@:/-]{0,120}?)["']?[ \t]{0,32}(?:=>|=|:(?=[ \t"']))[ \t]{0,32}/;

/**
 * The exposures in a text of settings, one on a line: `NAME=value`, `name: value`, `"name": "value"`. `withoutTokens`: those that the
 * text shows by their format are found already.
 */
export function lineExposures(
  text: SourceText,
  site: ExposureSite,
  lists: NameLists,
  withoutTokens = false,
): Exposure[] {
  const found: Exposure[] = [];
  if (text.text.length > LONGEST) return found;
  eachLine(text, line => {
    const setting = SETTING.exec(line.text.slice(0, 400));
    if (!setting || setting[0].length >= 400) return;
    // `//npm.example.com/:_authToken` is the setting `_authToken` of a registry; npm's `_auth` is a login in base64.
    const own = setting[1]!.split(/[:/]/).at(-1)!;
    const name = own === '_auth' ? 'token' : own;
    const whole = unquoted(line.slice(setting[0].length, line.text.length));
    const value = whole && OPEN_BEFORE.test(setting[0]) ? firstOfSeveral(whole) : whole;
    // `"passwd": {` opens an object.
    if (name === '' || !value || !/[A-Za-z0-9]/.test(value.text)) return;
    if (withoutTokens && saysTokensAtMost(name, value.text, lists)) return;
    const exposure = expose(name, value, 'file', site, lists);
    if (exposure) found.push(exposure);
    if (setting[0].includes('Environment=')) found.push(...furtherVariables(line, setting[0].length, site, lists));
  });
  return found;
}

/** `"name=`: the quote ends after the value, and perhaps after more. */
const OPEN_BEFORE = /^[^"']{0,90}["'][^"'\s]{1,140}=$/;

/** The value of `"name=${value} other=text"` without the words after it, where they are settings of their own or options. */
function firstOfSeveral(value: SourceText): SourceText {
  const end = value.text.search(/\s/);
  if (end <= 0) return value;
  const isApart = /^\s{1,20}(?:-|[A-Za-z_]\w{0,80}=)/.test(value.text.slice(end, end + 110));
  return isApart || isReference(value.text.slice(0, end)) ? value.slice(0, end) : value;
}

/** `Environment="A=1" "B=2"`: those after the first. https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html */
function furtherVariables(line: SourceText, from: number, site: ExposureSite, lists: NameLists): Exposure[] {
  const found: Exposure[] = [];
  for (const { index, 1: name, indices } of line.text.matchAll(/\s["']?([A-Za-z_]\w{0,120})=([^\s"']{1,1000})/dg)) {
    const [start, end] = indices![2]!;
    const exposure = index < from ? undefined : expose(name, line.slice(start, end), 'file', site, lists);
    if (exposure) found.push(exposure);
  }
  return found;
}

/** The value after a sign, without its quotes, a comma or a comment after it; `undefined` when there is none. */
function unquoted(text: SourceText): SourceText | undefined {
  const quote = text.text[0];
  if (quote === '"' || quote === "'") {
    const end = text.text.indexOf(quote, 1);
    return end > 1 ? text.slice(1, end) : undefined;
  }
  const comment = text.text.search(/[ \t][#;]/);
  let end = comment < 0 ? text.text.length : comment;
  while (end > 0 && /[\s,"';]/.test(text.text[end - 1]!)) end--;
  return end > 0 ? text.slice(0, end) : undefined;
}

/** https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html */
function netrc(text: SourceText, site: ExposureSite, lists: NameLists): Exposure[] {
  const found: Exposure[] = [];
  for (const match of text.text.matchAll(/(?:^|\s)password\s{1,8}([^\s]{1,400})/g)) {
    const start = match.index + match[0].length - match[1]!.length;
    const exposure = expose('password', text.slice(start, start + match[1]!.length), 'file', site, lists);
    if (exposure) found.push(exposure);
  }
  return found;
}

const PGPASS: ReadonlySet<string> = new Set(['.pgpass', 'pgpass', 'pgpass.conf']);

/** `host:port:database:user:password`, https://www.postgresql.org/docs/current/libpq-pgpass.html */
function pgpass(text: SourceText, site: ExposureSite, lists: NameLists): Exposure[] {
  const found: Exposure[] = [];
  eachLine(text, line => {
    const fields = line.text.split(':', 5);
    if (fields.length < 5 || line.text.startsWith('#')) return;
    const start = fields.slice(0, 4).join(':').length + 1;
    const exposure = expose('password', line.slice(start, line.text.length), 'file', site, lists);
    if (exposure) found.push(exposure);
  });
  return found;
}

function eachLine(text: SourceText, visit: (line: SourceText) => void): void {
  for (let start = 0; start < text.text.length; ) {
    const found = text.text.indexOf('\n', start);
    const end = found < 0 ? text.text.length : found;
    if (end > start && end - start < 8_000 && !text.text.slice(start, end).includes(UNRESOLVED))
      visit(text.slice(start, end));
    start = end + 1;
  }
}
