import { describe, expect, test } from 'vitest';
import { PASSWORD_WORDS, STRONG_WORDS, WEAK_WORDS } from '../../facts/secrets/name-words.ts';
import { classifyName, mayHoldName, type NameClass, nameSegments, namesPassword } from '../../facts/secrets/names.ts';

const CASES: Readonly<Record<NameClass, string>> = {
  strong: `PASSWORD DB_PASSWORD dbPassword db-password spring.datasource.password pgpassword MYSQL_PWD rootpass rootPasswd
    MYSQL_ROOT_PASSWORD API_KEY apiKey apikey API_TOKEN authToken OAuthToken npm_config__authToken AWS_SECRET_ACCESS_KEY
    SECRET_KEY DJANGO_SECRET_KEY JWT_SECRET clientSecret SSH_PRIVATE_KEY ENCRYPTION_KEY passphrase GPG_PASSPHRASE
    KEYSTORE_PASSWORD keystorepass credentials GITHUB_TOKEN_2 token1 Passwort KENNWORT contraseña CONTRASENA motDePasse
    mot_de_passe DB_SENHA GH_PAT GITHUB_PAT AZURE_DEVOPS_EXT_PAT ADO_PAT GITLAB_PAT wachtwoord hasło haslo lösenord LOSENORD parola şifre salasana passord пароль 密码 パスワード pwd
    ssh_password winrm_password bearer PUBLIC_KEY_PASSWORD REDIS_CACHE_PASSWORD HOST_PASSWORD plain_text_passwd`,
  medium: 'SECRET_KEY_BASE TOKEN_A1B2_THING SECRET_SAUCE',
  weak: 'KEY AUTH SALT webhook _auth SSH_AUTH_SOCK PAT FILE_PAT dsn COOKIE NEXT_PUBLIC_API_KEY VITE_TOKEN REACT_APP_SECRET',
  meta: `SECRET_NAME PASSWORD_FILE POSTGRES_PASSWORD_FILE API_TOKEN_URL TOKEN_URL MAX_TOKENS SSH_KEY_PATH TOKEN_EXPIRY
    allow_empty_password MYSQL_ALLOW_EMPTY_PASSWORD mysql_random_root_password MYSQL_ONETIME_PASSWORD lock_passwd
    AWS_ACCESS_KEY_ID PASS_MAX_DAYS secretName secretKeyRef tokenurl passwordfile PASSWORD_POLICY disablePassword
    COOKIE_CONSENT KEY_VAULT_NAME AUTH_TYPE USE_TOKEN SECRET_ARN PASSWORD_MIN_LENGTH`,
  public: `PUBLIC_KEY GPG_KEY GPG_KEYS ssh_public_key PUB_KEY CACHE_KEY SORT_KEY primary_key STRIPE_PUBLISHABLE_KEY
    SIGNED_KEY HOST_KEY KEYSERVER_TOKEN_FINGERPRINT`,
  hashed: 'hashed_passwd PASSWORD_HASH passwordHash crypted_password encrypted_password passwdhash',
  none: `TOKENIZERS_PARALLELISM KEYBOARD KEYCLOAK MONKEY AUTHOR AUTHORS PASSTHROUGH COMPASS BYPASS NPM_CONFIG_LOGLEVEL
    GIT_AUTHOR_NAME PWD OLDPWD PATH HOME LANG PASSENGER_VERSION KEYMAP PYTHONHASHSEED TURKEY HOCKEY SECRETARY TOKENIZER
    COMPASSION PASSIVE AUTHENTICATOR KEYNOTE DISPLAY ssh_pwauth TRESPASS CONNECTION_POOL
    GIT_PATH GITHUB_PATH GITHUB_PATTERN GIT_PATCH GH_PATIENT`,
};

const words = (text: string) => text.split(/\s+/).filter(word => word !== '');
const rows = Object.entries(CASES).flatMap(([kind, names]) => words(names).map(name => [name, kind] as const));

test.each(rows)('%s is %s', (name, kind) => {
  expect(classifyName(name)).toBe(kind);
});

describe('the lists of the user', () => {
  test('allow and deny names, with stars and without regard to case', () => {
    expect(classifyName('DEMO_PASSWORD', { allow: ['demo_*'] })).toBe('none');
    expect(classifyName('MY_HANDLE', { deny: ['*_HANDLE'] })).toBe('strong');
    expect(classifyName('PASSWORD_FILE', { deny: ['PASSWORD_FILE'] })).toBe('strong');
    expect(classifyName('DB_PASSWORD', { allow: ['PASSWORD'] })).toBe('strong');
  });

  test('deny wins', () => {
    expect(classifyName('X', { allow: ['*'], deny: ['x'] })).toBe('strong');
  });
});

test('segments of one name in many spellings are the same', () => {
  const spellings = [
    'DB_ROOT_PASSWORD',
    'db-root-password',
    'dbRootPassword',
    'db.root.password',
    'DbRootPassword2',
    'db_rootpassword',
  ];
  for (const name of spellings) expect(nameSegments(name), name).toEqual(['db', 'root', 'password']);
});

test('a name asks for a password or for something else', () => {
  expect(['DB_PASS', 'mot_de_passe', 'PGPASSWORD', 'pwd'].every(namesPassword)).toBe(true);
  expect(['API_TOKEN', 'SECRET', 'PASSWORD_FILE', 'KEY'].some(namesPassword)).toBe(false);
});

describe('the hint that a text holds the name of a secret', () => {
  const ascii = rows.filter(([name]) => /^[ -~]+$/.test(name));

  test.each(ascii.filter(([, kind]) => ['strong', 'medium', 'weak', 'hashed'].includes(kind)))('%s has it', name => {
    expect(mayHoldName(`set ${name}=1`)).toBe(true);
  });

  test('every word for a secret has it, in any case and in a longer name', () => {
    for (const word of [...PASSWORD_WORDS, ...STRONG_WORDS, ...WEAK_WORDS].filter(one => /^[a-z]+$/.test(one)))
      for (const name of [word, `x_${word.toUpperCase()}2`, `db${word[0]!.toUpperCase()}${word.slice(1)}`])
        expect([name, mayHoldName(name)]).toEqual([name, true]);
  });

  test.each(
    words(`mot_de_passe motDePasse mot-de-passe palavra_chave palavra.passe kenn_wort los_ung kode_ord adgangs_kode
      mat_khau kata_sandi lyki_lord los_en_ord contra_sena api_key auth_tok id_token`),
  )('%s has it', name => {
    expect([classifyName(name) === 'none', mayHoldName(name)]).toEqual([false, true]);
  });

  test('ordinary lines do not have it', () => {
    for (const line of ['RUN apt-get update && apt-get install -y curl', 'COPY . /app', 'WORKDIR /usr/src/app'])
      expect(mayHoldName(line)).toBe(false);
  });
});
