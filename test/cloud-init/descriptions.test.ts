import { describe, expect, test } from 'vitest';
import { keyInfo, keysAt } from '../../languages/cloud-init/key-info.ts';
import { DESCRIPTIONS } from '../../languages/cloud-init/modules/descriptions.ts';
import { networkConfig, userData } from '../../languages/cloud-init/modules/keys.ts';
import { NETWORK_V1, NETWORK_V2 } from '../../languages/cloud-init/modules/network-descriptions.ts';
import type { Type } from '../../languages/cloud-init/modules/types.ts';

/** Keys that few people write, and those of programs whose own documentation says more. */
const UNUSUAL: readonly RegExp[] = [
  /^ansible\.(?:pull|setup_controller\.run_ansible)\./,
  /^(?:fan|grub_dpkg|mcollective)\b/,
  /^repo_|_modules$|_blacklist$|^(?:migrate|version)$/,
  /^(?:snap\.\w+|users?(?:\.any-name)?\.groups|yum_repos\.any-name|write_files\.source\.headers)\.any-name$/,
  /^reporting\.any-name\.(?:kvp_file_path|event_types)$/,
  // Of network-config.
  /^config\.(?:subnets\.routes\.type|ipv[46]_conf)$/,
  /^(?:tunnels|modems|vrfs|dummy-devices|virtual-ethernets|nm-devices)\.any-name$/,
  /\.routes\.(?:congestion-window|advertised-receive-window|advertised-mss)$/,
  /\.(?:neigh-suppress|hairpin|port-mac-learning|emit-lldp|[\w-]+-offload)$/,
  /\.(?:embedded-switch-mode|delay-virtual-functions-rebind|infiniband-mode)$/,
  /\.parameters\.(?:gratuitious-arp|resend-igmp|path-cost\.any-name|port-priority\.any-name)$/,
];

/** Each path of a table, with a name of choice where there may be any. */
function pathsOf(root: Type, above: readonly string[] = []): readonly (readonly string[])[] {
  if (above.length > 6) return [];
  const chosen = keyInfo(root, [...above, 'any-name']) && above.length > 0 ? ['any-name'] : [];
  return [...keysAt(root, above), ...chosen].flatMap(name => {
    const path = [...above, name];
    return [path, ...pathsOf(root, path)];
  });
}

describe.each([
  ['user-data', userData(), DESCRIPTIONS],
  ['network-config, version 1', networkConfig[1](), NETWORK_V1],
  ['network-config, version 2', networkConfig[2](), NETWORK_V2],
])('%s', (_, root, descriptions) => {
  const paths = pathsOf(root);

  test('each key has a description', () => {
    const without = paths.filter(path => keyInfo(root, path)?.description === undefined).map(path => path.join('.'));
    expect(without.filter(path => !UNUSUAL.some(unusual => unusual.test(path)))).toEqual([]);
  });
  test('each description has a key', () => {
    const known = Object.keys(descriptions).filter(path => keyInfo(root, path.replaceAll('*', 'any-name').split('.')));
    expect(Object.keys(descriptions)).toEqual(known);
  });
  test('descriptions are sentences that fit a hover', () => {
    for (const text of Object.values(descriptions)) {
      expect(text).toMatch(/^[A-Z`][^\n]*\.$/);
      expect(text.length).toBeLessThanOrEqual(120);
    }
  });
});
