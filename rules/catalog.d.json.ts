import type { RuleMeta } from '../core/rule.ts';

/** What every rule says of itself, by id; made by `npm run dev -- generate`. */
declare const catalog: {
  readonly rules: readonly (RuleMeta & { readonly options: NonNullable<RuleMeta['options']> })[];
  /** The ids of the rules whose page shows a fix. */
  readonly fixable: readonly string[];
};
export default catalog;
