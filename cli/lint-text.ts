import type { LanguageId } from '../core/build.ts';
import { type Config, NO_CONFIG, only, type Settings, settingsFor } from '../core/config/resolve.ts';
import type { Diagnostic } from '../core/finding.ts';
import type { Files } from '../core/language.ts';
import { type Engine, lint } from '../core/linter.ts';
import type { Preset, Rule } from '../core/rule.ts';
import type { ScriptChecker } from '../core/shell/remarks.ts';
import { isAboutSecrets, secretsIn } from './secrets.ts';

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
  readonly language: LanguageId;
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
  return result && { language: result.build.language, diagnostics: result.diagnostics, failures: result.failures };
}

/**
 * The parts of a linted text that must not be shown. When rules about secrets were off, they are run for this alone:
 * other findings stand on the same lines.
 */
export function secretsOf(
  text: string,
  outcome: Outcome,
  linting: Linting,
  surroundings: Surroundings,
): readonly { readonly start: number; readonly end: number }[] {
  const about = linting.engine.rules.filter(isAboutSecrets);
  const off = about.filter(rule => !surroundings.settings.rules.has(rule.id));
  const engine = { ...linting.engine, rules: off };
  const more =
    off.length === 0
      ? []
      : (lintText(text, { ...linting, engine }, { ...surroundings, settings: only(off) })?.diagnostics ?? []);
  return secretsIn(text, [...outcome.diagnostics, ...more], about);
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
