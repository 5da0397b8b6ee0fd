import type { Word } from '../../../core/shell-tree.ts';
import { type SourceText, UNRESOLVED } from '../../../core/text.ts';
import type { Arguments } from '../../../shell/programs/index.ts';
import type { CredentialOperand, CredentialOption, Form } from './command-options.ts';
import { asksForSecret, type Exposure } from './exposure.ts';
import { named, type Scene } from './scene.ts';

export function* optionExposures(
  { names, form, under, where, account, throwaway }: CredentialOption,
  given: Arguments,
  place: string,
  scene: Scene,
): Generator<Exposure> {
  if (under !== undefined && !given.path.includes(under)) return;
  if (where && !isGiven(where, given)) return;
  for (const { source } of given.values(...names))
    for (const exposure of inForm(form, source, account === true, place, scene))
      if (!throwaway || exposure.judgement.kind === 'secret') yield exposure;
}

function isGiven([option, value]: readonly [string, string], given: Arguments): boolean {
  return given.value(option)?.literal === value;
}

/** The name of a header, and a scheme before the value: any word in `Authorization`, the usual ones elsewhere. */
const HEADER =
  /^(?:((?:proxy-)?authorization)[ \t]{0,4}:[ \t]{0,8}(?:[a-z][\w-]{1,24}[ \t]{1,4})?|([a-z][\w-]{0,80})[ \t]{0,4}:[ \t]{0,8}(?:(?:basic|bearer|token|apikey|api-key)[ \t]{1,4})?)/i;

/** `USER:PASSWORD`, whatever option it is given to. */
export function userPassword(value: SourceText, place: string, scene: Scene): Generator<Exposure> {
  return inForm('user:password', value, false, place, scene);
}

/** Whether it is the account that takes any password, for which an address is asked; another `ftp` has one of its own. https://www.rfc-editor.org/rfc/rfc1635 */
const isAnyone = (account: string, password: string): boolean =>
  /^anonymous$/i.test(account) || (/^ftp$/i.test(account) && /@|^(?:ftp|anonymous|guest)?$/i.test(password));

/** What is written in a form; `place` is the program. */
function* inForm(form: Form, value: SourceText, account: boolean, place: string, scene: Scene): Generator<Exposure> {
  const { text } = value;
  const line = `the command line of ${place}`;
  const context = account ? 'account' : 'shell';
  const kind = account ? 'account' : 'command';
  switch (form) {
    case 'password':
    case 'secret':
      yield* named(form, value, form === 'password' && !account ? 'password' : context, line, kind, scene);
      return;
    case 'hash':
      // A word in the place of a hash is one that no password has: it lets nobody in.
      for (const exposure of named('password', value, 'crypt', line, kind, scene))
        if (exposure.judgement.kind !== 'weak-credential') yield exposure;
      return;
    case 'user,password':
    case 'user%password': {
      const sign = text.indexOf(form[4]!);
      if (sign > 0 && !isAnyone(text.slice(0, sign), text.slice(sign + 1)))
        yield* named('password', value.slice(sign + 1, text.length), 'password', line, kind, scene);
      return;
    }
    case 'user:password': {
      if (/^[a-z]+:\/\//i.test(text)) return;
      const colon = text.indexOf(':');
      if (colon < 0 || isAnyone(text.slice(0, colon), text.slice(colon + 1))) return;
      // `-u token:` and `-u token:x-oauth-basic` have the secret in front.
      if (/^:?(?:x-oauth-basic|x)?$/.test(text.slice(colon + 1)))
        yield* named('secret', value.slice(0, colon), context, line, kind, scene);
      else yield* named('password', value.slice(colon + 1, text.length), 'password', line, kind, scene);
      return;
    }
    case 'header': {
      const match = HEADER.exec(text.slice(0, 200));
      if (!match) return;
      const name = match[1] === undefined ? match[2]! : 'token';
      yield* named(name, value.slice(match[0].length, text.length), context, line, kind, scene);
      return;
    }
    case 'pass:':
      if (text.startsWith('pass:')) yield* named('password', value.slice(5, text.length), context, line, kind, scene);
      return;
    case 'approle':
    case 'data=': {
      const sign = form === 'approle' ? /^secret_id=/ : /(?:^|,)data=/;
      const match = sign.exec(text.slice(0, 400));
      const start = match ? match.index + match[0].length : -1;
      if (start >= 0) yield* named('secret', value.slice(start, endOfItem(text, start)), context, line, kind, scene);
      return;
    }
    case 'entry': {
      const name = text.slice(0, Math.max(0, text.indexOf('=')));
      const asked = asksForSecret(name, scene.lists) ? name : 'secret';
      if (name !== '') yield* named(asked, value.slice(name.length + 1, text.length), context, line, kind, scene);
      return;
    }
    case 'name=value': {
      const equals = text.indexOf('=');
      if (equals > 0)
        yield* named(lastPart(text.slice(0, equals)), value.slice(equals + 1, text.length), context, line, kind, scene);
    }
  }
}

function endOfItem(text: string, from: number): number {
  const comma = text.indexOf(',', from);
  return comma < 0 ? text.length : comma;
}

/** `//npm.example.com/:_authToken`, `http-basic.example.com`, `profile.x.aws_secret_access_key`. */
function lastPart(name: string): string {
  return name.split(/[:/.]/).at(-1) || name;
}

export function* operandExposures(
  { after, at, form, account = false }: CredentialOperand,
  given: Arguments,
  place: string,
  scene: Scene,
): Generator<Exposure> {
  // `net user /add NAME PASSWORD`
  const operands = [...given.pathWords, ...given.operands].filter(
    ({ literal }) => given.program !== 'net' || !literal?.startsWith('/'),
  );
  if (!after.every((word, i) => (given.path[i] ?? operands[i]?.literal) === word)) return;
  const rest = operands.slice(after.length);
  const word = rest[at];
  if (!word) return;
  if (form !== 'name=value' || word.value.text.includes('=')) {
    yield* inForm(form, word.value, account, place, scene);
    return;
  }
  // `npm config set NAME VALUE`, `poetry config http-basic.NAME USER PASSWORD`.
  const name = word.value.text;
  const basic = name.startsWith('http-basic.');
  const header = name.endsWith('.extraheader') || name === 'http.extraHeader';
  const value = rest[at + (basic ? 2 : 1)];
  if (!value || name.includes(UNRESOLVED)) return;
  if (header) yield* inForm('header', value.value, account, place, scene);
  else {
    const asked = basic
      ? 'password'
      : /^(?:github-oauth|gitlab-token|bearer)\./.test(name)
        ? 'token'
        : name.startsWith('pypi-token.') || lastPart(name) === '_auth'
          ? 'token'
          : lastPart(name);
    yield* named(asked, value.value, 'shell', `the command line of ${place}`, 'command', scene);
  }
}

/** `htpasswd -b FILE USER PASSWORD`, `htpasswd -nb USER PASSWORD`. */
export function* htpasswd(given: Arguments, place: string, scene: Scene): Generator<Exposure> {
  const password = given.has('-b') ? given.operands[given.has('-n') ? 1 : 2] : undefined;
  if (password) yield* named('password', password.value, 'shell', `the command line of ${place}`, 'command', scene);
}

/** Programs whose words are names and values by turns: `nmcli device wifi connect NAME password VALUE`. */
export const SPOKEN = new Set([
  'nmcli',
  'redis-cli',
  'vtysh',
  'rclone',
  'splunk',
  'uci',
  'augtool',
  'crudini',
  'openstack-config',
  'db2',
  'salt-call',
  'pppd',
]);

export function* spokenWords(args: readonly Word[], place: string, scene: Scene): Generator<Exposure> {
  for (const [i, word] of args.entries()) {
    const next = args[i + 1];
    if (!next || word.literal === undefined) continue;
    const line = `the command line of ${place}`;
    // https://redis.io/docs/latest/commands/acl-setuser/
    if (next.literal?.startsWith('>') && args.some(({ literal }) => /^setuser$/i.test(literal ?? '')))
      yield* named('password', next.value.slice(1, next.value.text.length), 'password', line, 'command', scene);
    else if (word.literal === '-auth') yield* inForm('user:password', next.value, false, place, scene);
    // https://www.ibm.com/docs/en/db2/11.5?topic=commands-connect-type-1
    else if (place.includes('db2') && word.literal.toLowerCase() === 'using')
      yield* named('password', next.value, 'password', line, 'command', scene);
    else if (!word.literal.startsWith('-') && asksForSecret(lastPart(word.literal), scene.lists))
      for (const exposure of named(lastPart(word.literal), next.value, 'shell', line, 'command', scene))
        if (exposure.judgement.kind === 'secret') yield exposure;
  }
}

/** `iscsiadm … -n node.session.auth.password -v VALUE`, iscsiadm(8) */
export function* iscsiSetting(given: Arguments, place: string, scene: Scene): Generator<Exposure> {
  const value = given.value('-v')?.source;
  if (value && /\.password(?:_in)?$/.test(given.value('-n')?.literal ?? ''))
    yield* named('password', value, 'password', `the command line of ${place}`, 'command', scene);
}

/** Clients of Oracle whose first operand is a login. */
export const ORACLE = new Set(['sqlplus', 'impdp', 'expdp', 'sqlldr', 'rman']);

/** `sqlplus USER/PASSWORD@SERVICE`, https://docs.oracle.com/en/database/oracle/oracle-database/23/sqpug/starting-SQL-Plus.html */
export function* sqlplusLogin(args: readonly Word[], place: string, scene: Scene): Generator<Exposure> {
  for (const { value } of args) {
    const match = /^[\w$#]{1,64}\/([^@\s/]{1,128})(?=@|$)/.exec(value.text.slice(0, 300));
    if (!match) continue;
    const start = match[0].length - match[1]!.length;
    yield* named(
      'password',
      value.slice(start, match[0].length),
      'password',
      `the command line of ${place}`,
      'command',
      scene,
    );
    return;
  }
}

export const SQL = new Set(['mysql', 'mariadb', 'psql', 'sqlcmd', 'clickhouse-client']);

export function* sqlPasswords(word: Word, place: string, scene: Scene): Generator<Exposure> {
  const { text } = word.value;
  if (text.length > 20_000) return;
  for (const match of text.matchAll(
    /\b(?:IDENTIFIED[ \t]{1,4}(?:WITH[ \t]{1,4}\w{1,60}[ \t]{1,4})?BY|SET[ \t]{1,4}PASSWORD[ \t]{1,4}FOR[ \t]{1,4}\S{1,100}|PASSWORD)[ \t]{0,4}[=(]?[ \t]{0,4}(['"])/gi,
  )) {
    const start = match.index + match[0].length;
    const end = text.indexOf(match[1]!, start);
    if (end > start && end - start < 200)
      yield* named('password', word.value.slice(start, end), 'shell', `the command line of ${place}`, 'command', scene);
  }
}
