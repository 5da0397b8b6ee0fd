// Generated from the folders beside this file by `npm run dev -- generate`.
import type { Rule } from '../core/rule.ts';
import syntaxError from './syntax-error/rule.ts';
import unusedIgnore from './unused-ignore/rule.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  syntaxError,
  unusedIgnore,
];

/** The rules whose page shows a fix. */
export const fixable: ReadonlySet<string> = new Set([
]);
