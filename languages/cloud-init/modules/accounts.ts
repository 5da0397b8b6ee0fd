/** Users and groups that come with images or with the document itself. */
import { asScalar, deref, entriesOf, get, itemsOf, textOf } from '../nodes.ts';
import type { YamlMap, YamlNode } from '../tree.ts';

/** What distributions call the user that cloud-init makes (`system_info.default_user` of their `cloud.cfg`). */
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
