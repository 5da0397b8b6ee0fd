/** Which passwords does a README of the repository state? */
import type { ImageBuild } from '../core/build.ts';
import type { LowerContext } from '../core/language.ts';
import { memoOfText } from '../core/memo.ts';
import { directoriesAbove, pathIn } from '../core/path.ts';
import type { Exposure } from './secrets/exposures/exposure.ts';

const MOST_LEVELS = 6;
const LONGEST_FILE = 200_000;
const LONGEST_LINE = 1_000;
const README = /^readme(?:\.(?:md|markdown|rst|txt|adoc|asciidoc|org))?$/i;

/** The READMEs of the document's directory and of those above it, as a build gives them. */
export function readmesAround({ files, path }: Pick<LowerContext, 'files' | 'path'>): Pick<ImageBuild, 'readmes'> {
  if (path === undefined) return {};
  let found: readonly string[] | undefined;
  return {
    readmes: () =>
      (found ??= directoriesAbove(path, MOST_LEVELS).flatMap(directory => {
        const name = files.list(directory)?.find(one => README.test(one));
        const text = name === undefined ? undefined : files.read(pathIn(directory, name));
        return text ? [text.slice(0, LONGEST_FILE)] : [];
      })),
  };
}

/** What a word of a README stands behind, if it is a password: "password: `", "credentials are (", "| Password | ". */
const BEHIND =
  /\b(?:passwords?|passwd|passphrase|pwd|credentials?)(?:[\s:=|`'"*_(<>-]|\b(?:is|are|of|the|as|by|default|to|set|will|be|for|with)\b){1,20}$|\b(?:pass|pw|log-?ins?)[ \t]?[:=|]\s?[`'"*_(<]{0,4}$|(?:비밀번호|암호|密码|密碼|パスワード|пароль|contraseña|senha|mot de passe|passwort|kennwort|wachtwoord|hasło)[\s:：=|`'"*_(<-]{1,20}$/i;
/** The name of an account in front of its password: `admin/`, `admin:`. */
const ACCOUNT = /(?:^|[\s`'"(|*])[\w.-]{1,32}[`'"*]{0,2} ?[:/|] ?[`'"*]{0,2}$/;
const LOGIN =
  /\b(?:passwords?|passwd|pass|pw|pwd|credentials?|log-?ins?|ssh|user(?:name)?)\b|비밀번호|암호|密码|密碼|パスワード|пароль|contraseña|senha|mot de passe|passwort|kennwort|wachtwoord|hasło/i;

/** Whether a README says that this is the password of a login, so that it is no secret and is kept on purpose. */
export function statesPassword(readmes: readonly string[], password: string): boolean {
  if (password.length < SHORTEST || password.length > 64 || !/^\S+$/.test(password)) return false;
  return readmes.some(text => loginLines(text).some(line => says(line, password)));
}
const SHORTEST = 3;

/** The lines of a README that are about logins. */
const loginLines = memoOfText(20, text =>
  text
    .split('\n')
    .map(line => line.slice(0, LONGEST_LINE))
    .filter(line => LOGIN.test(line))
    .slice(0, MOST_LINES),
);
const MOST_LINES = 200;
const MOST_PLACES = 20;

/** Whether a README of the build states the credential. */
export function isDocumented({ isStatedBy }: Exposure, { readmes }: ImageBuild): boolean {
  return isStatedBy !== undefined && readmes !== undefined && isStatedBy(readmes());
}

function says(line: string, password: string): boolean {
  let left = MOST_PLACES;
  for (let at = line.indexOf(password); at >= 0 && left-- > 0; at = line.indexOf(password, at + 1)) {
    const end = at + password.length;
    if (/[\w-]/.test(line[at - 1] ?? '') || /[\w-]/.test(line[end] ?? '')) continue;
    const before = line.slice(Math.max(0, at - 80), at);
    if (BEHIND.test(before)) return true;
    // `user:password` names neither for sure without another word that does.
    if (ACCOUNT.test(before) && LOGIN.test(`${before.replace(ACCOUNT, ' ')}\n${line.slice(0, Math.max(0, at - 80))}`))
      return true;
  }
  return false;
}
