/** The vocabulary of setting names, in lower case and without accents. `names.ts` says what each list means. */

const words = (text: string) => new Set(text.split(/\s+/).filter(word => word !== ''));

/** Words for a password, in the languages people name settings in. */
export const PASSWORD_WORDS = words(`
  password passwords requirepass masterauth passwd passwds passphrase passphrases passcode pass pwd pw pword psw pswd passw passwrd
  passwort kennwort passwoerter kennworter losung geheimnis
  contrasena contrasenia clave contrasenya contrasinal pasahitza
  motdepasse mdp senha palavrapasse palavrachave parola parole wachtwoord
  haslo heslo lozinka zaporka geslo jelszo salasana losenord passord adgangskode kodeord slaptazodis parool
  sifre katasandi sandi matkhau motpasse lykilord kodikos
  пароль 密码 密碼 口令 パスワード 비밀번호 암호 סיסמה`);

/** Words that name a secret when they are the head of the name: in English its last word. */
export const STRONG_WORDS = words(`
  secret token apikey apitoken apisecret accesskey accesstoken secretkey privatekey authtoken authkey credential
  credentials creds bearer jwt psk sshpass clientsecret encryptionkey signingkey masterkey sharedkey sharedsecret
  sessionsecret cookiesecret jwtsecret webhooksecret appsecret apppassword refreshtoken idtoken bottoken
  registrationtoken deploytoken deploykey servicekey storagekey accountkey licensekey hmackey cryptkey authkey
  authtok pepper hmacencoded geheimschlussel segredo secreto geheim jeton`);

/** Before the head `pat`: whose personal access token it is. Elsewhere PAT is often short for a pattern. */
export const PAT_OWNERS = words(`
  gh ghcr github gitlab gl git azure azp azdo ado devops ext vsts vss nuget npm bitbucket jira figma airtable databricks
  snowflake docker dockerhub`);

/** Words that make the `key` after them a secret. */
export const KEY_QUALIFIERS = words(`
  api access secret private encryption encrypt decrypt decryption signing sign master account storage service auth
  shared client deploy session hmac webhook license app application server admin root jwt cookie crypt crypto
  preshared age registration activation validation activate consumer security subscription ingestion ingest integration routing gossip
  setup enrollment enroll join provisioning linking pairing unseal fernet libsodium auth azure`);

/** Last words that are a secret often enough to ask what the value looks like, and not more often. */
export const WEAK_WORDS = words(`
  key keys auth login salt seed cert dsn sas cookie webhook pin pat otp totp secrets tokens nonce mnemonic cred
  authorization oauth connectionstring connstr connection hook signature sid`);

/** Last words that describe a secret: where it lies, how long it lasts, who issued it. */
export const META_WORDS = words(`
  file files filename path paths dir directory folder name names id ids identifier url urls uri uris endpoint endpoints
  host hostname hosts port ports type types method methods mode version length len ttl expiry expires expiration expire
  expiresin policy policies format enabled disabled provider providers issuer audience scope scopes arn ref refs
  store storage manager vault header headers field fields keyring comment description desc prompt hint user username
  users email emails timeout size limit limits max min age days hours minutes seconds rotation interval algorithm algo
  alg regex pattern env var variable location loc prefix suffix label title rule rules strategy class driver backend
  engine plugin script command cmd helper program service action event count number num status state date time
  timestamp domain realm region zone bits strength complexity validation validator attempts retries cost rounds
  iterations reset change required optional template namespace group role mount volume image tag repo repository
  placeholder example sample test check lookup query selector property attribute column table index position
  separator delimiter encoding charset source target kind level owner usage audience lifetime duration period grace
  parallelism consent banner at encrypted sealed maps patterns line lines stdin fd policyarn secretname passthrough bin binary exe lib config conf conffile configfile
  package pkg server client app hasher hashers fingerprint checksum sum sha sha256 md5 map list set types allowed`);

/** A name that begins with one of these is a switch or a question, whatever follows. */
export const FIRST_VERBS = words(`
  no not disable skip allow require requires required use uses enable enabled lock force clear random generate is has
  emit want wants need needs show hide prompt ask max min num total count validate verify check support supports with
  without ignore accept permit print remove delete rotate reset change update expire invalidate store save remember
  keep read get fetch load write autocreate`);

/** These are switches wherever they precede the head: MYSQL_ALLOW_EMPTY_PASSWORD. */
export const INNER_VERBS = words('allow disable enable require skip generate random onetime empty max min num without');

/** Anywhere in the name of a key or token: it is made to be published. */
export const PUBLIC_WORDS = words(
  'public pub publishable fingerprint pubkey publickey keyid keyserver gpgkey gpgkeys anon anonymous',
);

/** Before the head `key` or `keys`: keys of maps, tables, caches and signatures to verify. */
export const PUBLIC_KEY_QUALIFIERS = words(`
  gpg pgp sort primary foreign partition cache host known authorized map index object row group hash shard range
  translation i18n json yaml config metadata label annotation feature idempotency dedup lookup registry
  release signed apt yum rpm apk repo repository repos tree hot short arrow function trusted verification`);

/** With a pass word in the same name: the value is a hash. */
export const HASH_WORDS = words('hash hashed hashes crypted encrypted digest bcrypt argon2 sha512crypt shadow');

/** Prefixes of build tools that put the variable into what browsers download. */
export const BROWSER_PREFIXES = [
  'NEXT_PUBLIC_',
  'VITE_',
  'REACT_APP_',
  'EXPO_PUBLIC_',
  'NUXT_PUBLIC_',
  'GATSBY_',
  'VUE_APP_',
  'STORYBOOK_',
  'NG_APP_',
];

/** What a `pass` follows directly when it is a password (rootpass) and not a bypass, compass or underpass. */
export const PASS_OWNERS = words(`
  root db database user admin my mysql pg postgres sql mongo redis rabbit smtp mail ftp sftp ldap bind vnc rdp sudo ssh
  http https proxy basic auth login key keystore store trust truststore cert ssl tls wifi wpa enc encrypt sasl imap pop
  git svn registry docker repo web app api svc service ansible become vault backup super test default new old
  dn relay repl peer archive bmc ipmi remote local`);
