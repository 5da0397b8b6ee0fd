import { asksForSecret, placeOf } from '../../../facts/secrets/exposures/exposure.ts';
import { namesPassword } from '../../../facts/secrets/names.ts';
import { isNetworkConfig } from '../../../languages/cloud-init/detect.ts';
import { findConstructs } from '../../../languages/cloud-init/masking.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'secret-through-template',
  summary: 'A template variable puts a secret into user-data',
  policies: ['G1'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(file) {
    if (file.templated.length === 0 || file.within !== undefined) return;
    const { text } = file.source;
    // A machine needs the key of a wireless network before it can fetch anything.
    const inNetwork = isNetworkConfig(file.path ?? '');
    const seen = new Set<string>();
    for (const { start, end, escaped } of findConstructs(text, file.templated)) {
      if (escaped || end - start > 300) continue;
      const name = lastName(text.slice(start, end));
      if (name === undefined || (file.seed && namesPassword(name)) || isSetIn(text, name)) continue;
      if (!asksForSecret(name, {})) continue;
      const before = text.slice(Math.max(0, start - LONGEST_KEY), start);
      if (HASH.test(before) || isIdentity(text, start) || HASH_NAME.test(name) || inNetwork) continue;
      const isLogin = LOGIN.test(before) || isForChpasswd(text, start, end);
      // The first place of its weight shows it; what another user gets has the same source.
      const isForDisk = isDisk(name, text, start);
      const key = `${isLogin} ${isForDisk} ${name}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield {
        message: `${variableText(name)} puts a secret into user-data`,
        help: !isLogin
          ? 'Let the machine fetch it at boot from a secret store'
          : PLAIN.test(before)
            ? 'Insert a hash of it in `hashed_passwd`, or use SSH keys'
            : 'Insert a hash of it, or use SSH keys',
        span: file.source.spanOf(start, end),
        // A machine without a cloud's identity can fetch no secret before someone can log in.
        ...(isLogin && { severity: 'info' }),
        // A disk is encrypted before the machine can fetch anything.
        ...(isForDisk && { severity: 'info', preset: 'strict' }),
      };
    }
  },
});

const DISK = /luks|disk|cryptsetup/i;

/** The passphrase of a disk: of the storage of autoinstall, or by its name. */
function isDisk(name: string, text: string, at: number): boolean {
  if (DISK.test(name) && /pass|key/i.test(name)) return true;
  return /\n[ \t]{1,40}(?:storage|layout):[^\n]{0,40}(?:\n[^\n]{0,80}){0,8}$/.test(
    text.slice(Math.max(0, at - 800), at),
  );
}

/** A key that gives a user the password that follows. */
const LOGIN = /(?:^|[\s{,])["']?(?:password|plain_text_passwd)["']?:[ \t]{0,8}["']?$/;
/** `root:${password}` in the list of `chpasswd`, or for the program of that name. */
function isForChpasswd(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 400), start);
  if (!/(?:^|[\s"'-])[a-z_][\w.-]{0,31}:$/i.test(before.slice(-40))) return false;
  const line = text.slice(end, end + 80).split('\n', 1)[0]!;
  return /^["']?[ \t]{0,8}\|[ \t]{0,8}(?:sudo )?chpasswd\b/.test(line) || sectionOf(before) === 'chpasswd';
}

/** The key at the top level under which a text ends. */
function sectionOf(before: string): string | undefined {
  const line = before.split('\n').findLast(one => /^[A-Za-z]/.test(one));
  return line?.slice(0, line.indexOf(':'));
}
/** The key of a user that takes no hash. */
const PLAIN = /plain_text_passwd["']?:[ \t]{0,8}["']?$/;
/** The same with a hash: what is inserted there is one, or the login does not work. */
const HASH = /(?:^|[\s{,])["']?(?:passwd|hashed_passwd)["']?:[ \t]{0,8}["']?$/;
/** The `password` of autoinstall's `identity` is a hash, too: https://canonical-subiquity.readthedocs-hosted.com/en/latest/reference/autoinstall-reference.html#identity */
function isIdentity(text: string, at: number): boolean {
  return /(?:^|\n)[ \t]{0,40}identity:[ \t]*(?:#[^\n]{0,200})?(?:\n[^\n]{0,200}){0,8}\n[ \t]{1,40}password:[ \t]{0,8}["']?$/.test(
    text.slice(Math.max(0, at - 800), at),
  );
}
/** A variable for hashes, by its name: `basic_auth_htpasswd`, `password_hash`. */
const HASH_NAME = /htpasswd|(?:^|_)hash(?:ed|es)?(?:_|$)/i;
const LONGEST_KEY = 40;

/** A line of a shell script that sets a variable, and its value on that line. */
const ASSIGNMENT = /^[ \t]{0,80}(?:(?:export|local|readonly)[ \t]{1,8})?([A-Za-z_]\w{0,100})=([^\n;]{0,300})/gm;
/** A variable of a shell, or of a template, in a value. */
const VARIABLE = /(?:\$\{?|\{\{)[-~ \t]{0,8}(\w[\w.]{0,200})/g;

/** ``Variable `db_password` ``, or `A variable` where the name cannot be shown. */
function variableText(name: string): string {
  const shown = placeOf('', name, '');
  return shown === '' ? 'A variable' : `Variable ${shown}`;
}

/** Whether Jinja or a script sets the variable in the file itself: what is reported there comes from nowhere else. */
function isSetIn(text: string, name: string): boolean {
  for (const [, set] of text.matchAll(/\{%[-+]?[ \t]{0,8}set[ \t]{1,8}(\w{1,100})[ \t]{0,8}=[ \t]{0,8}["'\d[]/g))
    if (set === name) return true;
  for (const [, set, value] of text.matchAll(ASSIGNMENT)) if (set === name && !mentions(value!, name)) return true;
  return false;
}

/** `APP_KEY=base64:${APP_KEY}` hands the template's variable on. */
function mentions(value: string, name: string): boolean {
  return [...value.matchAll(VARIABLE)].some(([, variable]) => variable!.split('.').at(-1) === name);
}

/** The variable of an expression that consists of one, filters and functions of one argument aside. */
function lastName(expression: string): string | undefined {
  const inside = expression.replace(/^(?:\$\{|\{\{)[-~]?\s{0,8}|\s{0,8}[-~]?\}{1,2}$/g, '').split('|')[0]!;
  // Data of the instance, which Jinja fills in on the machine, is not in the text.
  if (/^(?:ds|v1)\./.test(inside)) return undefined;
  const names = inside.match(/[A-Za-z_][\w-]{0,100}/g);
  return /^[\w.$()[\]" -]{1,200}$/.test(inside) ? names?.at(-1) : undefined;
}
