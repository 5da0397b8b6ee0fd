/** The linter as the measurements in this process run it: every rule on, no files, one day. */
import { NO_CONFIG, settingsFor } from '../core/config/resolve.ts';
import { NO_FILES } from '../core/language.ts';
import { type Document, type LintInput, languageOf, lower } from '../core/linter.ts';
import type { Rule } from '../core/rule.ts';
import { languages } from '../languages/index.ts';
import { rules } from '../rules/index.ts';
import { shellParser } from '../shell/parser.ts';

const TODAY = '2026-11-21';

export async function lintInput(some: readonly Rule[] = rules): Promise<LintInput> {
  return {
    engine: { languages, rules: some, shell: shellParser },
    settings: settingsFor(NO_CONFIG, '', some, 'all'),
    files: NO_FILES,
    today: TODAY,
  };
}

/** Parses and lowers a document with its scripts, which are parsed when they are first asked for. */
export function read(document: Document, input: LintInput) {
  const build = lower(document, languageOf(input.engine, document)!, input);
  readScripts(build);
  return build;
}

/** Parses the scripts of a build. */
export function readScripts(build: ReturnType<typeof lower>): void {
  for (const stage of build.stages) for (const step of stage.steps) if (step.kind === 'run') void step.script?.commands;
}
