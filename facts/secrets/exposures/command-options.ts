/**
 * Options and operands of programs that are credentials, as data. The names are those of the programs' manuals; options
 * whose own name says it (`--password`, `--token`) need no row, they are read of every program.
 */

/**
 * How the secret is written: by itself; as the hash of a password; after a name and a colon, comma or percent sign; as a header; as `pass:SECRET` of openssl; as
 * `NAME=VALUE` whose name decides; as `NAME=VALUE` that is a secret under any name; as `secret_id=SECRET`; as `data=SECRET` in a
 * list of properties.
 */
export type Form =
  | 'password'
  | 'secret'
  | 'hash'
  | 'user:password'
  | 'user,password'
  | 'user%password'
  | 'header'
  | 'pass:'
  | 'name=value'
  | 'entry'
  | 'approle'
  | 'data=';

export interface CredentialOption {
  /** In any of its spellings. */
  readonly names: readonly string[];
  readonly form: Form;
  /** Only below this subcommand. */
  readonly under?: string;
  /** Only where this option has this value. */
  readonly where?: readonly [option: string, value: string];
  /** The password of a login on the machine that is made. */
  readonly account?: boolean;
  /** A throw-away passphrase (of a self-signed key) is usual here: only what looks drawn by chance counts. */
  readonly throwaway?: boolean;
}

export interface CredentialArguments {
  readonly options?: readonly CredentialOption[];
  readonly operands?: readonly CredentialOperand[];
}

/** An operand by its place: after these subcommands and operands, the one at `at` (0: the next). */
export interface CredentialOperand {
  readonly after: readonly string[];
  readonly at: number;
  readonly form: Form;
  readonly account?: boolean;
}

const PASSWORD: CredentialArguments = { options: [{ names: ['--password'], form: 'password' }] };
const ADMIN: CredentialArguments = { ...PASSWORD, operands: [{ after: ['password'], at: 0, form: 'password' }] };
const LDAP: CredentialArguments = { options: [{ names: ['-w'], form: 'password' }] };
const KUBECTL: CredentialArguments = { options: [{ names: ['--from-literal'], form: 'entry', under: 'secret' }] };
/** useradd(8): `-p` takes what goes into the file of shadowed passwords. */
const ACCOUNT: CredentialArguments = { options: [{ names: ['--password'], form: 'hash', account: true }] };
const NPM: CredentialArguments = {
  operands: [
    { after: ['config', 'set'], at: 0, form: 'name=value' },
    { after: ['set'], at: 0, form: 'name=value' },
  ],
};
const CONFIG: CredentialArguments = { operands: [{ after: ['config'], at: 0, form: 'name=value' }] };

const option = (form: Form, ...names: string[]): CredentialArguments => ({ options: [{ names, form }] });
const operand = (form: Form, at: number, ...after: string[]): CredentialArguments => ({
  operands: [{ after, at, form }],
});
const BUNDLE: CredentialArguments = {
  operands: [
    { after: ['config', 'set'], at: 1, form: 'user:password' },
    { after: ['config'], at: 1, form: 'user:password' },
  ],
};

/** snmpcmd(1): the passphrases of version 3 */
const SNMP: CredentialArguments = { options: [{ names: ['-A', '-X'], form: 'password' }] };

/** By the name of the program's grammar; without one by its own. */
export const PROGRAMS: Readonly<Record<string, CredentialArguments>> = {
  curl: {
    options: [
      { names: ['--user', '--proxy-user'], form: 'user:password' },
      { names: ['--header', '--proxy-header'], form: 'header' },
      { names: ['--cookie'], form: 'name=value' },
    ],
  },
  wget: { options: [{ names: ['--header'], form: 'header' }] },
  http: { options: [{ names: ['--auth'], form: 'user:password' }] },
  mysql: PASSWORD,
  mysqldump: PASSWORD,
  mysqladmin: ADMIN,
  'redis-cli': { options: [{ names: ['--pass'], form: 'password' }] },
  mongosh: PASSWORD,
  sqlcmd: { options: [{ names: ['-P'], form: 'password' }] },
  ldapsearch: LDAP,
  ldapmodify: LDAP,
  docker: PASSWORD,
  podman: PASSWORD,
  buildah: PASSWORD,
  helm: PASSWORD,
  oras: PASSWORD,
  crane: PASSWORD,
  skopeo: PASSWORD,
  sshpass: { options: [{ names: ['-p'], form: 'password' }] },
  az: {
    options: [
      { names: ['--password'], form: 'password' },
      { names: ['--value'], form: 'secret', under: 'keyvault' },
    ],
  },
  // https://hexdocs.pm/hex/Mix.Tasks.Hex.Organization.html
  mix: { options: [{ names: ['--key'], form: 'secret', under: 'hex.organization' }] },
  doctl: { options: [{ names: ['--access-token'], form: 'secret' }] },
  twine: PASSWORD,
  openssl: {
    options: [
      { names: ['-passin', '-passout', '-pass'], form: 'pass:', throwaway: true },
      { names: ['-k', '-hmac'], form: 'password', throwaway: true },
    ],
  },
  gpg: { options: [{ names: ['--passphrase'], form: 'password', throwaway: true }] },
  zip: { options: [{ names: ['--password'], form: 'password', throwaway: true }] },
  unzip: { options: [{ names: ['-P'], form: 'password', throwaway: true }] },
  '7z': { options: [{ names: ['-p'], form: 'password', throwaway: true }] },
  keytool: {
    options: [
      {
        names: ['-storepass', '-keypass', '-deststorepass', '-destkeypass', '-srcstorepass', '-srckeypass'],
        form: 'password',
        throwaway: true,
      },
    ],
  },
  'ssh-keygen': { options: [{ names: ['-N', '-P'], form: 'password', throwaway: true }] },
  useradd: ACCOUNT,
  usermod: ACCOUNT,
  net: {
    options: [{ names: ['-U'], form: 'user%password' }],
    operands: [{ after: ['user'], at: 1, form: 'password', account: true }],
  },
  kubectl: KUBECTL,
  oc: KUBECTL,
  consul: {
    operands: [
      { after: ['kv', 'put'], at: 0, form: 'name=value' },
      { after: ['acl', 'set-agent-token'], at: 1, form: 'secret' },
    ],
  },
  etcdctl: {
    options: [{ names: ['--user'], form: 'user:password' }],
    operands: [
      { after: ['put'], at: 0, form: 'name=value' },
      { after: ['user', 'add'], at: 0, form: 'user:password' },
    ],
  },
  // doveadm-pw(1), doveadm-auth(1)
  doveadm: {
    options: [{ names: ['-p'], form: 'password', under: 'pw' }],
    operands: ['test', 'login'].map(what => ({ after: ['auth', what], at: 1, form: 'password' as const })),
  },
  // https://caddyserver.com/docs/command-line#caddy-hash-password
  caddy: option('password', '--plaintext'),
  snmpwalk: SNMP,
  radtest: {
    operands: [
      { after: [], at: 1, form: 'password' },
      { after: [], at: 4, form: 'password' },
    ],
  },
  nomad: operand('secret', 0, 'operator', 'gossip', 'keyring', 'install'),
  check_mysql: option('password', '-p'),
  conan: option('password', '-p'),
  'agent-auth': option('password', '-P'),
  kopia: option('secret', '--key', '--secret-access-key'),
  b2: operand('secret', 1, 'authorize-account'),
  k0s: operand('secret', 0, 'worker'),
  iscsicli: operand('password', 2, 'QLoginTarget'),
  security: { options: [{ names: ['-p'], form: 'password', under: 'unlock-keychain' }] },
  vault: {
    operands: [
      { after: ['login'], at: 0, form: 'secret' },
      { after: ['operator', 'unseal'], at: 0, form: 'secret' },
      // https://developer.hashicorp.com/vault/docs/auth/approle
      ...[1, 2].map(at => ({ after: ['write'], at, form: 'approle' as const })),
    ],
  },
  wandb: operand('secret', 0, 'login'),
  cargo: operand('secret', 0, 'login'),
  snyk: operand('secret', 0, 'auth'),
  doppler: operand('secret', 0, 'configure', 'set', 'token'),
  flyctl: option('secret', '--access-token'),
  bundle: BUNDLE,
  dotnet: {
    options: [
      { names: ['--password'], form: 'password', under: 'source' },
      { names: ['--api-key'], form: 'secret', under: 'push' },
    ],
  },
  nuget: operand('secret', 0, 'setapikey'),
  choco: { options: [{ names: ['--key', '--api-key'], form: 'secret', under: 'apikey' }] },
  ngrok: {
    operands: [
      { after: ['authtoken'], at: 0, form: 'secret' },
      { after: ['config', 'add-authtoken'], at: 0, form: 'secret' },
    ],
  },
  glab: { options: [{ names: ['-t'], form: 'secret', under: 'login' }] },
  vercel: option('secret', '-t'),
  mc: {
    operands: [
      { after: ['alias', 'set'], at: 3, form: 'password' },
      { after: ['admin', 'user', 'add'], at: 2, form: 'password' },
    ],
  },
  // https://github.com/containerd/containerd/blob/main/cmd/ctr/commands/commands.go
  ctr: { options: [{ names: ['--user'], form: 'user:password' }] },
  nerdctl: PASSWORD,
  // https://docs.openstack.org/python-swiftclient/latest/cli/index.html
  swift: option('password', '-K'),
  rdesktop: option('password', '-p'),
  knife: option('password', '-P'),
  sendemail: option('password', '-xp'),
  ldappasswd: option('password', '-s', '-a', '-w'),
  gotify: option('secret', '-t'),
  nessuscli: option('secret', '--key'),
  icinga2: option('secret', '--ticket'),
  lego: option('secret', '--hmac'),
  bw: {
    operands: [
      { after: ['login'], at: 1, form: 'password' },
      { after: ['unlock'], at: 0, form: 'password' },
    ],
  },
  // https://docs.cachix.org/getting-started
  cachix: operand('secret', 0, 'authtoken'),
  // https://cli.cloudfoundry.org/en-US/v8/login.html, https://cli.cloudfoundry.org/en-US/v8/auth.html
  cf: {
    options: [{ names: ['-p'], form: 'password', under: 'login' }],
    operands: [{ after: ['auth'], at: 1, form: 'password' }],
  },
  chamber: operand('secret', 2, 'write'),
  cloudflared: operand('secret', 0, 'service', 'install'),
  gcloud: operand('secret', 1, 'auth', 'activate-refresh-token'),
  grafana: operand('password', 0, 'cli', 'admin', 'reset-admin-password'),
  sentinelctl: operand('secret', 0, 'management', 'token', 'set'),
  teamviewer: operand('password', 0, 'passwd'),
  x11vnc: { options: [{ names: ['-passwd', '-storepasswd'], form: 'password' }] },
  virsh: operand('secret', 1, 'secret-set-value'),
  'qemu-img': option('data=', '--object'),
  'qemu-system-x86_64': option('data=', '-object'),
  // https://www.pulumi.com/docs/iac/cli/commands/pulumi_config_set/
  pulumi: operand('name=value', 0, 'config', 'set'),
  pro: operand('secret', 0, 'attach'),
  SUSEConnect: option('password', '--regcode', '-r'),
  // subscription-manager(8)
  'subscription-manager': option('secret', '--activationkey'),
  psexec: option('password', '-p'),
  psexec64: option('password', '-p'),
  winrs: option('password', '-p', '-password'),
  'canonical-livepatch': operand('secret', 0, 'enable'),
  'ipa-client-install': option('password', '-w'),
  mosquitto_passwd: operand('password', 2),
  mkpasswd: operand('password', 0),
  dscl: operand('password', 2),
  slappasswd: option('password', '-s'),
  smbclient: option('user%password', '--user'),
  'samba-tool': operand('password', 1, 'user', 'create'),
  wpa_passphrase: operand('password', 1),
  mosquitto_pub: option('password', '--pw'),
  lftp: option('user,password', '--user'),
  ncftpget: option('password', '-p'),
  ipmitool: option('password', '-P'),
  cqlsh: option('password', '-p'),
  'cypher-shell': option('password', '-p'),
  'neo4j-admin': {
    operands: [
      { after: ['set-initial-password'], at: 0, form: 'password' },
      { after: ['dbms', 'set-initial-password'], at: 0, form: 'password' },
    ],
  },
  'grafana-cli': operand('password', 0, 'admin', 'reset-admin-password'),
  'elasticsearch-users': { options: [{ names: ['-p'], form: 'password', under: 'useradd' }] },
  influx: {
    options: [
      { names: ['-p', '-password'], form: 'password' },
      { names: ['-t'], form: 'secret' },
    ],
  },
  bcp: option('password', '-P'),
  certutil: option('password', '-p'),
  setx: operand('name=value', 0),
  aws: {
    options: [{ names: ['--value'], form: 'secret', under: 'put-parameter', where: ['--type', 'SecureString'] }],
    operands: [{ after: ['configure', 'set'], at: 0, form: 'name=value' }],
  },
  npm: NPM,
  pnpm: NPM,
  yarn: NPM,
  git: CONFIG,
  poetry: CONFIG,
  composer: CONFIG,
  rabbitmqctl: {
    operands: [
      { after: ['add_user'], at: 1, form: 'password' },
      { after: ['change_password'], at: 1, form: 'password' },
    ],
  },
};
