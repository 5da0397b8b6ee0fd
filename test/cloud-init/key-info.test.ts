import { describe, expect, test } from 'vitest';
import { keyAt, keyInfo, keysAt, outlineOf, schemaOf } from '../../languages/cloud-init/key-info.ts';
import { DESCRIPTIONS } from '../../languages/cloud-init/modules/descriptions.ts';
import { networkConfig, userData } from '../../languages/cloud-init/modules/keys.ts';
import { parse } from './support.ts';

describe('what is known of a key', () => {
  const of = (...path: string[]) => keyInfo(userData(), path);

  test('at the top, with a page of its module', () => {
    expect(of('runcmd')).toMatchObject({
      description: DESCRIPTIONS.runcmd,
      link: 'https://docs.cloud-init.io/en/latest/reference/modules.html#mod-cc-runcmd',
      deprecated: undefined,
    });
  });
  test('in items of a list, and deprecated', () => {
    expect(of('users', 'lock_passwd')).toMatchObject({ type: '`true` or `false`' });
    expect(of('users', 'lock-passwd')?.deprecated).toMatchObject({ since: '22.3' });
  });
  test('the values that it takes', () => {
    expect(of('autoinstall', 'updates')?.values).toEqual(['security', 'all']);
  });
  test('keys that do not exist, and what programs choose', () => {
    expect(of('runcmnd')).toBeUndefined();
    expect(of('ntp', 'nothing')).toBeUndefined();
    // Users may be in a mapping, by their name.
    expect(of('users', 'ada')?.type).toContain('a mapping');
    expect(of('apt', 'sources', 'docker', 'keyid')?.type).toBe('a string');
  });
  test('a description in items of a list, under a name of choice and of a key that was renamed', () => {
    expect(of('users', 'lock_passwd')?.description).toContain('logins with a password');
    expect(of('apt', 'sources', 'docker', 'keyid')?.description).toContain('fingerprint');
    expect(of('users', 'lock-passwd')?.description).toBe(of('users', 'lock_passwd')?.description);
    expect(of('autoinstall', 'storage', 'config', 'fstype')?.description).toContain('file system');
  });
  test('network-config, with the page of its version', () => {
    const pages = 'https://docs.cloud-init.io/en/latest/reference';
    expect(keyInfo(networkConfig[1](), ['config', 'subnets', 'type'])).toMatchObject({
      description: 'How the device gets its address.',
      link: `${pages}/network-config-format-v1.html`,
    });
    expect(keyInfo(networkConfig[2](), ['ethernets', 'eth0', 'dhcp4'])).toMatchObject({
      description: expect.stringContaining('DHCP'),
      link: `${pages}/network-config-format-v2.html`,
    });
  });
  test('the version that brought it', () => {
    expect(of('ansible', 'pull', 'playbook_names')?.since).toBe('25.2');
  });
});

test('completion leaves deprecated keys out', () => {
  expect(keysAt(userData(), [])).toContain('runcmd');
  expect(keysAt(userData(), [])).not.toContain('ca-certs');
  expect(keysAt(userData(), ['write_files'])).toEqual(expect.arrayContaining(['path', 'content', 'permissions']));
  expect(keysAt(userData(), ['hostname'])).toEqual([]);
});

describe('the key at an offset', () => {
  const at = (text: string, path?: string) => {
    const offset = text.indexOf('|');
    return keyAt(parse(text.replace('|', ''), path), offset)?.info.path.join('.');
  };

  test.each([
    ['#cloud-config\nrun|cmd: [uptime]\n', 'runcmd'],
    ['#cloud-config\nusers:\n  - name: ada\n    gr|oups: [sudo]\n', 'users.groups'],
    ['#cloud-config\nruncmd: [up|time]\n', undefined],
    ['#cloud-config\nsome|thing: 1\n', undefined],
    ['#!/bin/sh\necho| a\n', undefined],
  ])('%j: %s', (text, path) => expect(at(text)).toBe(path));

  test('of network-config, wrapped or not', () => {
    expect(at('version: 2\nethernets:\n  eth0:\n    dhc|p4: true\n', 'network-config')).toBe('ethernets.eth0.dhcp4');
    expect(at('network:\n  version: 1\n  con|fig: []\n', 'network-config')).toBe('config');
  });
});

test('documents of other programs have no schema', () => {
  expect(schemaOf(parse('#cloud-config\ncoreos:\n  update: {}\n'))).toBeUndefined();
});

test('the outline has keys and no values', () => {
  const tree = parse('#cloud-config\npassword: geheim\nusers:\n  - default\nntp:\n  pools: [a, b]\n  client: auto\n');
  const shape = (entries: ReturnType<typeof outlineOf>): unknown[] =>
    entries.map(({ name, detail, children }) => [name, detail, ...shape(children)]);
  expect(shape(outlineOf(tree))).toEqual([
    ['password', ''],
    ['users', '1 item'],
    ['ntp', '', ['pools', '2 items'], ['client', '']],
  ]);
});
