/**
 * Keys whose value is a credential by its meaning, as steps. Passwords that cloud-init generates (`RANDOM`), and
 * paths and names that only refer to a secret, do not count.
 */
import type { CredentialStep, Value } from '../../core/build.ts';
import { asMap, asScalar, at, entriesOf, entryOf, get, itemsOf, scalarValue, textOf, textValue } from './nodes.ts';
import type { YamlMap, YamlNode } from './tree.ts';

type Use = CredentialStep['use'];

const PASSWORDS = ['passwd', 'hashed_passwd', 'hashed-passwd', 'plain_text_passwd', 'plain-text-passwd'];

/** Credentials of services at fixed paths (https://docs.cloud-init.io/en/latest/reference/modules.html). */
const SERVICE_PATHS: readonly (readonly string[])[] = [
  ['ubuntu_pro', 'token'],
  ['ubuntu_advantage', 'token'],
  ['ubuntu-advantage', 'token'],
  ['rh_subscription', 'password'],
  ['rh_subscription', 'activation_key'],
  ['rh_subscription', 'activation-key'],
  ['landscape', 'client', 'registration_key'],
  ['spacewalk', 'activation_key'],
  ['chef', 'validation_cert'],
  ['chef', 'encrypted_data_bag_secret'],
  ['salt_minion', 'private_key'],
  ['mcollective', 'conf', 'private-cert'],
  ['lxd', 'init', 'trust_password'],
  ['autoinstall', 'ubuntu-pro', 'token'],
  ['autoinstall', 'storage', 'layout', 'password'],
];

/** The credentials of cloud-config, in the order of the file within each kind. */
export function credentialsOf(root: YamlMap): CredentialStep[] {
  const steps: CredentialStep[] = [];
  const add = (use: Use, name: string, value: Value | undefined) => {
    if (value && value.source.text !== '') steps.push({ kind: 'credential', use, name, value, span: value.span });
  };
  const node = (use: Use, name: string, value: YamlNode | undefined) => {
    const scalar = asScalar(value);
    if (scalar) add(use, name, scalarValue(scalar));
  };
  const account = (path: string, user: YamlNode | undefined) => {
    for (const entry of entriesOf(user))
      if (entry.name !== undefined && PASSWORDS.includes(entry.name))
        node('account', `${path}.${entry.name}`, entry.value);
  };

  const own = get(root, 'password');
  if (!RANDOM.test(textOf(own) ?? '')) node('account', 'password', own);
  account('user', get(root, 'user'));
  account('users', asMap(get(root, 'users')));
  itemsOf(get(root, 'users')).forEach((user, i) => {
    account(`users[${i}]`, user);
  });
  account('system_info.default_user', at(root, 'system_info', 'default_user'));
  chpasswd(get(root, 'chpasswd'), add);
  node('account', 'autoinstall.identity.password', at(root, 'autoinstall', 'identity', 'password'));

  // https://curtin.readthedocs.io/en/latest/topics/storage.html#dm-crypt-command
  itemsOf(at(root, 'autoinstall', 'storage', 'config')).forEach((item, i) => {
    if (textOf(get(item, 'type')) === 'dm_crypt')
      node('service', `autoinstall.storage.config[${i}].key`, get(item, 'key'));
  });

  for (const path of SERVICE_PATHS) {
    const value = at(root, ...path);
    // chef's keywords for "fetched otherwise" and a path on the machine.
    const text = textOf(value);
    if (path[0] === 'chef' && (text === 'system' || text?.startsWith('/'))) continue;
    node('service', path.join('.'), value);
  }
  for (const { name, value } of entriesOf(get(root, 'ssh_keys')))
    if (name?.endsWith('_private')) node('service', `ssh_keys.${name}`, value);
  itemsOf(at(root, 'wireguard', 'interfaces')).forEach((item, i) => {
    node('service', `wireguard.interfaces[${i}].content`, get(item, 'content'));
  });
  for (const network of [root, get(root, 'network'), at(root, 'autoinstall', 'network')]) tunnels(network, node);
  for (const { name, value } of entriesOf(get(root, 'reporting')))
    for (const key of ['consumer_secret', 'token_secret'])
      node('service', `reporting.${name ?? ''}.${key}`, get(value, key));
  for (const { name, value } of entriesOf(get(root, 'yum_repos')))
    node('service', `yum_repos.${name ?? ''}.password`, get(value, 'password'));
  itemsOf(get(root, 'write_files')).forEach((file, i) => {
    for (const { name, value } of entriesOf(at(file, 'source', 'headers')))
      if (name && /auth|token|key|secret|cookie/i.test(name))
        node('service', `write_files[${i}].source.headers.${name}`, value);
  });
  return steps;
}

/** Of WireGuard; netplan also takes paths there. */
const TUNNEL_KEY = /^[A-Za-z0-9+/]{43}=$/;

/** Private and pre-shared keys of tunnels. https://netplan.readthedocs.io/en/stable/netplan-yaml/#properties-for-device-type-tunnels */
function tunnels(
  network: YamlNode | undefined,
  node: (use: Use, name: string, value: YamlNode | undefined) => void,
): void {
  // The whole may be wrapped once more.
  wifis(get(network, 'wifis') ?? at(network, 'network', 'wifis'), node);
  const sections = entriesOf(get(network, 'tunnels') ?? at(network, 'network', 'tunnels'));
  const add = (name: string, value: YamlNode | undefined) => {
    if (TUNNEL_KEY.test(textOf(value) ?? '')) node('service', name, value);
  };
  for (const { name = '', value } of sections) {
    const key = get(value, 'key');
    add(`tunnels.${name}.key`, key);
    for (const inner of ['private', 'shared']) {
      add(`tunnels.${name}.key.${inner}`, get(key, inner));
      add(`tunnels.${name}.keys.${inner}`, at(value, 'keys', inner));
    }
    itemsOf(get(value, 'peers')).forEach((peer, i) => {
      add(`tunnels.${name}.peers[${i}].keys.shared`, at(peer, 'keys', 'shared'));
    });
  }
}

/** Passwords of wireless networks; their names are left out. https://netplan.readthedocs.io/en/stable/netplan-yaml/#properties-for-device-type-wifis */
function wifis(
  devices: YamlNode | undefined,
  node: (use: Use, name: string, value: YamlNode | undefined) => void,
): void {
  for (const { name = '', value } of entriesOf(devices))
    for (const { value: point } of entriesOf(get(value, 'access-points'))) {
      node('service', `wifis.${name}.password`, get(point, 'password'));
      node('service', `wifis.${name}.auth.password`, at(point, 'auth', 'password'));
    }
}

/** The password of an account that cloud-init generates. */
export const RANDOM = /^(?:R|RANDOM)$/;

/** `chpasswd`: `users` with a password each, or the older `list` of `user:password`. */
function chpasswd(section: YamlNode | undefined, add: (use: Use, name: string, value: Value) => void): void {
  itemsOf(get(section, 'users')).forEach((user, i) => {
    const password = asScalar(get(user, 'password'));
    if (password && textOf(get(user, 'type')) !== 'RANDOM')
      add('account', `chpasswd.users[${i}].password`, scalarValue(password));
  });
  const list = entryOf(section, 'list')?.value;
  const lines = asScalar(list) ? [asScalar(list)!] : itemsOf(list).map(asScalar);
  let index = 0;
  for (const scalar of lines) {
    if (!scalar) continue;
    const { text } = scalar;
    for (let start = 0; start < text.text.length; index++) {
      const found = text.text.indexOf('\n', start);
      const end = found < 0 ? text.text.length : found;
      const colon = text.text.slice(start, end).indexOf(':');
      if (colon >= 0) {
        const password = text.slice(start + colon + 1, end);
        if (!RANDOM.test(password.text.trim())) add('account', `chpasswd.list[${index}]`, textValue(password));
      }
      start = end + 1;
    }
  }
}
