import { languages, loadLanguages } from '../languages/on-demand.ts';
import { fixable, loadRules, rules } from '../rules/on-demand.ts';
import { shellParser } from '../shell/parser.ts';
import type { EngineSource } from './host.ts';

/** Every language and rule; {@link EngineSource.load} brings their code. */
export const engine: EngineSource = {
  languages,
  rules,
  fixable,
  shell: shellParser,
  load: async wanted => loadRules(await loadLanguages(wanted)),
};
