import { languages } from '../languages/index.ts';
import { fixable, rules } from '../rules/index.ts';
import { bourne } from '../shell/bourne/index.ts';
import type { EngineSource } from './host.ts';

/** Every language and rule. */
export const engine: EngineSource = { languages, rules, fixable, shell: bourne };
