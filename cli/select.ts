/** `--select` and `--ignore`: rules by id, policy or category. */
import { nearest } from '../core/nearest.ts';
import { POLICY_IDS } from '../core/policies.ts';
import { type Rule, ruleByAlias } from '../core/rule.ts';
import { CommandError } from './host.ts';

/**
 * The ids of the rules that may run; `undefined` where nothing is asked for. Throws {@link CommandError} for a name
 * that is none of a rule, a policy or a category.
 */
export function selectedRules(
  rules: readonly Rule[],
  select: readonly string[],
  ignore: readonly string[],
): ReadonlySet<string> | undefined {
  if (select.length === 0 && ignore.length === 0) return undefined;
  const wanted = select.length === 0 ? rules : select.flatMap(name => named(name, rules));
  const unwanted = new Set(ignore.flatMap(name => named(name, rules)));
  return new Set(wanted.filter(rule => !unwanted.has(rule)).map(({ id }) => id));
}

function named(name: string, rules: readonly Rule[]): readonly Rule[] {
  const rule = rules.find(({ id }) => id === name) ?? ruleByAlias(name, rules);
  if (rule) return [rule];
  const found = rules.filter(({ policies, category }) => policies.some(id => id === name) || category === name);
  const isPolicy = POLICY_IDS.some(id => id === name);
  if (found.length > 0 || isPolicy) return found;
  const meant = nearest(name, [...rules.map(({ id }) => id), ...new Set(rules.map(({ category }) => category))]);
  throw new CommandError(`no rule, policy or category \`${name}\`${meant ? `; did you mean \`${meant}\`?` : ''}`);
}
