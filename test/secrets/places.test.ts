import { beforeAll, expect, test } from 'vitest';
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

function kindsIn(text: string): readonly string[] {
  const build = lower(
    { path: 'Dockerfile', text: `FROM debian:12.8\n${text}\n` },
    languages.find(({ id }) => id === 'dockerfile')!,
    {
      engine,
      files: NO_FILES,
    },
  );
  return [build, ...build.nested].flatMap(one => exposures(one)).map(({ judgement }) => judgement.kind);
}
const file = (path: string, text: string) => `COPY <<"EOF" ${path}\n${text}\nEOF`;

test.each([
  `RUN printf 'ci:%s\\n' ${words} | chpasswd`,
  `RUN echo '${words}' | htpasswd -i -B /etc/users editor`,
  `RUN echo '${words}' | su -c 'shutdown -h now' root`,
  `RUN echo '${words}' | encfs -S /a /b`,
  `RUN echo '${words}' | ecryptfs-add-passphrase --fnek -`,
  `RUN etcdctl --user loader:${words} put /a 1`,
  `RUN etcdctl user add root:${words}`,
  `RUN doveadm pw -s SHA512-CRYPT -p ${words}`,
  `RUN doveadm auth test archive ${words}`,
  `RUN caddy hash-password --plaintext ${words}`,
  `RUN snmpwalk -v3 -l authPriv -u probe -a SHA -A ${words} sw1 sysName`,
  `RUN vault operator unseal ${opaque}`,
  `RUN nomad operator gossip keyring install ${opaque}`,
  `RUN consul acl set-agent-token default 670a44af-dd25-45e9-84d2-935ee3be0e3e`,
  `RUN redis-cli ACL SETUSER worker on '>${words}' '~jobs:*'`,
  `RUN clickhouse-client -q "CREATE USER etl IDENTIFIED WITH plaintext_password BY '${words}'"`,
  `ENV NEO4J_AUTH=neo4j/${words}`,
  `ENV REGISTRY_BASIC_AUTH_USER_INFO=sr:${words}`,
  `ENV SNMP_COMMUNITY=${opaque}`,
  `ENV VAULT_UNSEAL_KEY=${opaque}`,
  file('/etc/nginx/conf.d/a.conf', `  secure_link_md5 "$secure_link_expires$uri ${opaque}";`),
  file('/etc/nginx/conf.d/a.conf', `  proxy_set_header X-Internal-Key "${opaque}";`),
  file('/etc/puppet/site.pp', `user { 'ops': password => Sensitive('${words}') }`),
  file('/etc/puppet/site.pp', `password_hash => postgresql::postgresql_password('app', '${words}')`),
  file('/etc/frr/frr.conf', ` ip ospf message-digest-key 1 md5 ${opaque}`),
  file('/etc/frr/frr.conf', `  key-string ${opaque}`),
  file('/srv/ks.cfg', `rootpw --plaintext ${words}`),
  file('/etc/credstore/poller.pass', words),
  file('/etc/exim4/exim4.conf', `  client_send = : relay : ${words}`),
  file('/etc/ansible/vars.yml', `redis_password: !unsafe '${words}'`),
])('a secret by its place: %s', text => {
  expect(kindsIn(text).filter(kind => kind === 'secret')).toHaveLength(1);
});

test.each([
  `RUN sed -i 's/testing123/${opaque}/' /etc/raddb/clients.conf`,
  `ARG RHSM_KEY=${opaque}\nRUN subscription-manager register --org=1 --activationkey="$RHSM_KEY"`,
  `RUN echo 'ops:Stern$Haus2019' | chpasswd`,
  file('/etc/sftp-users', `acme:${opaque}`),
])('a secret by its place, in the files of a build: %s', text => {
  expect(kindsIn(text).filter(kind => kind === 'secret')).toHaveLength(1);
});

test.each([
  "RUN sed -i 's/testing123/__SECRET__/' /etc/raddb/clients.conf",
  file('/etc/sftp-users', 'acme:sales:1001'),
  'RUN echo "ops:prefix$SUFFIX" | chpasswd',
  'RUN java -jar cli.jar -auth @/run/secrets/jenkins list-jobs',
  'RUN tailscale up --auth-key=file:/run/keys/ts',
  'RUN journalctl --setup-keys --interval=10s',
  'RUN postconf -e smtp_sasl_password_maps=lmdb:/etc/postfix/sasl.map',
  'ENV SECRET_SCANNING_PATTERNS="ghp_[A-Za-z0-9]{36}"',
  'ENV APP_AUTH=oauth2:proxy NEO4J_AUTH=none REGISTRY_AUTH=token/internal',
  'ENV VAULT_AUTH=auth/kubernetes-prod-01 JENKINS_CREDENTIALS=jenkins/github-bot-2024',
  file('/etc/credstore/passwd.shell.root', '/usr/bin/bash'),
  file('/etc/credstore/firstboot.locale', 'en_US.UTF-8'),
  'RUN etcdctl --user "$LOGIN" put /a 1',
  'RUN echo "$PASSWORD" | su -c true root',
  file('/etc/a.ini', 'token_obtained_at = 2024-03-20T10:00:00Z'),
  file(
    '/etc/systemd/system/a.service',
    'SetCredentialEncrypted=relay-db:k6iUCUh0RJCQyvL8k8q1UyAAAAABAAAADAAAABAAAAC1lFmbWAqW',
  ),
  file('/etc/containers/systemd/a.container', 'Secret=board_db,type=env,target=DB_PASS'),
  file('/etc/apache2/a.conf', 'OIDCCryptoPassphrase "exec:/usr/local/bin/passphrase"'),
  file('/etc/chef/a.rb', "chef_vault_password = node['vault']['password']"),
  file('/etc/dovecot/a.conf', 'imapc_password = %w'),
  file('/srv/ks.cfg', 'rootpw --iscrypted $6$abc$def'),
  file('/etc/nginx/a.conf', '  proxy_set_header X-Request-Key "$request_id";'),
])('no secret: %s', text => {
  expect(kindsIn(text).filter(kind => kind === 'secret' || kind === 'weak-credential')).toEqual([]);
});
