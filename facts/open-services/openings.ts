/** What is said of services that are open, each by the documentation of its service. */

/** What is said of a service that is open. */
export interface Opening {
  readonly service: string;
  /** What anyone may do; completes "… lets anyone …". */
  readonly lets: string;
  readonly help: string;
}

// https://hub.docker.com/_/mysql, https://hub.docker.com/_/mariadb
export const MYSQL: Opening = {
  service: 'MySQL',
  lets: 'log in to MySQL as root',
  help: 'Give it a random root password, or one from a file: `MYSQL_ROOT_PASSWORD_FILE`',
};
export const MARIADB: Opening = {
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
export const REDIS: Opening = {
  service: 'Redis',
  lets: 'use Redis without a password',
  help: 'Keep `protected-mode`, or bind it to `127.0.0.1` and set users with passwords',
};
// https://www.mongodb.com/docs/manual/tutorial/enable-authentication/
export const MONGODB: Opening = {
  service: 'MongoDB',
  lets: 'use MongoDB without a login',
  help: 'Use `--auth`, and create users',
};
// https://mosquitto.org/documentation/authentication-methods/
export const MOSQUITTO: Opening = {
  service: 'Mosquitto',
  lets: 'publish and subscribe without a login',
  help: 'Set it to `false`, and use a `password_file` or client certificates',
};
// https://docs.saltproject.io/en/latest/ref/configuration/master.html#master-security-settings
export const SALT: Opening = {
  service: 'Salt',
  lets: 'register a minion with the Salt master',
  help: 'Remove it, and accept keys with `salt-key` after checking the fingerprint',
};
// https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/anonymous-auth/
export const GRAFANA: Opening = {
  service: 'Grafana',
  lets: 'use Grafana without a login',
  help: 'Keep anonymous access off, or share single dashboards publicly',
};
// https://doc.traefik.io/traefik/operations/api/
export const TRAEFIK: Opening = {
  service: 'Traefik',
  lets: 'read the routes and settings of Traefik',
  help: 'Route to `api@internal` through a middleware with authentication',
};
// https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/security-settings
export const ELASTICSEARCH: Opening = {
  service: 'Elasticsearch',
  lets: 'read and delete all data of Elasticsearch',
  help: 'Leave its security features on, as they are by default',
};
// https://docs.opensearch.org/latest/security/configuration/disable-enable-security/
export const OPENSEARCH: Opening = {
  service: 'OpenSearch',
  lets: 'read and delete all data of OpenSearch',
  help: 'Leave its security plugin on',
};
// https://jupyter-server.readthedocs.io/en/latest/operators/security.html
export const JUPYTER: Opening = {
  service: 'Jupyter',
  lets: 'run code in Jupyter without a token',
  help: 'Remove it, so that Jupyter generates a token, or set a hashed password',
};
// smb.conf(5)
export const SAMBA: Opening = {
  service: 'Samba',
  lets: 'use this share without a password',
  help: 'Set it to `no`, and list `valid users`',
};
// https://docs.k3s.io/cluster-access
export const K3S: Opening = {
  service: 'K3s',
  lets: 'on the machine administer the cluster',
  help: 'Use `0600`, or `0640` with a group',
};
// https://www.rabbitmq.com/docs/access-control#default-state
export const RABBITMQ: Opening = {
  service: 'RabbitMQ',
  lets: 'log in to RabbitMQ as `guest`',
  help: 'Remove it, and create users of your own',
};

// https://developer.hashicorp.com/vault/docs/configuration/listener/tcp
export const VAULT: Opening = {
  service: 'Vault',
  lets: 'on the network read the secrets that Vault sends',
  help: 'Set `tls_cert_file` and `tls_key_file`, or listen on `127.0.0.1` only',
};
// https://docs.saltproject.io/en/latest/ref/netapi/all/salt.netapi.rest_cherrypy.html
export const SALT_API: Opening = {
  service: 'salt-api',
  lets: 'on the network read the logins of the Salt API',
  help: 'Set `ssl_crt` and `ssl_key`, or listen on `127.0.0.1` only',
};
// https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
export const KUBELET: Opening = {
  service: 'kubelet',
  lets: 'run commands in the containers of this node',
  help: 'Turn anonymous access off, and set the authorization mode to `Webhook`',
};
export const KUBELET_ANONYMOUS: Opening = {
  ...KUBELET,
  lets: 'send requests to the kubelet without a login',
};
export const KUBELET_READING: Opening = {
  ...KUBELET,
  lets: 'read the pods of this node, with their environment',
  help: 'Set the read-only port to 0',
};
// https://www.puppet.com/docs/puppet/8/ssl_autosign.html
export const PUPPET: Opening = {
  service: 'Puppet',
  lets: 'get a certificate, and with it the configuration of any machine',
  help: 'Sign requests by hand, or by a policy executable that checks them',
};
// exports(5)
export const NFS: Opening = {
  service: 'NFS',
  lets: 'mount this directory and write to it as root',
  help: 'Name the hosts or the network, and leave `root_squash` on',
};
export const NFS_ANY: Opening = {
  ...NFS,
  lets: 'mount this directory and write to it',
  help: 'Name the hosts or the network',
};
// polkit(8)
export const POLKIT: Opening = {
  service: 'polkit',
  lets: 'with an account manage the system as root',
  help: 'Check `action.id` and the group of `subject` before `Result.YES`',
};
// https://linux.die.net/man/5/vsftpd.conf
export const VSFTPD: Opening = {
  service: 'vsftpd',
  lets: 'use the FTP server without a login',
  help: 'Set it to `NO`',
};
// https://cassandra.apache.org/doc/latest/cassandra/managing/operating/security.html
export const CASSANDRA: Opening = {
  service: 'Cassandra',
  lets: 'use Cassandra without a login',
  help: 'Use `PasswordAuthenticator` and `CassandraAuthorizer`',
};
// https://docs.influxdata.com/influxdb/v1/administration/authentication_and_authorization/
export const INFLUXDB: Opening = {
  service: 'InfluxDB',
  lets: 'use InfluxDB without a login',
  help: 'Set it to `true`, and create users',
};
// https://neo4j.com/docs/operations-manual/current/authentication-authorization/
export const NEO4J: Opening = { service: 'Neo4j', lets: 'use Neo4j without a login', help: 'Leave authentication on' };
// https://libvirt.org/auth.html
export const LIBVIRT: Opening = {
  service: 'libvirt',
  lets: 'control the virtual machines of this host',
  help: 'Use `qemu+ssh://`, or TLS with client certificates',
};
// https://coder.com/docs/code-server/FAQ
export const CODE_SERVER: Opening = {
  service: 'code-server',
  lets: 'run commands in code-server',
  help: 'Use `auth: password` with `hashed-password`, or a proxy that authenticates',
};
// https://www.cockroachlabs.com/docs/stable/cockroach-start
export const COCKROACH: Opening = {
  service: 'CockroachDB',
  lets: 'use CockroachDB as root without a login',
  help: 'Remove it, and create certificates with `cockroach cert`',
};
// https://dev.mysql.com/doc/refman/8.4/en/server-options.html#option_mysqld_skip-grant-tables
export const GRANTS: Opening = {
  service: 'MySQL',
  lets: 'log in to MySQL as any user',
  help: 'Remove it, and set the password of root',
};
// http://www.squid-cache.org/Doc/config/http_access/
export const SQUID: Opening = {
  service: 'Squid',
  lets: 'use Squid as an open proxy',
  help: 'Allow `localnet` only, and end with `http_access deny all`',
};
// https://nlnetlabs.nl/documentation/unbound/unbound.conf/, https://bind9.readthedocs.io/en/latest/reference.html
export const RESOLVER: Opening = {
  service: 'the resolver',
  lets: 'use this machine as an open resolver',
  help: 'Allow only the networks of its clients',
};
// postconf(5)
export const RELAY: Opening = {
  service: 'Postfix',
  lets: 'send mail through this machine',
  help: 'List only the networks of its clients',
};
// https://doc.dovecot.org/2.3/configuration_manual/authentication/
export const DOVECOT: Opening = {
  service: 'Dovecot',
  lets: 'on the network read the passwords of mail clients',
  help: 'Leave it at `yes`, and set `ssl = required`',
};
// https://tigervnc.org/doc/Xvnc.html
export const VNC: Opening = {
  service: 'VNC',
  lets: 'control the desktop',
  help: 'Use `VncAuth` or `TLSVnc`, or allow local connections only',
};

// https://etcd.io/docs/v3.6/op-guide/security/
export const ETCD: Opening = {
  service: 'etcd',
  lets: 'read and write all data of etcd',
  help: 'Use `https://`, `client-cert-auth` and a trusted CA',
};
// https://kafka.apache.org/documentation/#security
export const KAFKA: Opening = {
  service: 'Kafka',
  lets: 'read and write all topics of Kafka',
  help: 'Use `SASL_SSL`, and list the hosts that may connect',
};
// https://docs.memcached.org/serverguide/
export const MEMCACHED: Opening = {
  service: 'Memcached',
  lets: 'read and change all of the cache',
  help: 'Listen on `127.0.0.1` or a private address',
};
// pam_permit(8)
export const PAM: Opening = {
  service: 'PAM',
  lets: 'log in without a password',
  help: 'Remove it, and keep `pam_unix.so`',
};
// https://developer.hashicorp.com/vault/docs/concepts/dev-server
export const DEV_SERVER: Opening = {
  service: 'Vault',
  lets: 'use Vault in development mode, without TLS',
  help: 'Start a server with a configuration, TLS and access control',
};

// https://www.jenkins.io/doc/book/security/access-control/
export const JENKINS: Opening = {
  service: 'Jenkins',
  lets: 'administer Jenkins',
  help: 'Keep the setup wizard, or set a security realm and an authorization strategy',
};
export const JENKINS_SIGN_UP: Opening = {
  service: 'Jenkins',
  lets: 'create an account in Jenkins',
  help: 'Set `allowsSignup: false`, and create the accounts that are needed',
};
// https://developer.hashicorp.com/nomad/docs/configuration/acl
export const NOMAD: Opening = {
  service: 'Nomad',
  lets: 'run jobs in Nomad',
  help: 'Enable ACLs, and bootstrap them',
};
// https://developer.hashicorp.com/consul/docs/reference/agent/configuration-file/acl
export const CONSUL: Opening = {
  service: 'Consul',
  lets: 'read and change all data of Consul',
  help: 'Set `default_policy` to `deny`',
};
export const CONSUL_SCRIPTS: Opening = {
  service: 'Consul',
  lets: 'that registers a check run commands on this machine',
  help: 'Use `enable_local_script_checks`',
};
export const CONSUL_TLS: Opening = {
  service: 'Consul',
  lets: 'on the network act as a Consul agent',
  help: 'Set `verify_incoming`, `verify_outgoing` and `verify_server_hostname`',
};
// https://developer.hashicorp.com/boundary/docs/configuration/listener/tcp
export const BOUNDARY: Opening = {
  service: 'Boundary',
  lets: 'on the network read the sessions of Boundary',
  help: 'Set `tls_cert_file` and `tls_key_file`',
};
// https://www.zabbix.com/documentation/current/en/manual/config/items/restrict_checks
export const ZABBIX: Opening = {
  service: 'the Zabbix agent',
  lets: 'that reaches the agent run commands',
  help: 'Name the servers in `Server`, and allow single commands',
};
export const ZABBIX_READING: Opening = {
  service: 'the Zabbix agent',
  lets: 'ask the Zabbix agent for data of this machine',
  help: 'Name the servers in `Server`',
};
// https://github.com/NagiosEnterprises/nrpe/blob/master/SECURITY.md
export const NRPE: Opening = {
  service: 'NRPE',
  lets: 'that may ask for checks pass arguments to commands',
  help: 'Set it to `0`',
};
// snmpd.conf(5)
export const SNMP: Opening = {
  service: 'SNMP',
  lets: 'read the state of this machine',
  help: 'Use SNMPv3 with `createUser` and `rouser … authPriv`',
};
export const SNMP_WRITING: Opening = {
  ...SNMP,
  lets: 'read and change the state of this machine',
  help: 'Use SNMPv3 with `createUser` and `rwuser … authPriv`',
};
// https://openvpn.net/community-docs/community-articles/openvpn-2-6-manual.html
export const OPENVPN: Opening = {
  service: 'OpenVPN',
  lets: 'on the network read or change the traffic of the tunnel',
  help: 'Use an AEAD cipher such as `AES-256-GCM`',
};
export const OPENVPN_CHANGES: Opening = {
  ...OPENVPN,
  lets: 'on the network change the traffic of the tunnel',
};
export const OPENVPN_CLIENTS: Opening = {
  service: 'OpenVPN',
  lets: 'connect without a client certificate',
  help: 'Use `verify-client-cert require`',
};
// https://www.php.net/manual/en/filesystem.configuration.php#ini.allow-url-include
export const PHP: Opening = {
  service: 'PHP',
  lets: 'that controls an included name run code from another server',
  help: 'Set it to `Off`',
};
// https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
export const APISERVER: Opening = {
  service: 'Kubernetes',
  lets: 'administer the cluster',
  help: 'Use `--authorization-mode=Node,RBAC`, and the secure port only',
};
// https://woodpecker-ci.org/docs/administration/configuration/server
export const OPEN_SIGN_UP: Opening = {
  service: 'the CI server',
  lets: 'sign up and run pipelines',
  help: 'Close the registration, and list the organizations or users',
};

// https://bind9.readthedocs.io/en/latest/reference.html
export const ZONES: Opening = {
  service: 'BIND',
  lets: 'copy all zones of this server',
  help: 'List the secondary servers, or use a TSIG key',
};
// slapd.access(5)
export const LDAP_SERVER: Opening = {
  service: 'OpenLDAP',
  lets: 'change the directory without a login',
  help: 'Allow `self` and administrators to write, and others to authenticate',
};
// https://github.com/tsl0922/ttyd
export const TERMINAL: Opening = {
  service: 'ttyd',
  lets: 'run commands on this machine',
  help: 'Set a login with `--credential`, and listen on `127.0.0.1`',
};
// https://nginx.org/en/docs/http/ngx_http_dav_module.html, https://httpd.apache.org/docs/2.4/mod/mod_dav.html
export const WEBDAV: Opening = {
  service: 'WebDAV',
  lets: 'upload and delete files',
  help: 'Require a login, or limit these methods to known addresses',
};
