import { languages, loadLanguages } from '../languages/on-demand.ts';
import { fixable, loadRules, rules } from '../rules/on-demand.ts';
import { bourne } from '../shell/bourne/index.ts';
import type { EngineSource } from './host.ts';

/** Every language and rule; {@link EngineSource.load} brings their code. */
export const engine: EngineSource = {
  languages,
  rules,
  fixable,
  shell: bourne,
  load: async wanted => loadRules(await loadLanguages(wanted)),
};
