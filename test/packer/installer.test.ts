import { describe, expect, test } from 'vitest';
import { SourceText, UNRESOLVED } from '../../core/text.ts';
import { servedPaths } from '../../languages/packer/boot-command.ts';
import { installationIn } from '../../languages/packer/installer/index.ts';
import type { Installation } from '../../languages/packer/installer/installation.ts';
import { joinedLines, wordsOf } from '../../languages/packer/installer/lines.ts';
import { readXml, type XmlElement } from '../../languages/packer/installer/xml.ts';
import { filledIn } from '../../languages/packer/template-file.ts';
import { onTarget } from '../../shell/target-paths.ts';
import { read } from './read.ts';

const installation = (text: string): Installation => installationIn(SourceText.document(text));
const answers = (text: string): string[] =>
  installation(text).answers.map(({ name, text: value, account }) => `${name} ${account ?? '?'} ${value.text}`);
const scripts = (text: string): string[] =>
  installation(text).scripts.map(({ phase, text: script, dialect }) => `${phase} ${dialect ?? '-'} ${script.text}`);
const written = (text: string): string[] =>
  installation(text).answers.map(({ text: value }) => text.slice(value.span.start, value.span.end));

describe('kickstart', () => {
  test.each([
    ['rootpw --plaintext apple', 'rootpw root apple'],
    ['rootpw apple # a note', 'rootpw root apple'],
    ['rootpw "an apple"', 'rootpw root an apple'],
    ['rootpw --iscrypted $6$a$b', 'rootpw root $6$a$b'],
    ['user --name=ops --password=apple --plaintext', 'user.password ops apple'],
    ['user --name ops --plaintext --password apple', 'user.password ops apple'],
    ["user --groups=wheel --name='ops' --password='apple'", 'user.password ops apple'],
    ['bootloader --location=mbr --password=apple', 'bootloader.password ? apple'],
    ['part / --encrypted --passphrase=apple', 'part.password ? apple'],
    ['sshpw --username=ops apple --plaintext', 'sshpw ops apple'],
    ['sshpw --username ops apple', 'sshpw ops apple'],
    ['realm join --one-time-password=apple example.com', 'realm.password ? apple'],
  ])('%s', (line, expected) => {
    const text = `text\n%packages\n%end\n${line}\r\n`;
    expect(answers(text)).toEqual([expected]);
    expect(written(text)).toEqual([expected.slice(expected.indexOf(' ', expected.indexOf(' ') + 1) + 1)]);
  });

  test.each(['rootpw --lock apple', 'rootpw --iscrypted locked', '# rootpw apple', 'user --name=ops', 'rootpw'])(
    '%s sets no password',
    line => expect(answers(`zerombr\n${line}\n`)).toEqual([]),
  );

  test('sections: which run on the new system, and how', () => {
    const text = [
      '%pre --log=/root/pre.log',
      'echo a',
      '%end',
      '%post --interpreter=/usr/bin/python3',
      'print(1)',
      '%end',
      '%post --nochroot --erroronfail',
      'cp /tmp/x /mnt/sysimage/etc/x',
      'rootpw apple',
      '%post',
      'echo b',
      '',
    ].join('\n');
    expect(scripts(text)).toEqual([
      'host - echo a',
      'build other print(1)',
      'build - cp /tmp/x /etc/x\nrootpw apple',
      'build - echo b',
    ]);
    expect(answers(text)).toEqual([]);
  });

  test.each([
    ['firewall --disabled', ['systemctl disable firewalld']],
    ['firewall --enabled --ssh', []],
    ['selinux --permissive', ['echo SELINUX=permissive > /etc/selinux/config']],
    ['selinux --enforcing', []],
    ['services --enabled=sshd,chronyd --disabled kdump', ['systemctl disable kdump', 'systemctl enable sshd chronyd']],
    ['rootpw --allow-ssh --lock', []],
    ['url --noverifyssl --url https://a/b', ['echo sslverify=0 > /etc/yum.repos.d/install.repo']],
    ['url --url https://a/b', []],
  ])('%s', (line, expected) => {
    expect(scripts(`zerombr\n${line}\n`)).toEqual(expected.map(command => `build - ${command}`));
  });

  test('packages by their names', () => {
    const { packages } = installation(
      '%packages --ignoremissing\n@core\n  nginx # web\n-firewalld\nkernel-devel\n@^minimal\n%end\n',
    );
    expect(packages.map(({ text }) => text)).toEqual(['nginx', 'kernel-devel']);
  });
});

describe('preseed', () => {
  const text = [
    'd-i passwd/username string ops',
    '# d-i passwd/user-password password no',
    'd-i passwd/user-password password apple',
    'd-i passwd/user-password-again password apple',
    'd-i passwd/root-password-crypted password $6$a$b',
    'd-i pkgsel/include string openssh-server \\',
    '  sudo',
    'd-i preseed/early_command string echo early',
    'd-i preseed/late_command string \\',
    '  in-target passwd -l root; \\',
    "  echo 'x' > /target/etc/x",
  ].join('\n');

  test('accounts, packages and commands', () => {
    expect(answers(text)).toEqual(['user-password ops apple', 'root-password-crypted root $6$a$b']);
    expect(written(text)).toEqual(['apple', '$6$a$b']);
    expect(installation(text).packages.map(word => word.text)).toEqual(['openssh-server', 'sudo']);
    expect(scripts(text)).toEqual(['host - echo early', "build - in-target passwd -l root;   echo 'x' > /etc/x"]);
  });

  test('an account that is not made has no password', () => {
    expect(answers(`${text}\nd-i passwd/root-login boolean false\nd-i passwd/make-user boolean false\n`)).toEqual([]);
  });
});

describe('answers for Windows', () => {
  const text = `<?xml version="1.0"?>
<unattend xmlns="urn:schemas-microsoft-com:unattend">
  <!-- <Password><Value>comment</Value></Password> -->
  <settings pass="windowsPE"><component name="a>b">
    <RunSynchronousCommand wcm:action="add"><Path>cmd /c pe</Path></RunSynchronousCommand>
  </component></settings>
  <settings pass="oobeSystem"><component>
    <DomainProfile_EnableFirewall>false</DomainProfile_EnableFirewall>
    <AutoLogon><Username>ops</Username><Password><Value>a&amp;b</Value><PlainText>true</PlainText></Password></AutoLogon>
    <UserAccounts>
      <AdministratorPassword><Value>YQBwAHAAbABlAEEAZABtAGkAbgBpAHMAdAByAGEAdABvAHIAUABhAHMAcwB3AG8AcgBkAA==</Value><PlainText>false</PlainText></AdministratorPassword>
      <LocalAccount><Name>ops</Name><Password><Value>a&#38;b</Value></Password></LocalAccount>
      <LocalAccount><Name>x</Name><Password><Value>*SENSITIVE*DATA*DELETED*</Value></Password></LocalAccount>
    </UserAccounts>
    <SynchronousCommand><CommandLine>net user guest /active:no &gt; nul</CommandLine></SynchronousCommand>
  </component></settings>
</unattend>`;

  test('accounts and commands', () => {
    expect(answers(text)).toEqual(['Password ops a&b', 'AdministratorPassword Administrator apple']);
    expect(written(text)[0]).toBe('a&amp;b');
    expect(scripts(text)).toEqual([
      'host cmd cmd /c pe',
      'build cmd netsh advfirewall set domainprofile state off',
      'build cmd net user guest /active:no > nul',
    ]);
  });

  const names = (elements: readonly XmlElement[]): unknown[] =>
    elements.map(({ name, text: own, children }) => [name, own.text, ...names(children)]);
  test.each([
    ['<a><b>x</a>y', [['a', '', ['b', 'x']]]],
    ['<a>1 < 2 &unknown; &lt;<![CDATA[<c>]]></a>', [['a', '1 < 2 &unknown; <<c>']]],
    [
      '<n:a/><b',
      [
        ['a', ''],
        ['b', ''],
      ],
    ],
    ['</x><a t="/>">z', [['a', 'z']]],
    ['<!-- <a>', []],
  ])('broken XML: %s', (xml, expected) => expect(names(readXml(SourceText.document(xml)))).toEqual(expected));

  test('depth and number of elements are capped', () => {
    const deep = readXml(SourceText.document('<a>'.repeat(200_000)));
    expect(deep).toHaveLength(1);
    expect(readXml(SourceText.document('<a/>'.repeat(200_000))).length).toBeLessThan(30_000);
  });
});

test('hostile texts stay cheap', () => {
  const before = process.cpuUsage();
  const repeated = (text: string): string => text.repeat(200_000 / text.length);
  filledIn(SourceText.document(repeated('${')));
  installation(repeated('rootpw a\n'));
  installation(`zerombr\n%post\n${repeated('/mnt/sysimage/ ')}`);
  installation(repeated('d-i a/b string \\\n'));
  installation(`<unattend>${repeated('<Password>a</Password>')}`);
  installation(`<unattend>${repeated('<a "')}`);
  // CPU time, since others may be using the machine.
  const { user } = process.cpuUsage(before);
  expect(user / 1_000).toBeLessThan(3_000);
});

test('lines that are continued, and words', () => {
  const lines = [...joinedLines(SourceText.document('a \\\nb\nc\\'))].map(({ text }) => text);
  expect(lines).toEqual(['a b', 'c']);
  const words = wordsOf(SourceText.document(`a="b c" 'd'e "f # g`)).map(({ text }) => text);
  expect(words).toEqual(['a=b c', 'de', '"f']);
});

test.each([
  ['cp /target/etc/x "/target/root"', 'cp /etc/x "/root"'],
  ['echo a>/target/etc/x; ls /my/target/x /targets', 'echo a>/etc/x; ls /my/target/x /targets'],
  ['chroot /target ls', 'chroot /target ls'],
])('%s on the new system', (script, expected) => {
  const text = onTarget(SourceText.document(script), ['/target']);
  expect(text.text).toBe(expected);
  const { start, end } = text.span;
  expect([start, end]).toEqual([0, script.length]);
});

test('what templatefile fills in is unknown', () => {
  const text = filledIn(SourceText.document('a ${x["}"]} $${b} %{ if c }d%{ endif } ${never'));
  expect(text.text).toBe(`a ${UNRESOLVED}"]} \${b} d \${never`);
});

test('cloud-init looks for user-data below its seed', () => {
  const host = `http://${UNRESOLVED}:${UNRESOLVED}`;
  expect(servedPaths(`ds=nocloud-net;s=${host}/24.04/ ---`)).toContain('24.04/user-data');
  expect(servedPaths(`autoinstall ds=nocloud;s=${host}/`)).toEqual(['user-data']);
  expect(servedPaths(`inst.ks=${host}/ks.cfg`)).toEqual(['ks.cfg']);
});

describe('steps of a build', () => {
  const template = (attributes: string): string =>
    `source "qemu" "x" {\n${attributes}\n}\nsource "qemu" "y" {\n${attributes}\n}\nbuild {\n  sources = ["qemu.x", "qemu.y"]\n  provisioner "shell" {\n    inline = ["echo last"]\n  }\n}\n`;
  const commands = (attributes: string, files: Record<string, string>): string[] =>
    read(template(attributes), files).build.stages[0]!.steps.flatMap(step =>
      step.kind === 'run' ? (step.script?.text.text ?? '').trim() : [],
    );
  const KICKSTART = 'zerombr\n%post\necho first\n%end\n';
  const BOOT = 'boot_command = ["inst.ks=http://{{ .HTTPIP }}:{{ .HTTPPort }}/ks.cfg"]';

  test.each([
    [`http_directory = "http"\n${BOOT}`, '/p/http/ks.cfg'],
    [`http_directory = "\${abspath(path.root)}/http"\n${BOOT}`, '/p/http/ks.cfg'],
    ['http_content = {\n"/ks.cfg" = file("ks.cfg")\n}', '/p/ks.cfg'],
    ['cd_content = {\n"ks.cfg" = templatefile("ks.tpl", {})\n}', '/p/ks.tpl'],
    ['floppy_files = ["a/ks.cfg"]', '/p/a/ks.cfg'],
    ['cd_files = ["a/*"]', '/p/a/ks.cfg'],
    ['floppy_dirs = ["a"]', '/p/a/ks.cfg'],
    ['additional_iso_files {\ncd_content = {\n"ks.cfg" = file("ks.cfg")\n}\n}', '/p/ks.cfg'],
    ['cd_content = var.x == "a" ? { "ks.cfg" = file("ks.cfg") } : null', '/p/ks.cfg'],
  ])('%s', (attributes, path) => {
    expect(commands(attributes, { [path]: KICKSTART })).toEqual(['echo first', 'echo last']);
    const { mentions } = read(template(attributes), { [path]: KICKSTART }).build;
    expect(mentions.map(({ file }) => file)).toContain(path);
  });

  test('a file that nothing names or asks for is none of them', () => {
    const files = { '/p/http/ks.cfg': KICKSTART, '/p/http/other.cfg': KICKSTART };
    expect(commands('http_directory = "http"', files)).toEqual(['echo last']);
    expect(commands('', files)).toEqual(['echo last']);
  });
});

describe('settings that do what a command does', () => {
  test.each([
    ['d-i debian-installer/allow_unauthenticated boolean true', 1],
    ['d-i debian-installer/allow_unauthenticated boolean false', 0],
  ])('%s', (line, count) => {
    const found = scripts(`${line}\n`);
    expect(found).toHaveLength(count);
    expect(found.every(one => one.includes('AllowUnauthenticated'))).toBe(true);
  });

  test.each([
    ['<fDenyTSConnections>false</fDenyTSConnections>', 'build cmd reg add '],
    ['<fDenyTSConnections>true</fDenyTSConnections>', undefined],
    ['<EnableLUA>false</EnableLUA>', 'build cmd reg add '],
    ['<EnableLUA>true</EnableLUA>', undefined],
    ['<DisableAntiSpyware>true</DisableAntiSpyware>', 'build cmd reg add '],
    ['<enable_firewall config:type="boolean">false</enable_firewall>', 'build - systemctl disable firewalld'],
    ['<enable_firewall config:type="boolean">true</enable_firewall>', undefined],
  ])('%s', (element, expected) => {
    const found = scripts(`<?xml version="1.0"?>\n<unattend>${element}</unattend>`);
    expect(found.map(one => expected !== undefined && one.startsWith(expected))).toEqual(expected ? [true] : []);
  });

  test('keys of wireless networks are passwords of the installer', () => {
    expect(answers('d-i netcfg/wireless_wpa string apple\n')).toEqual(['wireless_wpa ? apple']);
    expect(answers('<?xml version="1.0"?>\n<unattend><MachinePassword>apple</MachinePassword></unattend>')).toEqual([
      'MachinePassword ? apple',
    ]);
  });
});
