/** A labelled table of lines as build files have them, made anew from fragments at every run: what is a secret and what only looks like one. */

import type { Judgement, SecretContext } from '../../facts/secrets/judge.ts';
import { EXAMPLE_IDS, example, fill } from './examples.ts';
import { type Random, seeded } from './random.ts';

/** One row: a name and a value (or a bare text), and what should be said about them. */
export interface Row {
  /** The class that recall and precision are counted for. */
  readonly group: string;
  readonly name: string | undefined;
  readonly value: string | undefined;
  readonly context: SecretContext;
  /** The verdict's kind; undefined where silence is right. */
  readonly expected: Judgement['kind'] | undefined;
}

const NAMES =
  `DB_PASSWORD POSTGRES_PASSWORD MYSQL_ROOT_PASSWORD REDIS_PASSWORD ADMIN_PASS rootPassword app.password PGPASSWORD
  SMTP_PASSWD KEYSTORE_PASSWORD sudo_passphrase contraseña MOT_DE_PASSE DB_SENHA kennwort wachtwoord`.split(/\s+/);
const SECRET_NAMES =
  `API_KEY apiToken AUTH_TOKEN JWT_SECRET CLIENT_SECRET DJANGO_SECRET_KEY ENCRYPTION_KEY SESSION_SECRET
  ACCESS_TOKEN SIGNING_KEY WEBHOOK_SECRET DEPLOY_TOKEN app_private_key SERVICE_CREDENTIALS`.split(/\s+/);
const HARMLESS_NAMES =
  `BUILD_ID COMMIT_SHA CACHE_KEY GPG_KEY IMAGE_DIGEST JAVA_HOME TOKENIZERS_PARALLELISM AUTHORS KEYBOARD
  KEYCLOAK_VERSION MONKEY PYTHON_SHA256 PUBLIC_KEY SECRET_NAME NPM_CONFIG_CACHE DOWNLOAD_CHECKSUM COMPASS_ID PASSENGER_ROOT
  GOLANG_HASH RELEASE_KEY_ID SESSION_STORE CDN_FINGERPRINT ETAG BASE_LAYER PWD`.split(/\s+/);

/** Values that are a secret under a name that asks for one, and nothing under another. */
const OPAQUE: readonly ((random: Random) => string)[] = [
  random => fill('{a32}', random),
  random => fill('{h64}', random),
  random => fill('{h40}', random),
  random => `${fill('{b43}', random)}=`,
  random => fill('{u24}', random),
  random => fill('{[a-z]6}{[A-Z]3}{d3}{[!@%^&]1}', random),
  random => `${fill('{a5}', random)}-${fill('{a5}', random)}-${fill('{a5}', random)}-${fill('{a5}', random)}`,
];

const WORDS =
  'postgres root admin hunter letmein vagrant packer ubuntu toor welcome qwerty dragon minio rabbit nextcloud raspberry'.split(
    ' ',
  );

/** Values that are not secret under any name. */
const HARMLESS: readonly ((random: Random) => string)[] = [
  () => 'true',
  () => 'false',
  random => `/run/secrets/${random.pick(WORDS)}`,
  random => `/etc/${random.pick(WORDS)}/tls.key`,
  random => `https://${random.pick(WORDS)}.internal/oauth/token`,
  random => `${random.below(9)}.${random.below(30)}.${random.below(9)}`,
  random => `sha256:${fill('{h64}', random)}`,
  random => `ssh-ed25519 AAAA${fill('{b64}', random)} ${random.pick(WORDS)}`,
  random => fill('{H40}', random),
  random => `certs/${random.pick(WORDS)}.pem`,
  random => `the ${random.pick(WORDS)} of the ${random.pick(WORDS)}`,
];

const REFERENCES: readonly ((random: Random) => string | undefined)[] = [
  random => `$${random.pick(WORDS).toUpperCase()}`,
  random => `\${${random.pick(WORDS).toUpperCase()}}`,
  random => `\${${random.pick(WORDS).toUpperCase()}:?missing}`,
  random => `$(cat /run/secrets/${random.pick(WORDS)})`,
  random => `{{ user \`${random.pick(WORDS)}\` }}`,
  random => `var.${random.pick(WORDS)}`,
  random => `%${random.pick(WORDS)}%`,
  () => '',
  () => undefined,
];

const PLACEHOLDERS =
  `changeme CHANGE_ME <secret> your-secret-here xxxxxxxx ******** [REDACTED] example-value TODO replace-me
  insert-token-here my-example-key dummy 00000000-0000-0000-0000-000000000000 your_api_key_here`.split(/\s+/);

/** Text that looks like a token and is none, for judging without a name. */
const TRAPS: readonly ((random: Random) => string)[] = [
  random => `ghp_${fill('{a36}', random)}`, // wrong check digits
  random => `npm_${fill('{a36}', random)}`,
  random => `glpat-${'x'.repeat(20 + random.below(4))}`,
  random => `x${example('stripe-secret-key', random).text}`,
  random => `https://${random.pick(WORDS)}:$PASSWORD@host/`,
  random => `https://user:<${random.pick(WORDS)}>@host/`,
  random => `git@github.com:${random.pick(WORDS)}/${random.pick(WORDS)}.git`,
  () => '-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----',
  random => `grep -c 'BEGIN PRIVATE KEY' /etc/${random.pick(WORDS)}`,
  random => `sha256sum ${fill('{h64}', random)}`,
  random => `FROM alpine@sha256:${fill('{h64}', random)}`,
  random => `sk-learn-${random.pick(WORDS)}-extension-module`,
  random => `as-${random.pick(WORDS)}InternationalName`,
  random => `kubeadm join host:6443 --token $TOKEN --discovery-token-ca-cert-hash sha256:${fill('{h64}', random)}`,
  random => `curl -H "Authorization: Bearer $${random.pick(WORDS).toUpperCase()}" https://api.internal`,
  random => `pip install ${random.pick(WORDS)}==1.${random.below(9)} --hash=sha256:${fill('{h64}', random)}`,
  random => `"integrity": "sha512-${fill('{b86}', random)}=="`,
  random => `xoxb-${'your'}-token-${random.pick(WORDS)}`,
  random => `AKIA${'IOSFODNN7'}EXAMPLE ${random.pick(WORDS)}`,
];

/** The lines a token of a known format is put into; the token must be found whatever the name. */
const AROUND: readonly (readonly [string, string])[] = [
  ['', ''],
  ['export X="', '"'],
  ["echo '", "' > /root/x"],
  ['curl -s -H "X-Token: ', '" https://api.internal/v1'],
];

/** At least 2,000 rows, the same for the same seed. */
export function table(seed = 1): readonly Row[] {
  const random = seeded(seed);
  const rows: Row[] = [];
  const add = (
    group: string,
    name: string | undefined,
    value: string | undefined,
    expected: Row['expected'],
    context: SecretContext = 'env',
  ) => rows.push({ group, name, value, context, expected });
  const times = (count: number, build: () => void) => {
    for (let i = 0; i < count; i++) build();
  };
  for (const id of EXAMPLE_IDS) {
    for (const [before, after] of AROUND)
      add('format', undefined, before + example(id, random).text + after, 'secret', 'shell');
  }
  const anyName = () => random.pick([...NAMES, ...SECRET_NAMES]);
  times(400, () => add('opaque', anyName(), random.pick(OPAQUE)(random), 'secret'));
  times(60, () => add('default', anyName(), `\${X:-${fill('{a24}', random)}}`, 'secret'));
  times(60, () => add('url', 'DATABASE_URL', `postgres://app:${fill('{a20}', random)}@db:5432/app`, 'secret'));
  times(60, () =>
    add('weak url', 'DATABASE_URL', `postgres://app:${random.pick(WORDS)}@db:5432/app`, 'weak-credential'),
  );
  times(150, () =>
    add('weak', random.pick(NAMES), random.pick(WORDS) + (random.below(2) ? random.below(999) : ''), 'weak-credential'),
  );
  times(60, () =>
    add('hash', random.pick(NAMES), `$6$${fill('{a8}', random)}$${fill('{a86}', random)}`, 'password-hash'),
  );
  times(120, () => add('placeholder', anyName(), random.pick(PLACEHOLDERS), 'placeholder'));
  times(150, () => add('declared', anyName(), random.pick(REFERENCES)(random), 'declared', 'arg'));
  times(300, () => add('harmless name', random.pick(HARMLESS_NAMES), random.pick(OPAQUE)(random), undefined));
  times(300, () => add('harmless value', anyName(), random.pick(HARMLESS)(random), undefined));
  times(400, () => add('trap', undefined, random.pick(TRAPS)(random), undefined, 'shell'));
  return rows;
}
