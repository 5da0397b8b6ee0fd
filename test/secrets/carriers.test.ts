import { beforeAll, describe, expect, test } from 'vitest';
import { NO_FILES } from '../../core/language.ts';
import { type Engine, lower } from '../../core/linter.ts';
import { engineOf } from '../../dev/engine.ts';
import { fakeSecrets } from '../../dev/fake-secrets.ts';
import { exposures } from '../../facts/secrets/exposures/find.ts';
import { languages } from '../../languages/index.ts';

const words = fakeSecrets.fill('{{secret:words}}');
const opaque = fakeSecrets.fill('{{secret:opaque}}');
const path = { dockerfile: 'Dockerfile', packer: 'a.pkr.hcl', 'cloud-init': 'user-data' } as const;

let engine: Engine;
beforeAll(() => {
  engine = engineOf([]);
});

function kinds(text: string, id: keyof typeof path): string[] {
  const language = languages.find(one => one.id === id)!;
  const build = lower({ path: path[id], text }, language, { engine, files: NO_FILES });
  return [build, ...build.nested].flatMap(one => exposures(one)).map(({ judgement }) => judgement.kind);
}
const run = (command: string) => `FROM debian:12.8\nRUN ${command}\n`;
const env = (setting: string) => `FROM debian:12.8\nENV ${setting}\n`;
const inline = (command: string) =>
  `build {\n  sources = ["source.null.x"]\n  provisioner "shell" {\n    inline = [${JSON.stringify(command)}]\n  }\n}\n`;
const runcmd = (command: string) => `#cloud-config\nruncmd:\n  - ${JSON.stringify(command)}\n`;

describe('carriers', () => {
  test.each([
    `bundle config set --global https://gems.example.com ci:${words}`,
    `wandb login ${opaque}`,
    `doppler configure set token ${opaque}`,
    `flyctl deploy -t ${opaque}`,
    `dotnet nuget add source https://nuget.example.com/v3 -u ci -p ${words}`,
    `ansible-playbook site.yml -e db_password=${words}`,
    `ansible-playbook site.yml -e '{"db_password": "${words}"}'`,
    `redis-server --requirepass ${words}`,
    `psql "host=db user=app password=${words}" -c "select 1"`,
    `mc alias set store https://s3.example.com ci ${opaque}`,
    `curl -fsS "https://api.example.com/x?access_token=${opaque}" -o /x`,
    `lftp -u ci,${words} ftp.example.com`,
    `java -Ddb.password=${words} -jar /app.jar`,
    `printf '[client]\\npassword=%s\\n' '${words}' > /root/.my.cnf`,
    `echo '0 3 * * * root RESTIC_PASSWORD=${words} restic backup /srv' > /etc/cron.d/backup`,
    `sed -i 's|^Password.*|Password ${words}|' /etc/cntlm.conf`,
    `sed -i 's,^#bindpw .*,bindpw ${words},' /etc/nslcd.conf`,
    `sed -i 's/^admin=.*/admin=${words}/' /opt/activemq/conf/users.properties`,
    `printf 'vpn\\n${words}\\n' > /etc/openvpn/auth.txt`,
    `skopeo copy --src-creds mirror:${words} docker://r.example.com/a:1 dir:/a`,
    `podman pull --creds=puller:${words} r.example.com/a:1.2`,
    `./config.sh --url https://github.com/acme/app --pat ${opaque}`,
    `curl -H "Authorization: Splunk ${opaque}" https://splunk.example.com/event`,
    `canonical-livepatch enable ${opaque}`,
    `openssl enc -d -aes-256-cbc -in /a -out /b -k '${words}'`,
    `yes '${words}' | head -n 2 | passwd backup`,
    `conda config --add channels https://conda.anaconda.org/t/${opaque.slice(0, 32)}/acme`,
  ])('of a command line, in every language: %#', command => {
    expect(kinds(run(command), 'dockerfile')).toEqual(['secret']);
    expect(kinds(inline(command), 'packer')).toEqual(['secret']);
    expect(kinds(runcmd(command), 'cloud-init')).toEqual(['secret']);
  });

  test.each([
    `OTEL_EXPORTER_OTLP_HEADERS="Authorization=Basic ${opaque}"`,
    `PAGERDUTY_ROUTING_KEY=${fakeSecrets.fill('{{secret:hex}}').slice(0, 32)}`,
    `DB_PW=${words}`,
    `API_TOKEN=${fakeSecrets.fill('{{secret:short}}')}`,
    'DB_PASSWORD=Heron/velvet427',
    'BORG_PASSPHRASE=quartz-velvet-heron-otter',
    'BORG_PASSPHRASE="quartz velvet heron otter"',
    'WIFI_PSK="Quartz velvet 42 heron otter"',
  ])('of a setting: %#', setting => expect(kinds(env(setting), 'dockerfile')).toEqual(['secret']));

  test.each([
    'java -Ddb.password=${DB_PASSWORD} -jar /app.jar',
    'redis-server --requirepass "$REDIS_PASSWORD"',
    'wandb login "$WANDB_API_KEY"',
    'PASSWORD_STORE=/srv/Stores/Main1 VAULT_PASSWORD=kv/prod/app1',
    'DB_PASSWORD="the password of the database user" make',
    'DB_PASSWORD=my-app-db-password make',
    'PASSWORD_HASHERS=django.contrib.auth.hashers.Argon2PasswordHasher,django.contrib.auth.hashers.PBKDF2PasswordHasher make',
    'printf "machine a.example.com login ci password %s\\n" "$PASSWORD" > /root/.netrc',
    'printf "username=SCC_4f1aKq82Lm\\n" > /etc/zypp/credentials.d/SCCcredentials',
    'skopeo copy --src-creds "$CREDS" docker://r.example.com/a:1 dir:/a',
    'yes | apt-get install a',
    'app --token-file /run/secrets/Token-file12 --auth basic',
    'echo "password: see docs/Secrets-guide12.md" > /etc/motd',
    'arn=arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-a1B2c3',
  ])('that hold none: %s', command => expect(kinds(run(command), 'dockerfile')).not.toContain('secret'));

  test.each([
    'ENC[vault-Token-17]',
    '$__file{/run/secrets/Smtp-password12}',
    '$$' + '{SMTP_PASSWORD12}',
    '%(ENV_Password12)s',
  ])('sealed or elsewhere: %s', value => {
    const file = `provisioner "file" {\n    destination = "/etc/app.ini"\n    content = "password=${value}"\n  }`;
    expect(kinds(`build {\n  ${file}\n}\n`, 'packer')).not.toContain('secret');
  });
});

test.each([
  ['powershell', `psexec.exe -u ACME\\\\svc -p ${words} -h cmd /c run.cmd`],
  ['powershell', `winrs -r:https://a.example.com -u:svc -p:${words} hostname`],
])('of a command of Windows: %#', (provisioner, command) => {
  const text = `build {\n  sources = ["source.null.x"]\n  provisioner "${provisioner}" {\n    inline = ["${command}"]\n  }\n}\n`;
  expect(kinds(text, 'packer')).toEqual(['secret']);
});

test('what is typed after `passwd`', () => {
  const of = (answer: string) =>
    `source "qemu" "x" {\n  boot_command = ["passwd root<enter><wait2>", "${answer}<enter><wait>", "service sshd onestart<enter>"]\n}\n`;
  expect(kinds(of(words), 'packer')).toEqual(['secret']);
  expect(kinds(of('${var.password}'), 'packer')).toEqual([]);
});

test('the switch `encrypt` is no secret, and the gossip key of Consul is one', () => {
  const key = `${opaque.slice(0, 22)}==`;
  expect(kinds(`local "consul_encrypt" {\n  expression = "${key}"\n}\n`, 'packer')).toEqual(['secret']);
  expect(kinds('variable "encrypt" {\n  type = bool\n  default = true\n}\n', 'packer')).toEqual([]);
});

test.each(['Dune/velvet427', 'a/b.c1D2e3F4g', 'x@example.org', words])(
  'a literal in a password field is a password, whatever it looks like: %#',
  value => {
    const text = `#cloud-config\nusers:\n  - name: a\n    plain_text_passwd: ${JSON.stringify(value)}\n`;
    expect(kinds(text, 'cloud-init')).toHaveLength(1);
    expect(kinds(text.replace(JSON.stringify(value), '"!"'), 'cloud-init')).toEqual([]);
  },
);

describe('what a command is given', () => {
  test.each([
    `echo -n '${words}' | cryptsetup luksFormat /dev/vdb -`,
    `cryptsetup open /dev/vdb data --key-file=- <<< '${words}'`,
    `echo '${words}' | zfs load-key tank/home`,
    `echo '${words}' | realm join --user=joiner example.com`,
    `useradd -m -p "$(openssl passwd -6 '${words}')" deploy`,
    `useradd -p "$(mkpasswd -m sha-512 ${words})" deploy`,
    `mosquitto_passwd -b /etc/mosquitto/passwd sensor ${words}`,
    `redis-cli CONFIG SET requirepass ${words}`,
    `nmcli device wifi connect Corp password ${words}`,
    `iscsiadm -m node -o update -n node.session.auth.password -v ${words}`,
    `sqlplus system/${words}@db @init.sql`,
    `echo 'mysql-server mysql-server/root_password password ${words}' | debconf-set-selections`,
    `python3 -c "import crypt; print(crypt.crypt('${words}', 'salt'))"`,
  ])('a secret: %#', command => {
    expect(kinds(run(command), 'dockerfile')).toEqual(['secret']);
    expect(kinds(runcmd(command), 'cloud-init')).toEqual(['secret']);
  });

  test.each([
    'cryptsetup open /dev/vdb data --key-file=/run/keys/data',
    'openssl passwd -6 "$PASSWORD"',
    'printf \'%s\\n\' "$PASSWORD" | passwd --stdin root',
    'echo y | realm leave',
    'nmcli connection modify Corp wifi-sec.psk "$PSK"',
    'sqlplus / as sysdba',
    'echo "set the root password before the Ssh-Login12 is used"',
  ])('none: %s', command => {
    for (const kind of kinds(run(command), 'dockerfile')) expect(kind).not.toBe('secret');
    expect(kinds(run(command), 'dockerfile')).not.toContain('weak-credential');
  });
});
