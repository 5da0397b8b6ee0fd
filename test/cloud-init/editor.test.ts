/** What editors can do with cloud-init files. `‸` marks the cursor. */
import { describe, expect, it } from 'vitest';
import { cloudInitEditor } from '../../languages/cloud-init/editor.ts';
import { lower } from './support.ts';

const opened = (marked: string, path?: string) => {
  const offset = marked.indexOf('‸');
  return { build: lower(marked.replace('‸', ''), path), offset };
};
const labels = (marked: string, path?: string): string[] => {
  const { build, offset } = opened(marked, path);
  return cloudInitEditor.completions!(build, offset).map(({ label }) => label);
};

describe('completion', () => {
  it('offers the keys of the place', () => {
    expect(labels('#cloud-config\n‸')).toEqual(expect.arrayContaining(['packages', 'runcmd', 'write_files', 'users']));
    expect(labels('#cloud-config\nwrite_files:\n  - path: /a\n    ‸')).toEqual(
      expect.arrayContaining(['content', 'permissions', 'owner']),
    );
    expect(labels('#cloud-config\nusers:\n- ‸')).toEqual(expect.arrayContaining(['name', 'ssh_authorized_keys']));
    expect(labels('#cloud-config\nusers:\n- ‸')).not.toContain('runcmd');
    expect(labels('#cloud-config\nruncmd:\n  - echo ‸')).toEqual([]);
  });

  it('writes the form of a value: the first item, required keys, what there is to choose from', () => {
    const snippet = (marked: string, name: string): string | undefined => {
      const { build, offset } = opened(marked);
      return cloudInitEditor.completions!(build, offset).find(({ label }) => label === name)?.snippet;
    };
    expect(snippet('#cloud-config\n‸', 'runcmd')).toBe('runcmd:\n  - $0');
    expect(snippet('#cloud-config\n‸', 'write_files')).toBe(
      'write_files:\n  - path: ${1:/etc/example.conf}\n    permissions: "${2:0644}"\n    content: |\n      $0',
    );
    expect(snippet('#cloud-config\n‸', 'package_update')).toBe('package_update: ${1|true,false|}');
    expect(snippet('#cloud-config\n‸', 'power_state')).toMatch(/^power_state:\n {2}mode: /);
    expect(snippet('#cloud-config\n‸', 'users')).toMatch(/^users:\n {2}- default\n {2}- name: /);
    expect(snippet('#cloud-config\n‸', 'ssh_genkeytypes')).toBe('ssh_genkeytypes:\n  - ${1|ecdsa,ed25519,rsa|}');
    expect(snippet('#cloud-config\n‸', 'package_reboot_if_required')).toMatch(/true,false/);
    expect(snippet('#cloud-config\npower_state: { ‸ }', 'mode')).toBe('mode: ');
    expect(snippet('#cloud-config\n‸', 'hostname')).toBe('hostname: $0');
    expect(snippet('#cloud-config\nusers:\n  - ‸', 'ssh_authorized_keys')).toBe('ssh_authorized_keys:\n    - $0');
    expect(snippet('#cloud-config\nrun‸: []\n', 'runcmd')).toBe('runcmd');
  });

  it.each([
    ['#cloud-config\nruncmd: []\n‸\npackages: []\n', ['runcmd', 'packages'], 'users'],
    [
      '#cloud-config\nwrite_files:\n  - path: /a\n    content: |\n      owner: x\n    ‸\n    encoding: b64\n  - owner: y\n',
      ['path', 'content', 'encoding'],
      'owner',
    ],
    ['#cloud-config\nusers:\n- name: a\n- ‸\n  uid: "1"\n- gecos: x\n', ['uid'], 'name'],
    ['#cloud-config\nusers:\n- name: a\n  # shell: b\n\n  ‸\n', ['name'], 'shell'],
    ['#cloud-config\npower_state: { mode: reboot, ‸ }\n', ['mode'], 'delay'],
    ['#cloud-config\nusers: [default, { name: a, ‸', ['name'], 'shell'],
    ['#cloud-config\nntp:\n  ‸\npackages: []\n', ['packages'], 'servers'],
    ['#cloud-config\npower_state: {\n  mode: reboot,\n  ‸\n}\n', ['mode', 'runcmd'], 'delay'],
  ])('leaves out keys that are there: %j', (text, without, also) => {
    expect(labels(text)).toContain(also);
    for (const name of without) expect(labels(text)).not.toContain(name);
  });

  it.each([
    ['#cloud-config\npower_state:\n  mode: "‸"', 'poweroff'],
    ["#cloud-config\npower_state:\n  mode: 're‸", 'poweroff'],
    ['#cloud-config\npower_state: { ‸ }', 'mode'],
    ['#cloud-config\npower_state: {mode: ‸}', 'reboot'],
    ['#cloud-config\npower_state: { delay: now, mode: "‸', 'reboot'],
    ['#cloud-config\nssh_genkeytypes: [‸', 'ed25519'],
    ['#cloud-config\nssh_genkeytypes: [rsa, "‸"]', 'ed25519'],
    ['#cloud-config\nssh_genkeytypes:\n  - ‸', 'ed25519'],
    ['#cloud-config\nssh_genkeytypes:\n- e‸', 'ed25519'],
    ['#cloud-config\nusers: [{ lock_passwd: ‸', 'true'],
    ['#cloud-config\nusers: [\n  default,\n  { name: a, # the owner\n    groups: [adm],\n    lock_passwd: ‸\n', 'true'],
    ['#cloud-config\nusers:\n  - {\n    name: a,\n    ‸\n  }\n', 'shell'],
    ['#cloud-config\npower_state: {\n  mode: reboot,\n  ‸\n}\n', 'delay'],
    ['#cloud-config\nssh_genkeytypes: [\n  rsa,\n  ‸\n]\n', 'ed25519'],
    ['#cloud-config\npower_state: {\n}\n‸', 'runcmd'],
  ])('offers what fits: %j', (text, label) => expect(labels(text)).toContain(label));

  it.each([
    '#cloud-config\nruncmd: [echo, ‸',
    '#cloud-config\nhostname: "‸"',
    '#cloud-config\nruncmd:\n  - [ls, "a: ‸"]',
    '#cloud-config\nwrite_files:\n  - content: some words ‸',
    '#cloud-config\npower_state: { mode: reboot } ‸',
    '#cloud-config\npower_state: { mode: reboot ‸',
    '#cloud-config\n# ‸',
    '#cloud-config\npower_state:\n  mode:‸',
  ])('offers nothing: %j', text => expect(labels(text)).toEqual([]));

  it('knows a new network-config, wrapped or not', () => {
    for (const text of ['‸', 'network:\n  ‸', 'network:\n  version: 2\n  ‸'])
      expect(labels(text, 'network-config'), text).toContain('ethernets');
    expect(labels('network:\n  ethernets:\n    eth0:\n      ‸', 'network-config')).toContain('dhcp4');
    expect(labels('network:\n  version: 1\n  ‸', 'network-config')).toContain('config');
  });

  it('has a whole document for an empty one', () => {
    const first = (text: string, path: string): string | undefined => {
      const { build, offset } = opened(text, path);
      return cloudInitEditor.completions!(build, offset).find(({ label }) => label === 'cloud-config')?.snippet;
    };
    expect(first('‸', 'user-data')).toMatch(/^#cloud-config\npackage_update: true\n/);
    expect(first('cloud‸', 'user-data')).toMatch(/^#cloud-config\n/);
    expect(first('#cloud-config\n‸', 'user-data')).toMatch(/^package_update: true\n/);
    expect(first('#cloud-config\nruncmd: []\n‸', 'user-data')).toBeUndefined();
    expect(first('‸', 'network-config')).toBeUndefined();
  });

  const MIME =
    'Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n--b\nContent-Type: text/cloud-config\nContent-Disposition: attachment; filename="a.yaml"\n\n#cloud-config\npower_state:\n  mode: reboot\n--b\nContent-Type: text/x-shellscript\n\n#!/bin/sh\n\n--b--\n';

  it('works in the parts of a message, which has an outline', () => {
    expect(labels(MIME.replace('reboot\n', 'reboot\n  ‸\n'))).toContain('delay');
    expect(labels(MIME.replace('#!/bin/sh\n', '#!/bin/sh\n‸'))).toEqual([]);
    expect(labels(MIME.replace('1.0\n', '1.0\n‸'))).toEqual([]);
    const { build, offset } = opened(MIME.replace('mode', 'mo‸de'));
    expect(cloudInitEditor.hover!(build, offset)!.markdown).toMatch(/^`mode`: /);
    const shown = cloudInitEditor.outline!(build).map(({ name, detail, children }) => [
      name,
      detail,
      children.map(one => one.name),
    ]);
    expect(shown).toEqual([
      ['a.yaml', 'text/cloud-config', ['power_state']],
      ['text/x-shellscript', undefined, []],
    ]);
  });

  it('offers values', () => {
    expect(labels('#cloud-config\npackage_update: ‸')).toEqual(['true', 'false']);
    expect(labels('version: 2\nethernets:\n  eth0:\n    dhcp4: ‸', 'network-config').slice(0, 2)).toEqual([
      'true',
      'false',
    ]);
    expect(labels('#cloud-config\npower_state:\n  mode: ‸')).toEqual(
      expect.arrayContaining(['poweroff', 'reboot', 'halt']),
    );
  });

  it('knows the keys of an installer file without `autoinstall`', () => {
    const text = 'version: 1\nidentity: {}\n';
    expect(labels(`${text}‸`, 'autoinstall.yaml')).toEqual(expect.arrayContaining(['late-commands', 'storage']));
    expect(labels(`${text}‸`, 'autoinstall.yaml')).not.toContain('runcmd');
    const { build, offset } = opened(`ver‸${text.slice(3)}`, 'autoinstall.yaml');
    expect(cloudInitEditor.hover!(build, offset)!.markdown).toMatch(/^`version`: /);
    expect(cloudInitEditor.outline!(build).map(({ name }) => name)).toEqual(['version', 'identity']);
  });

  it('is silent in scripts', () => expect(labels('#!/bin/sh\n‸')).toEqual([]));
});

describe('hover and outline', () => {
  it('says what a key is, and shows no value', () => {
    const { build, offset } = opened('#cloud-config\npassw‸ord: k7Q9wErTy2uI\n');
    const text = cloudInitEditor.hover!(build, offset)!.markdown;
    expect(text).toMatch(/^`password`: /);
    expect(text).toContain('https://docs.cloud-init.io/');
    expect(text).not.toContain('k7Q9');
  });

  it('names values once, and what a deprecated key is replaced by', () => {
    const hover = (marked: string): string => {
      const { build, offset } = opened(marked, 'network-config');
      return cloudInitEditor.hover!(build, offset)!.markdown;
    };
    const dhcp = hover('version: 2\nethernets:\n  eth0:\n    dhc‸p4: true\n');
    expect(dhcp).toMatch(/^`dhcp4`: `true`.*\n\nWhether .*\n\n\[Documentation\]\(.*network-config-format-v2\.html\)$/);
    const gateway = hover('version: 2\nethernets:\n  eth0:\n    gate‸way4: 192.0.2.1\n');
    expect(gateway).toContain('Deprecated since cloud-init 22.4. Use `routes` with `to: default` and `via`.');
  });

  it('explains a value that is one of a few, and no other', () => {
    const hover = (marked: string): string | undefined => {
      const { build, offset } = opened(marked);
      return cloudInitEditor.hover!(build, offset)?.markdown;
    };
    expect(hover('#cloud-config\npower_state:\n  mode: re‸boot\n')).toMatch(/^`mode`: /);
    expect(hover('#cloud-config\npackage_update: tr‸ue\n')).toMatch(/^`package_update`: /);
    expect(hover('#cloud-config\nssh_genkeytypes: [r‸sa]\n')).toMatch(/^`ssh_genkeytypes`: /);
    for (const text of ['hostname: w‸eb', 'password: k7Q9wE‸rTy', 'runcmd: [l‸s]'])
      expect(hover(`#cloud-config\n${text}\n`), text).toBeUndefined();
  });

  it('finds keys, accounts and files by name', () => {
    const text =
      '#cloud-config\nusers:\n  - default\n  - name: ada\n    passwd: x\nwrite_files:\n  - path: /etc/motd\n    content: hello\n';
    const { build } = opened(`${text}‸`);
    const shown = cloudInitEditor.foundNames!(build).map(({ detail, name, span }) => [
      name,
      detail,
      text.slice(span.start, span.end),
    ]);
    expect(shown).toEqual([
      ['users', 'cloud-config', 'users'],
      ['write_files', 'cloud-config', 'write_files'],
      ['default', 'account', 'default'],
      ['ada', 'account', 'ada'],
      ['/etc/motd', 'file', '/etc/motd'],
    ]);
  });

  it('lists keys', () => {
    const { build } = opened('#cloud-config\npackages: [a, b]\nwrite_files:\n  - path: /a\n‸');
    expect(cloudInitEditor.outline!(build).map(({ name, detail }) => `${name} ${detail ?? ''}`)).toEqual([
      'packages 2 items',
      'write_files 1 item',
    ]);
  });
});
