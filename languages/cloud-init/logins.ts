/** Who can log in to the machine that a document describes, how, and with what. */

import { memo } from '../../core/memo.ts';
import type { Span } from '../../core/text.ts';
import { RANDOM } from './credentials.ts';
import { asMap, asScalar, at, booleanOf, entriesOf, entryOf, get, itemsOf, textOf } from './nodes.ts';
import { freeSudo } from './sudo.ts';
import type { CloudInitTree, YamlEntry, YamlMap, YamlNode, YamlScalar } from './tree.ts';

/** An account with a mapping of its own: in `users`, as `user`, or `system_info.default_user`. */
export interface Account {
  /** `undefined` when it cannot be known, or is not given (`user` without a name is the default one). */
  readonly name: string | undefined;
  readonly map: YamlMap;
}

/** In the order of the file. `{}` for `- name: x` under `users` counts; a bare name in the list does not. */
export const accountsOf: (tree: CloudInitTree) => readonly Account[] = memo(({ root }) => {
  const found: Account[] = [];
  const add = (node: YamlNode | undefined, key?: string) => {
    const map = asMap(node);
    if (map) found.push({ name: key ?? textOf(get(map, 'name')), map });
  };
  const users = get(root, 'users');
  for (const item of itemsOf(users)) add(item);
  if (users?.kind === 'map') for (const { name, value } of entriesOf(users)) add(value, name);
  add(get(root, 'user'));
  add(at(root, 'system_info', 'default_user'));
  return found;
});

/** Whether it sets up a Vagrant box, whose login is public: https://developer.hashicorp.com/vagrant/docs/boxes/base */
export function isVagrantBox(tree: CloudInitTree): boolean {
  const identity = textOf(at(tree.autoinstall, 'identity', 'username'));
  return identity === 'vagrant' || accountsOf(tree).some(({ name }) => name === 'vagrant');
}

/** An account's entry under a current key (`lock_passwd`), or in the older spelling with dashes. */
export function accountEntry({ map }: Account, key: string): YamlEntry | undefined {
  return entryOf(map, key) ?? entryOf(map, key.replaceAll('_', '-'));
}

/** A name that starts a message: `` User `ada` ``, or `This user`. */
export function accountText({ name }: Account): string {
  return name !== undefined && /^[\w.-]{1,32}$/.test(name) ? `User \`${name}\`` : 'This user';
}

/** Where the document switches login by password over SSH on, and the value for edits; `undefined` where it does not for certain. */
export function passwordLogin(tree: CloudInitTree): { entry: YamlEntry; value: YamlScalar } | undefined {
  const installer = get(tree.autoinstall, 'ssh');
  // The installer sets up no server then: https://canonical-subiquity.readthedocs-hosted.com/en/latest/reference/autoinstall-reference.html#ssh
  const server = asScalar(entryOf(installer, 'install-server')?.value);
  // Without the key it sets up none either; a package or a command may.
  const isThere = server ? booleanOf(server) !== false : /openssh/.test(tree.source.text);
  const allowed = isThere ? entryOf(installer, 'allow-pw') : undefined;
  for (const entry of [entryOf(tree.root, 'ssh_pwauth'), allowed]) {
    const value = asScalar(entry?.value);
    if (entry && value && isOn(value)) return { entry, value };
  }
  return undefined;
}

/** `true`, and what cloud-init reads as such by its text: strings, and the number 1. */
function isOn(value: YamlScalar): boolean {
  return booleanOf(value) ?? /^(?:true|yes|on|1)$/i.test(textOf(value) ?? '');
}

/** A password that the document sets. */
export interface SetPassword {
  /** The account's name; `undefined` for the default user, and where it cannot be known. */
  readonly account: string | undefined;
  readonly span: Span;
}

/** Whether somebody who knows its password can log in: without one, or with a random one, there is nothing to guess. */
export const hasPasswordLogin = ({ password, passwords }: Login): boolean =>
  password === 'open' && passwords.length > 0;

const PASSWORDS = ['passwd', 'hashed_passwd', 'plain_text_passwd'];
/** The keys of an account that set its password, in both spellings. */
export const PASSWORD_KEYS = PASSWORDS.flatMap(key => [key, key.replaceAll('_', '-')]);

/** Every password that allows a login; locked (`!`, `*`) and random ones do not. */
export const setPasswords: (tree: CloudInitTree) => readonly SetPassword[] = memo(tree => {
  const { root } = tree;
  const found: SetPassword[] = [];
  for (const account of accountsOf(tree))
    for (const key of PASSWORDS) {
      const entry = accountEntry(account, key);
      const value = asScalar(entry?.value);
      if (entry && value && !isLocked(value.text.text)) found.push({ account: account.name, span: entry.span });
    }
  const own = entryOf(root, 'password');
  const value = asScalar(own?.value);
  if (own && value && !isLocked(value.text.text) && !RANDOM.test(value.text.text))
    found.push({ account: undefined, span: own.span });
  for (const user of itemsOf(at(root, 'chpasswd', 'users'))) {
    const password = asScalar(get(user, 'password'));
    if (!password || textOf(get(user, 'type')) === 'RANDOM' || isLocked(password.text.text)) continue;
    found.push({ account: textOf(get(user, 'name')), span: password.span });
  }
  const list = get(at(root, 'chpasswd'), 'list');
  for (const scalar of asScalar(list) ? [asScalar(list)!] : itemsOf(list).map(asScalar)) {
    for (const match of scalar?.text.text.matchAll(/^[ \t]{0,20}([\w.-]{1,64}):(\S{1,500})/gm) ?? []) {
      if (RANDOM.test(match[2]!) || isLocked(match[2]!)) continue;
      found.push({ account: match[1], span: scalar!.text.spanOf(match.index, match.index + match[0].length) });
    }
  }
  return found;
});

/** What findings about the password of an account have in common, wherever the document sets it. */
export const passwordCause = (account: string): string => `password of ${account}`;

function isLocked(password: string): boolean {
  return /^(?:[!*]|x?$)/.test(password);
}

/** One account and the ways into it. */
export interface Login {
  /** `undefined` for the default user, and where it cannot be known. */
  readonly name: string | undefined;
  /** Its mapping, where it has one; a password of `chpasswd` may be all that the document says. */
  readonly account: Account | undefined;
  /** Those that allow a login, wherever the document sets them. */
  readonly passwords: readonly SetPassword[];
  /**
   * What the passwords are good for. cloud-init locks the password of each item of `users` that does not say
   * `lock_passwd: false`; `chpasswd` comes later and opens it. `unknown`: the image, a template or a command decides.
   */
  readonly password: 'none' | 'locked' | 'open' | 'unknown';
  /** `lock_passwd`. */
  readonly lock: YamlEntry | undefined;
  /** It gets SSH keys, of the document's or of somebody that it names. */
  readonly hasKeys: boolean;
  /** The rule that lets it do everything as root without a password. */
  readonly freeSudo: Span | undefined;
}

/** The accounts with a mapping, in the order of the file, then those that only get a password. */
export const loginsOf: (tree: CloudInitTree) => readonly Login[] = memo(tree => {
  const all = setPasswords(tree);
  const described = accountsOf(tree).map(account => loginOf(tree, account, all));
  const names = new Set(described.map(({ name }) => name));
  const others = new Set(all.map(({ account }) => account).filter(name => !names.has(name)));
  return [
    ...described,
    ...[...others].map((name): Login => {
      const passwords = all.filter(({ account }) => account === name);
      return {
        name,
        account: undefined,
        passwords,
        password: 'open',
        lock: undefined,
        hasKeys: false,
        freeSudo: undefined,
      };
    }),
  ];
});

const KEYS = ['ssh_authorized_keys', 'ssh_import_id', 'ssh_redirect_user', 'snapuser'];

function loginOf(tree: CloudInitTree, account: Account, all: readonly SetPassword[]): Login {
  const { name, map } = account;
  const own = all.filter(({ span }) => span.start >= map.span.start && span.end <= map.span.end);
  const later = name === undefined ? [] : all.filter(one => one.account === name && !own.includes(one));
  const lock = accountEntry(account, 'lock_passwd');
  return {
    name,
    account,
    passwords: [...own, ...later],
    password: stateOf(tree, account, own.length, later.length, lock),
    lock,
    hasKeys: KEYS.some(key => accountEntry(account, key) !== undefined),
    freeSudo: freeSudo(account),
  };
}

function stateOf(
  tree: CloudInitTree,
  { name, map }: Account,
  own: number,
  later: number,
  lock: YamlEntry | undefined,
): Login['password'] {
  const changed = changedLater(tree);
  if (later > 0 || (name !== undefined && changed?.has(name))) return 'open';
  if (own === 0) return 'none';
  const locked = lock ? booleanOf(lock.value) : true;
  if (locked === false) return 'open';
  // The installer puts it in front of the others in `users`, with a password that opens it, and the first wins:
  // https://canonical-subiquity.readthedocs-hosted.com/en/latest/reference/autoinstall-reference.html#identity
  if (name !== undefined && name === tree.installedUser) return 'unknown';
  // For `user` and the default user other defaults hold.
  const isListed = itemsOf(get(tree.root, 'users')).includes(map);
  return locked === undefined || !isListed || !changed || commandsMayUnlock(tree) ? 'unknown' : 'locked';
}

/** The accounts that `chpasswd` gives a password, a random one too; `undefined` where a name cannot be known. */
const changedLater = memo(({ root }: CloudInitTree): ReadonlySet<string> | undefined => {
  const names = new Set<string>();
  for (const user of itemsOf(at(root, 'chpasswd', 'users'))) {
    const name = textOf(get(user, 'name'));
    if (name === undefined) return undefined;
    names.add(name);
  }
  const list = get(at(root, 'chpasswd'), 'list');
  for (const scalar of asScalar(list) ? [asScalar(list)] : itemsOf(list).map(asScalar)) {
    if (!scalar) return undefined;
    for (const line of scalar.text.text.split('\n'))
      if (line.includes(':')) names.add(line.slice(0, line.indexOf(':')).trim());
  }
  return names;
});

/** `passwd -u`, `usermod -U` and `chpasswd` in a command. */
function commandsMayUnlock({ root }: CloudInitTree): boolean {
  const commands = [...itemsOf(get(root, 'runcmd')), ...itemsOf(get(root, 'bootcmd'))];
  return commands.some(({ written }) => /\b(?:passwd|usermod|chpasswd)\b/.test(written.text));
}

/** Whether somebody can log in to the account, for all that the document says. */
export function canLogIn({ hasKeys, passwords, password }: Login): boolean {
  return hasKeys || (passwords.length > 0 && password !== 'locked');
}
