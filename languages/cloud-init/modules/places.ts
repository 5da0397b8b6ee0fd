/** What an unknown key may be meant to be: another key here, or the same key elsewhere. */
import { nearest } from '../../../core/nearest.ts';
import data, { type RemovedKey } from '../../../data/cloud-init-keys.json';
import type { Path, SchemaIssue } from './check.ts';
import { cloudCfgOnly, installerKeys, networkConfig, userData, userKeys } from './keys.ts';

type UnknownKey = Extract<SchemaIssue, { kind: 'unknown-key' }>;

type Place = 'top level' | 'user' | 'file' | 'autoinstall' | 'user-data of autoinstall' | 'network';

export type Meant =
  /** A key in the same place. `sure`: it takes the same value, so that the key alone can be exchanged. */
  | { readonly kind: 'other name'; readonly name: string; readonly sure: boolean }
  /** The same key in another place of the document: at the top, in a user, a file, `autoinstall`, its user-data or `network`. */
  | { readonly kind: 'other place'; readonly place: Place }
  | { readonly kind: 'old name'; readonly removed: RemovedKey }
  /** The key of another file. */
  | { readonly kind: 'other file'; readonly file: string };

/** Names that come up and are too far from the right one for a spelling check, by the map that contains them. */
const TOP: Readonly<Record<string, string>> = {
  run_cmd: 'runcmd',
  'run-cmd': 'runcmd',
  run_commands: 'runcmd',
  commands: 'runcmd',
  boot_cmd: 'bootcmd',
  'boot-cmd': 'bootcmd',
  package_install: 'packages',
  install_packages: 'packages',
  apt_packages: 'packages',
  update_packages: 'package_update',
  upgrade_packages: 'package_upgrade',
  packages_update: 'package_update',
  packages_upgrade: 'package_upgrade',
  files: 'write_files',
  'write-files': 'write_files',
  host_name: 'hostname',
  time_zone: 'timezone',
  ssh_pw_auth: 'ssh_pwauth',
  ssh_password_auth: 'ssh_pwauth',
  disable_root_login: 'disable_root',
  power_state_change: 'power_state',
};
const USER: Readonly<Record<string, string>> = {
  username: 'name',
  user: 'name',
  comment: 'gecos',
  description: 'gecos',
  home: 'homedir',
  group: 'groups',
  password: 'hashed_passwd',
  password_hash: 'hashed_passwd',
  plaintext_password: 'plain_text_passwd',
  ssh_keys: 'ssh_authorized_keys',
  ssh_key: 'ssh_authorized_keys',
  'ssh-keys': 'ssh_authorized_keys',
  authorized_keys: 'ssh_authorized_keys',
  'authorized-keys': 'ssh_authorized_keys',
  lock_password: 'lock_passwd',
};
const FILE: Readonly<Record<string, string>> = {
  mode: 'permissions',
  chmod: 'permissions',
  perms: 'permissions',
  permission: 'permissions',
  dest: 'path',
  destination: 'path',
  filename: 'path',
  file: 'path',
  name: 'path',
  contents: 'content',
  text: 'content',
  data: 'content',
  user: 'owner',
};
/** Keys that only files have. */
const FILE_KEYS = new Set(['path', 'content', 'permissions', 'owner', 'encoding', 'defer']);
/** Where the name is clear but the value has to be looked at. */
const OTHER_VALUE = new Set(['password', 'ssh_key', 'group', 'commands', 'data', 'user', 'name']);

const OTHER_FILES: Readonly<Record<string, string>> = {
  network: '`network-config` or a file in `/etc/cloud/cloud.cfg.d`',
  ethernets: '`network-config`',
  'instance-id': '`meta-data`',
  'local-hostname': '`meta-data`',
  'public-keys': '`meta-data`',
};

/** What an unknown key was meant to be; `undefined` when that is unclear. */
export function meantBy({ path, entry, known, network }: UnknownKey): Meant | undefined {
  const name = entry.name!;
  if (network) {
    if (path.length === 1 && known[0] === 'network' && isNetworkKey(name))
      return { kind: 'other place', place: 'network' };
    const close = nearest(name, known);
    return close === undefined ? undefined : { kind: 'other name', name: close, sure: true };
  }
  if (path.length === 1 && known[0] === 'autoinstall' && known.length === 1) return besideInstaller(name);
  const typo = typosIn(path)?.[name];
  const where = path.join('.');
  if (Object.hasOwn(data.removed, where)) return { kind: 'old name', removed: data.removed[where]! };
  if (typo !== undefined) return { kind: 'other name', name: typo, sure: !OTHER_VALUE.has(name) };
  const elsewhere = elsewhereOf(name, path);
  if (elsewhere) return elsewhere;
  const close = nearest(name, known);
  return close === undefined ? undefined : { kind: 'other name', name: close, sure: true };
}

/** What is beside `autoinstall` in a file that only the installer reads. */
function besideInstaller(name: string): Meant {
  const isInstallers = Object.hasOwn(installerKeys(), name);
  return { kind: 'other place', place: isInstallers ? 'autoinstall' : 'user-data of autoinstall' };
}

function isNetworkKey(name: string): boolean {
  return [networkConfig[1](), networkConfig[2]()].some(({ keys }) => Object.hasOwn(keys, name));
}

function typosIn(path: Path): Readonly<Record<string, string>> | undefined {
  if (path.length === 1) return TOP;
  if (path[0] === 'write_files' && path.length === 3) return FILE;
  return isUser(path) ? USER : undefined;
}

function isUser(path: Path): boolean {
  return (path[0] === 'users' && path.length === 3) || (path[0] === 'user' && path.length === 2);
}

function elsewhereOf(name: string, path: Path): Meant | undefined {
  if (path.length > 1)
    return Object.hasOwn(userData().keys, name) && !['version', 'user', 'password', 'groups'].includes(name)
      ? { kind: 'other place', place: 'top level' }
      : undefined;
  if (Object.hasOwn(OTHER_FILES, name)) return { kind: 'other file', file: OTHER_FILES[name]! };
  if (cloudCfgOnly().includes(name)) return { kind: 'other file', file: 'a file in `/etc/cloud/cloud.cfg.d`' };
  if (FILE_KEYS.has(name)) return { kind: 'other place', place: 'file' };
  if (Object.hasOwn(userKeys(), name)) return { kind: 'other place', place: 'user' };
  return Object.hasOwn(installerKeys(), name) ? { kind: 'other place', place: 'autoinstall' } : undefined;
}
