import { expect, test } from 'vitest';
import type { LanguageId } from '../core/build.ts';
import { only } from '../core/config/resolve.ts';
import { NO_FILES } from '../core/language.ts';
import { type Engine, lint } from '../core/linter.ts';
import { languages, loadLanguages } from '../languages/on-demand.ts';
import * as all from '../rules/index.ts';
import { fixable, loadRules, rules } from '../rules/on-demand.ts';
import { shellParser } from '../shell/parser.ts';
import { lintAll, seeds } from './whole/documents.ts';

test('rules say the same of themselves before their code is there', () => {
  const said = (some: typeof rules) => JSON.parse(JSON.stringify(some)) as unknown;
  expect(said(rules)).toEqual(said(all.rules));
  expect(fixable).toEqual(all.fixable);
});

test.each<LanguageId>(['dockerfile', 'packer', 'cloud-init'])(
  'what is loaded for %s finds the same',
  async language => {
    await loadRules(await loadLanguages([language]));
    const engine: Engine = { languages, rules, shell: shellParser };
    const settings = only(rules);
    const some = seeds.filter(seed => seed.language === language).filter((_, i) => i % 7 === 0);
    expect(some.length).toBeGreaterThan(20);
    for (const seed of some) {
      const { path, text } = seed;
      const result = lint({ path, text, language }, { engine, settings, files: NO_FILES, today: '2026-11-21' })!;
      expect(result.failures, seed.name).toEqual([]);
      expect(result.diagnostics, seed.name).toEqual(lintAll(text, seed).diagnostics);
    }
  },
);
