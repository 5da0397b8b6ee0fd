import type { Rule } from '../core/rule.ts';
import type { RuleDirectory } from './engine.ts';
import { sectionOf } from './rule-page.ts';
import { fixablePlaces, type RulePlace } from './rules-index.mjs';

/** The text of rules/catalog.json: what rules say of themselves, one rule a line. */
export function ruleCatalog(rules: readonly Rule[], places: readonly RulePlace[]): string {
  const rows = rules.map(({ check: _, ...meta }) => JSON.stringify(meta));
  const fixable = fixablePlaces(places).map(({ id }) => JSON.stringify(id));
  return `{\n  "rules": [\n    ${rows.join(',\n    ')}\n  ],\n  "fixable": [${fixable.join(', ')}]\n}\n`;
}

/** The text of rules/when-fine.json: the section "When it is fine" of each page that has one, one rule a line. */
export function whenFineOf(directories: readonly RuleDirectory[]): string {
  const rows = directories
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ id, page }) => {
      const section = sectionOf(page, 'When it is fine');
      return section === undefined ? [] : [`  ${JSON.stringify(id)}: ${JSON.stringify(section)}`];
    });
  return `{\n${rows.join(',\n')}\n}\n`;
}
