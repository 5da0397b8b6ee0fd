/**
 * Credentials in files with a form of their own, where no name with a sign stands before them: as data, each with the page
 * that says so. Files of settings (`NAME=value`, JSON, YAML) need no row.
 */
import { type SourceText, UNRESOLVED } from '../../../core/text.ts';
import type { SecretContext } from '../judge.ts';
import { classifyName, type NameLists } from '../names.ts';
import { type Exposure, type ExposureSite, expose } from './exposure.ts';

/** The files that a form is for, by the end of their paths, and what a line of it looks like. */
interface FileForm {
  readonly path: RegExp;
  /** The last group is the value. One match for each secret. */
  readonly line: RegExp;
  /** What the value is called. */
  readonly name: 'password' | 'secret';
  /** `password`: every literal is one; `file`: only what looks like a secret. */
  readonly context: SecretContext;
  /** Only what does not start like this is a value. */
  readonly not?: RegExp;
}

const FORMS: readonly FileForm[] = [
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
    line: /^SetCredential=[\w.@-]{1,100}:(\S{4,1000})[ \t]{0,8}\r?$/dgm,
    name: 'password',
    context: 'file',
  },
];

/** `NAME VALUE` at the end of a line of a configuration file, in quotes or not, with a semicolon or not. */
const DIRECTIVE =
  /(?:^|[ \t])["']?([A-Za-z][\w.-]{2,60})["']?[ \t]{1,20}(?:=[ \t]{0,8})?(?:"(?:(?:Basic|Bearer|Token)[ \t])?([^"\s]{4,400})"|'([^'\s]{4,400})'|([^\s"'[{(<$%#;=]{1}[^\s"';]{3,400}))(?=[ \t]{0,8};?[ \t]{0,8}\}?[ \t]{0,8}\r?$)/dgm;

/** The names that a directive may have beside those of secrets. */
const HEADERS = /^(?:proxy-)?authorization$/i;

/** Configuration with directives: by its place, or by its name. */
const CONFIGURATION =
  /^\/(?:etc|usr\/local\/etc|opt)\/|\.(?:conf|cfg|cf|cnf|key|acl|properties)$|(?:^|\/)(?:\.?[\w-]{1,30}rc|Caddyfile|config)$/;
const SHELL_OR_CODE = /\.(?:sh|py|rb|pl|js|ts|md|txt|html?|ya?ml|json|ps1|service|timer|socket|list|rules|pem|crt)$/;

/** `data_collector.token 'VALUE'`: settings of a program in Ruby, https://docs.chef.io/workstation/config_rb_client/ */
const RUBY_SETTING = /^[ \t]{0,20}([a-z_][\w.]{2,80})[ \t]{1,8}["']([^"'\s#]{4,400})["'][ \t]{0,8}\r?$/dgm;

/** `<password>VALUE</password>`, `<add key="Password" value="VALUE"/>`. */
const ELEMENT = /<([A-Za-z][\w.:-]{1,60})>([^<>\s]{4,400})<\/\1>/dg;
const ENTRY =
  /\b(?:key|name)[ \t]{0,4}=[ \t]{0,4}"([\w.:-]{1,80})"[ \t\r\n]{1,20}value[ \t]{0,4}=[ \t]{0,4}"([^"\s]{4,400})"/dg;

/** A longer file is not searched. In UTF-16 code units. */
const LONGEST = 500_000;

/** The credentials in a file with a form of its own. */
export function formExposures(text: SourceText, path: string, site: ExposureSite, lists: NameLists): Exposure[] {
  const found: Exposure[] = [];
  if (text.text.length > LONGEST) return found;
  const add = (name: string, [start, end]: readonly [number, number], context: SecretContext, only: boolean) => {
    const value = text.slice(start, end);
    if (value.text.includes(UNRESOLVED)) return;
    const exposure = expose(name, value, context, site, lists);
    if (exposure && (!only || exposure.judgement.kind === 'secret')) found.push(exposure);
  };
  for (const { path: of, line, name, context, not } of FORMS)
    if (of.test(path))
      for (const match of text.text.matchAll(line)) {
        const at = match.indices!.slice(1).findLast(one => one !== undefined)!;
        if (!not?.test(text.text.slice(at[0], at[1]))) add(name, at, context, context === 'file');
      }
  if (CONFIGURATION.test(path) && !SHELL_OR_CODE.test(path) && TRIGGER.test(text.text))
    for (const match of text.text.matchAll(DIRECTIVE)) {
      const name = HEADERS.test(match[1]!) ? 'token' : match[1]!;
      if (classifyName(name, lists) !== 'strong' || isComment(text.text, match.index)) continue;
      add(name, match.indices!.slice(2).find(one => one !== undefined)!, 'file', true);
    }
  if (path.endsWith('.rb') && TRIGGER.test(text.text))
    for (const { 1: name, indices } of text.text.matchAll(RUBY_SETTING))
      if (classifyName(name!, lists) === 'strong') add(name!, indices![2]!, 'file', true);
  if (/<\/|\/>/.test(text.text))
    for (const pattern of [ELEMENT, ENTRY])
      for (const { 1: written, indices } of text.text.matchAll(pattern)) {
        const name = written!.replace(/^ClearText/, '');
        if (classifyName(name, lists) === 'strong') add(name, indices![2]!, 'file', true);
      }
  return found;
}

/** What a name of a secret has in it. */
const TRIGGER = /pass|pw|secret|token|key|auth|cred|psk/i;

function isComment(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at) + 1;
  return /^[ \t]{0,20}[#;!]/.test(text.slice(start, at + 1));
}
