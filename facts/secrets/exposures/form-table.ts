/** Files with a form of their own, as data, each with the page that says so. */
import type { SecretContext } from '../judge.ts';

/** The files that a form is for, by the end of their paths, and what a line of it looks like. */
export interface FileForm {
  readonly path: RegExp;
  /** The last group is the value. One match for each secret. */
  readonly line: RegExp;
  /** What the value is called. */
  readonly name: 'password' | 'secret';
  /** `password`: every literal is one; `file`: only what looks like a secret. */
  readonly context: SecretContext;
  /** Only what does not start like this is a value. */
  readonly not?: RegExp;
  /** Files of other things look the same: most values must look drawn by chance, and only those count. */
  readonly drawn?: true;
}

export const FORMS: readonly FileForm[] = [
  // https://docs.strongswan.org/docs/latest/config/ipsecSecrets.html
  {
    path: /(?:^|\/)ipsec[\w.-]{0,40}\.secrets$/,
    line: /^[^#\n]{0,200}?:[ \t]{1,8}(?:PSK|EAP|XAUTH|NTLM|PIN|RSA|ECDSA|P12|PKCS8)[ \t]{1,8}(?:\S{1,200}[ \t]{1,8})?"([^"\n]{1,400})"/dgm,
    name: 'password',
    context: 'password',
  },
  // pppd(8), "AUTHENTICATION": client, server, secret, addresses
  {
    path: /(?:^|\/)(?:chap|pap|l2tp)-secrets$/,
    line: /^[ \t]{0,8}(?!#)(?:"[^"\n]{0,100}"|\S{1,100})[ \t]{1,20}(?:"[^"\n]{0,100}"|\S{1,100})[ \t]{1,20}(?:"([^"\n]{1,200})"|([^\s"]{1,200}))/dgm,
    name: 'password',
    context: 'password',
    not: /^[*@]/,
  },
  // https://www.postfix.org/SASL_README.html#client_sasl_enable
  {
    path: /(?:^|\/)(?:sasl_passwd|sasl[-_]password\w{0,10}|smtp_auth)$/,
    line: /^[ \t]{0,8}(?!#)\S{1,255}[ \t]{1,20}[^\s:]{1,200}:(\S{1,200})[ \t]{0,20}\r?$/dgm,
    name: 'password',
    context: 'password',
  },
  // https://wiki.debian.org/Exim4Gmail, exim4_passwd_client(5): server, login, password
  {
    path: /(?:^|\/)passwd\.client$/,
    line: /^(?!#)[^\s:]{1,255}:[^\s:]{1,200}:(\S{1,200})[ \t]{0,20}\r?$/dgm,
    name: 'password',
    context: 'password',
  },
  // https://doc.dovecot.org/latest/core/config/auth/databases/passwd_file.html
  {
    path: /dovecot[^\n]{0,80}(?:users|passwd|\.db)$/,
    line: /^[^\s:#]{1,200}:\{(?:PLAIN|CLEAR|CLEARTEXT)[\w.-]{0,12}\}([^\s:]{1,200})/dgm,
    name: 'password',
    context: 'password',
  },
  // davfs2.conf(5), "SECRETS FILE": URL or mount point, user, password
  {
    path: /davfs2\/secrets$/,
    line: /^[ \t]{0,8}(?!#)\S{1,400}[ \t]{1,20}\S{1,200}[ \t]{1,20}"?([^\s"]{1,200})/dgm,
    name: 'password',
    context: 'password',
  },
  // https://github.com/s3fs-fuse/s3fs-fuse/wiki/Fuse-Over-Amazon
  { path: /passwd-s3fs$/, line: /^(?:[\w.-]{1,64}:){1,2}([^\s:]{16,128})/dgm, name: 'secret', context: 'file' },
  // https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
  {
    path: /(?:^|\/)(?:users|redis[\w.-]{0,20})\.(?:acl|conf)$/,
    line: /^[ \t]{0,8}user[ \t]{1,8}\S{1,100}[^\n#]{0,200}?[ \t]>(\S{1,200})/dgm,
    name: 'password',
    context: 'password',
  },
  // net-snmp's snmpd.conf(5)
  {
    path: /snmp\w{0,8}\.conf$/,
    line: /^[ \t]{0,8}r[ow]community6?[ \t]{1,20}(\S{1,100})/dgm,
    name: 'password',
    context: 'file',
  },
  {
    path: /snmp[^\n]{0,60}\.conf$/,
    line: /^[ \t]{0,8}createUser[ \t]{1,8}(?:-e[ \t]{1,8}\S{1,64}[ \t]{1,8})?\S{1,64}[ \t]{1,8}(?:MD5|SHA[\w-]{0,8})[ \t]{1,8}"?([^\s"]{1,200})/dgm,
    name: 'password',
    context: 'password',
  },
  // https://openvpn.net/community-resources/reference-manual-for-openvpn-2-6/: auth-user-pass reads a user and a password
  {
    path: /openvpn[^\n]{0,80}\/[\w.-]{0,40}(?:auth|pass|login|cred)[\w.-]{0,40}$/,
    line: /^[\w.@\\-]{1,100}\r?\n([^\s]{4,200})\r?\n?$/dg,
    name: 'password',
    context: 'password',
  },
  // https://www.pgbouncer.org/config.html#authentication-file-format
  {
    path: /userlist\.txt$/,
    line: /^"[^"\n]{1,100}"[ \t]{1,8}"([^"\n]{1,200})"/dgm,
    name: 'password',
    context: 'password',
    not: /^(?:md5[0-9a-f]{32}|SCRAM-)/,
  },
  // https://docs.couchdb.org/en/stable/config/auth.html#server-administrators
  {
    path: /couchdb[^\n]{0,80}\.ini$/,
    line: /^\[admins\][ \t]{0,8}\r?\n(?:[;#][^\n]{0,200}\n){0,8}[\w.-]{1,64}[ \t]{0,8}=[ \t]{0,8}(\S{1,200})/dgm,
    name: 'password',
    context: 'password',
    not: /^-(?:pbkdf2|hashed)-/,
  },
  // https://learn.microsoft.com/sql/odbc/reference/syntax/sqldriverconnect-function
  {
    path: /odbc[\w.-]{0,20}\.ini$/i,
    line: /^[ \t]{0,8}pwd[ \t]{0,8}=[ \t]{0,8}(\S{1,200})/dgim,
    name: 'password',
    context: 'password',
  },
  // https://docs.haproxy.org/3.2/configuration.html#stats%20auth, monit(1), https://www.squid-cache.org/Doc/config/cache_peer/
  {
    path: /(?:haproxy[^\n]{0,80}|\.cfg|monitrc|monit[^\n]{0,80}|squid[^\n]{0,80})$/,
    line: /(?:^|[ \t])(?:stats[ \t]{1,8}auth[ \t]{1,8}|allow[ \t]{1,8}|login=)["']?[\w.@-]{1,64}:["']?([^\s"']{4,200})/dgm,
    name: 'password',
    context: 'password',
  },
  // https://docs.strongswan.org/docs/latest/swanctl/swanctlConf.html#_secrets
  {
    path: /(?:^|\/)(?:swanctl|strongswan)[\w./-]{0,80}\.conf$/,
    line: /^[ \t]{0,20}secret[\w.-]{0,20}[ \t]{0,8}=[ \t]{0,8}(?:"([^"\n]{1,200})"|([^\s"#}]{1,200}))/dgm,
    name: 'password',
    context: 'password',
    not: /^0[xs]/,
  },
  // https://www.freeradius.org/documentation/freeradius-server/3.2.6/raddb/clients.conf.html
  {
    path: /(?:raddb|radius)[\w./-]{0,80}\.conf$/,
    line: /^[ \t]{0,20}secret[ \t]{0,8}=[ \t]{0,8}(?:"([^"\n]{1,200})"|([^\s"#}]{1,200}))/dgm,
    name: 'password',
    context: 'password',
  },
  // https://activemq.apache.org/components/classic/documentation/security: user=password
  {
    path: /(?:^|\/)(?:artemis-)?users\.properties$/,
    line: /^[\w.@-]{1,64}[ \t]{0,8}=[ \t]{0,8}([^\s,]{1,200})[ \t]{0,8}\r?$/dgm,
    name: 'password',
    context: 'password',
    not: /^ENC\(/,
  },
  // https://jetty.org/docs/jetty/12/operations-guide/security/index.html: user: password, roles
  {
    path: /(?:^|\/)(?:jetty-)?realm\.properties$/,
    line: /^[\w.@-]{1,64}:[ \t]{0,8}([^\s,]{1,200})/dgm,
    name: 'password',
    context: 'password',
    not: /^(?:OBF|MD5|CRYPT):/,
  },
  // https://docs.ceph.com/en/latest/rados/operations/user-management/#managing-a-keyring
  {
    path: /(?:^|\/)(?:ceph[\w.-]{0,60}|[\w.-]{0,60}\.keyring)$/,
    line: /^[ \t]{0,8}key[ \t]{0,8}=[ \t]{0,8}([A-Za-z0-9+/]{38}==)[ \t]{0,8}\r?$/dgm,
    name: 'secret',
    context: 'file',
  },
  // https://caddyserver.com/docs/caddyfile/directives/tls#dns
  {
    path: /(?:^|\/)(?:Caddyfile|[\w.-]{1,60}\.caddy)$/,
    line: /^[ \t]{0,20}(?:acme_)?dns[ \t]{1,8}[a-z][\w-]{1,40}[ \t]{1,8}([^\s{}]{16,200})[ \t]{0,8}\r?$/dgm,
    name: 'secret',
    context: 'file',
  },
  // https://github.com/FreeRADIUS/pam_radius/blob/master/pam_radius_auth.conf: server, shared secret, timeout
  {
    path: /(?:^|\/)(?:pam_radius[\w.-]{0,30}\.conf|raddb\/server)$/,
    line: /^[ \t]{0,8}[\w.:[\]-]{2,255}[ \t]{1,20}([^\s#]{1,128})(?:[ \t]{1,20}\d{1,4})?(?:[ \t][^\n]{0,200})?\r?$/dgm,
    name: 'password',
    context: 'password',
  },
  // https://github.com/FiloSottile/age#readme: identities; those whose check digits are wrong are found by their form alone
  {
    path: /age[\w./-]{0,60}$|(?:^|\/)keys\.txt$/,
    line: /^(AGE-SECRET-KEY-1[A-Z0-9]{40,80})[ \t]{0,8}\r?$/dgm,
    name: 'secret',
    context: 'file',
  },
  // https://docs.oracle.com/en/java/javase/21/management/monitoring-and-management-using-jmx-technology.html: role, password
  {
    path: /jmxremote\.password$/,
    line: /^[ \t]{0,8}(?!#)\w{1,64}[ \t]{1,20}(\S{1,200})/dgm,
    name: 'password',
    context: 'password',
    not: /^[A-Za-z0-9+/=]{20,200}[ \t]/,
  },
  // https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/
  {
    path: /(?:sentinel|redis)[\w.-]{0,30}\.conf$/,
    line: /^[ \t]{0,8}sentinel[ \t]{1,8}auth-pass[ \t]{1,8}\S{1,100}[ \t]{1,8}(\S{1,200})/dgm,
    name: 'password',
    context: 'password',
  },
  // https://assets.nagios.com/downloads/nagioscore/docs/nagioscore/4/en/macrolist.html#user
  {
    path: /(?:^|\/)(?:nagios|icinga)[\w./-]{0,60}\.cfg$|(?:^|\/)resource\.cfg$/,
    line: /^\$USER\d{1,3}\$[ \t]{0,4}=[ \t]{0,4}(\S{8,200})[ \t]{0,8}\r?$/dgm,
    name: 'secret',
    context: 'file',
  },
  // http://www.proftpd.org/docs/contrib/mod_sql.html#SQLConnectInfo: database, user, password
  {
    path: /proftpd[^\n]{0,80}\.conf$/,
    line: /^[ \t]{0,8}SQLConnectInfo[ \t]{1,8}\S{1,200}[ \t]{1,8}\S{1,100}[ \t]{1,8}(\S{1,200})/dgm,
    name: 'password',
    context: 'password',
    not: /^[/"]/,
  },
  // https://github.com/coturn/coturn/blob/master/examples/etc/turnserver.conf
  {
    path: /turn[\w./-]{0,60}\.conf$/,
    line: /^[ \t]{0,8}user[ \t]{0,4}=[ \t]{0,4}[^\s:]{1,100}:(?!0x)(\S{1,200})/dgm,
    name: 'password',
    context: 'password',
  },
  // https://bundler.io/man/bundle-config.1.html#CREDENTIALS-FOR-GEM-SOURCES
  {
    path: /\.bundle\/config$/,
    line: /^BUNDLE_[A-Z0-9_]{1,100}:[ \t]{1,8}["']?[\w.@%-]{1,100}:([^\s"'/]{4,200})["']?[ \t]{0,8}\r?$/dgm,
    name: 'password',
    context: 'password',
  },
  // https://docs.k3s.io/installation/private-registry#with-tls: `auth` is a login in base64
  {
    path: /(?:^|\/)registries\.ya?ml$/,
    line: /^[ \t]{1,40}auth:[ \t]{1,8}["']?([A-Za-z0-9+/]{12,400}={0,2})["']?[ \t]{0,8}\r?$/dgm,
    name: 'secret',
    context: 'file',
  },
  // net-snmp's snmpd.conf(5), snmptrapd.conf(5) and snmp.conf(5)
  {
    path: /snmp\w{0,8}\.conf$/,
    line: /^[ \t]{0,8}(?:com2sec6?[ \t]{1,8}(?:-Cn[ \t]{1,8}\S{1,64}[ \t]{1,8})?\S{1,64}[ \t]{1,8}\S{1,100}|trap2?sink[ \t]{1,8}\S{1,100}|trapcommunity|defCommunity|authCommunity[ \t]{1,8}\S{1,40})[ \t]{1,20}(\S{1,100})/dgm,
    name: 'password',
    context: 'file',
  },
  // https://docs.confluent.io/platform/current/security/authentication/sasl/plain/overview.html: user_NAME="PASSWORD"
  {
    path: /jaas[\w.-]{0,30}\.(?:conf|config)$/,
    line: /(?:^|[ \t{])user_[\w.-]{1,64}[ \t]{0,4}=[ \t]{0,4}"([^"\n]{1,200})"/dgm,
    name: 'password',
    context: 'password',
  },
  // rsyncd.conf(5), "secrets file"
  {
    path: /rsync[\w./-]{0,40}\.?secrets?$/,
    line: /^[ \t]{0,8}(?!#)@?[\w.-]{1,64}:(\S{1,200})[ \t]{0,8}\r?$/dgm,
    name: 'password',
    context: 'password',
  },
  // fetchmail(1): `password` and `pass` between other words
  {
    path: /fetchmailrc$/,
    line: /^[^#\n]{0,300}?[ \t]pass(?:word)?[ \t]{1,8}"?([^\s"]{1,200})/dgm,
    name: 'password',
    context: 'password',
  },
  // upsmon.conf(5): system, power value, user, password
  {
    path: /upsmon\.conf$/,
    line: /^[ \t]{0,8}MONITOR[ \t]{1,8}\S{1,100}[ \t]{1,8}\d{1,3}[ \t]{1,8}\S{1,64}[ \t]{1,8}(\S{1,200})/dgm,
    name: 'password',
    context: 'password',
  },
  // https://www.sendmail.org/~ca/email/auth.html
  {
    path: /(?:authinfo|auth-info)$/,
    line: /^AuthInfo:[^#\n]{0,200}?"P:([^"\n]{1,200})"/dgm,
    name: 'password',
    context: 'password',
  },
  // https://docs.asterisk.org: `register => user:secret@host`
  {
    path: /(?:^|\/)(?:sip|iax)[\w.-]{0,20}\.conf$/,
    line: /^[ \t]{0,8}register[ \t]{0,4}=>?[ \t]{0,4}[^\s:@]{1,100}:([^\s:@]{1,200})[:@]/dgm,
    name: 'password',
    context: 'password',
  },
  // https://tinyproxy.github.io: BasicAuth user password
  {
    path: /tinyproxy[\w./-]{0,40}\.conf$/,
    line: /^[ \t]{0,8}BasicAuth[ \t]{1,8}\S{1,100}[ \t]{1,8}(\S{1,200})/dgm,
    name: 'password',
    context: 'password',
  },
  // systemd.exec(5)
  {
    path: /\.(?:service|socket|mount|swap|conf)$/,
    line: /^SetCredential=[\w.@-]{1,100}:[ \t]{0,8}(\S{4,1000})[ \t]{0,8}\r?$/dgm,
    name: 'password',
    context: 'file',
  },
  // snmpd.conf(5): the second passphrase
  {
    path: /snmp[^\n]{0,60}\.conf$/,
    line: /^[ \t]{0,8}createUser[ \t][^\n#]{1,200}[ \t](?:AES|DES)[\w-]{0,8}[ \t]{1,8}"?([^\s"]{1,200})/dgm,
    name: 'password',
    context: 'password',
  },
  // https://pykickstart.readthedocs.io/en/latest/kickstart-docs.html#rootpw
  {
    path: /(?:^|\/)(?:[\w-]{0,20}[-_.])?(?:ks|kickstart|anaconda-ks)\.cfg$|\.ks$/,
    line: /^[ \t]{0,8}rootpw(?:[ \t]{1,8}--(?:plaintext|allow-ssh)){0,2}[ \t]{1,8}(?!--)(\S{1,200})[ \t]{0,8}\r?$/dgm,
    name: 'password',
    context: 'password',
    not: /^\$/,
  },
  // https://documentation.wazuh.com/current/user-manual/reference/ossec-conf/auth.html: id, name, address, key
  {
    path: /(?:^|\/)client\.keys$/,
    line: /^\d{1,8}[ \t]\S{1,100}[ \t]\S{1,100}[ \t]([0-9a-f]{32,128})/dgm,
    name: 'secret',
    context: 'file',
  },
  // https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file
  {
    path: /tokens?[\w-]{0,20}\.csv$/,
    line: /^([^\s,"]{8,200}),[^\s,]{1,100},/dgm,
    name: 'secret',
    context: 'file',
  },
  // amanda(8): disk, user%password
  {
    path: /(?:^|\/)amandapass$/,
    line: /^[^\s#]{1,200}[ \t]{1,8}[^\s%]{1,100}%(\S{1,200})/dgm,
    name: 'password',
    context: 'password',
  },
  // https://www.exim.org/exim-html-current/doc/html/spec_html/ch-the_plaintext_authenticator.html
  {
    path: /exim[\w./-]{0,80}$/,
    line: /^[ \t]{0,20}client_send[ \t]{0,8}=[ \t]{0,8}[^:\n]{0,80}:[^:\n]{0,80}:[ \t]{0,8}([^\s:]{1,200})/dgm,
    name: 'password',
    context: 'password',
    not: /^\$/,
  },
  // Lists that scripts make accounts from, as chpasswd(8) reads them; which ones it does read is in `account-lists`
  {
    path: /(?:^|[/_.-])passwords(?:\.(?:txt|list|lst))?$/,
    line: /^(?!#)[\w.@-]{1,64}:([^\s:/]{8,200})[ \t]{0,8}\r?$/dgm,
    name: 'password',
    context: 'file',
    not: /^(?:\$|\{|!|\*)/,
  },
  {
    path: /(?:^|[/_.-])(?:users|accounts|passwd|credentials|logins)(?:\.(?:txt|list|lst))?$/,
    line: /^(?!#)[\w.@-]{1,64}:([^\s:/]{1,200})(?::[^\n]{0,200})?[ \t]{0,8}\r?$/dgm,
    name: 'password',
    context: 'file',
    // Ids of accounts: AIDA… of AWS, U… and W… of Slack.
    not: /^(?:\$|\{|!|\*|x$|[\da-f]{8}-[\da-f]{4}-|A[A-Z]{3}[A-Z\d]{12,17}$|[UW][A-Z\d]{8,10}$)/,
    drawn: true,
  },
];
