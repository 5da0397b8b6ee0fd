/** Files that are credentials by their names, and the steps that put them into an image. */
import type { CopyStep, ImageBuild, IncludedFile, Stage, Value } from '../../../core/build.ts';
import { memo } from '../../../core/memo.ts';
import { joinPath, nameOf } from '../../../core/path.ts';
import { SourceText, UNRESOLVED } from '../../../core/text.ts';
import { isPlaceholder } from '../placeholders.ts';
import { findSecretFormats } from '../scan.ts';
import { contentExposures, lineExposures } from './content.ts';
import { isDirectoryWithoutCredential, isKnownWithoutCredential } from './credential-texts.ts';
import { asksForSecret, type Exposure } from './exposure.ts';

/** A file that holds credentials, by what tools call it. */
export interface CredentialFile {
  /** A phrase, with its article if it has one: "an SSH private key", "AWS credentials". */
  readonly what: string;
  /** Often only settings, of which a token may be one: it takes more than the name to speak of it. */
  readonly mixed: boolean;
}

const EXACT: Readonly<Record<string, string>> = {
  '.netrc': 'a file with logins',
  _netrc: 'a file with logins',
  netrc: 'a file with logins',
  '.git-credentials': 'Git credentials',
  '.pypirc': 'PyPI credentials',
  '.npmrc': 'npm credentials',
  '.pgpass': 'PostgreSQL passwords',
  pgpass: 'PostgreSQL passwords',
  'pgpass.conf': 'PostgreSQL passwords',
  sasl_passwd: 'mail relay credentials',

  '.my.cnf': 'MySQL credentials',
  '.env': 'an environment file',
  '.htpasswd': 'a password file',
  '.dockercfg': 'registry credentials',
  '.vault-token': 'a Vault token',
  '.s3cfg': 'object storage credentials',
  '.boto': 'cloud credentials',
  kubeconfig: 'Kubernetes credentials',
  'credentials.json': 'cloud credentials',
  'credentials.csv': 'cloud credentials',
  'application_default_credentials.json': 'cloud credentials',
  'client_secret.json': 'OAuth client credentials',
  'terraform.tfstate': 'Terraform state',
  'terraform.tfvars': 'Terraform variables',
  'secrets.yaml': 'a secrets file',
  'secrets.yml': 'a secrets file',
  'secrets.json': 'a secrets file',
  'secrets.toml': 'a secrets file',
};

const MIXED = new Set(['.npmrc', '.boto', '.s3cfg', '.my.cnf']);

/** Directories of which every file is a credential or is next to one. */
const FOLDERS: Readonly<Record<string, string>> = {
  '.ssh': 'SSH keys',
  '.aws': 'AWS credentials',
  '.kube': 'Kubernetes credentials',
  '.gnupg': 'GnuPG private keys',
};

/** In a known directory, the file that is the credential. */
const IN_FOLDER: Readonly<Record<string, string>> = {
  '.aws/credentials': 'AWS credentials',
  '.kube/config': 'Kubernetes credentials',
  '.docker/config.json': 'registry credentials',
  '.config/gcloud': 'Google Cloud credentials',
  '.cargo/credentials': 'package registry credentials',
  '.cargo/credentials.toml': 'package registry credentials',
  '.gem/credentials': 'package registry credentials',
};

/** Words in names of key files that say that the key is public, made up, or another party's. */
const PUBLIC =
  /pub|licen[sc]e|gpg|pgp|repo|release|archive|signing|keyring|apt|rpm|apk|trust|cacert|(?:^|[._-])ca(?:[._-]|$)|example|sample|test|dummy|debug|snakeoil|fake|template|dist$/;
/** Stores of certificates that are trusted, and those of tests. */
const HARMLESS_STORE = /trust|cacert|example|sample|test|dummy|debug|snakeoil|fake|template/;
/** Names of environment files that hold no secrets by convention. */
const HARMLESS_ENV =
  /example|sample|template|dist$|default|test|ci$|schema|tpl|vault|enc$|encrypted|local-example|docs?$/;

/** A path without the `/`, `/.` or `/*` at its end. */
export function withoutSlash(path: string): string {
  let end = path.length;
  if (/\/[.*]$/.test(path)) end--;
  while (end > 1 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}

/** `.env*` and `.env.*` take `.env` and what is next to it. */
function withoutStars(name: string): string {
  let end = name.length;
  while (end > 0 && name[end - 1] === '*') end--;
  return name.slice(0, end < name.length && name[end - 1] === '.' ? end - 1 : end);
}

/** What kind of credential a file is by its path; `undefined` for any other file. */
export function credentialFile(path: string): CredentialFile | undefined {
  const lower = withoutSlash(path.toLowerCase().replaceAll('\\', '/'));
  const parts = lower.split('/').filter(part => part !== '' && part !== '.');
  const name = parts.at(-1) && withoutStars(parts.at(-1)!);
  if (name === undefined || name === '' || name.includes(UNRESOLVED)) return undefined;
  const what = Object.hasOwn(EXACT, name) ? EXACT[name] : (byDirectory(parts, name) ?? byShape(name));
  return what === undefined ? undefined : { what, mixed: MIXED.has(name) };
}

function byDirectory(parts: readonly string[], name: string): string | undefined {
  const pair = parts.slice(-2).join('/');
  if (Object.hasOwn(IN_FOLDER, pair)) return IN_FOLDER[pair];
  if (/^[\w-]{0,20}(?:dkim|domainkeys?)[\w-]{0,20}\/[^/]{1,80}\.private$/.test(pair)) return 'a private key';
  return Object.hasOwn(FOLDERS, name) ? FOLDERS[name] : undefined;
}

/** Keys of accounts as they are downloaded and renamed: `gcp-deploy-key.json`, `firebase-credentials.json`. */
const CLOUD_KEY =
  /^(?:gcp|gcr|gcs|gke|gcloud|google|firebase|bigquery|azure|aws)[._-](?:[\w.-]{0,40}[._-])?(?:key|sa|cred(?:ential)?s?)\.json$/;

function byShape(name: string): string | undefined {
  if (/^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?(?:[._-].{1,40})?$/.test(name) || /[._-]ed25519$/.test(name))
    return name.endsWith('.pub') ? undefined : 'an SSH private key';
  if (/^\.env\..{1,60}$/.test(name)) return HARMLESS_ENV.test(name) ? undefined : 'an environment file';
  if (/service[-_]?account.{0,40}\.json$/.test(name)) return 'cloud credentials';
  if (CLOUD_KEY.test(name)) return PUBLIC.test(name) ? undefined : 'cloud credentials';
  if (/\.(?:p12|pfx|jks|keystore|ppk|kdbx)$/.test(name)) return HARMLESS_STORE.test(name) ? undefined : 'a private key';
  // https://docs.ansible.com/projects/ansible/latest/vault_guide/vault_managing_passwords.html
  if (/^\.?(?:ansible[-_]?)?vault[-_]?pass(?:word|wd|phrase)?(?:[-_]file)?(?:\.txt)?$/.test(name))
    return 'an Ansible Vault password';
  if (/^wg\d{1,3}\.conf$/.test(name)) return 'a private key';
  // Keys of DKIM, and of DNSSEC as dnssec-keygen(8) names them.
  if (/(?:dkim|domainkey)[\w.-]{0,60}\.private$|^k[\w.-]{1,100}\+\d{3}\+\d{5}\.private$/.test(name))
    return 'a private key';
  if (/\.key$/.test(name)) return PUBLIC.test(name) ? undefined : 'a private key';
  if (/\.pem$/.test(name)) return /key|private/.test(name) && !PUBLIC.test(name) ? 'a private key' : undefined;
  if (/\.tfvars$/.test(name)) return PUBLIC.test(name) ? undefined : 'Terraform variables';
  if (/\.tfstate$/.test(name)) return 'Terraform state';
  return undefined;
}

/** What is put there is a credential, by the directory or file it becomes. */
const BY_DESTINATION: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)\.aws\/credentials$/, 'the credentials of AWS'],
  [/(?:^|\/)\.kube\/config$/, 'a login to a Kubernetes cluster'],
  [/(?:^|\/)\.docker\/config\.json$/, 'a file of logins to registries'],
  [/(?:^|\/)\.ssh\/id_[a-z0-9_]{1,20}$/, 'an SSH private key'],
];
const SSH_FOLDER = /(?:^|\/)\.ssh\/?(?:[^/]{1,80})?$/;
/** What lies beside keys in a directory of SSH. */
const NO_KEY = /\.pub$|known|config|authorized|environment|host|rc$|\.(?:sh|txt|md|conf|ya?ml|json)$|[*?]/;
const KEY_LIKE = /\.(?:pem|key)$|(?:^|[._-])(?:rsa|dsa|ecdsa|ed25519|key)(?:$|[._-])|^id[._-]/;

/** Variables in which programs look for the path of a file with credentials. */
const NAMES_FILE: readonly (readonly [variable: RegExp, what: string])[] = [
  // https://cloud.google.com/docs/authentication/application-default-credentials
  [/^GOOGLE_APPLICATION_CREDENTIALS$/, 'cloud credentials'],
  // https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
  [/^AWS_SHARED_CREDENTIALS_FILE$/, 'AWS credentials'],
  [/^KUBECONFIG$/, 'Kubernetes credentials'],
  // What images of Docker Hub read instead of a variable: https://hub.docker.com/_/postgres
  [/(?:^|_)(?:PASSWORD|PASSWD|TOKEN|SECRET|CREDENTIALS?|PRIVATE_KEY)_FILE$/, 'a file of secrets'],
];

/** The files with credentials that a stage names in its variables, by their paths. */
function namedFiles({ steps }: Stage): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const step of steps) {
    if (step.kind !== 'env' || !step.value.literal?.startsWith('/')) continue;
    const [, what] = NAMES_FILE.find(([variable]) => variable.test(step.name)) ?? [];
    if (what !== undefined) found.set(step.value.literal, what);
  }
  return found;
}

/** What the file is that a copy puts to a path that a variable names, if its text is known to be more than a reference. */
function byVariable(
  source: string,
  { textOf, to }: CopyStep,
  named: ReadonlyMap<string, string>,
): CredentialFile | undefined {
  if (
    named.size === 0 ||
    /example|sample|test|dummy|fake|templat|placeholder|empty|\.(?:tmpl|tpl|j2)$/i.test(nameOf(source))
  )
    return undefined;
  const place = to?.source.text ?? '';
  const what = named.get(place) ?? named.get(joinPath(place, nameOf(source)));
  const text = what === undefined ? undefined : textOf?.(source);
  return text !== undefined && holdsValue(text) ? { what: what!, mixed: false } : undefined;
}

/** Whether a file of credentials has one: a key or a token in its settings, or nothing but a word that is no reference. */
function holdsValue(text: string): boolean {
  const start = text.slice(0, 20_000);
  if (
    /["']?(?:private_key|client_secret|refresh_token|client-key-data|aws_secret_access_key|token|password)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?[^\s"'${<]{8}/i.test(
      start,
    )
  )
    return true;
  return (
    /^\s{0,20}[^\s${}<>=:]{8,200}\s{0,20}$/.test(start) && !/change.?me|placeholder|secret$|password$/i.test(start)
  );
}

/** What a file is that has no telling name of its own, by where it goes, and by the public half that goes along. */
function byDestination(source: string, to: string, siblings: ReadonlySet<string>): CredentialFile | undefined {
  const from = source.toLowerCase();
  const target = to.toLowerCase();
  const name = from.slice(from.lastIndexOf('/') + 1);
  const known = BY_DESTINATION.find(([pattern]) => pattern.test(target));
  // `psFormat` and the like of a `config.json` are not logins; another name was given for a reason.
  if (known && name === 'config.json' && !from.includes('docker')) return undefined;
  if (known) return name.endsWith('.pub') ? undefined : { what: known[1], mixed: false };
  if (HARMLESS_STORE.test(name) || from.includes(UNRESOLVED)) return undefined;
  if (/(?:^|\/)(?:secrets?|private|credentials|creds)\/[^/]{1,80}\.(?:json|key|p12|jks)$/.test(from))
    return { what: 'a file of secrets', mixed: false };
  if (NO_KEY.test(name)) return undefined;
  const inSsh = SSH_FOLDER.test(target) && KEY_LIKE.test(name);
  const inPrivate = PRIVATE_FOLDER.test(target) && /\.(?:pem|key)$/.test(name);
  const besidePublic = [`${from}.pub`, from.replace(/\.([a-z0-9]{1,8})$/, '.pub.$1')].some(
    half => half !== from && siblings.has(half),
  );
  return inSsh || inPrivate || besidePublic ? { what: 'a private key', mixed: false } : undefined;
}

const PRIVATE_FOLDER = /^\/etc\/(?:ssl|pki\/tls)\/private(?:\/|$)/;

/** A private key by its text, in a directory for keys, whatever it is called: `~/.ssh/github`. */
function byText(source: string, { textOf, to }: CopyStep): CredentialFile | undefined {
  const target = to?.source.text ?? '';
  if (!SSH_FOLDER.test(target) && !PRIVATE_FOLDER.test(target)) return undefined;
  const text = textOf?.(source);
  return text !== undefined && /-----BEGIN [A-Z\d ]{0,40}PRIVATE KEY/.test(text.slice(0, 20_000))
    ? { what: 'a private key', mixed: false }
    : undefined;
}

/** Whether it has a token of a service, which is nobody's default. */
const hasToken = (text = ''): boolean => findSecretFormats(text.slice(0, LONGEST_READ)).length > 0;
const LONGEST_READ = 100_000;

/** A credential file that a step puts into the image. */
export interface CopiedCredential {
  readonly file: CredentialFile;
  /** The file, or the directory that contains it. */
  readonly source: Value;
  /** The file's name when the source is a directory. */
  readonly included: string | undefined;
  /** Whether an ignore file names it among what is to be copied. */
  readonly isMeant: boolean;
  /** Whether the repository has it, as far as can be seen. */
  readonly isCommitted: boolean;
  readonly step: CopyStep;
  readonly stage: Stage;
}

/**
 * Whether what is known of the file says that it holds a credential. An environment file is often nothing but defaults, so
 * that its content must show one; the names of others are enough.
 */
function holdsCredential({ name, text }: IncludedFile): boolean {
  if (!/^\.env/i.test(name)) return true;
  return text !== undefined && holdsEnvironmentSecret(name, text);
}

function holdsEnvironmentSecret(name: string, text: string): boolean {
  const source = SourceText.document(text, name);
  return lineExposures(source, { kind: 'file', place: 'a file', span: source.span, stage: undefined }, {}).some(isReal);
}

/** Whether the content of an environment file can be read, and has no credential. */
function isKnownHarmless(name: string, text: string | null | undefined): boolean {
  return typeof text === 'string' && !holdsEnvironmentSecret(name, text);
}

/** Whether its text holds no secret; one that is not there is like the sample beside it. */
function isHarmlessEnvironment(path: string, { textOf }: CopyStep): boolean {
  const name = nameOf(path);
  const own = textOf?.(path);
  if (own !== undefined) return isKnownHarmless(name, own);
  return SAMPLES.some(ending => {
    const sample = textOf?.(`${path}${ending}`);
    return typeof sample === 'string' && !namesSecret(sample);
  });
}

const SAMPLES = ['.example', '.sample', '.template', '.dist'];

/** Whether a sample has a variable for a secret; what it holds there says nothing. */
function namesSecret(text: string): boolean {
  return text
    .split('\n', 2_000)
    .some(line =>
      asksForSecret(
        /^[ \t]{0,20}(?:#[ \t]{0,4})?(?:export[ \t]{1,8})?([A-Za-z_]\w{0,100})[ \t]{0,8}=/.exec(line)?.[1] ?? '',
        {},
      ),
    );
}

/** What the first lines of a public key or a certificate say. */
const PUBLIC_TEXT =
  /^-----BEGIN (?:[A-Z\d ]{0,40}PUBLIC KEY|CERTIFICATE|X509 CRL)|^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-)/m;

/** Whether what is taken for a private key is another thing: by its text, or by the name that it gets. */
function isPublic(text: string | undefined, to: string): boolean {
  if (/\.(?:pub|crt|cer|asc)$/i.test(to)) return true;
  return (
    text !== undefined && PUBLIC_TEXT.test(text.slice(0, 20_000)) && !/-----BEGIN [A-Z\d ]{0,40}PRIVATE KEY/.test(text)
  );
}

/** The names of files that hold a private key as text. */
const KEY_TEXT_NAME = /(?:^|[/._-])(?:id_(?:rsa|dsa|ecdsa|ed25519)|ed25519)(?:_sk)?$|\.(?:key|pem|private)$/i;
/** What such files say, in the forms of OpenSSL, OpenSSH, PuTTY, GnuPG, BIND, OpenVPN, JOSE and age. */
const KEY_TEXT =
  /PRIVATE KEY|SECRET[ -]KEY|STATIC KEY|PuTTY-User-Key|Private-key-format|PrivateKey|\bsecret[ \t]{1,9}"|["'](?:d|k)["'][ \t]{0,9}:/i;
const LONGEST_KEY = 100_000;

/** Whether the text of a file that has the name of a key shows that it has none: a license, a presentation, a place to fill in. */
function isNoKey(path: string, text: string | undefined): boolean {
  if (text === undefined || text.length > LONGEST_KEY || !KEY_TEXT_NAME.test(path)) return false;
  // Of what is not text, archives are known: presentations of Keynote.
  if (/[\0\uFFFD]/.test(text)) return text.startsWith('PK');
  const lines = text.split('\n').flatMap(line => line.replace(/^[ \t]{0,40}#.*$/, '').trim() || []);
  // The keys of Rails, WireGuard and MongoDB are nothing else.
  if (lines.every(line => /^[\w+/=-]{8,1000}$/.test(line))) return lines.length === 0 || isPlaceholder(lines.join(''));
  const [head] = /-----BEGIN [A-Z\d ]{0,40}PRIVATE KEY/.exec(text) ?? [];
  return head === undefined
    ? !KEY_TEXT.test(text)
    : !/[A-Za-z\d+/=]{30}/.test(text.slice(text.indexOf(head) + head.length));
}

/** What the configuration of Docker is called here. */
const OF_DOCKER: ReadonlySet<string> = new Set(['registry credentials', 'a file of logins to registries']);

/** Whether a configuration of Docker is known to hold no login: only names of helpers that fetch one. */
function isWithoutLogin(text: string | undefined): boolean {
  return text !== undefined && !/"(?:auth|password|identitytoken|registrytoken)"/.test(text.slice(0, 200_000));
}

/** Whether what is known of a copied file or directory, or of what it becomes, shows that it has settings and no credential. */
function isSettings(path: string, { namesIn, sources, textOf, to }: CopyStep): boolean {
  if (!textOf) return false;
  const place = to?.source.text ?? '';
  const inImage = sources.length === 1 && !place.endsWith('/') ? place : joinPath(place, nameOf(path));
  const text = textOf(path);
  return (
    isSettingsText(path, text) ||
    isSettingsText(inImage, text) ||
    isDirectoryWithoutCredential(withoutSlash(path), textOf, namesIn)
  );
}

/** Files with any names and values. */
const NAMED_VALUES = /\.tfvars$|(?:^|\/)secrets\.(?:ya?ml|json|toml)$/i;

/** Whether the text of a file shows that it has no credential; of variables of Terraform, none that a name tells. */
function isSettingsText(path: string, text: string | undefined): boolean {
  if (isKnownWithoutCredential(path, text)) return true;
  if (text === undefined || !NAMED_VALUES.test(path) || text.length > 100_000) return false;
  const source = SourceText.document(text, path);
  const site = { kind: 'file', place: 'a file', span: source.span, stage: undefined } as const;
  return !contentExposures(source, path, site, {}).some(
    ({ judgement: { kind } }) => kind !== 'placeholder' && kind !== 'declared',
  );
}

function isReal({ judgement: { certainty, kind } }: Exposure): boolean {
  return kind === 'secret' && certainty !== 'possible';
}

/** Where a user's own settings lie, as opposed to a project's: `/root/.npmrc`, `~/.npmrc`. */
export function isHome(path: string): boolean {
  return /^(?:\/root|\/home\/[^/]{1,64}|~|\$HOME|\$\{HOME\})(?:\/\.?[^/]{0,64})?$/.test(path);
}

/** Where keys are public whatever their files are called: the keyrings of package managers and stores of certificates. */
const KEYRING = /(?:^|\/)(?:keyrings|trusted\.gpg\.d|rpm-gpg|apk\/keys|ca-certificates|pki\/ca-trust)(?:\/|$)/;

/** The credential files that a build takes from its context, in order. */
export const copiedCredentials: (build: ImageBuild) => readonly CopiedCredential[] = memo(build => {
  const found: CopiedCredential[] = [];
  const siblings = new Set<string>();
  for (const { steps } of build.stages)
    for (const step of steps)
      if (step.kind === 'copy' && step.origin === 'context')
        for (const { literal } of step.sources) if (literal?.includes('.pub')) siblings.add(literal.toLowerCase());
  for (const stage of build.stages) {
    const named = namedFiles(stage);
    for (const step of stage.steps) {
      if (step.kind !== 'copy' || step.origin !== 'context') continue;
      if (KEYRING.test(step.to?.source.text ?? '')) continue;
      for (const source of step.sources) {
        const path = source.literal ?? source.source.text;
        const to = step.to?.source.text ?? '';
        const file =
          credentialFile(path) ??
          byVariable(path, step, named) ??
          byDestination(path, to, siblings) ??
          byText(path, step);
        if (!file) continue;
        if (source.literal !== undefined && step.leavesOut?.(source.literal)) continue;
        if (file.what === 'an environment file' && isHarmlessEnvironment(path, step)) continue;
        if (/private key/.test(file.what)) {
          const text = step.textOf?.(path);
          if (isPublic(text, step.to?.source.text ?? '') || isNoKey(path, text)) continue;
        }
        if (OF_DOCKER.has(file.what) && isWithoutLogin(step.textOf?.(path))) continue;
        if (isSettings(path, step)) continue;
        const isCommitted = step.textOf?.(path) !== undefined;
        found.push({ file, source, included: undefined, isMeant: false, isCommitted, step, stage });
      }
      for (const included of step.includes ?? []) {
        const file = credentialFile(included.name);
        if (
          file &&
          holdsCredential(included) &&
          !isPublic(included.text, '') &&
          !isNoKey(included.name, included.text) &&
          !isSettingsText(included.name, included.text)
        ) {
          const { name, source } = included;
          const isMeant = included.isMeant === true && !hasToken(included.text);
          found.push({ file, source, included: name, isMeant, isCommitted: true, step, stage });
        }
      }
    }
  }
  return found;
});
