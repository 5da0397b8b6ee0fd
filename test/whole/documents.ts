import type { ImageBuild, LanguageId } from '../../core/build.ts';
import { only } from '../../core/config/resolve.ts';
import { NO_FILES } from '../../core/language.ts';
import { type LintInput, type LintResult, lint, lower } from '../../core/linter.ts';
import type { Inventory } from '../../core/needs.ts';
import { EXAMPLE_DAY, engineOf, ruleDirectories } from '../../dev/engine.ts';
import { parseRulePage } from '../../dev/rule-page.ts';
import { rules } from '../../rules/index.ts';

export interface Seed {
  readonly name: string;
  readonly path: string;
  readonly language: LanguageId;
  readonly text: string;
}

/** Every document that the pages of the rules show: a corpus of our own. */
export const seeds: readonly Seed[] = ruleDirectories().flatMap(({ id, page }) =>
  parseRulePage(page).examples.map(({ line, path, language, text }) => ({
    name: `${id}:${line}`,
    path,
    language,
    text,
  })),
);

const engine = engineOf(rules);
const settings = only(rules);

/** Lints a text with every rule there is. */
export function lintAll(
  text: string,
  { path, language }: Pick<Seed, 'path' | 'language'>,
  options: Pick<LintInput, 'everyRule'> = {},
): LintResult {
  return lint({ path, text, language }, { engine, settings, files: NO_FILES, today: EXAMPLE_DAY, ...options })!;
}

/** A text without a place as a build, and what rules may say that they need of it. */
export function lowered(text: string, id: LanguageId): { readonly build: ImageBuild; readonly inventory: Inventory } {
  const language = engine.languages.find(candidate => candidate.id === id)!;
  const build = lower({ path: '', text, language: id }, language, { engine, files: NO_FILES });
  return { build, inventory: language.inventory(build) };
}
