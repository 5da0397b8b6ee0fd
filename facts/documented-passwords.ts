/** Which passwords does a README of the repository state? */
import type { ImageBuild } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Exposure } from './secrets/exposures/exposure.ts';

const LONGEST_LINE = 1_000;

/** What a word of a README stands behind, if it is a password: "password: `", "credentials are (", "| Password | ". */
const BEHIND =
  /\b(?:passwords?|passwd|passphrase|pwd|credentials?)(?:[\s:=|`'"*_(<>-]|\b(?:is|are|the|by default|default|set(?: to)?|will|be)\b){1,20}$|\b(?:passwords?|passwd) (?:of|for) (?:[\w`'"*-]{1,40} ){1,4}(?:is|=|:)[ :=]{0,3}[`'"*_]{0,3}$|\b(?:pass|pw|log-?ins?)[ \t]?[:=|]\s?[`'"*_(<]{0,4}$|(?:비밀번호|암호|密码|密碼|パスワード|пароль|contraseña|senha|mot de passe|passwort|kennwort|wachtwoord|hasło)[\s:：=|`'"*_(<-]{1,20}$/i;
/** The name of an account in front of its password: `admin/`, `admin:`. */
const ACCOUNT = /(?:^|[\s`'"(|*])[\w.-]{1,32}[`'"*]{0,2} ?[:/|] ?[`'"*]{0,2}$/;
const LOGIN =
  /\b(?:passwords?|passwd|pass|pw|pwd|credentials?|log-?ins?|ssh|user(?:name)?)\b|비밀번호|암호|密码|密碼|パスワード|пароль|contraseña|senha|mot de passe|passwort|kennwort|wachtwoord|hasło/i;

/** Whether a README says that this is the password of a login, so that it is no secret and is kept on purpose. */
export function statesPassword(readmes: readonly string[], password: string): boolean {
  if (password.length < SHORTEST || password.length > 64 || !/^\S+$/.test(password)) return false;
  return loginLines(readmes).some(line => says(line, password));
}
const SHORTEST = 3;

/** The lines of the READMEs that are about logins. */
const loginLines = memo((readmes: readonly string[]): readonly string[] =>
  readmes.flatMap(text =>
    text
      .split('\n')
      .map(line => line.slice(0, LONGEST_LINE))
      .filter(line => LOGIN.test(line))
      .slice(0, MOST_LINES),
  ),
);
const MOST_LINES = 200;
const MOST_PLACES = 20;
/** What may come after a password that nothing sets apart from the words around it. */
const ENDS = /^\s*(?:$|[.,;!)|<\]/]|(?:and|or|by default)\b|\()/;

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
    // "The password ubuntu uses" is about an account.
    if (BEHIND.test(before) && (/[`'"*_:=|(<>][ \t]{0,4}$/.test(before) || ENDS.test(line.slice(end)))) return true;
    // `user:password` names neither for sure without another word that does.
    if (ACCOUNT.test(before) && LOGIN.test(`${before.replace(ACCOUNT, ' ')}\n${line.slice(0, Math.max(0, at - 80))}`))
      return true;
  }
  return false;
}
