/** What accounts may do as root. */
import type { Edit, Span } from '../../core/text.ts';
import { freeDoasRules, isAsRoot } from '../../facts/sudo-rules.ts';
import type { Account } from './logins.ts';
import { asScalar, entryOf, itemsOf } from './nodes.ts';
import type { YamlScalar } from './tree.ts';

/** All commands; rights to single ones are what sudo is for. https://www.sudo.ws/docs/man/sudoers.man/ */
const EVERYTHING = /NOPASSWD:[ \t]{0,8}ALL\b/;

/** The rule in `sudo` that lets the account do everything without a password; `undefined` when there is none for certain. */
export function freeSudo(account: Account): Span | undefined {
  return freeRule(account)?.span;
}

/** The edit after which that rule asks for the password. */
export function askForPassword(account: Account): Edit | undefined {
  const rule = freeRule(account);
  const found = rule && EVERYTHING.exec(rule.text.text);
  return found ? rule.text.replace(found.index, found.index + found[0].length, 'ALL') : undefined;
}

/** The rule in `doas` that lets the account do everything without a password. */
export function freeDoas({ map }: Account): Span | undefined {
  return itemsOf(entryOf(map, 'doas')?.value)
    .map(asScalar)
    .find(rule => rule !== undefined && freeDoasRules(rule.text.text).length > 0)?.span;
}

function freeRule({ map }: Account): YamlScalar | undefined {
  const entry = entryOf(map, 'sudo');
  return (entry ? [entry.value, ...itemsOf(entry.value)] : [])
    .map(asScalar)
    .find(rule => rule !== undefined && isFree(rule.text.text));
}

function isFree(rule: string): boolean {
  const found = EVERYTHING.exec(rule);
  return found !== null && isAsRoot(rule.slice(0, found.index));
}
