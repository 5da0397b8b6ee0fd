/**
 * Settings that open a service to everyone who reaches it, by the documentation of each service: names of variables,
 * options of commands, and lines of configuration files. A row is all that a service needs.
 */

/** What is said of a service that is open. */
export interface Opening {
  readonly service: string;
  /** What anyone may do; completes "… lets anyone …". */
  readonly lets: string;
  readonly help: string;
}
/** A variable of a container; `on` is the value that opens it. */
export interface OpeningVariable extends Opening {
  readonly name: string;
  readonly on: RegExp;
}
/** An option; `value` is that of the option, `undefined` where it takes none. */
export interface OpeningOption extends Opening {
  /** The program, or the last part of an image's name. */
  readonly program: RegExp;
  readonly option: RegExp;
  readonly value?: RegExp;
  /** Another word that closes it again. */
  readonly closedBy?: RegExp;
}
/** A setting in a file; `key` is its path joined by dots. */
export interface OpeningSetting extends Opening {
  readonly path: RegExp;
  readonly format: 'sections' | 'yaml';
  readonly key: RegExp;
  readonly value: RegExp;
  /** Text in the same file that closes it again. */
  readonly closedBy?: RegExp;
}

const YES = /^(?:true|yes|on|1|y)$/i;
const NO = /^(?:false|no|off|0)$/i;

// https://hub.docker.com/_/mysql, https://hub.docker.com/_/mariadb
const MYSQL: Opening = {
  service: 'MySQL',
  lets: 'log in to MySQL as root',
  help: 'Give it a random root password, or one from a file: `MYSQL_ROOT_PASSWORD_FILE`',
};
const MARIADB: Opening = {
  service: 'MariaDB',
  lets: 'log in to MariaDB as root',
  help: 'Give it a random root password, or one from a file: `MARIADB_ROOT_PASSWORD_FILE`',
};
// https://hub.docker.com/_/postgres, https://www.postgresql.org/docs/current/auth-trust.html
export const POSTGRES: Opening = {
  service: 'PostgreSQL',
  lets: 'log in to PostgreSQL as any user',
  help: 'Use `scram-sha-256`, and keep `trust` for `local` entries only',
};
// https://redis.io/docs/latest/operate/oss_and_stack/management/security/
const REDIS: Opening = {
  service: 'Redis',
  lets: 'use Redis without a password',
  help: 'Keep `protected-mode`, or bind it to `127.0.0.1` and set users with passwords',
};
// https://www.mongodb.com/docs/manual/tutorial/enable-authentication/
const MONGODB: Opening = {
  service: 'MongoDB',
  lets: 'use MongoDB without a login',
  help: 'Use `--auth`, and create users',
};
// https://mosquitto.org/documentation/authentication-methods/
const MOSQUITTO: Opening = {
  service: 'Mosquitto',
  lets: 'publish and subscribe without a login',
  help: 'Set it to `false`, and use a `password_file` or client certificates',
};
// https://docs.saltproject.io/en/latest/ref/configuration/master.html#master-security-settings
const SALT: Opening = {
  service: 'Salt',
  lets: 'register a minion with the Salt master',
  help: 'Remove it, and accept keys with `salt-key` after checking the fingerprint',
};
// https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/anonymous-auth/
const GRAFANA: Opening = {
  service: 'Grafana',
  lets: 'use Grafana without a login',
  help: 'Keep anonymous access off, or share single dashboards publicly',
};
// https://doc.traefik.io/traefik/operations/api/
const TRAEFIK: Opening = {
  service: 'Traefik',
  lets: 'read the routes and settings of Traefik',
  help: 'Route to `api@internal` through a middleware with authentication',
};
// https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/security-settings
const ELASTICSEARCH: Opening = {
  service: 'Elasticsearch',
  lets: 'read and delete all data of Elasticsearch',
  help: 'Leave its security features on, as they are by default',
};
// https://docs.opensearch.org/latest/security/configuration/disable-enable-security/
const OPENSEARCH: Opening = {
  service: 'OpenSearch',
  lets: 'read and delete all data of OpenSearch',
  help: 'Leave its security plugin on',
};
// https://jupyter-server.readthedocs.io/en/latest/operators/security.html
const JUPYTER: Opening = {
  service: 'Jupyter',
  lets: 'run code in Jupyter without a token',
  help: 'Remove it, so that Jupyter generates a token, or set a hashed password',
};
// smb.conf(5)
const SAMBA: Opening = {
  service: 'Samba',
  lets: 'use this share without a password',
  help: 'Set it to `no`, and list `valid users`',
};
// https://docs.k3s.io/cluster-access
const K3S: Opening = {
  service: 'K3s',
  lets: 'on the machine administer the cluster',
  help: 'Use `0600`, or `0640` with a group',
};
// https://www.rabbitmq.com/docs/access-control#default-state
const RABBITMQ: Opening = {
  service: 'RabbitMQ',
  lets: 'log in to RabbitMQ as `guest`',
  help: 'Remove it, and create users of your own',
};

export const OPENING_VARIABLES: readonly OpeningVariable[] = [
  { ...MYSQL, name: 'MYSQL_ALLOW_EMPTY_PASSWORD', on: YES },
  { ...MARIADB, name: 'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD', on: YES },
  { ...MARIADB, name: 'MARIADB_ALLOW_EMPTY_PASSWORD', on: YES },
  { ...POSTGRES, name: 'POSTGRES_HOST_AUTH_METHOD', on: /^trust$/ },
  { ...GRAFANA, name: 'GF_AUTH_ANONYMOUS_ENABLED', on: YES },
  { ...TRAEFIK, name: 'TRAEFIK_API_INSECURE', on: YES },
  { ...K3S, name: 'K3S_KUBECONFIG_MODE', on: /[4-7]$/ },
  { ...ELASTICSEARCH, name: 'xpack.security.enabled', on: NO },
  { ...OPENSEARCH, name: 'DISABLE_SECURITY_PLUGIN', on: YES },
  { ...OPENSEARCH, name: 'plugins.security.disabled', on: YES },
];

export const OPENING_OPTIONS: readonly OpeningOption[] = [
  {
    ...REDIS,
    program: /^(?:redis|valkey)(?:-server)?$/,
    option: /^--protected-mode$/,
    value: NO,
    closedBy: /^--(?:requirepass|aclfile|user)$/,
  },
  { ...MONGODB, program: /^(?:mongod|mongo)$/, option: /^--noauth$/ },
  { ...K3S, program: /^(?:k3s|rke2)$/, option: /^--write-kubeconfig-mode$/, value: /[4-7]$/ },
  { ...TRAEFIK, program: /^traefik$/, option: /^--api\.insecure$/i },
  { ...TRAEFIK, program: /^traefik$/, option: /^--api\.insecure$/i, value: YES },
  {
    ...JUPYTER,
    program: /^jupyter(?:-lab|-notebook|-server)?$|^start-(?:notebook|singleuser)\.(?:sh|py)$/,
    option: /^--(?:NotebookApp|ServerApp|IdentityProvider)\.token$/,
    value: /^(?:''|"")?$/,
    closedBy: /^--(?:(?:NotebookApp|ServerApp)\.password|PasswordIdentityProvider\.hashed_password)$/,
  },
];

export const OPENING_SETTINGS: readonly OpeningSetting[] = [
  {
    ...SAMBA,
    path: /(?:^|\/)samba\/[\w./-]{0,60}\.conf$|(?:^|\/)smb\.conf$/,
    format: 'sections',
    // A key of two words is read as a key and its value.
    key: /(?:^|\.)(?:guest|public)$/i,
    value: /^(?:ok[ \t]*=[ \t]*)?(?:yes|true|1)$/i,
  },
  {
    ...K3S,
    path: /(?:^|\/)rancher\/(?:k3s|rke2)\/config(?:\.yaml\.d\/[^/]{1,80})?\.yaml$/,
    format: 'yaml',
    key: /^write-kubeconfig-mode$/,
    value: /[4-7]$/,
  },
  {
    ...REDIS,
    path: /(?:^|\/)(?:redis|valkey)[\w.-]{0,40}\.conf$/,
    format: 'sections',
    key: /^protected-mode$/,
    value: NO,
    closedBy: /^[ \t]*(?:requirepass[ \t]+\S|aclfile[ \t]+\S|user[ \t]+default[ \t]+(?:off|[^\n]{0,200}>))/m,
  },
  {
    ...MONGODB,
    path: /(?:^|\/)mongod?(?:b)?\.conf$/,
    format: 'yaml',
    key: /^security\.authorization$/,
    value: /^disabled$/,
  },
  {
    ...MOSQUITTO,
    path: /(?:^|\/)mosquitto[\w./-]{0,60}\.conf$/,
    format: 'sections',
    key: /^allow_anonymous$/,
    value: YES,
    closedBy: /^[ \t]*(?:listener[ \t]+\d+|bind_address)[ \t]+(?:127\.|localhost|::1)/m,
  },
  {
    ...GRAFANA,
    path: /(?:^|\/)(?:grafana|custom|defaults)\.ini$/,
    format: 'sections',
    key: /^auth\.anonymous\.enabled$/,
    value: YES,
  },
  {
    ...TRAEFIK,
    path: /(?:^|\/)traefik[\w./-]{0,40}\.ya?ml$/,
    format: 'yaml',
    key: /^api\.insecure$/,
    value: YES,
  },
  {
    ...TRAEFIK,
    path: /(?:^|\/)traefik[\w./-]{0,40}\.toml$/,
    format: 'sections',
    key: /^api\.insecure$/,
    value: YES,
  },
  {
    ...ELASTICSEARCH,
    path: /(?:^|\/)elasticsearch\.ya?ml$/,
    format: 'yaml',
    key: /^xpack\.security\.enabled$/,
    value: NO,
  },
  {
    ...OPENSEARCH,
    path: /(?:^|\/)opensearch\.ya?ml$/,
    format: 'yaml',
    key: /^plugins\.security\.disabled$/,
    value: YES,
  },
  {
    ...SALT,
    path: /(?:^|\/)salt\/master(?:\.d\/[^/]{1,80}\.conf)?$/,
    format: 'yaml',
    key: /^(?:auto_accept|open_mode)$/,
    value: YES,
  },
  {
    ...RABBITMQ,
    path: /(?:^|\/)rabbitmq\.conf$|(?:^|\/)rabbitmq\/conf\.d\/[^/]{1,80}\.conf$/,
    format: 'sections',
    key: /^loopback_users(?:\.guest)?$/,
    value: /^(?:none|false)$/,
  },
];
