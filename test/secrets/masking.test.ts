import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { READERS, suspectsIn } from '../../facts/secrets/masking/lexical.ts';
import { MASK, Masks } from '../../facts/secrets/masking/masks.ts';

const shown = (line: string): string => new Masks(line, undefined).shown(0, line.length);

describe('a line', () => {
  const secret = 'Dune/velvet427';
  it.each([
    ['ENV API_TOKEN=@', 'ENV API_TOKEN=***'],
    ['  password: @', '  password: ***'],
    ['  password: @ # keep', '  password: *** # keep'],
    ['"db_password" = "@"', '"db_password" = "***"'],
    ["password => '@',", "password => '***',"],
    ['api_token = "@', 'api_token = "***'],
    ['redis-server --requirepass @ --port 1', 'redis-server --requirepass *** --port 1'],
    ['tool --api-key=@;next', 'tool --api-key=***;next'],
    ['requirepass @', 'requirepass ***'],
    ["$x = ConvertTo-SecureString '@!' -AsPlainText", "$x = ConvertTo-SecureString '***' -AsPlainText"],
    ["-Password (ConvertTo-SecureString '@!' -Force)", "-Password (ConvertTo-SecureString '***' -Force)"],
    ['machine example.com login bot password @', 'machine example.com login bot password ***'],
    ['echo "bot:@" | chpasswd', 'echo "bot:***" | chpasswd'],
    ['curl -u bot:@ https://example.com/x', 'curl -u bot:*** https://example.com/x'],
    ['Authorization: Basic Ym90OkR1bmUvdmVsdmV0NDI3', 'Authorization: Basic ***'],
    ['password = base64encode("bot:@")', 'password = ***'],
    ['wget --header "Authorization: Bearer @" -O x', 'wget --header "Authorization: Bearer ***" -O x'],
    ["curl -H 'api-token: @' https://example.com/", "curl -H 'api-token: ***' https://example.com/"],
    ['curl https://bot:@@example.com/x', 'curl https://bot:***@example.com/x'],
    ['{password: @, ssh_pwauth: true}', '{password: ***, ssh_pwauth: true}'],
    ['  - {name: ada, password: @, type: text}', '  - {name: ada, password: ***, type: text}'],
    ['{ echo first, password: @, last', '{ echo first, password: ***'],
    ["sed -i 's/DB_PASSWORD/@/' app.ini", "sed -i 's/DB_PASSWORD/***' app.ini"],
  ])('%s', (line, masked) => {
    const text = line.replace('@', secret);
    const out = shown(text);
    expect(out).not.toContain(secret.slice(0, 8));
    if (masked.startsWith('password = ***') || masked.startsWith('Authorization')) return;
    expect(out).toBe(masked);
  });

  it.each([
    'echo \'createUser probe SHA "Dune_velvet427" AES "Dune-velvet427"\' >> snmpd.conf',
    'secret_id=670a44af-dd25-45e9-84d2-935ee3be0e3e',
    'etcdctl --user loader:dune-velvet-4271 put /ready 1',
    'http --auth loader:dune-velvet-4271 POST https://example.com',
    'LABEL job="curl -u loader:dune-velvet-4271 https://example.com"',
    'smbclient //nas/in -U feed%dune-velvet-4271 -c ls',
    'lftp -u feed,dune-velvet-4271 sftp://example.com',
    "printf 'loader:%s\\n' dune-velvet-4271 | chpasswd",
    `printf '[Service]\\nEnvironment="HTTPS_PROXY=http://a:%s@proxy:3128"\\n' 'dune-velvet-4271' > a.conf`,
    "echo 'dune-velvet-4271' | htpasswd -i /etc/users editor",
    'echo Dune_42velvet | ecryptfs-add-passphrase --fnek -',
    "shutdown_command = \"echo 'dune-velvet-4271' | su -c 'shutdown -P now' root\"",
    "redis-cli ACL SETUSER worker on '>dune-velvet-4271' '~jobs:*'",
    'netdom join x /domain:example.com /userd:a /passwordd:Dune-42velvet',
    ' ip ospf message-digest-key 1 md5 p71wghdV2jJp',
    ' key-string pwJrEc6VS2PX5svS',
    'com2sec ops default i7CXW92Ytxac',
    'trap2sink mon1.example.com dune-velvet-4271',
    'ENV SNMP_COMMUNITY=VQZHWuhAhGff',
    'radtest probe dune-velvet-4271 10.1.0.5 0 mfpkv1RQPU1rki55',
    'consul acl set-agent-token default 670a44af-dd25-45e9-84d2-935ee3be0e3e',
    'unlock --pin 501739521678',
    'SetCredential=bridge.db: dune-velvet-4271',
    'rootpw --plaintext dune-velvet-4271',
    "CREATE USER etl IDENTIFIED WITH plaintext_password BY 'dune-velvet-4271'",
    '"credentials": [{"type": "password", "value": "dune-velvet-4271"}]',
    'setx /M FEED_LICENSE LNR82L5UZMQ2KS46',
    '"<wait>root<enter><wait>dune-velvet-4271<enter><wait>"',
    'rar a -hpDune.42velvet /b/etc.rar /etc',
    'content = "//nas/share backup%dune-velvet-4271 EXAMPLE\\n"',
    'secure_link_md5 "$secure_link_expires$uri FySddJgGzUIFsLpc";',
    'https://discord.com/api/webhooks/3744396466659783224/x',
  ])('hides what a place makes a secret: %s', line => {
    const parts =
      'dune-velvet-4271 Dune_velvet427 Dune-velvet427 Dune_42velvet Dune-42velvet Dune.42velvet p71wghdV2jJp pwJrEc6VS2PX5svS i7CXW92Ytxac VQZHWuhAhGff mfpkv1RQPU1rki55 670a44af-dd25-45e9-84d2-935ee3be0e3e 501739521678 LNR82L5UZMQ2KS46 FySddJgGzUIFsLpc 3744396466659783224'
        .split(' ')
        .flatMap(secret => Array.from({ length: secret.length - 7 }, (_, i) => secret.slice(i, i + 8)));
    const out = shown(line);
    expect(parts.filter(part => out.includes(part))).toEqual([]);
  });

  it.each([
    'FROM node:24.3-bookworm-slim@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    'RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates build-essential',
    'COPY --from=build /srv/application/node_modules/some-package/dist/index.js /srv/application/',
    'RUN curl -fsSL https://downloads.example.com/releases/v1.24.3/application-linux-amd64.tar.gz | tar xz',
    'ENV API_TOKEN=${API_TOKEN}',
    '  password: {{ vault_password }}',
    '# set the password before the first start',
    'source = "hashicorp/amazon"',
    '  - systemctl enable --now docker.service',
    'EXPOSE 8080:80',
    'insecure_connection = true',
    'chpasswd: { expire: False }',
    'line: "debian\\tALL=(ALL)\\tNOPASSWD: ALL"',
    'ada ALL=(ALL) NOPASSWD: ALL',
    "sed -i 's/^PasswordAuthentication.*/PasswordAuthentication yes/' /etc/ssh/sshd_config",
    'wget --header "Authorization: Bearer $TOKEN" --header "x-version: 1"',
    'passwd = local.passwd,',
    'ENV JAVA_HOME C:\\zulu${JAVA_VERSION}-win_x64',
    'COPY --chown=app:www-data --chmod=755 app /srv/app',
    'docker run --user app:users -v data:/srv app',
    'echo "LANG=C.UTF-8" | tee /etc/default/locale',
    'echo vm.max_map_count=262144 | sudo tee -a /etc/sysctl.conf',
    'date +%Y%m%d-%H%M%S',
    'mount /dev/disk/by-uuid/670a44af-dd25-45e9-84d2-935ee3be0e3e /srv',
    'subscription_id = "670a44af-dd25-45e9-84d2-935ee3be0e3e"',
    "printf '%s\\n' deb https://example.com/debian bookworm main",
    'ENV LICENSE=Apache-2.0',
    'LABEL org.opencontainers.image.licenses=Apache-2.0',
    'apt-get install -y libssl1.1 libpcre2-8-0 python3.11-venv',
    'COPY --from=builder C:/Windows/system32/netapi32.dll C:/Windows/system32/netapi32.dll',
    'FROM mcr.microsoft.com/devcontainers/base:0-alpine-${VARIANT}',
    'curl -sSL http://download.example.org/repositories/network:bro/Debian_8.0/Release.key | apt-key add -',
    'curl -o x "https://keyserver.example.com/pks/lookup?op=get&search=0x2EE0EA64E40A89B84B2DF73499E82A75642AC823"',
    'curl -Lo x "https://example.com/releases/download/tool%2Fv${TOOL_VERSION}/tool_v${TOOL_VERSION}_linux_amd64.tar.gz"',
    'curl -o x https://raw.githubusercontent.com/example/tool/fb3b6fd69957772c1596848e2daaec69eabca1bb/a/b',
    'curl -o x https://download.example.com/pr/7afca223-55d2-470a-8edc-6a1739ae3252/abd170b4b0ec15ad0222a809b761a036/x.exe',
    'npm install -g https://github.com/example/tool#4c144c589050c039cbfc83a37d8e6d1f6f35bd27',
    'ENV RUNC_VERSION 9f9c96235cc97674e935002fc3d78361b696a69e',
    'sysctl -w fs.inotify.max_user_watches=524288',
    'vagrantfile_template = "../vagrantfiles/Vagrantfile.Alpine3.15+"',
    '"OPEN_VM_TOOLS=open-vm-tools-desktop=2:11.2.5-2+deb11u1",',
    'ssh-rsa AAAAB3NzaC1yc2EAAAABIwAAAQEAq2A7hRGmdnm9tUDbO9IDSwBK6TbQa ada',
    'sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
  ])('shows %s', line => {
    expect(shown(line)).toBe(line);
  });
});

test('a text of ours shows no part of a value that stands under a secret-like name', () => {
  const masks = new Masks('ARG API_TOKEN=Dune-velvet427-river\nFROM reg.example.com/x:$API_TOKEN\n', undefined);
  expect(masks.clean('`reg.example.com/x:Dune-velvet427-river` is a moving tag')).toBe(
    '`reg.example.com/x:***` is a moving tag',
  );
  expect(masks.clean('starts with `Dune-velvet4…`')).toBe('starts with `***…`');
  expect(masks.clean('Pass `API_TOKEN` at run time, or use `RUN --mount=type=secret,id=token`')).toBe(
    'Pass `API_TOKEN` at run time, or use `RUN --mount=type=secret,id=token`',
  );
  expect(masks.repeats('echo velvet427')).toBe(true);
  expect(masks.repeats('echo hello')).toBe(false);
});

test('a text of ours keeps the ordinary words that a secret contains as well', () => {
  const masks = new Masks('ARG DB_PASSWORD=vagrant_password1\n', undefined);
  for (const text of [
    '`vnc_disable_password` leaves the console without a password',
    'Lock the password and use SSH keys, or require a password for `sudo`',
  ])
    expect(masks.clean(text)).toBe(text);
  expect(masks.clean('`vagrant_password1`')).toBe('`***`');
  expect(masks.clean('`password1`')).toBe('`***`');
});

test('the target that a context of Bake names is no password', () => {
  expect(shown('"x/web" = "target:web-shop2-${replace(version, ".", "-")}"')).toContain('web-shop2');
  expect(shown('"admin:web-shop2-${replace(version, ".", "-")}"')).not.toContain('web-shop2');
});

test('the token of an address is hidden where nothing shows that it is a commit or the digest of a file', () => {
  const token = 'fb3b6fd69957772c1596848e2daaec69';
  for (const line of [
    `curl https://hooks.example.com/services/${token}`,
    `curl https://example.com/file.sh?key=${token}`,
    `curl https://${token}@example.com/file.sh`,
    `curl https://example.com/file.sh -d ${token}`,
  ])
    expect(shown(line)).not.toContain(token);
});

test('whatever follows a secret-like name is hidden to the last character, in any notation', () => {
  const value = fc
    .array(fc.constantFrom(...'abcXYZ0189!+/_-.'), { minLength: 10, maxLength: 40 })
    .map(characters => characters.join(''))
    .filter(text => /[a-z]/.test(text) && /\d/.test(text) && /^\w{5}/.test(text));
  const line = fc.constantFrom<(v: string) => string>(
    v => `DB_PASSWORD=${v}`,
    v => `db_password: ${v}`,
    v => `"dbPassword": "${v}",`,
    v => `--db-password ${v}`,
    v => `--db-password='${v}'`,
    v => `export DB_PASSWORD="${v}"`,
    v => `db.password=${v}`,
  );
  fc.assert(
    fc.property(value, line, (secret, write) => {
      const out = shown(write(secret));
      for (let i = 0; i + 8 <= secret.length; i++) expect(out.includes(secret.slice(i, i + 8))).toBe(false);
      expect(out).toContain(MASK);
    }),
    { numRuns: 500 },
  );
});

test('the scheme of a secret address is no part of it', () => {
  const masks = new Masks('ENV WEBHOOK_SECRET=https://ada:Dune_velvet427@example.com/hooks\n', undefined);
  for (const text of ['Use `https://packages.example.org/a.tgz`', 'Change it to `git+https://example.org`'])
    expect(masks.clean(text)).toBe(text);
  expect(masks.repeats('https://packages.test')).toBe(false);
  for (const text of ['is `https://ada:Dune_velvet427@x`', 'has https://ada:Dune_vel'])
    expect(masks.clean(text)).not.toMatch(/ada:Dune/);
  expect(masks.repeats('https://ada:Dune_vel')).toBe(true);
});

test('looking for suspects takes time linear in the line', () => {
  for (const unit of ['password: ', 'a:b@', '"', 'x'.repeat(30), '--token ', '=', 'token=$', 'a.b-']) {
    const time = (n: number): number => {
      const line = unit.repeat(n);
      const start = performance.now();
      suspectsIn(line);
      return performance.now() - start;
    };
    time(1_000);
    expect(time(20_000), unit).toBeLessThan(3_000);
  }
});

test('hints find in a text whatever they find in its lines', () => {
  for (const { hint } of READERS) {
    if (!(hint instanceof RegExp)) continue;
    const outside = hint.source.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '');
    expect(outside).not.toMatch(/[$^]|\(\?<?!/);
  }
});

describe('a name in a message', () => {
  test.each([
    ['sed -i "s|\\${NPM_TOKEN_A}|${NPM_TOKEN_A}|" .npmrc', 'Secret in `ARG NPM_TOKEN_A` is stored'],
    ['"ssh_password": "{{user `password`}}", "password": "password"', 'Guessable password in `password`'],
  ])('stays where only a reference has it: %s', (document, message) =>
    expect(new Masks(document, undefined).clean(message)).toBe(message),
  );

  test('goes with a value around a reference', () => {
    const value = ['velvet', 'Dune427'].join('/');
    const masks = new Masks(`ENV DB_PASSWORD=\${A}${value}`, undefined);
    expect(masks.clean(`Is it ${value}?`)).not.toContain(value);
  });
});
