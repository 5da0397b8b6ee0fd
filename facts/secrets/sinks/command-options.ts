/**
 * Options and operands of programs that are credentials, as data. The names are those of the programs' manuals; options
 * whose own name says it (`--password`, `--token`) need no row, they are read of every program.
 */

/**
 * How the secret is written: by itself; behind a name and a colon; as a header; as `pass:SECRET` of openssl; as
 * `NAME=VALUE` whose name decides; as `NAME=VALUE` that is a secret under any name.
 */
export type Form = 'password' | 'secret' | 'user:password' | 'header' | 'pass:' | 'name=value' | 'entry';

export interface OptionSink {
  /** With its dashes. */
  readonly names: readonly string[];
  readonly form: Form;
  /** Only what is attached to a short option is its value (`mysql -pSECRET`). */
  readonly attached?: boolean;
  /** Only below this subcommand. */
  readonly under?: string;
  /** The password of a login on the machine that is made. */
  readonly account?: boolean;
  /** A throw-away passphrase (of a self-signed key) is usual here: only what looks drawn by chance counts. */
  readonly throwaway?: boolean;
}

export interface ProgramSinks {
  readonly options?: readonly OptionSink[];
  /** Other options that take the next word, so that it is not taken for one. */
  readonly valued?: readonly string[];
  readonly operands?: readonly OperandSink[];
}

/** An operand by its place: after these words, the one at `at` (0: the next). */
export interface OperandSink {
  readonly after: readonly string[];
  readonly at: number;
  readonly form: Form;
  readonly account?: boolean;
}

const MYSQL: ProgramSinks = {
  options: [{ names: ['-p'], form: 'password', attached: true }],
  valued: ['-u', '-h', '-P', '-S', '-D', '-e', '-r'],
};
const ADMIN: ProgramSinks = { ...MYSQL, operands: [{ after: ['password'], at: 0, form: 'password' }] };
const REGISTRY: ProgramSinks = { options: [{ names: ['-p'], form: 'password', under: 'login' }] };
const MONGO: ProgramSinks = { options: [{ names: ['-p'], form: 'password' }] };
const LDAP: ProgramSinks = { options: [{ names: ['-w'], form: 'password' }] };
const KUBECTL: ProgramSinks = { options: [{ names: ['--from-literal'], form: 'entry', under: 'secret' }] };
const ACCOUNT: ProgramSinks = { options: [{ names: ['-p', '--password'], form: 'password', account: true }] };
const CURL: ProgramSinks = {
  options: [
    { names: ['-u', '--user', '-U', '--proxy-user'], form: 'user:password' },
    { names: ['-H', '--header', '--proxy-header'], form: 'header' },
    { names: ['-b', '--cookie'], form: 'name=value' },
  ],
  valued: [
    '-o',
    '-d',
    '-X',
    '-A',
    '-e',
    '-F',
    '-T',
    '-w',
    '-m',
    '-x',
    '-K',
    '-c',
    '-C',
    '-D',
    '-E',
    '-Q',
    '-r',
    '-t',
    '-Y',
    '-y',
    '-z',
  ],
};
const NPM: ProgramSinks = {
  operands: [
    { after: ['config', 'set'], at: 0, form: 'name=value' },
    { after: ['set'], at: 0, form: 'name=value' },
  ],
};

/** By program. */
export const PROGRAMS: Readonly<Record<string, ProgramSinks>> = {
  curl: CURL,
  wget: { options: [{ names: ['--header'], form: 'header' }] },
  http: { options: [{ names: ['-a', '--auth'], form: 'user:password' }] },
  https: { options: [{ names: ['-a', '--auth'], form: 'user:password' }] },
  mysql: MYSQL,
  mariadb: MYSQL,
  mysqldump: MYSQL,
  mysqlimport: MYSQL,
  'mariadb-dump': MYSQL,
  mysqladmin: ADMIN,
  'mariadb-admin': ADMIN,
  'redis-cli': { options: [{ names: ['-a', '--pass'], form: 'password' }], valued: ['-h', '-p', '-n', '-u'] },
  mongo: MONGO,
  mongosh: MONGO,
  mongodump: MONGO,
  mongorestore: MONGO,
  mongoimport: MONGO,
  sqlcmd: { options: [{ names: ['-P'], form: 'password' }], valued: ['-S', '-U', '-d', '-i', '-Q', '-q'] },
  ldapsearch: LDAP,
  ldapadd: LDAP,
  ldapmodify: LDAP,
  ldapdelete: LDAP,
  docker: REGISTRY,
  podman: REGISTRY,
  buildah: REGISTRY,
  nerdctl: REGISTRY,
  helm: REGISTRY,
  oras: REGISTRY,
  crane: REGISTRY,
  skopeo: REGISTRY,
  sshpass: { options: [{ names: ['-p'], form: 'password' }] },
  az: { options: [{ names: ['-p'], form: 'password', under: 'login' }] },
  doctl: { options: [{ names: ['-t'], form: 'secret' }] },
  twine: { options: [{ names: ['-p'], form: 'password' }] },
  openssl: { options: [{ names: ['-passin', '-passout', '-pass'], form: 'pass:', throwaway: true }] },
  gpg: { options: [{ names: ['--passphrase'], form: 'password', throwaway: true }] },
  zip: { options: [{ names: ['-P'], form: 'password', throwaway: true }] },
  unzip: { options: [{ names: ['-P'], form: 'password', throwaway: true }] },
  '7z': { options: [{ names: ['-p'], form: 'password', attached: true, throwaway: true }] },
  keytool: {
    options: [
      {
        names: ['-storepass', '-keypass', '-deststorepass', '-destkeypass', '-srcstorepass', '-srckeypass'],
        form: 'password',
        throwaway: true,
      },
    ],
  },
  'ssh-keygen': {
    options: [{ names: ['-N', '-P'], form: 'password', throwaway: true }],
    valued: ['-t', '-b', '-f', '-C'],
  },
  useradd: ACCOUNT,
  usermod: ACCOUNT,
  net: { operands: [{ after: ['user'], at: 1, form: 'password', account: true }] },
  kubectl: KUBECTL,
  oc: KUBECTL,
  consul: { operands: [{ after: ['kv', 'put'], at: 0, form: 'name=value' }] },
  etcdctl: { operands: [{ after: ['put'], at: 0, form: 'name=value' }] },
  vault: { operands: [{ after: ['login'], at: 0, form: 'secret' }] },
  aws: { operands: [{ after: ['configure', 'set'], at: 0, form: 'name=value' }] },
  npm: NPM,
  pnpm: NPM,
  yarn: NPM,
  git: { operands: [{ after: ['config'], at: 0, form: 'name=value' }] },
  poetry: {
    operands: [{ after: ['config'], at: 0, form: 'name=value' }],
  },
  composer: { operands: [{ after: ['config'], at: 0, form: 'name=value' }] },
  rabbitmqctl: {
    valued: ['-n', '-p'],
    operands: [
      { after: ['add_user'], at: 1, form: 'password' },
      { after: ['change_password'], at: 1, form: 'password' },
    ],
  },
};
