export interface RulePlace {
  readonly id: string;
  /** From the root of the project: `rules/shared/latest-tag`. */
  readonly directory: string;
}
export const RULE_GROUPS: readonly string[];
export function rulePlaces(wanted?: readonly string[]): RulePlace[];
export function fixablePlaces(places: readonly RulePlace[]): RulePlace[];
export function groupIndex(places: readonly RulePlace[]): string;
export function rulesIndex(places: readonly RulePlace[]): string;
