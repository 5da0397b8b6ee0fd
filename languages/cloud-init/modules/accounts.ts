/** Users and groups that come with images or with the document itself. */
import { UNRESOLVED } from '../../../core/text.ts';
import { asScalar, deref, entriesOf, entryOf, get, itemsOf, textOf } from '../nodes.ts';
import type { CloudInitTree, YamlMap, YamlNode } from '../tree.ts';

/** What distributions call the user that cloud-init creates (`system_info.default_user` of their `cloud.cfg`). */
export const DEFAULT_USERS: ReadonlySet<string> = new Set([
  'ubuntu',
  'debian',
  'ec2-user',
  'cloud-user',
  'centos',
  'fedora',
  'rocky',
  'almalinux',
  'alpine',
  'arch',
  'opensuse',
  'opc',
  'freebsd',
  'openbsd',
  'mariner',
  'photon',
]);

/** Users whose names the document gives, `default` left out. */
export function declaredUsers(root: YamlMap | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (node: YamlNode | undefined) => {
    const text = textOf(node);
    for (const name of text?.split(',') ?? []) if (name.trim() !== 'default') names.add(name.trim());
  };
  const users = get(root, 'users');
  if (asScalar(users)) add(users);
  for (const item of itemsOf(users)) add(deref(item)?.kind === 'map' ? get(item, 'name') : item);
  if (users?.kind === 'map') for (const { name } of entriesOf(users)) if (name && name !== 'default') names.add(name);
  const user = get(root, 'user');
  add(user?.kind === 'map' ? get(user, 'name') : user);
  names.delete('');
  return names;
}

/** Groups that the document creates (`groups:`). */
export function declaredGroups(root: YamlMap | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  const groups = get(root, 'groups');
  const add = (node: YamlNode | undefined) => {
    for (const name of textOf(node)?.split(',') ?? []) if (name.trim() !== '') names.add(name.trim());
    for (const { name } of entriesOf(node)) if (name !== undefined) names.add(name);
  };
  add(groups);
  for (const item of itemsOf(groups)) add(item);
  return names;
}

/**
 * Whether a list of users leaves the default user out for sure: neither the word nor a user of that name is in it, and
 * no template may add one.
 */
export function dropsDefaultUser({ root, templated }: CloudInitTree): boolean {
  const users = get(root, 'users');
  if (users?.kind !== 'seq' || users.items.some(mayBeDefault)) return false;
  return templated.length === 0 || !users.written.text.includes(`#${UNRESOLVED}`);
}

/** The word itself, a user of the default one's name, or what cannot be known. */
function mayBeDefault(item: YamlNode): boolean {
  const node = deref(item);
  if (node?.kind === 'seq') return itemsOf(node).some(mayBeDefault);
  if (node?.kind === 'map') {
    const name = entryOf(node, 'name');
    const text = textOf(name?.value);
    // Without a name it is the default one.
    return name === undefined || text === undefined || DEFAULT_USERS.has(text);
  }
  const text = textOf(node);
  return (
    text === undefined || text.split(',').some(name => name.trim() === 'default' || DEFAULT_USERS.has(name.trim()))
  );
}
