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
  JENKINS_SIGN_UP,
  KAFKA,
  KUBELET,
  KUBELET_ANONYMOUS,
  KUBELET_READING,
  LDAP_SERVER,
  MEMCACHED,
  MONGODB,
  NFS,
  NFS_ANY,
  NOMAD,
  NRPE,
  OPENVPN,
  OPENVPN_CHANGES,
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
  SNMP_WRITING,
  SQUID,
  VNC,
  WEBDAV,
  ZABBIX,
  ZABBIX_READING,
  ZONES,
} from './openings.ts';

/** A line of a file, from its first character; the group of the name `by`, if there is one, is what to show. */
export interface OpeningLine extends Opening {
  readonly path: RegExp;
  /** With the flags `gm`. */
  readonly line: RegExp;
  /** Text in the same file, or in the same block of it, that closes it again; text that it needs. */
  readonly closedBy?: RegExp;
  readonly onlyWith?: RegExp;
  readonly inBlock?: true;
  /** Text of the whole document that closes it again. */
  readonly closedByDocument?: RegExp;
}

/** snmpd.conf(5) */
const LOCAL_SNMP = /^[ \t]{0,8}agentaddress[ \t]{1,8}(?:(?:udp|tcp)6?:)?(?:127\.|localhost|\[::1\]|::1)/im;

export const OPENING_LINES: readonly OpeningLine[] = [
  {
    ...VNC,
    path: /vnc[\w./-]{0,60}$/i,
    line: /^[ \t]{0,8}(?<by>SecurityTypes[ \t]{0,8}=[ \t]{0,8}None)\b/gim,
    closedBy: /^[ \t]{0,8}\$?localhost\b(?![ \t]{0,8}=[ \t]{0,8}["']?(?:no|0))/im,
  },
  {
    ...ZONES,
    path: /(?:^|\/)(?:bind|named)[\w./-]{0,60}\.conf(?:\.options|\.local)?$/,
    line: /^[ \t]{0,20}(?<by>allow-transfer[ \t]{0,8}\{[ \t]{0,8}any;[ \t]{0,8}\})/gm,
  },
  { ...LDAP_SERVER, path: /(?:^|\/)slapd\.conf$/, line: /^(?<by>access to \* by \* (?:write|manage))\b/gm },
  {
    ...JENKINS,
    path: /(?:^|\/)(?:jenkins|casc)[\w./-]{0,80}\.ya?ml$/,
    line: /^[ \t]{0,20}(?<by>authorizationStrategy:[ \t]{1,8}["']?unsecured)\b/gm,
  },
  {
    ...JENKINS_SIGN_UP,
    path: /(?:^|\/)(?:jenkins|casc)[\w./-]{0,80}\.ya?ml$/,
    line: /^[ \t]{0,40}(?<by>allowsSignup:[ \t]{1,8}true)\b/gm,
  },
  {
    ...JENKINS,
    path: /jenkins/i,
    line: /(?<by>-Djenkins\.install\.runSetupWizard=false)/g,
    // Its settings may come from files of their own.
    closedBy: /casc|init\.groovy/i,
    closedByDocument: /casc|init\.groovy/i,
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
    line: /(?<by>"?\bverify_incoming"?[ \t]{0,8}[=:][ \t]{0,8}false)\b/g,
    // Certificates are required where agents talk to each other, or given to clients by the servers.
    closedBy:
      /^[ \t]{0,40}"?(?:auto_encrypt\b|verify_incoming_rpc"?[ \t]{0,8}[=:][ \t]{0,8}true|https"?[ \t]{0,8}[:=]?[ \t]{0,8}\{)/m,
  },
  {
    ...CONSUL_TLS,
    path: /(?:^|\/)consul[\w./-]{0,60}\.(?:hcl|json)$/,
    line: /(?<by>"?\bverify_outgoing"?[ \t]{0,8}[=:][ \t]{0,8}false)\b/g,
    closedBy: /^[ \t]{0,40}"?https"?[ \t]{0,8}[:=]?[ \t]{0,8}\{/m,
  },
  {
    ...WEBDAV,
    path: /(?:^|\/)(?:nginx|openresty)\/[\w./-]{0,80}$|(?:^|\/)nginx[\w.-]{0,40}\.conf$/,
    line: /^[ \t]{0,40}(?<by>dav_methods[ \t]{1,8}[A-Z \t]{0,60}(?:PUT|DELETE)\b[A-Z \t]{0,60});/gm,
    closedBy:
      /^[ \t]{0,40}(?:auth_basic[ \t]+(?!off\b)|auth_request|auth_jwt|auth_pam|deny[ \t]|limit_except|internal[ \t]*;|ssl_verify_client[ \t]+on\b|listen[ \t]+(?:127\.|\[::1\]|unix:)|include[ \t])/m,
  },
  {
    ...WEBDAV,
    path: /(?:^|\/)(?:apache2?|httpd)\/[\w./-]{0,80}$|(?:^|\/)[\w.-]{0,40}(?:httpd|apache|webdav)[\w.-]{0,40}\.conf$/,
    line: /^[ \t]{0,40}(?<by>dav[ \t]{1,8}on)\b/gim,
    closedBy:
      /^[ \t]{0,40}(?:AuthType[ \t]|Require[ \t]+(?!all[ \t]+granted)|<LimitExcept\b|SSLVerifyClient[ \t]+require|Listen[ \t]+(?:127\.|localhost|\[::1\])|Include(?:Optional)?[ \t])/im,
  },
  {
    ...BOUNDARY,
    path: /(?:^|\/)boundary[\w./-]{0,60}\.hcl$/,
    line: /^[ \t]{0,40}(?<by>tls_disable[ \t]{0,8}=[ \t]{0,8}true)\b/gm,
    inBlock: true,
    // Workers have TLS of their own on the others.
    onlyWith: /\bpurpose[ \t]{0,20}=[ \t]{0,8}"api"/,
    closedBy: /\baddress[ \t]{0,20}=[ \t]{0,20}"(?:127\.|localhost|\[::1\]|unix:|\/)/,
  },
  {
    ...ZABBIX,
    path: /(?:^|\/)zabbix_agent\w{0,4}(?:\.d\/[^/]{1,80})?\.conf$/,
    line: /^(?<by>AllowKey=system\.run\[\*\]|EnableRemoteCommands=1)/gm,
  },
  {
    ...ZABBIX_READING,
    path: /(?:^|\/)zabbix_agent\w{0,4}(?:\.d\/[^/]{1,80})?\.conf$/,
    line: /^(?<by>Server=(?:[^\n]{0,100},)?0\.0\.0\.0\/0)/gm,
  },
  { ...NRPE, path: /(?:^|\/)nrpe[\w./-]{0,40}\.cfg$/, line: /^(?<by>dont_blame_nrpe=1)\b/gm },
  {
    ...SNMP,
    path: /(?:^|\/)snmpd?\.conf$/,
    line: /^[ \t]{0,8}(?<by>rocommunity6?[ \t]{1,8}(?:public|private))[ \t]{0,8}(?:default\b(?![^\n]{0,80}-V)[^\n]{0,80})?$/gm,
    closedBy: LOCAL_SNMP,
  },
  {
    ...SNMP_WRITING,
    path: /(?:^|\/)snmpd?\.conf$/,
    line: /^[ \t]{0,8}(?<by>rwcommunity6?[ \t]{1,8}(?:public|private))[ \t]{0,8}(?:default\b(?![^\n]{0,80}-V)[^\n]{0,80})?$/gm,
    closedBy: LOCAL_SNMP,
  },
  {
    ...OPENVPN,
    path: /(?:^|\/)openvpn\/[\w./-]{1,60}$/,
    line: /^[ \t]{0,8}(?<by>(?:cipher|data-ciphers)[ \t]{1,8}none)\b/gm,
  },
  {
    ...OPENVPN_CHANGES,
    path: /(?:^|\/)openvpn\/[\w./-]{1,60}$/,
    line: /^[ \t]{0,8}(?<by>auth[ \t]{1,8}none)\b/gm,
    // AEAD ciphers, which are the default, have a check of their own.
    onlyWith: /^[ \t]{0,8}(?:cipher|data-ciphers)[ \t][^\n]{0,200}(?:CBC|CFB|OFB|none)/im,
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
    // Listeners have a setting of this name, too.
    line: /^(?<by>ssl[ \t]{0,8}=[ \t]{0,8}no)[ \t]{0,8}$/gm,
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
    line: /(?<by>--authorization-mode=AlwaysAllow)\b/g,
  },
  {
    ...KUBELET_ANONYMOUS,
    path: /(?:^|\/)kubelet[\w./-]{0,60}$/,
    line: /(?<by>--anonymous-auth=true)\b/g,
  },
  {
    ...KUBELET_READING,
    path: /(?:^|\/)kubelet[\w./-]{0,60}$/,
    line: /(?<by>--read-only-port=[1-9]\d{0,4})\b/g,
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
    line: /^\/[^\s#]{0,200}[ \t][^\n#]{0,200}?(?<by>(?:\*|0\.0\.0\.0\/0)\((?![^)\n]{0,200}\bsec=krb5)(?=[^)\n]{0,200}\brw\b)[^)\n]{0,200}\bno_root_squash\b[^)\n]{0,200}\))/gm,
  },
  {
    ...NFS_ANY,
    path: /(?:^|\/)etc\/exports(?:\.d\/[^/]{1,80}\.exports)?$/,
    line: /^\/[^\s#]{0,200}[ \t][^\n#]{0,200}?(?<by>(?:\*|0\.0\.0\.0\/0)\((?![^)\n]{0,200}\b(?:no_root_squash\b|sec=krb5))[^)\n]{0,200}\brw\b[^)\n]{0,200}\))/gm,
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
    closedBy:
      /^[ \t]{0,20}(?:http_access[ \t]{1,8}deny[ \t]{1,8}!|auth_param\b|http_port[ \t]{1,8}(?:127\.|localhost|\[::1\]))/m,
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
