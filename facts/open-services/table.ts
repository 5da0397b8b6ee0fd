/**
 * Settings that open a service to everyone who reaches it, by the documentation of each service: names of variables,
 * options of commands, and lines of configuration files. A row is all that a service needs.
 */
import {
  CASSANDRA,
  COCKROACH,
  CODE_SERVER,
  DEV_SERVER,
  DOVECOT,
  ELASTICSEARCH,
  GRAFANA,
  GRANTS,
  INFLUXDB,
  JUPYTER,
  K3S,
  KUBELET,
  KUBELET_ANONYMOUS,
  LIBVIRT,
  MARIADB,
  MEMCACHED,
  MONGODB,
  MOSQUITTO,
  MYSQL,
  NEO4J,
  OPEN_SIGN_UP,
  OPENSEARCH,
  type Opening,
  POSTGRES,
  PUPPET,
  RABBITMQ,
  REDIS,
  RELAY,
  SALT,
  SALT_API,
  SAMBA,
  TERMINAL,
  TRAEFIK,
  VAULT,
  VNC,
  VSFTPD,
} from './openings.ts';

/** A variable of a container; `on` is the value that opens it. */
export interface OpeningVariable extends Opening {
  readonly name: string | RegExp;
  readonly on: RegExp;
  /** Only for images of this name. */
  readonly image?: RegExp;
  /** What else the value must have, and what in it closes the service again. */
  readonly onlyWith?: RegExp;
  readonly closedBy?: RegExp;
  /** A variable beside it that closes the service again. */
  readonly closedByName?: RegExp;
  /** What is named of the value, where it is long: the part that `on` finds. */
  readonly part?: true;
}
/** An option; `value` is that of the option, `undefined` where it takes none. */
export interface OpeningOption extends Opening {
  /** The program, or the last part of an image's name. */
  readonly program: RegExp;
  readonly option: RegExp;
  readonly value?: RegExp;
  /** Another option, and its value after a space, that closes it again unless that is empty; one that it needs. */
  readonly closedBy?: RegExp;
  readonly onlyWith?: RegExp;
}
/** A setting in a file; `key` is its path joined by dots. */
export interface OpeningSetting extends Opening {
  readonly path: RegExp;
  readonly format: 'sections' | 'yaml';
  readonly key: RegExp;
  readonly value: RegExp;
  /** Several lines may have the key, and each counts. */
  readonly each?: true;
  /** Text in the same file that closes it again. */
  readonly closedBy?: RegExp;
}

const YES = /^(?:true|yes|on|1|y)$/i;
const NO = /^(?:false|no|off|0)$/i;

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
  // https://neo4j.com/docs/operations-manual/current/docker/introduction/
  { ...NEO4J, name: 'NEO4J_AUTH', on: /^none$/ },
  { ...NEO4J, name: 'NEO4J_dbms_security_auth__enabled', on: NO },
  { ...NEO4J, name: 'dbms.security.auth_enabled', on: NO },
  { ...INFLUXDB, name: 'INFLUXDB_HTTP_AUTH_ENABLED', on: NO },
  { ...OPEN_SIGN_UP, name: 'WOODPECKER_OPEN', on: YES, closedByName: /^WOODPECKER_ORGS$/ },
  { ...OPEN_SIGN_UP, name: 'DRONE_OPEN', on: YES },
];

export const OPENING_OPTIONS: readonly OpeningOption[] = [
  {
    ...TERMINAL,
    program: /^ttyd$/,
    option: /^-p$|^--port$/,
    value: /^\d{1,5}$/,
    closedBy: /^(?:(?:-c|--credential|-H|--auth-header|login)(?: |$)|(?:-i|--interface) (?:lo$|127\.|localhost|\/))/,
  },
  { ...DEV_SERVER, program: /^vault$/, option: /^-{1,2}dev-listen-address$/, value: /^0\.0\.0\.0/ },
  { ...MEMCACHED, program: /^memcached$/, option: /^-l$/, value: /^0\.0\.0\.0/, closedBy: /^-S(?: |$)/ },
  {
    ...REDIS,
    program: /^(?:redis|valkey)(?:-server)?$/,
    option: /^--protected-mode$/,
    value: NO,
    closedBy: /^--(?:requirepass|aclfile|user)(?: |$)/,
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
    closedBy: /^--(?:(?:NotebookApp|ServerApp)\.password|PasswordIdentityProvider\.hashed_password)(?: |$)/,
  },
  { ...KUBELET_ANONYMOUS, program: /^kubelet$/, option: /^--anonymous-auth$/, value: YES },
  { ...KUBELET, program: /^kubelet$/, option: /^--authorization-mode$/, value: /^AlwaysAllow$/ },
  {
    ...CODE_SERVER,
    program: /^code-server$/,
    option: /^--auth$/,
    value: /^none$/,
    closedBy: /^--(?:(?:bind-addr|host) (?:127\.|localhost|\[?::1)|socket )/,
  },
  // Without certificates it answers everyone. A cluster in one container is for trials.
  {
    ...COCKROACH,
    program: /^cockroach(?:db)?$/,
    option: /^--insecure$/,
    closedBy: /^(?:start-single-node|demo|init|sql|node)(?: |$)/,
  },
  {
    ...GRANTS,
    program: /^(?:mysqld|mysqld_safe|mariadbd|mariadbd-safe)$/,
    option: /^--skip-grant-tables$/,
    closedBy: /^--(?:skip-networking(?: |$)|bind-address (?:127\.|localhost|::1))/,
  },
  {
    ...VNC,
    program: /^(?:vncserver|tigervncserver|Xvnc|Xtigervnc|x0vncserver)$/,
    option: /^-SecurityTypes$/i,
    value: /^None$/i,
    closedBy: /^-localhost(?!\S)(?! (?:no|0)$)/i,
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
    ...VAULT,
    path: /(?:^|\/)vault[\w.-]{0,20}\/[\w.-]{1,60}\.hcl$|(?:^|\/)vault[\w.-]{0,40}\.hcl$/,
    format: 'sections',
    key: /^tls_disable$/,
    value: YES,
    closedBy: /^[ \t]{0,40}address[ \t]{0,20}=[ \t]{0,20}"(?:127\.|localhost|\[::1\])/m,
  },
  {
    ...SALT_API,
    path: /(?:^|\/)salt\/(?:master|api)(?:\.d\/[^/]{1,80}\.conf)?$/,
    format: 'yaml',
    key: /^rest_(?:cherrypy|tornado)\.disable_ssl$/,
    value: YES,
    closedBy: /^[ \t]{0,20}host:[ \t]{1,8}["']?(?:127\.|localhost|::1)/m,
  },
  {
    ...KUBELET_ANONYMOUS,
    path: /(?:^|\/)kubelet[\w.-]{0,40}(?:\/[\w.-]{1,60})?\.(?:ya?ml|conf|json)$/,
    format: 'yaml',
    key: /^authentication\.anonymous\.enabled$/,
    value: YES,
  },
  {
    ...KUBELET,
    path: /(?:^|\/)kubelet[\w.-]{0,40}(?:\/[\w.-]{1,60})?\.(?:ya?ml|conf|json)$/,
    format: 'yaml',
    key: /^authorization\.mode$/,
    value: /^AlwaysAllow$/,
  },
  { ...PUPPET, path: /(?:^|\/)puppet\/puppet\.conf$/, format: 'sections', key: /\.autosign$/, value: YES },
  { ...VSFTPD, path: /(?:^|\/)vsftpd[\w./-]{0,40}\.conf$/, format: 'sections', key: /^anonymous_enable$/, value: YES },
  {
    ...CASSANDRA,
    path: /(?:^|\/)cassandra\.yaml$/,
    format: 'yaml',
    key: /^authenticator(?:\.class_name)?$/,
    value: /^(?:org\.apache\.cassandra\.auth\.)?AllowAllAuthenticator$/,
    closedBy: /^rpc_address:[ \t]{1,8}["']?(?:127\.|localhost|::1)/m,
  },
  { ...INFLUXDB, path: /(?:^|\/)influxdb\.conf$/, format: 'sections', key: /^http\.auth-enabled$/, value: NO },
  {
    ...NEO4J,
    path: /(?:^|\/)neo4j\.conf$/,
    format: 'sections',
    key: /^dbms\.security\.auth_enabled$/,
    value: NO,
  },
  {
    ...LIBVIRT,
    path: /(?:^|\/)libvirt\/(?:libvirtd|virtproxyd)\.conf$/,
    format: 'sections',
    key: /^auth_tcp$/,
    value: /^none$/,
    closedBy: /^[ \t]{0,20}listen_addr[ \t]{0,8}=[ \t]{0,8}"(?:127\.|::1)/m,
  },
  {
    ...CODE_SERVER,
    path: /(?:^|\/)code-server\/config\.ya?ml$/,
    format: 'yaml',
    key: /^auth$/,
    value: /^none$/,
    closedBy: /^bind-addr:[ \t]{1,8}["']?(?:127\.|localhost)/m,
  },
  {
    ...GRANTS,
    path: /(?:^|\/)(?:my|mysqld|mariadb)\.cnf$|(?:^|\/)(?:mysql|mariadb|my\.cnf\.d)[\w./-]{0,60}\.cnf$/,
    format: 'sections',
    key: /^mysqld\.skip[-_]grant[-_]tables$/,
    value: /^(?:|1|on|true)$/i,
    closedBy: /^[ \t]{0,20}skip[-_]networking\b/m,
  },
  {
    ...RELAY,
    path: /(?:^|\/)postfix\/main\.cf$/,
    format: 'sections',
    key: /^mynetworks$/,
    value: /(?:^|[ ,])0\.0\.0\.0\/0(?:[ ,]|$)/,
  },
  {
    ...DOVECOT,
    path: /(?:^|\/)dovecot\/[\w./-]{1,60}\.conf$/,
    format: 'sections',
    key: /^disable_plaintext_auth$/,
    value: /^no$/,
    closedBy: /^[ \t]{0,8}ssl[ \t]{0,8}=[ \t]{0,8}required\b/m,
  },
  {
    ...RABBITMQ,
    path: /(?:^|\/)rabbitmq\.conf$|(?:^|\/)rabbitmq\/conf\.d\/[^/]{1,80}\.conf$/,
    format: 'sections',
    key: /^loopback_users(?:\.guest)?$/,
    value: /^(?:none|false)$/,
  },
];
