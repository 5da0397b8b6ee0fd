/** What looks like user-data but is read by another program: by the first lines of a text, or by the keys of a mapping. */
import { nearest } from '../../core/nearest.ts';
import { nameOf } from '../../core/path.ts';
import { INSTALLER_KEYS } from './installer.ts';
import { userData } from './modules/keys.ts';
import { asMap, at, entryOf, get, textOf } from './nodes.ts';
import type { CloudInitDialect, YamlMap } from './tree.ts';

/** The programs, by the names that their users know. */
export const PROGRAMS: Readonly<Record<CloudInitDialect, string>> = {
  coreos: 'CoreOS Container Linux',
  kairos: 'Kairos',
  harvester: 'Harvester',
  rancheros: 'RancherOS',
  k3os: 'k3OS',
  curtin: 'curtin',
  subiquity: 'the Ubuntu installer',
  unknown: 'another program',
};

/** Stages of curtin, whose commands are a mapping; autoinstall's are lists and written with a dash. */
const CURTIN = ['early', 'partitioning', 'network', 'extract', 'curthooks', 'hook', 'late'].map(
  stage => `${stage}_commands`,
);

/** The program whose keys these are; `undefined` for cloud-init's own. */
export function dialectOf(root: YamlMap, path = '', headed = true): CloudInitDialect | undefined {
  const has = (key: string) => entryOf(root, key) !== undefined;
  // Without a header they are for the installer alone.
  if (!headed && !has('autoinstall') && !/(?:^|\/)user-data$/.test(path) && INSTALLER_KEYS.filter(has).length > 1)
    return 'subiquity';
  // Flatcar took over what reads it, with its own name for the key.
  if (has('coreos') || has('flatcar') || isContainerLinux(root)) return 'coreos';
  if (/coreos|flatcar/i.test(nameOf(path)) && isForCoreos(root)) return 'coreos';
  if (has('rancher') || isForContainers(root)) return 'rancheros';
  if (has('k3os')) return 'k3os';
  if ([...CURTIN, 'debconf_selections'].some(key => asMap(get(root, key)))) return 'curtin';
  // In cloud-config, `install: true` is a key of a module that lost its place.
  const installs = has('install') && get(root, 'install')?.kind !== 'scalar';
  if (has('scheme_version') || (installs && (has('os') || has('server_url')))) return 'harvester';
  if (has('stages') || installs || has('p2p') || has('kairos') || has('k3s') || has('k3s-agent')) return 'kairos';
  return undefined;
}

/** Sections of a Container Linux Config: https://www.flatcar.org/docs/latest/provisioning/config-transpiler/configuration/ */
const SECTIONS = [
  ...['docker', 'etcd', 'flannel', 'ignition', 'locksmith'],
  ...['networkd', 'passwd', 'storage', 'systemd', 'update'],
];

/** What the sections have in them, which no other program reads there. */
const INSIDE = [
  ['passwd', 'users'],
  ['systemd', 'units'],
  ['networkd', 'units'],
] as const;

/** Whether the document has nothing but sections of a Container Linux Config, and one of them has its form. */
function isContainerLinux(root: YamlMap): boolean {
  if (!root.entries.every(({ name }) => SECTIONS.includes(name ?? ''))) return false;
  return entryOf(root, 'ignition') !== undefined || INSIDE.some(([section, key]) => at(root, section, key));
}

/** The keys that the reader of CoreOS knows beside its own: https://github.com/coreos/coreos-cloudinit/blob/master/Documentation/cloud-config.md */
const OF_COREOS = ['hostname', 'manage_etc_hosts', 'ssh_authorized_keys', 'users', 'write_files'];
const OF_COREOS_USERS = (
  'name gecos passwd homedir no-create-home primary-group groups no-user-group ssh-authorized-keys ' +
  'coreos-ssh-import-github coreos-ssh-import-github-users coreos-ssh-import-url system no-log-init shell'
).split(' ');

/** Whether a document has only what that reader knows, and its account, or names of keys that cloud-init has not. */
function isForCoreos(root: YamlMap): boolean {
  const list = get(root, 'users');
  const users = list?.kind === 'seq' ? list.items.flatMap(item => asMap(item) ?? []) : [];
  // A key that cannot be read may be any.
  const names = (map: YamlMap) => map.entries.flatMap(({ name }) => name ?? []);
  const keys = users.flatMap(names);
  if (!names(root).every(name => OF_COREOS.includes(name)) || !keys.every(key => OF_COREOS_USERS.includes(key)))
    return false;
  return (
    users.some(user => textOf(get(user, 'name')) === 'core') || keys.some(key => /^coreos-|^no-|^homedir$/.test(key))
  );
}

/** The keys of cloud-config that RancherOS reads. */
const OF_RANCHEROS = ['hostname', 'mounts', 'runcmd', 'ssh_authorized_keys', 'write_files'];

/** Whether a file is written into a container of the system: https://rancher.com/docs/os/v1.x/en/configuration/write-files/ */
function isForContainers(root: YamlMap): boolean {
  const files = get(root, 'write_files');
  return (
    root.entries.every(({ name }) => OF_RANCHEROS.includes(name ?? '')) &&
    files?.kind === 'seq' &&
    files.items.some(item => entryOf(asMap(item), 'container') !== undefined)
  );
}

/** Keys of lists whose names no other program has nearly the same. */
const OWN_LISTS: ReadonlySet<string> = new Set(['runcmd', 'bootcmd', 'packages', 'write_files', 'ssh_authorized_keys']);

/** Whether a key is nearly that of a list of cloud-init, with a list: `runcmds`, `write-files`. */
export function isMisspelledList(name: string | undefined, kind: string): boolean {
  if (name === undefined || kind !== 'seq' || Object.hasOwn(userData().keys, name)) return false;
  return OWN_LISTS.has(name.replaceAll('-', '_')) || nearest(name, OWN_LISTS) !== undefined;
}

/** So many keys that cloud-init does not know are no slips. */
const MANY = 4;

/**
 * Whether a mapping that only its file's name calls user-data has no key that cloud-init knows, or few beside many others. A
 * template may bring keys: there it takes many others.
 */
export function isStrange(root: YamlMap, isTemplate: boolean): boolean {
  const { keys } = userData();
  // A key without a name stands for what cannot be read.
  const names = root.entries.map(({ name }) => name).filter(name => name !== undefined);
  const known = names.filter(name => Object.hasOwn(keys, name)).length;
  if (root.entries.some(({ name, value }) => isMisspelledList(name, value.kind))) return false;
  const others = names.length - known;
  return (others > 0 && known === 0 && !isTemplate) || (others >= MANY && others >= known * 3);
}
