// Generated from the folders beside this file by `npm run dev -- generate`.
import type { Rule } from '../core/rule.ts';
import latestTag from './latest-tag/rule.ts';
import syntaxError from './syntax-error/rule.ts';
import unpinnedBaseImage from './unpinned-base-image/rule.ts';
import unusedIgnore from './unused-ignore/rule.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  latestTag,
  syntaxError,
  unpinnedBaseImage,
  unusedIgnore,
];

/** The rules whose page shows a fix. */
export const fixable: ReadonlySet<string> = new Set([
  'syntax-error',
]);
