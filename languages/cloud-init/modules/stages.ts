/** Which modules run, by the lists of a document, and what they read: https://docs.cloud-init.io/en/latest/reference/base_config_reference.html */
import { asScalar, booleanOf, deref, entriesOf, entryOf, get, itemsOf, textOf } from '../nodes.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../tree.ts';

const STAGES = ['init', 'config', 'final'] as const;
export type Stage = (typeof STAGES)[number];

/** `cloud_final_modules`; it replaces the list of the image. */
export interface ModuleList {
  readonly stage: Stage;
  readonly entry: YamlEntry;
  /** With `_`, as cloud-init itself spells them. */
  readonly modules: ReadonlySet<string>;
}

/** The lists of modules that a document sets; one with an item that is unknown is left out, and `complete` is false then. */
export function moduleLists(root: YamlMap): { readonly lists: readonly ModuleList[]; readonly complete: boolean } {
  const lists: ModuleList[] = [];
  let complete = true;
  for (const stage of STAGES) {
    const entry = entryOf(root, `cloud_${stage}_modules`);
    const value = deref(entry?.value);
    if (!entry || !value) continue;
    const names = value.kind === 'seq' ? value.items.map(moduleName) : [undefined];
    if (names.includes(undefined)) complete = false;
    else lists.push({ stage, entry, modules: new Set(names as string[]) });
  }
  return { lists, complete };
}

/** `scripts-user`, `[scripts-user, always]` or `{name: scripts-user, frequency: always}`. */
function moduleName(item: YamlNode): string | undefined {
  const node = deref(item);
  const name = node?.kind === 'map' ? get(node, 'name') : node?.kind === 'seq' ? itemsOf(node)[0] : node;
  return textOf(name)
    ?.trim()
    .replaceAll('-', '_')
    .replace(/^cc_|\.py$/g, '');
}

/** A module that a key needs. */
interface Need {
  readonly module: string;
  /** In which stages it runs by default, in any version and distribution. */
  readonly stages: readonly Stage[];
}
const need = (module: string, ...stages: Stage[]): Need => ({ module, stages });

const USERS = need('users_groups', 'init');
const HOST_KEYS = need('ssh', 'init');
// In the stage `config` until 23.2.
const PASSWORDS = need('set_passwords', 'init', 'config');
const DISKS = need('disk_setup', 'init', 'config');
const MOUNTS = need('mounts', 'init', 'config');
// Amazon Linux 2 installs packages in the stage `config`.
const PACKAGES = need('package_update_upgrade_install', 'config', 'final');

const NEEDS: ReadonlyMap<string, readonly Need[]> = new Map([
  ['bootcmd', [need('bootcmd', 'init')]],
  ['users', [USERS]],
  ['groups', [USERS]],
  ['ssh_authorized_keys', [HOST_KEYS]],
  ['ssh_keys', [HOST_KEYS]],
  ['ca_certs', [need('ca_certs', 'init', 'config')]],
  ['rsyslog', [need('rsyslog', 'init', 'config')]],
  ['password', [PASSWORDS]],
  ['chpasswd', [PASSWORDS]],
  ['disk_setup', [DISKS]],
  ['fs_setup', [DISKS]],
  ['mounts', [MOUNTS]],
  ['swap', [MOUNTS]],
  ['runcmd', [need('runcmd', 'config'), need('scripts_user', 'final')]],
  ['snap', [need('snap', 'config')]],
  ['ssh_import_id', [need('ssh_import_id', 'config')]],
  ['keyboard', [need('keyboard', 'config')]],
  ['ntp', [need('ntp', 'config')]],
  ['timezone', [need('timezone', 'config')]],
  ['apt', [need('apt_configure', 'config')]],
  ['yum_repos', [need('yum_add_repo', 'config')]],
  ['wireguard', [need('wireguard', 'config')]],
  ['packages', [PACKAGES]],
  ['package_update', [PACKAGES]],
  ['package_upgrade', [PACKAGES]],
  ['puppet', [need('puppet', 'config', 'final')]],
  ['chef', [need('chef', 'config', 'final')]],
  ['ansible', [need('ansible', 'config', 'final')]],
  ['salt_minion', [need('salt_minion', 'config', 'final')]],
  ['lxd', [need('lxd', 'config', 'final')]],
  ['phone_home', [need('phone_home', 'final')]],
  ['final_message', [need('final_message', 'final')]],
  ['power_state', [need('power_state_change', 'final')]],
]);

/** A key whose module does not run: the lists leave it out. */
export interface Unread {
  readonly entry: YamlEntry;
  readonly module: string;
  /** The list that has it by default. */
  readonly list: ModuleList;
}

/** What a document sets for modules that its own lists leave out. */
export function unreadKeys(root: YamlMap, lists: readonly ModuleList[]): readonly Unread[] {
  const found: Unread[] = [];
  for (const entry of entriesOf(root)) {
    const needs = NEEDS.get(entry.name ?? '') ?? (entry.name === 'write_files' ? filesNeed(entry.value) : []);
    if (!doesSomething(entry.value)) continue;
    for (const { module, stages } of needs) {
      const own = lists.filter(({ stage }) => stages.includes(stage));
      if (own.length < stages.length || lists.some(({ modules }) => modules.has(module))) continue;
      found.push({ entry, module, list: own.at(-1)! });
      break;
    }
  }
  return found;
}

/** Files with `defer` are written at the end. */
function filesNeed(value: YamlNode): readonly Need[] {
  const deferred = itemsOf(value).map(item => booleanOf(get(item, 'defer')) === true);
  const needs: Need[] = [];
  if (deferred.includes(false)) needs.push(need('write_files', 'init'));
  if (deferred.includes(true)) needs.push(need('write_files_deferred', 'final'));
  return needs;
}

/** Nothing, `false`, an empty list, and the default user alone, which every image sets. */
function doesSomething(given: YamlNode): boolean {
  const value = deref(given);
  if (!value || value.kind === 'null') return false;
  if (value.kind === 'map') return value.entries.length > 0;
  if (value.kind === 'seq') return value.items.some(item => textOf(item) !== 'default');
  return booleanOf(asScalar(value)) !== false;
}
