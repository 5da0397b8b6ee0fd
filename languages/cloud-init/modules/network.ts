/** The description of the network in `network-config`, in `network` of `cloud.cfg` and of autoinstall. */
import { memo } from '../../../core/memo.ts';
import { asMap, asScalar, entriesOf, get, itemsOf, textOf } from '../nodes.ts';
import type { CloudInitTree, YamlMap, YamlNode } from '../tree.ts';

export interface Network {
  /** What is around it; `map` itself where it is not wrapped in `network`. */
  readonly outer: YamlMap;
  readonly map: YamlMap;
  readonly version: 1 | 2 | undefined;
  /** Ubuntu's installer reads it, which has version 2 only. */
  readonly ofInstaller: boolean;
}

export function networkOf({ form, root, autoinstall }: CloudInitTree): Network | undefined {
  const ofInstaller = form !== 'network-config' && form !== 'cloud.cfg';
  const outer = asMap(
    form === 'network-config' ? root : form === 'cloud.cfg' ? get(root, 'network') : get(autoinstall, 'network'),
  );
  if (!outer) return undefined;
  // Both forms may be wrapped in `network` once.
  const map = asMap(get(outer, 'network')) ?? outer;
  const said = asScalar(get(map, 'version'))?.value;
  const version = said === 2 || (said === 1 && !ofInstaller) ? said : undefined;
  return { outer, map, version, ofInstaller };
}

/** One device of the network that names another one. */
export interface InterfaceReference {
  /** The device that names it. */
  readonly of: string;
  readonly name: string;
  readonly node: YamlNode;
}
export interface Interfaces {
  /** The names that other devices can use. */
  readonly defined: ReadonlySet<string>;
  /** Names that devices get, by which others cannot refer to them, and the ones that they can use. */
  readonly renamed: ReadonlyMap<string, string>;
  readonly references: readonly InterfaceReference[];
}

/** Kinds of devices of Netplan: https://netplan.readthedocs.io/en/stable/netplan-yaml/ */
const KINDS: readonly string[] = [
  'ethernets',
  'modems',
  'wifis',
  'bonds',
  'bridges',
  'dummy-devices',
  'tunnels',
  'virtual-ethernets',
  'vlans',
  'vrfs',
  'nm-devices',
];

/** Which devices there are, and which of them name others; `undefined` where something may be defined that is not seen. */
export const interfacesOf = memo((tree: CloudInitTree): Interfaces | undefined => {
  const network = networkOf(tree);
  if (network?.version === undefined || tree.templated.length > 0 || tree.problems.length > 0) return undefined;
  return network.version === 2 ? ofNetplan(network.map) : ofVersion1(network.map);
});

function ofNetplan(map: YamlMap): Interfaces | undefined {
  const defined = new Set<string>();
  const renamed = new Map<string, string>();
  const references: InterfaceReference[] = [];
  const renderer = textOf(get(map, 'renderer'));
  for (const kind of KINDS) {
    const devices = entriesOf(get(map, kind));
    const ofKind = textOf(get(get(map, kind), 'renderer')) ?? renderer;
    for (const { name, value } of devices) {
      if (name === undefined) return undefined;
      defined.add(name);
      const given = textOf(get(value, 'set-name')) ?? textOf(get(get(value, 'match'), 'name'));
      if (given !== undefined) renamed.set(given, name);
      const refer = (node: YamlNode | undefined): void => {
        const to = textOf(node);
        if (node && to !== undefined) references.push({ of: name, name: to, node });
      };
      if (kind === 'bonds' || kind === 'bridges' || kind === 'vrfs')
        for (const item of itemsOf(get(value, 'interfaces'))) refer(item);
      const withManager = (textOf(get(value, 'renderer')) ?? ofKind) === 'NetworkManager';
      // NetworkManager makes a VLAN and a virtual Ethernet without the other device.
      if (kind === 'ethernets' || kind === 'tunnels' || (kind === 'vlans' && !withManager)) refer(get(value, 'link'));
      if (kind === 'virtual-ethernets' && !withManager) refer(get(value, 'peer'));
    }
  }
  for (const name of patchPorts(map)) defined.add(name);
  return { defined, renamed, references };
}

/** The ends of links between bridges of Open vSwitch, which are names like those of devices. */
function patchPorts(map: YamlMap): readonly string[] {
  const settings = [map, ...KINDS.flatMap(kind => entriesOf(get(map, kind)).map(({ value }) => asMap(value)))];
  return settings.flatMap(one =>
    itemsOf(get(get(one, 'openvswitch'), 'ports')).flatMap(pair => itemsOf(pair).flatMap(port => textOf(port) ?? [])),
  );
}

/** What bonds name gets a device of its own; only Netplan needs the others. */
function ofVersion1(map: YamlMap): Interfaces | undefined {
  const defined = new Set<string>();
  const references: InterfaceReference[] = [];
  for (const item of itemsOf(get(map, 'config'))) {
    const device = asMap(item);
    if (!device) return undefined;
    const type = textOf(get(device, 'type'));
    if (type === 'nameserver' || type === 'route') continue;
    const of = textOf(get(device, 'name'));
    if (type === undefined || of === undefined) return undefined;
    defined.add(of);
    if (type === 'bond')
      for (const member of itemsOf(get(device, 'bond_interfaces'))) defined.add(textOf(member) ?? '');
    const named = type === 'bridge' ? itemsOf(get(device, 'bridge_interfaces')) : [];
    const link = type === 'vlan' ? get(device, 'vlan_link') : undefined;
    for (const node of link ? [...named, link] : named) {
      const name = textOf(node);
      if (name !== undefined) references.push({ of, name, node });
    }
  }
  return { defined, renamed: new Map(), references };
}
