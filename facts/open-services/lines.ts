/** Lines of configuration files that open a service to everyone who reaches it, where no reader of settings helps. */
import {
  APISERVER,
  BOUNDARY,
  CONSUL,
  CONSUL_SCRIPTS,
  CONSUL_TLS,
  DOVECOT,
  ETCD,
  JENKINS,
  KAFKA,
  KUBELET,
  LDAP_SERVER,
  MEMCACHED,
  MONGODB,
  NFS,
  NFS_ANY,
  NOMAD,
  NRPE,
  OPENVPN,
  OPENVPN_CLIENTS,
  type Opening,
  PAM,
  PHP,
  POLKIT,
  POSTGRES,
  PUPPET,
  RELAY,
  RESOLVER,
  SNMP,
  SQUID,
  VNC,
  ZABBIX,
  ZONES,
} from './openings.ts';

/** A line of a file, from its first character; the group of the name `by`, if there is one, is what to show. */
export interface OpeningLine extends Opening {
  readonly path: RegExp;
  /** With the flags `gm`. */
  readonly line: RegExp;
  /** Text in the same file that closes it again. */
  readonly closedBy?: RegExp;
}
export const OPENING_LINES: readonly OpeningLine[] = [
  { ...VNC, path: /vnc[\w./-]{0,60}$/i, line: /^[ \t]{0,8}(?<by>SecurityTypes[ \t]{0,8}=[ \t]{0,8}None)\b/gim },
  {
    ...ZONES,
    path: /(?:^|\/)(?:bind|named)[\w./-]{0,60}\.conf(?:\.options|\.local)?$/,
    line: /^[ \t]{0,20}(?<by>allow-transfer[ \t]{0,8}\{[ \t]{0,8}any;[ \t]{0,8}\})/gm,
  },
  { ...LDAP_SERVER, path: /(?:^|\/)slapd\.conf$/, line: /^(?<by>access to \* by \* (?:write|manage))\b/gm },
  {
    ...JENKINS,
    path: /(?:^|\/)(?:jenkins|casc)[\w./-]{0,80}\.ya?ml$/,
    line: /^[ \t]{0,20}(?<by>authorizationStrategy:[ \t]{1,8}["']?unsecured|allowsSignup:[ \t]{1,8}true)\b/gm,
  },
  {
    ...JENKINS,
    path: /jenkins/i,
    line: /(?<by>-Djenkins\.install\.runSetupWizard=false)/g,
    // Its settings may come from a file of their own.
    closedBy: /casc|CASC/,
  },
  {
    ...NOMAD,
    path: /(?:^|\/)nomad[\w./-]{0,60}\.hcl$/,
    line: /^[ \t]{0,20}acl[ \t]{0,8}\{[ \t]{0,8}\n?[ \t]{0,40}(?<by>enabled[ \t]{0,8}=[ \t]{0,8}false)\b/gm,
  },
  {
    ...CONSUL,
    path: /(?:^|\/)consul[\w./-]{0,60}\.(?:hcl|json)$/,
    line: /(?<by>"?default_policy"?[ \t]{0,8}[=:][ \t]{0,8}"allow")/g,
  },
  {
    ...CONSUL_SCRIPTS,
    path: /(?:^|\/)consul[\w./-]{0,60}\.(?:hcl|json)$/,
    line: /(?<by>"?\benable_script_checks"?[ \t]{0,8}[=:][ \t]{0,8}true)\b/g,
  },
  {
    ...CONSUL_TLS,
    path: /(?:^|\/)consul[\w./-]{0,60}\.(?:hcl|json)$/,
    line: /(?<by>"?\bverify_(?:incoming|outgoing)"?[ \t]{0,8}[=:][ \t]{0,8}false)\b/g,
  },
  {
    ...BOUNDARY,
    path: /(?:^|\/)boundary[\w./-]{0,60}\.hcl$/,
    line: /^[ \t]{0,40}(?<by>tls_disable[ \t]{0,8}=[ \t]{0,8}true)\b/gm,
  },
  {
    ...ZABBIX,
    path: /(?:^|\/)zabbix_agent\w{0,4}(?:\.d\/[^/]{1,80})?\.conf$/,
    line: /^(?<by>AllowKey=system\.run\[\*\]|EnableRemoteCommands=1)/gm,
  },
  {
    ...ZABBIX,
    path: /(?:^|\/)zabbix_agent\w{0,4}(?:\.d\/[^/]{1,80})?\.conf$/,
    line: /^(?<by>Server=(?:[^\n]{0,100},)?0\.0\.0\.0\/0)/gm,
  },
  { ...NRPE, path: /(?:^|\/)nrpe[\w./-]{0,40}\.cfg$/, line: /^(?<by>dont_blame_nrpe=1)\b/gm },
  {
    ...SNMP,
    path: /(?:^|\/)snmpd?\.conf$/,
    line: /^[ \t]{0,8}(?<by>r[ow]community6?[ \t]{1,8}(?:public|private))[ \t]{0,8}(?:default\b[^\n]{0,80})?$/gm,
  },
  {
    ...OPENVPN,
    path: /(?:^|\/)openvpn\/[\w./-]{1,60}$/,
    line: /^[ \t]{0,8}(?<by>(?:cipher|auth|data-ciphers)[ \t]{1,8}none)\b/gm,
  },
  {
    ...OPENVPN_CLIENTS,
    path: /(?:^|\/)openvpn\/[\w./-]{1,60}$/,
    line: /^[ \t]{0,8}(?<by>verify-client-cert[ \t]{1,8}none|client-cert-not-required)\b/gm,
    // Users log in with a password then.
    closedBy: /^[ \t]{0,8}(?:auth-user-pass-verify|plugin)[ \t]/m,
  },
  {
    ...RELAY,
    path: /(?:^|\/)postfix\/main\.cf$/,
    line: /^[ \t]{0,8}(?<by>smtpd_(?:relay|recipient)_restrictions[ \t]{0,8}=[ \t]{0,8}permit)[ \t]{0,8}$/gm,
  },
  {
    ...DOVECOT,
    path: /(?:^|\/)dovecot\/[\w./-]{1,60}\.conf$/,
    line: /^[ \t]{0,8}(?<by>ssl[ \t]{0,8}=[ \t]{0,8}no)[ \t]{0,8}$/gm,
  },
  {
    ...PHP,
    path: /(?:^|\/)php[\w./-]{0,60}\.(?:ini|conf)$/,
    line: /^[ \t]{0,8}(?<by>(?:php_admin_value\[)?allow_url_include\]?[ \t]{0,8}=[ \t]{0,8}(?:On|1|true))\b/gim,
  },
  {
    ...APISERVER,
    path: /(?:^|\/)(?:kubernetes|rancher|k3s|rke2)\/[\w./-]{1,80}\.ya?ml$/,
    line: /(?<by>(?:--)?(?:authorization-mode=(?:[\w,]{1,40},)?AlwaysAllow|insecure-port=[1-9]\d{0,4}|insecure-bind-address=0\.0\.0\.0))\b/g,
  },
  {
    ...KUBELET,
    path: /(?:^|\/)kubelet[\w./-]{0,60}$/,
    line: /(?<by>--anonymous-auth=true|--authorization-mode=AlwaysAllow|--read-only-port=[1-9]\d{0,4})\b/g,
  },
  {
    ...PAM,
    path: /(?:^|\/)etc\/pam\.d\/[\w-]{1,40}$/,
    line: /^[ \t]{0,8}auth[ \t]{1,20}(?<by>sufficient[ \t]{1,20}pam_permit\.so)\b/gm,
  },
  {
    ...MONGODB,
    path: /(?:^|\/)mongo\w{0,8}\.conf$/,
    line: /^[ \t]{0,20}(?<by>bindIp(?:All:[ \t]{1,8}true|:[ \t]{1,8}["']?(?:[\w.:]{1,60},[ \t]{0,4}){0,8}(?:0\.0\.0\.0|::)))(?![\w.])/gm,
    closedBy: /\bauthorization:[ \t]{1,8}["']?enabled|\bkeyFile:|\bclusterAuthMode:/,
  },
  {
    ...ETCD,
    path: /(?:^|\/)etcd[\w./-]{0,60}$/,
    line: /^[ \t]{0,20}["']?(?:ETCD_LISTEN_CLIENT_URLS|listen-client-urls)["']?[ \t]{0,8}[=:][ \t]{0,8}["']?[^\n]{0,200}?(?<by>http:\/\/0\.0\.0\.0:\d{1,5})/gm,
  },
  {
    ...KAFKA,
    path: /(?:^|\/)server\.properties$/,
    line: /^(?<by>listeners=[^\n#]{0,200}?\bPLAINTEXT:\/\/(?:0\.0\.0\.0)?:\d{1,5})/gm,
    closedBy: /^authorizer\.class\.name=\S/m,
  },
  {
    ...MEMCACHED,
    path: /(?:^|\/)memcached(?:\.conf)?$/,
    line: /(?:^|[ "'])(?<by>-l[ \t]{1,8}0\.0\.0\.0)\b/gm,
    closedBy: /(?:^|[ "'])(?:-S|--enable-sasl|-Y)\b/m,
  },
  // https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
  {
    ...POSTGRES,
    path: /(?:^|\/)pg_hba\.conf$/,
    line: /^[ \t]{0,20}host(?:no|)(?:ssl|gssenc|)[ \t]{1,40}[\w",+/@.-]{1,80}[ \t]{1,40}[\w",+/@.-]{1,80}[ \t]{1,40}(?:all|0\.0\.0\.0\/0|0\.0\.0\.0[ \t]{1,20}0\.0\.0\.0|::\/0|::0\/0)[ \t]{1,40}(?<by>trust)\b/gm,
  },
  { ...PUPPET, path: /(?:^|\/)puppet\/autosign\.conf$/, line: /^[ \t]{0,20}(?<by>\*)[ \t]{0,20}$/gm },
  {
    ...NFS,
    path: /(?:^|\/)etc\/exports(?:\.d\/[^/]{1,80}\.exports)?$/,
    line: /^\/[^\s#]{0,200}[ \t][^\n#]{0,200}?(?<by>(?:\*|0\.0\.0\.0\/0)\([^)\n]{0,200}\bno_root_squash\b[^)\n]{0,200}\))/gm,
  },
  {
    ...NFS_ANY,
    path: /(?:^|\/)etc\/exports(?:\.d\/[^/]{1,80}\.exports)?$/,
    line: /^\/[^\s#]{0,200}[ \t][^\n#]{0,200}?(?<by>(?:\*|0\.0\.0\.0\/0)\((?![^)\n]{0,200}\bno_root_squash\b)[^)\n]{0,200}\brw\b[^)\n]{0,200}\))/gm,
  },
  {
    ...POLKIT,
    path: /(?:^|\/)polkit-1\/rules\.d\/[^/]{1,80}\.rules$/,
    line: /(?<by>function\s{0,8}\(\w{1,30},\s{0,4}\w{1,30}\)\s{0,8}\{\s{0,40}return\s{1,8}polkit\.Result\.YES)\b/gm,
  },
  {
    ...SQUID,
    path: /(?:^|\/)squid\/[\w./-]{1,60}\.conf$/,
    line: /^[ \t]{0,20}(?<by>http_access[ \t]{1,8}allow[ \t]{1,8}all)\b/gm,
    closedBy: /^[ \t]{0,20}(?:http_access[ \t]{1,8}deny[ \t]{1,8}!|auth_param\b)/m,
  },
  {
    ...RESOLVER,
    path: /(?:^|\/)unbound\/[\w./-]{1,60}\.conf$/,
    line: /^[ \t]{0,20}(?<by>access-control:[ \t]{1,8}(?:0\.0\.0\.0\/0|::\/?0)[ \t]{1,8}allow)\b/gm,
    closedBy: /^[ \t]{0,20}interface:[ \t]{1,8}(?:127\.|::1)/m,
  },
  {
    ...RESOLVER,
    path: /(?:^|\/)(?:bind|named)[\w./-]{0,60}\.conf(?:\.options|\.local)?$/,
    line: /^[ \t]{0,20}(?<by>allow-recursion[ \t]{0,8}\{[ \t]{0,8}any;[ \t]{0,8}\})/gm,
  },
];
