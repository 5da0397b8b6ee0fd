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
    expect(snippet('#cloud-config\n‸', 'write_files')).toBe('write_files:\n  - path: $1');
    expect(snippet('#cloud-config\n‸', 'package_update')).toBe('package_update: ${1|true,false|}');
    expect(snippet('#cloud-config\n‸', 'power_state')).toBe('power_state:\n  mode: $1');
    expect(snippet('#cloud-config\n‸', 'hostname')).toBe('hostname: $0');
    expect(snippet('#cloud-config\nusers:\n  - ‸', 'ssh_authorized_keys')).toBe('ssh_authorized_keys:\n    - $0');
    expect(snippet('#cloud-config\nrun‸: []\n', 'runcmd')).toBe('runcmd');
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
