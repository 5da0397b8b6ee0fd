import { describe, expect, test } from 'vitest';
import { osOf } from '../../languages/packer/nodes.ts';
import { factsOf, SOURCE_FACTS } from '../../languages/packer/sources/index.ts';
import { read } from './read.ts';

describe('the table of source types', () => {
  test('has each type once', () => {
    const types = SOURCE_FACTS.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    for (const type of ['amazon-ebs', 'azure-arm', 'googlecompute', 'qemu', 'docker', 'hcloud', 'vsphere-iso', 'null'])
      expect(factsOf(type)?.type).toBe(type);
    expect(factsOf('constructor')).toBeUndefined();
  });

  test.each(SOURCE_FACTS.map(facts => [facts.type, facts] as const))('%s is well formed', (_type, facts) => {
    expect(facts.url).toMatch(/^https:\/\/developer\.hashicorp\.com\/packer\//);
    expect(facts.plugin).toMatch(/^github\.com\/[\w-]+\/[\w-]+$/);
    const attributes = [
      ...facts.bases.flatMap(({ attribute, checksum }) => (checksum ? [attribute, checksum] : [attribute])),
      ...[...facts.credentials, ...facts.labels, ...facts.settings].map(({ attribute }) => attribute),
      ...facts.names,
      ...facts.descriptions,
      ...facts.retirement,
      ...facts.overwrites,
    ];
    for (const attribute of attributes) expect(attribute).toMatch(/^[a-z0-9_]+(?:\.[A-Za-z0-9_-]+)*$/);
    if (facts.produces === 'none') expect([...facts.names, ...facts.labels, ...facts.bases]).toEqual([]);
    for (const { good } of facts.settings) if (good) expect(good).toMatch(/^(?:true|false|"[^"]+")$/);
  });
});

test.each([
  ['azure-arm', 'os_type = "Windows"', 'windows'],
  ['azure-arm', 'image_publisher = "Canonical"', 'linux'],
  ['amazon-ebs', 'communicator = "winrm"', 'windows'],
  ['googlecompute', 'source_image_family = "debian-12"', 'linux'],
  ['tart-cli', '', 'macos'],
  ['amazon-ebs', 'source_ami = "ami-1"', undefined],
])('the operating system of %s with %s', (type, body, expected) => {
  const { tree } = read(`source "${type}" "x" {\n  ${body}\n}\nbuild {\n  sources = ["${type}.x"]\n}\n`);
  expect(osOf(tree.module.builds[0]!.sources[0]!)).toBe(expected);
});
