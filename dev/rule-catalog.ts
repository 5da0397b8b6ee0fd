import type { Rule } from '../core/rule.ts';
import type { RuleDirectory } from './engine.ts';
import { fakeSecrets } from './fake-secrets.ts';
import { parseRulePage, sectionOf } from './rule-page.ts';
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

/** Longer examples are for the page. */
const MOST_LINES = 12;
const LONGEST = 500;

/**
 * The text of rules/instead.json: of each rule the first published example of each language with which it is content, one
 * rule a line. Those with secrets are left out.
 */
export function insteadOf(directories: readonly RuleDirectory[]): string {
  const rows = directories
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ id, page }) => {
      const found = new Map<string, string>();
      for (const { kind, language, text, fixed, published } of parseRulePage(page).examples) {
        const instead = (kind === 'good' ? text : fixed)?.trimEnd();
        if (!published || instead === undefined || found.has(language)) continue;
        const isShort = instead.length <= LONGEST && instead.split('\n').length <= MOST_LINES;
        if (isShort && fakeSecrets.hide(instead) === instead) found.set(language, instead);
      }
      return found.size > 0 ? [`  ${JSON.stringify(id)}: ${JSON.stringify(Object.fromEntries(found))}`] : [];
    });
  return `{\n${rows.join(',\n')}\n}\n`;
}
