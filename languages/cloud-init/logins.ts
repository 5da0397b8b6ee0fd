/** The accounts that a document describes, and the ways to log in to them. */
import { memo } from '../../core/memo.ts';
import type { Span } from '../../core/text.ts';
import { asMap, asScalar, at, booleanOf, entriesOf, entryOf, get, itemsOf, textOf } from './nodes.ts';
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

/** An account's entry under a current key (`lock_passwd`), or in the older spelling with dashes. */
export function accountEntry({ map }: Account, key: string): YamlEntry | undefined {
  return entryOf(map, key) ?? entryOf(map, key.replaceAll('_', '-'));
}

/** A name that starts a message: `` `ada` ``, or `This account`. */
export function accountText({ name }: Account): string {
  return name !== undefined && /^[\w.-]{1,32}$/.test(name) ? `\`${name}\`` : 'This account';
}

/** Where the document switches login by password over SSH on, and the value for edits; `undefined` where it does not for certain. */
export function passwordLogin(tree: CloudInitTree): { entry: YamlEntry; value: YamlScalar } | undefined {
  for (const entry of [entryOf(tree.root, 'ssh_pwauth'), entryOf(get(tree.autoinstall, 'ssh'), 'allow-pw')]) {
    const value = asScalar(entry?.value);
    if (entry && value && isOn(value)) return { entry, value };
  }
  return undefined;
}

/** `true`, and the strings that cloud-init reads as such. */
function isOn(value: YamlScalar): boolean {
  return booleanOf(value) ?? (value.type === 'string' && /^(?:true|yes|on|1)$/i.test(textOf(value) ?? ''));
}

/** A password that the document sets. */
export interface SetPassword {
  /** The account's name; `undefined` for the default user, and where it cannot be known. */
  readonly account: string | undefined;
  readonly span: Span;
}

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
  if (own && value && !isLocked(value.text.text)) found.push({ account: undefined, span: own.span });
  for (const user of itemsOf(at(root, 'chpasswd', 'users'))) {
    const password = asScalar(get(user, 'password'));
    if (!password || textOf(get(user, 'type')) === 'RANDOM' || isLocked(password.text.text)) continue;
    found.push({ account: textOf(get(user, 'name')), span: password.span });
  }
  const list = get(at(root, 'chpasswd'), 'list');
  for (const scalar of asScalar(list) ? [asScalar(list)!] : itemsOf(list).map(asScalar)) {
    for (const match of scalar?.text.text.matchAll(/^[ \t]{0,20}([\w.-]{1,64}):(\S{1,500})/gm) ?? []) {
      if (/^R(?:ANDOM)?$/.test(match[2]!) || isLocked(match[2]!)) continue;
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
