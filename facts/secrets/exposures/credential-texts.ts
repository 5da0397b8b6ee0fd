/** Whether a file of credentials has one, by its text: many hold settings, and say where the credential comes from. */
import { isEncrypted } from '../../../core/encrypted.ts';
import { nameOf } from '../../../core/path.ts';
import { classifyName } from '../names.ts';
import { isPlaceholder } from '../placeholders.ts';
import { isReference } from '../references.ts';

/** Longer files are not read to their end. */
const LONGEST = 200_000;
/** How many values of one file are looked at. */
const MOST = 500;

/** By the name of the file, with its directory where that makes it what it is, what precedes a credential in it. The value is group 1. */
const CREDENTIALS: readonly (readonly [name: RegExp, credential: RegExp])[] = [
  // https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
  [
    /(?:^|\/)\.aws\/(?:credentials|config)$/,
    /^[ \t]{0,20}aws_(?:secret_access_key|session_token)[ \t]{0,20}[=:][ \t]{0,20}(\S{1,2000})/gim,
  ],
  // https://docs.npmjs.com/cli/configuring-npm/npmrc#auth-related-configuration
  [
    /(?:^|\/)\.npmrc$/,
    /^[^#;\n]{0,300}(?:_authToken|_auth|_password|keyfile)[ \t]{0,20}=[ \t]{0,20}["']?([^\s"']{1,2000})/gim,
  ],
  // https://everything.curl.dev/usingcurl/netrc.html
  [/(?:^|\/)[._]?netrc$/, /\b(?:password|passwd)[ \t\r\n]{1,20}["']?([^\s"']{1,400})/gi],
  // https://packaging.python.org/en/latest/specifications/pypirc/
  [/(?:^|\/)\.pypirc$/, /^[ \t]{0,20}password[ \t]{0,20}[:=][ \t]{0,20}(\S{1,2000})/gim],
  // https://www.postgresql.org/docs/current/libpq-pgpass.html
  [/(?:^|\/)\.?pgpass(?:\.conf)?$/, /^(?!#)[^:\n]{1,200}(?::[^:\n]{0,200}){3}:([^\n]{1,400})$/gm],
  // https://dev.mysql.com/doc/refman/en/option-files.html
  [/(?:^|\/)\.my\.cnf$/, /^[ \t]{0,20}password[ \t]{0,20}=[ \t]{0,20}["']?([^\s"']{1,400})/gim],
  // https://s3tools.org/kb/item14.htm
  [/(?:^|\/)\.s3cfg$/, /^[ \t]{0,20}(?:secret_key|gpg_passphrase)[ \t]{0,20}=[ \t]{0,20}(\S{1,400})/gim],
  // https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
  [
    /(?:^|\/)(?:\.kube\/config|kubeconfig)$/,
    /["']?\b(?:token|tokenFile|password|client-key-data|client-key|client-secret|id-token|refresh-token|access-token)["']?[ \t]{0,20}:[ \t]{0,20}["']?([^\s"',]{1,20000})/g,
  ],
  // https://doc.rust-lang.org/cargo/reference/config.html#credentials
  [
    /(?:^|\/)\.cargo\/credentials(?:\.toml)?$/,
    /^[ \t]{0,20}(?:token|secret-key)[ \t]{0,20}=[ \t]{0,20}["']([^"'\n]{1,2000})/gim,
  ],
  // https://www.postfix.org/SASL_README.html#client_sasl_enable
  [
    /(?:^|\/)sasl_passwd$/,
    /^(?!#)\S{1,300}[ \t]{1,20}(?:[^\s:{]{0,200}|\{\{[^{}\n]{0,200}\}\}|\$\{[^{}\n]{0,200}\}):[ \t]{0,20}([^\n]{1,400})$/gm,
  ],
  // https://git-scm.com/docs/git-credential-store#_storage_format
  [/(?:^|\/)\.git-credentials$/, /:\/\/[^\s/@:]{0,200}:([^\s/@]{1,400})@/g],
  // wg-quick(8)
  [/(?:^|\/)wg\d{1,3}\.conf$/, /^[ \t]{0,20}(?:PrivateKey|PresharedKey)[ \t]{0,20}=[ \t]{0,20}(\S{1,400})/gim],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html, and the key files of other clouds
  [
    /(?:^|\/)(?:credentials|client_secret|application_default_credentials|[^/]{0,80}service[-_]?account[^/]{0,40})\.json$/,
    /["'](?:private_key|client_secret|refresh_token|access_token|secret|password|token|api_?key)["'][ \t]{0,20}:[ \t]{0,20}["']([^"'\n]{0,20000})/gi,
  ],
  // ssh(1): what lies beside keys
  [/(?:^|\/)\.ssh\/(?:config|known_hosts|authorized_keys)$/, /(PRIVATE KEY)/g],
  // https://pip.pypa.io/en/stable/topics/authentication/
  [/(?:^|\/)pip\.(?:conf|ini)$/, /:\/\/[^\s/@:]{0,200}:?([^\s/@]{1,400})@/g],
];

/**
 * What has a value in any of these files, whatever their tools read: a key, an option, a variable of a program that the file has
 * started, an address with a login. Group 1 is the name, if there is one, and group 2 the value.
 */
const NAMED: readonly RegExp[] = [
  /(?<![\w.-])([\w.-]{2,80})["']?[ \t]{0,20}[:=][ \t]{0,20}["']?([^\s"',]{1,2000})/g,
  /--([\w-]{2,60})["']?(?:=|,?\s{1,40}(?:-[ \t]{1,8})?)["']?([^\s"',\]-][^\s"',\]]{0,2000})/g,
  /\bname["']?:[ \t]{0,20}["']?([\w-]{2,80})["']?,?\s{1,40}["']?value["']?:[ \t]{0,20}["']?([^\s"',}]{1,2000})/g,
  /:\/\/[^\s/@:]{0,200}():([^\s/@]{1,400})@/g,
];

/**
 * Whether the text of a file shows that it has no credential: none where its tool would read one, nothing but references to
 * variables and examples, or nothing but what is filled in later. False where the text or the form of the file is not known,
 * or where it has the name of a secret that its form does not have.
 */
export function isKnownWithoutCredential(path: string, text: string | undefined): boolean {
  if (text === undefined || text.length > LONGEST) return false;
  if (text.trim() === '' || isEncrypted(text) || isFilledInLater(text)) return true;
  const [, credential] = CREDENTIALS.find(([name]) => name.test(path.toLowerCase())) ?? [];
  if (!credential) return false;
  let left = MOST;
  for (const [, value = ''] of text.matchAll(credential)) if (left-- <= 0 || !isHarmless(value)) return false;
  const said = text.replace(/^[ \t]{0,200}[#;].*$/gm, '');
  for (const pattern of NAMED)
    for (const [, name = '', value = ''] of said.matchAll(pattern))
      if ((name === '' || isNameOfCredential(name)) && (left-- <= 0 || !isHarmless(value))) return false;
  return true;
}

function isHarmless(value: string): boolean {
  return (
    value === '' ||
    isReference(value) ||
    isPlaceholder(value) ||
    /^(?:\$(?:[A-Za-z_]\w{0,100}|\{[^{}\n]{1,200}\})|ENC\[AES256_GCM|true|false|\d{1,8}|[[{}\]]{1,4})$/.test(value)
  );
}

/** `credential_process` names a program. */
function isNameOfCredential(name: string): boolean {
  const kind = classifyName(name);
  return (kind === 'strong' || kind === 'medium') && name !== 'credential_process';
}

/** A place that envsubst, a template engine or a script fills in. A hash `$6$…` is none. */
const FILLED_IN =
  /\$\{[A-Za-z_]\w{0,100}\}|\$[A-Z_][A-Z0-9_]{0,100}|\{\{[^{}\n]{1,200}\}\}|<%=[^%\n]{1,200}%>|@[A-Z_][A-Z0-9_]{0,100}@|__[A-Z][A-Z0-9_]{0,100}__/g;
/** What a template engine runs. */
const CONTROL = /\{%[^%\n]{1,200}%\}|<%(?!=)[^%\n]{1,200}%>/g;
/** What may be beside them: a name, as in `admin:${HASH}`, and what separates them. */
const BESIDE = /^(?:- )?(?:["']?[\w.@-]{1,100}["']?[ \t]{0,8}[:=])?[ \t"':@,;|/\\{}[\]-]{0,200}$/;
const MOST_LINES = 200;

/** Whether the text is nothing but places that are filled in when the program starts. */
function isFilledInLater(text: string): boolean {
  const lines = text.split('\n', MOST_LINES + 1).map(line => line.trim());
  if (lines.length > MOST_LINES || lines.some(({ length }) => length > LONGEST_LINE)) return false;
  const said = lines.map(line => line.replace(CONTROL, '')).filter(line => line !== '' && !/^[#;]/.test(line));
  return said.some(line => line.search(FILLED_IN) >= 0) && said.every(line => BESIDE.test(line.replace(FILLED_IN, '')));
}
const LONGEST_LINE = 2_000;

/** Of a directory whose files are credentials, those that are. */
const WITHIN: Readonly<Record<string, readonly string[]>> = {
  '.aws': ['credentials', 'config'],
  '.kube': ['config'],
  '.ssh': ['config', 'known_hosts', 'authorized_keys', 'id_rsa', 'id_ed25519', 'id_ecdsa', 'id_dsa'],
};

/** Those in which a file of any name may be a credential: an SSH key, the access to one cluster. */
const ANY_NAME: ReadonlySet<string> = new Set(['.kube', '.ssh']);

/** Whether the files of a directory of credentials can be read, at least one of them, and have none. */
export function isDirectoryWithoutCredential(
  path: string,
  textOf: (path: string) => string | undefined,
  namesIn: ((path: string) => readonly string[] | undefined) | undefined,
): boolean {
  const name = nameOf(path).toLowerCase();
  if (!Object.hasOwn(WITHIN, name)) return false;
  if (ANY_NAME.has(name)) {
    const names = namesIn?.(path);
    if (!names?.every(one => WITHIN[name]!.includes(one) || /\.pub$/i.test(one))) return false;
  }
  const files = WITHIN[name]!.map(file => `${path}/${file}`);
  const texts = files.map(textOf);
  return (
    texts.some(text => text !== undefined) &&
    texts.every((text, at) => text === undefined || isKnownWithoutCredential(files[at]!, text))
  );
}
