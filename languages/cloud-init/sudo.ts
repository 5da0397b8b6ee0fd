/** What accounts may do as root. */
import type { Span } from '../../core/text.ts';
import type { Account } from './logins.ts';
import { asScalar, entryOf, itemsOf } from './nodes.ts';

/** All commands; rights to single ones are what sudo is for. https://www.sudo.ws/docs/man/sudoers.man/ */
const EVERYTHING = /NOPASSWD:[ \t]{0,8}ALL\b/;

/** The rule in `sudo` that lets the account do everything without a password; `undefined` when there is none for certain. */
export function freeSudo({ map }: Account): Span | undefined {
  const entry = entryOf(map, 'sudo');
  for (const node of entry ? [entry.value, ...itemsOf(entry.value)] : []) {
    const rule = asScalar(node);
    if (rule && EVERYTHING.test(rule.text.text)) return rule.span;
  }
  return undefined;
}
