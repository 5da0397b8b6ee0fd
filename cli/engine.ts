import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { languages } from '../languages/index.ts';
import { loadShell } from '../node/shell.ts';
import { fixable, rules } from '../rules/index.ts';
import type { EngineSource } from './host.ts';

/** Every language and rule; the shell's wasm is looked for beside this bundle. */
export const engine: EngineSource = {
  languages,
  rules,
  fixable,
  shell: () => loadShell(dirname(fileURLToPath(import.meta.url))),
};
