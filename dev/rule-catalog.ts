import type { Rule } from '../core/rule.ts';
import { fixablePlaces, type RulePlace } from './rules-index.mjs';

/** The text of rules/catalog.json: what rules say of themselves, one rule a line. */
export function ruleCatalog(rules: readonly Rule[], places: readonly RulePlace[]): string {
  const rows = rules.map(({ check: _, ...meta }) => JSON.stringify(meta));
  const fixable = fixablePlaces(places).map(({ id }) => JSON.stringify(id));
  return `{\n  "rules": [\n    ${rows.join(',\n    ')}\n  ],\n  "fixable": [${fixable.join(', ')}]\n}\n`;
}
