import type { ImageBuild } from '../core/build.ts';
import { type Config, NO_CONFIG, only, type Settings, settingsFor } from '../core/config/resolve.ts';
import type { Diagnostic } from '../core/finding.ts';
import type { Files } from '../core/language.ts';
import { type Engine, lint } from '../core/linter.ts';
import type { ScriptChecker } from '../core/remarks.ts';
import type { Preset, Rule } from '../core/rule.ts';

/** How texts are linted in one run. */
export interface Linting {
  readonly engine: Engine;
  /** Only these; `undefined` means those that the configuration turns on. */
  readonly chosen: readonly Rule[] | undefined;
  readonly preset: Preset | undefined;
  readonly today: string;
  readonly checkScript: ScriptChecker | undefined;
}
/** How one file is linted. */
export interface Surroundings {
  readonly path: string;
  readonly files: Files;
  readonly settings: Settings;
}
export interface Outcome {
  readonly build: ImageBuild;
  readonly diagnostics: readonly Diagnostic[];
  readonly failures: readonly { readonly rule: string; readonly error: unknown }[];
}

/** What holds for a file; `relative` is its path in the configuration's folder. */
export function settingsOf(linting: Linting, config: Config | undefined, relative: string): Settings {
  const { chosen, engine, preset } = linting;
  if (!chosen) return settingsFor(config ?? NO_CONFIG, relative, engine.rules, preset);
  return only(chosen, config ? switchedOn(config) : NO_CONFIG, relative);
}

/** Everything there is to say about a text; `undefined` when it is in none of the languages. */
export function lintText(text: string, linting: Linting, { path, files, settings }: Surroundings): Outcome | undefined {
  const { engine, today, checkScript } = linting;
  const result = lint({ path, text }, { engine, settings, files, today, checkScript });
  return result;
}

/** A configuration in which nothing is off: who asks for a rule by name wants it. */
function switchedOn(config: Config): Config {
  const on = (rules: Config['rules']): Config['rules'] =>
    new Map(
      [...rules].map(([id, { severity, options }]) => [
        id,
        { severity: severity === 'off' ? undefined : severity, options },
      ]),
    );
  return {
    ...config,
    rules: on(config.rules),
    overrides: config.overrides.map(one => ({ ...one, rules: on(one.rules) })),
  };
}
