/** What accounts may do as root. */
import type { Span } from '../../core/text.ts';
import { type Account, accountEntry } from './logins.ts';
import { asScalar, itemsOf } from './nodes.ts';

/** All commands; rights to single ones are what sudo is for. https://www.sudo.ws/docs/man/sudoers.man/ */
const EVERYTHING = /NOPASSWD:[ \t]{0,8}ALL\b/;

/** The rule in `sudo` that lets the account do everything without a password; `undefined` when there is none for certain. */
export function freeSudo(account: Account): Span | undefined {
  const entry = accountEntry(account, 'sudo');
  for (const node of entry ? [entry.value, ...itemsOf(entry.value)] : []) {
    const rule = asScalar(node);
    if (rule && EVERYTHING.test(rule.text.text)) return rule.span;
  }
  return undefined;
}
