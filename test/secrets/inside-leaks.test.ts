/**
 * Nothing is said of a secret in a script that a template runs, in the answers of an installer, or in what a command hands
 * to another shell: by no format of the command line, no diff, and nothing that the server sends, edits included.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { FORMAT_NAMES } from '../../cli/format/formats.ts';
import { engineOf } from '../../dev/engine.ts';
import { type Random, seeded } from '../../dev/secrets/random.ts';
import { rules } from '../../rules/index.ts';
import { folderWith, runIn } from '../cli/real.ts';
import { Session } from '../server/session.ts';
import { COMMANDS } from './leak-carriers.ts';

/** So many characters in a row are a part of a secret and no chance. */
const TELLING = 8;
const parts = (text: string): readonly string[] =>
  Array.from({ length: Math.max(0, text.length - TELLING + 1) }, (_, i) => text.slice(i, i + TELLING));

const MIXED = 'abcdefghkmnpqrstuvwxyzABCDEFGHKLMNPQRSTUVWXYZ23456789';
const VALUES: readonly ((random: Random) => string)[] = [
  random => `k7Q${random.text(MIXED, 18)}`,
  random => `Velvet-${random.text('abcdefgh', 5)}${random.text('23456789', 3)}-copper`,
  random => [8, 4, 4, 4, 12].map(length => random.text('0123456789abcdef', length)).join('-'),
];

/** A directory: `{}` stands for the secret. */
type Carrier = Readonly<Record<string, string>>;

const quoted = (text: string): string => JSON.stringify(text).replaceAll('${', '$${').replaceAll('%{', '%%{');
const source = (lines: string): string =>
  `source "qemu" "a" {\n  iso_url = "http://example.com/a.iso"\n${lines}}\nbuild {\n  sources = ["source.qemu.a"]\n}\n`;
const provisioner = (type: string, line: string): string =>
  `source "null" "a" {\n  communicator = "none"\n}\nbuild {\n  sources = ["source.null.a"]\n  provisioner "${type}" {\n    ${line}\n  }\n}\n`;
const served = (name: string, text: string): Carrier => ({
  'a.pkr.hcl': source(
    `  http_directory = "http"\n  boot_command = ["inst.ks=http://{{ .HTTPIP }}:{{ .HTTPPort }}/${name}<enter>"]\n`,
  ),
  [`http/${name}`]: text,
});
const script = (name: string, text: string): Carrier => ({
  'a.pkr.hcl': provisioner(name.endsWith('.sh') ? 'shell' : 'powershell', `script = "scripts/${name}"`),
  [`scripts/${name}`]: text,
});
const unattend = (line: string): string =>
  `<?xml version="1.0"?>\n<unattend><settings pass="oobeSystem">\n${line}\n</settings></unattend>\n`;
const encode = (text: string): string => Buffer.from(text, 'utf16le').toString('base64');
/** Commands with the secret, written by the way that hides them. */
const encoded = (around: (code: string) => Carrier, command: string) => (secret: string) =>
  around(encode(command.replaceAll('{}', () => secret)));

const WINDOWS: readonly string[] = [
  'net user ada {} /add',
  "$p = ConvertTo-SecureString '{}' -AsPlainText -Force",
  "[Environment]::SetEnvironmentVariable('DB_PASSWORD', '{}', 'Machine')",
  "Start-Process net -ArgumentList 'user', 'ada', '{}', '/add'",
  'schtasks /create /tn a /sc daily /ru CORP\\job /rp {} /tr "net user ada {}"',
  'Invoke-WebRequest http://ci:{}@example.com/a.ps1 | iex',
];

const inside = (command: string): readonly Carrier[] => [
  script('a.sh', `#!/bin/bash\nset -e\napt-get install nginx\n${command}\ncurl -k https://example.com/x | sh\n`),
  served('ks.cfg', `zerombr\nfirewall --disabled\n%post\n${command}\nchmod 777 /srv\n%end\n`),
  { Dockerfile: `FROM debian:latest\nONBUILD RUN ${command}\n` },
  { 'a.pkr.hcl': provisioner('shell', `inline = [${quoted(`ssh root@example.com <<'E'\n${command}\nE`)}]`) },
];

const WAYS: readonly ((secret: string) => Carrier)[] = [
  // Every command in a script, and in one of the others.
  ...COMMANDS.map(command => command.replaceAll('⟦S⟧', '{}')).flatMap((command, i) => {
    const [first, ...others] = inside(command);
    return [first!, others[i % others.length]!].map(carrier => (secret: string) => filled(carrier, secret));
  }),
  ...WINDOWS.flatMap(command => [
    (secret: string) => filled(script('a.ps1', `${command}\nchoco install nginx\n`), secret),
    (secret: string) =>
      filled(
        served(
          'Autounattend.xml',
          unattend(
            `<SynchronousCommand><CommandLine>${command.replaceAll('"', '&quot;')}</CommandLine></SynchronousCommand>`,
          ),
        ),
        secret,
      ),
    encoded(code => script('a.ps1', `powershell -EncodedCommand ${code}\nchoco install nginx\n`), command),
    encoded(code => ({ Dockerfile: `FROM debian:latest\nRUN pwsh -enc ${code} && apt-get install curl\n` }), command),
    encoded(code => ({ Dockerfile: `FROM debian:latest\nRUN ["pwsh", "-e", "${code}"]\n` }), command),
    encoded(
      code => ({ 'a.pkr.hcl': provisioner('windows-shell', `inline = ["powershell -ec ${code}", "choco install x"]`) }),
      command,
    ),
  ]),
  ...[
    served('ks.cfg', 'rootpw --plaintext {}\nsshpw --username=a {} --plaintext\nuser --name=a --password={}\n'),
    served(
      'ks.cfg',
      'bootloader --password={}\npart / --encrypted --passphrase {}\nrealm join --one-time-password={} x\n',
    ),
    served('preseed.cfg', 'd-i passwd/root-password password {}\nd-i netcfg/wireless_wpa string {}\n'),
    served(
      'preseed.cfg',
      'd-i mirror/http/proxy string http://a:{}@p\nd-i preseed/late_command string echo a:{} | chpasswd\n',
    ),
    served('Autounattend.xml', unattend('<AdministratorPassword><Value>{}</Value></AdministratorPassword>')),
    served('Autounattend.xml', unattend('<MachinePassword>{}</MachinePassword>\n<EnableLUA>false</EnableLUA>')),
    {
      'a.pkr.hcl':
        'source "docker" "a" {\n  image = "debian"\n  commit = true\n  run_command = ["-e", "DB_PASSWORD={}", "{{.Image}}"]\n' +
        '  changes = ["ONBUILD RUN curl -u a:{} http://example.com | sh", "ENV API_TOKEN={}", "CMD app --password {}"]\n}\n' +
        'build {\n  sources = ["source.docker.a"]\n}\n',
    },
    { Dockerfile: "FROM debian:latest\nRUN echo 'export API_TOKEN={}; apt-get install x' | bash\n" },
    { Dockerfile: "FROM debian:latest\nRUN at now <<'E'\ncurl -u a:{} http://example.com | sh\nE\n" },
    { Dockerfile: "FROM debian:latest\nCOPY <<'E' /srv/Makefile\na:\n\tcurl -ku a:{} http://example.com -o b\nE\n" },
    {
      'user-data':
        '#cloud-config\nwrite_files:\n  - path: /etc/cron.d/a\n    content: |\n      @daily root curl -u a:{} http://example.com | sh\n',
    },
  ].map(carrier => (secret: string) => filled(carrier, secret)),
];

function filled(carrier: Carrier, secret: string): Carrier {
  return Object.fromEntries(Object.entries(carrier).map(([path, text]) => [path, text.replaceAll('{}', () => secret)]));
}

/** What is planted, each in a directory of its own. */
const random = seeded(20261129);
const planted = WAYS.map((way, i) => {
  const secret = VALUES[i % VALUES.length]!(random);
  return { directory: `d${i}`, secret, files: way(secret) };
});
const root = folderWith(
  Object.fromEntries(
    planted.flatMap(({ directory, files }) =>
      Object.entries(files).map(([path, text]) => [`${directory}/${path}`, text]),
    ),
  ),
);

/** The ways whose secret is in a text; by what they are, so that a failure prints no secret. */
function leaksIn(said: string): readonly string[] {
  return planted
    .filter(({ secret }) => parts(secret).some(part => said.includes(part)))
    .map(({ secret, files }) =>
      Object.values(files)
        .map(text => text.replaceAll(secret, '{}'))
        .join('\n'),
    );
}

test('no format says a secret', async () => {
  const reports = folderWith({});
  const outputs = FORMAT_NAMES.map(name => [name, join(reports, name)] as const);
  const options = outputs.flatMap(([name, file]) => ['--format', `${name}=${file}`]);
  const { out, err } = await runIn(root, '--preset', 'all', '--fail-on', 'never', ...options);
  expect(leaksIn(out + err)).toEqual([]);
  for (const [name, file] of outputs) {
    const said = readFileSync(file, 'utf8');
    expect([name, said.length > 20_000, leaksIn(said)]).toEqual([name, true, []]);
  }
}, 300_000);

test('neither do the diffs, the debug log and the explanation of a script', async () => {
  const { out, err } = await runIn(root, '--preset', 'all', '--fix-suggested', '--diff', '--debug');
  expect(out).toContain('+++ b/');
  expect(leaksIn(out + err)).toEqual([]);
  const explained = await runIn(root, '--explain-file', 'd0/scripts/a.sh', '--debug');
  expect(explained.out).toContain('named by: d0/a.pkr.hcl');
  expect(leaksIn(explained.out + explained.err)).toEqual([]);
}, 300_000);

let session: Session | undefined;
afterAll(() => session?.stop());

test('neither does the server, about a script that is opened alone', async () => {
  const files = new Map<string, string>();
  for (const { directory, files: own } of planted)
    for (const path of Object.keys(own))
      files.set(`file:///ws/${directory}/${path}`, readFileSync(join(root, directory, path), 'utf8'));
  session = await Session.start({ engine: engineOf(rules), files, settings: { preset: 'all' } });
  let [found, edits] = [0, 0];
  for (const [i, { directory, files: own }] of planted.entries()) {
    // Each action costs lints.
    if (i % 9 !== 0) continue;
    for (const [path, text] of Object.entries(own)) {
      if (path.endsWith('.hcl') && Object.keys(own).length > 1) continue;
      const uri = `file:///ws/${directory}/${path}`;
      await session.open(uri, text, path.endsWith('.sh') ? 'shellscript' : 'plaintext');
      const diagnostics = await session.settled(uri);
      found += diagnostics.length;
      for (const { range } of diagnostics) await session.hover(uri, range.start.line, range.start.character);
      const actions = await session.actions(uri, {
        start: { line: 0, character: 0 },
        end: { line: 999, character: 0 },
      });
      edits += actions.filter(({ edit }) => edit).length;
      await session.close(uri);
    }
  }
  expect(found).toBeGreaterThan(40);
  expect(edits).toBeGreaterThan(20);
  expect(leaksIn(session.sent + session.logged.join('\n'))).toEqual([]);
}, 300_000);

test('the search for leaks finds one', () => {
  expect(existsSync(join(root, 'd0'))).toBe(true);
  expect(leaksIn(`a ${planted[3]!.secret.slice(1, 10)} b`)).toHaveLength(1);
});
