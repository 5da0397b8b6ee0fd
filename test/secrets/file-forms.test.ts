import { beforeAll, describe, expect, test } from 'vitest';
import { NO_FILES } from '../../core/language.ts';
import { type Engine, lower } from '../../core/linter.ts';
import { engineOf } from '../../dev/engine.ts';
import { fakeSecrets } from '../../dev/fake-secrets.ts';
import { exposures } from '../../facts/secrets/exposures/find.ts';
import { languages } from '../../languages/index.ts';

const words = fakeSecrets.fill('{{secret:words}}');
const opaque = fakeSecrets.fill('{{secret:opaque}}');

let engine: Engine;
beforeAll(() => {
  engine = engineOf([]);
});

const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by));
const documents = {
  dockerfile: {
    path: 'Dockerfile',
    of: (path: string, text: string) => `FROM debian:12.8\nCOPY <<"EOF" ${path}\n${text}\nEOF\n`,
  },
  packer: {
    path: 'a.pkr.hcl',
    of: (path: string, text: string) =>
      `build {\n  sources = ["source.null.x"]\n  provisioner "file" {\n    destination = "${path}"\n    content = <<-EOT\n${indented(text, 6)}\n    EOT\n  }\n}\n`,
  },
  'cloud-init': {
    path: 'user-data',
    of: (path: string, text: string) =>
      `#cloud-config\nwrite_files:\n  - path: ${path}\n    content: |\n${indented(text, 6)}\n`,
  },
} as const;

/** The kinds of what is found in a file that is written, by language. */
function kindsIn(path: string, text: string): readonly string[][] {
  return languages.map(language => {
    const { path: name, of } = documents[language.id as keyof typeof documents];
    const build = lower({ path: name, text: of(path, text) }, language, { engine, files: NO_FILES });
    return [build, ...build.nested].flatMap(one => exposures(one)).map(({ judgement }) => judgement.kind);
  });
}

describe('credentials in files with a form of their own, in every language', () => {
  test.each([
    ['/etc/snmp/snmpd.conf', `com2sec readonly default ${opaque}`],
    ['/etc/snmp/snmpd.conf', `trap2sink 10.0.0.1 ${opaque}`],
    ['/etc/kafka/jaas.conf', `KafkaServer {\n  user_bob="${words}";\n};`],
    ['/opt/artemis/etc/artemis-users.properties', `admin = ${words}`],
    ['/etc/rsyncd.secrets', `bob:${words}`],
    ['/root/.fetchmailrc', `poll example.com\n  user bob there with password ${words} is bob here`],
    ['/etc/nut/upsmon.conf', `MONITOR ups@localhost 1 monitor ${words} primary`],
    ['/etc/mail/authinfo', `AuthInfo:smtp.example.com "U:root" "I:user" "P:${words}"`],
    ['/etc/asterisk/sip.conf', `register => bob:${words}@sip.example.com/100`],
    ['/etc/tinyproxy/tinyproxy.conf', `BasicAuth bob ${words}`],
    ['/etc/xl2tpd/l2tp-secrets', `* * ${words} *`],
    ['/var/lib/postgresql/pgpass.conf', `*:*:*:app:${words}`],
    ['/etc/cron.d/dump', `0 3 * * * root mysqldump -u backup -p${words} shop > /srv/dump.sql`],
    ['/etc/cron.d/sync', `@daily root curl -sS -u sync:${words} https://api.example.com/sync`],
    ['/etc/systemd/system/dump.service', `[Service]\nExecStart=-/bin/sh -c "mysqldump -p${words} shop"`],
    ['/etc/systemd/system/app.service', `[Service]\nSetCredential=db.password:${opaque}`],
    ['/etc/nagios/nrpe.cfg', `command[check]=/usr/bin/sshpass -p ${words} ssh host`],
    ['/etc/nginx/conf.d/app.conf', `location / {\n  proxy_set_header Authorization "Bearer ${opaque}";\n}`],
    ['/etc/nginx/conf.d/app.conf', `fastcgi_param DB_PASSWORD ${words};`],
    ['/etc/apache2/conf-enabled/app.conf', `SetEnv DB_PASSWORD ${words}`],
    ['/etc/haproxy/haproxy.cfg', `userlist ops\n  user admin insecure-password ${words}`],
    ['/etc/haproxy/haproxy.cfg', `listen stats\n  stats auth admin:${words}`],
    ['/etc/redis/redis.conf', `requirepass ${words}`],
    ['/etc/redis/users.acl', `user app on >${words} ~* +@all`],
    ['/etc/ipsec.secrets', `: PSK "${words}"`],
    ['/etc/ppp/chap-secrets', `# client server secret\nvpn * ${words} *`],
    ['/etc/keepalived/keepalived.conf', `authentication {\n  auth_pass ${words}\n}`],
    ['/etc/snmp/snmpd.conf', `createUser ops SHA-256 "${words}" AES`],
    ['/etc/postfix/sasl_passwd', `[smtp.example.com]:587 mailer:${words}`],
    ['/etc/exim4/passwd.client', `smtp.example.com:mailer:${words}`],
    ['/etc/dovecot/users', `mailer:{PLAIN}${words}:1000:1000::/home/mailer`],
    ['/etc/davfs2/secrets', `https://cloud.example.com/dav svc ${words}`],
    ['/etc/openvpn/auth.txt', `vpn\n${words}`],
    ['/etc/pgbouncer/userlist.txt', `"shop" "${words}"`],
    ['/opt/couchdb/etc/local.d/admin.ini', `[admins]\nadmin = ${words}`],
    ['/etc/odbc.ini', `[shop]\nUID=shop\nPWD=${words}`],
    ['/root/.m2/settings.xml', `<server><username>ci</username><password>${words}</password></server>`],
    ['/root/NuGet.Config', `<add key="Username" value="ci"/>\n<add key="ClearTextPassword" value="${words}"/>`],
    ['/var/www/wp-config.php', `<?php\ndefine( 'DB_PASSWORD', '${words}' );`],
    ['/etc/apt/auth.conf.d/esm.conf', `machine esm.example.com/apps/ login bearer password ${words}  # client`],
    ['/etc/swanctl/conf.d/secrets.conf', `secrets {\n  ike-a {\n    secret = "${words}"\n  }\n}`],
    ['/etc/freeradius/clients.conf', `client lan {\n  secret = ${words}\n}`],
    ['/etc/pam_radius_auth.conf', `# server shared_secret timeout\n10.0.0.21:1812 ${words} 3`],
    ['/opt/activemq/conf/users.properties', `admin=${words}`],
    ['/etc/app/users.txt', 'admin:KX7PQ2M4ZR9TBVE8'],
    ['/opt/activemq/conf/jetty-realm.properties', `admin: ${words}, admin`],
    ['/etc/ceph/ceph.client.web.keyring', `[client.web]\n\tkey = AQ${opaque.slice(0, 32).padEnd(36, 'b')}==`],
    ['/etc/caddy/Caddyfile', `a.example.com {\n  tls {\n    dns cloudflare ${opaque}\n  }\n}`],
    [
      '/root/.config/sops/age/keys.txt',
      `# public key: age1x\nAGE-SECRET-KEY-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(3, 61)}`,
    ],
    ['/etc/cryptsetup-keys.d/data.key', 'quartz-velvet-heron-otter'],
    ['/srv/init.groovy', `realm.createAccount("admin", "${words}")`],
    [
      '/tmp/unattend.xml',
      `<AutoLogon><Password><Value>${words}</Value><PlainText>true</PlainText></Password></AutoLogon>`,
    ],
    ['/var/cache/preseed', `mysql-server mysql-server/root_password password ${words}`],
  ])('%s: %#', (path, text) => expect(kindsIn(path, text)).toEqual([['secret'], ['secret'], ['secret']]));
});

describe('what looks like one and is none', () => {
  test.each([
    ['/etc/pam.d/common-password', 'password requisite pam_pwquality.so retry=3\npassword sufficient pam_unix.so'],
    [
      '/etc/nginx/nginx.conf',
      'proxy_set_header Authorization $http_authorization;\nssl_certificate_key /etc/ssl/private/a.key;',
    ],
    ['/etc/haproxy/haproxy.cfg', `user admin password $6$rounds=4096$abcdefgh$${'a'.repeat(86)}`],
    ['/etc/cron.d/dump', '0 3 * * * root mysqldump --defaults-file=/root/.my.cnf shop'],
    [
      '/etc/systemd/system/app.service',
      '[Service]\nLoadCredential=db.password:/etc/app/db.password\nExecStart=/usr/bin/app',
    ],
    ['/etc/ipsec.secrets', ': RSA /etc/ipsec.d/private/server-Key12.pem'],
    ['/etc/pgbouncer/userlist.txt', `"shop" "SCRAM-SHA-256$4096:${'a'.repeat(22)}==$x:y"`],
    ['/etc/snmp/snmpd.conf', 'com2sec readonly default public\ntrap2sink 10.0.0.1 public\nauthCommunity log public'],
    ['/etc/kafka/jaas.conf', 'KafkaServer {\n  user_bob="${file:/run/secrets/kafka:bob}";\n};'],
    ['/etc/rsyncd.secrets', '# bob:password-of-bob'],
    ['/etc/nut/upsmon.conf', '# MONITOR ups@localhost 1 monitor Velvet-heron-42 primary'],
    ['/etc/asterisk/sip.conf', '; register => bob:Velvet-heron-42@sip.example.com'],
    ['/root/.fetchmailrc', '# password Velvet-heron-42'],
    ['/etc/ssh/sshd_config', 'AuthorizedKeysFile .ssh/authorized_keys\nPasswordAuthentication no'],
    ['/etc/redis/redis.conf', '# requirepass is set by the operator\nprotected-mode yes'],
    ['/etc/postfix/main.cf', 'smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd'],
    ['/opt/activemq/conf/jetty-realm.properties', 'admin: OBF:1v2j1uum1xtv1zej, admin'],
    ['/etc/swanctl/swanctl.conf', 'secrets {\n  file = /run/secrets/ike\n}'],
    ['/etc/caddy/Caddyfile', 'tls {\n  dns cloudflare {env.CF_API_TOKEN}\n}'],
    ['/etc/telegraf/telegraf.conf', 'password = "@{vault:influx_password}"'],
    ['/srv/lang/de.yml', 'login:\n  password: Passwort\n  forgotten_password: bitte wenden Sie sich an uns'],
    ['/srv/lang/en.yml', 'password: your password must be at least twelve characters'],
    ['/etc/SCCcredentials', 'username=SCC_4f1aKq82Lm'],
    ['/usr/share/doc/install.txt', 'The root password for the SSH-Login12 account is set at first boot'],
  ])('%s: %#', (path, text) => {
    for (const kinds of kindsIn(path, text)) expect(kinds).not.toContain('secret');
  });
});
