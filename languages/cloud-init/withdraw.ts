/**
 * Takes secrets out of user-data: the password of an account, where it has SSH keys to log in with; others are in
 * `withdraw-values.ts`.
 */
import { type Fix, fix } from '../../core/finding.ts';
import { memo } from '../../core/memo.ts';
import type { Edit, Span } from '../../core/text.ts';
import { removal } from './edits.ts';
import { type Account, accountEntry, accountsOf, accountText, PASSWORD_KEYS } from './logins.ts';
import { asScalar, booleanOf, entryOf, itemsOf } from './nodes.ts';
import type { CloudInitTree } from './tree.ts';
import { randomPassword, withoutHostKeys, withoutToken } from './withdraw-values.ts';

/** `undefined` where the place is nothing that can be taken out. */
export function withdraw(tree: CloudInitTree, { start, end, file }: Span): Fix | undefined {
  const found = file === undefined ? passwordsIn(tree).get(start) : undefined;
  if (found) return end <= found.end ? lockPassword(tree, found.account) : undefined;
  return file === undefined
    ? (randomPassword(tree, { start, end }) ??
        withoutHostKeys(tree, { start, end }) ??
        withoutToken(tree, { start, end }))
    : undefined;
}

/** The accounts by the offset of their password. */
const passwordsIn: (tree: CloudInitTree) => ReadonlyMap<number, { readonly account: Account; readonly end: number }> =
  memo(tree => {
    const found = new Map<number, { readonly account: Account; readonly end: number }>();
    for (const account of accountsOf(tree))
      for (const key of PASSWORD_KEYS) {
        const value = asScalar(entryOf(account.map, key)?.value);
        if (value) found.set(value.text.span.start, { account, end: value.span.end });
      }
    return found;
  });

/** Removes every password of an account with SSH keys, and locks it; cloud-init locks an account without one by itself. */
export function lockPassword(tree: CloudInitTree, account: Account): Fix | undefined {
  const keys = ['ssh_authorized_keys', 'ssh_import_id'].flatMap(key => itemsOf(accountEntry(account, key)?.value));
  if (keys.length === 0) return undefined;
  const passwords = new Set(PASSWORD_KEYS.flatMap(key => entryOf(account.map, key) ?? []));
  if (passwords.size === 0) return undefined;
  const edits: (Edit | undefined)[] = [...passwords].map(entry => removal(tree, account.map, entry));
  const lock = accountEntry(account, 'lock_passwd');
  const value = asScalar(lock?.value);
  if (lock && (!value || booleanOf(value) === undefined)) return undefined;
  if (value && booleanOf(value) === false) edits.push(value.written.replace(0, value.written.text.length, 'true'));
  return fix(
    'suggested',
    `Lock the password of ${accountText(account).replace(/^[TU]/, first => first.toLowerCase())}`,
    ...edits,
  );
}
