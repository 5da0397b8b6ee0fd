import type { Severity } from '../finding.ts';
import { matchesGlob } from '../glob.ts';
import { NO_FACTS, type ProjectFacts } from '../project.ts';
import { inPreset, PRESETS, type Preset, type Rule, severityIn } from '../rule.ts';
import type { Sample } from '../sample.ts';

/** What a configuration file says, as it says it. */
export interface Config {
  /** The presets it starts from; `recommended` when it names none. */
  readonly presets: readonly Preset[];
  /** Rules that came after this ruleset (`2026.11`) stay off. */
  readonly ruleset: string | undefined;
  /** Whether rules that are still on trial are on. */
  readonly preview: boolean;
  readonly rules: RuleSettings;
  readonly images: Partial<ProjectFacts>;
  readonly overrides: readonly Override[];
  /** Paths that are not linted, relative to the configuration's directory. */
  readonly ignore: readonly string[];
}
/** Settings for the files that match one of its globs. */
export interface Override {
  readonly files: readonly string[];
  readonly rules: RuleSettings;
  readonly images: Partial<ProjectFacts>;
}
/** By rule id. */
export type RuleSettings = ReadonlyMap<string, RuleSetting>;
/** What is said of one rule; no severity leaves the rule's own. */
export interface RuleSetting {
  readonly severity: Severity | 'off' | undefined;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What holds without a configuration. */
export const NO_CONFIG: Config = {
  presets: [],
  ruleset: undefined,
  preview: false,
  rules: new Map(),
  images: {},
  overrides: [],
  ignore: [],
};

/** The rules that are on for one file, and the facts about its images. */
export interface Settings {
  readonly rules: ReadonlyMap<string, ActiveRule>;
  readonly project: ProjectFacts;
  /** Set for files of tests and examples: their findings are advice. */
  readonly sample?: Sample | undefined;
}
/** How a rule that is on is run. */
export interface ActiveRule {
  readonly severity: Severity;
  /** Whether the configuration names the severity: then it holds for every finding. */
  readonly fixed: boolean;
  /** Findings of larger presets are left out; `all` where only its name turns the rule on. */
  readonly preset: Preset;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * What holds for one file. `path` is relative to the configuration's directory. A preset that the host asks for (the
 * command line's `--preset`, the editor's setting) takes the place of the configuration's.
 */
export function settingsFor(config: Config, path: string, rules: readonly Rule[], preset?: Preset): Settings {
  return settingsWith(config, overridesFor(config, path), rules, preset);
}

/** The overrides that hold for a file. */
export function overridesFor(config: Config, path: string): readonly Override[] {
  return config.overrides.filter(({ files }) => files.some(glob => matchesGlob(glob, path)));
}

/** {@link settingsFor} where the overrides are known. */
export function settingsWith(
  config: Config,
  overrides: readonly Override[],
  rules: readonly Rule[],
  preset?: Preset,
): Settings {
  const presets = preset ? [preset] : config.presets.length > 0 ? config.presets : (['recommended'] as const);
  const layers = [config.rules, ...overrides.map(override => override.rules)];
  const strictest = PRESETS.findLast(name => presets.includes(name));
  const on = new Map<string, ActiveRule>();
  for (const rule of rules) {
    const given = layers.flatMap(layer => layer.get(rule.id) ?? []);
    const said = given.findLast(setting => setting.severity !== undefined)?.severity;
    const inRuleset = config.ruleset === undefined || rule.since <= config.ruleset;
    const byPreset = inRuleset && (!rule.preview || config.preview) && presets.some(name => inPreset(rule, name));
    if (said === 'off' || (said === undefined && given.length === 0 && !byPreset)) continue;
    const options = Object.assign({}, ...given.map(setting => setting.options)) as Record<string, unknown>;
    const full = Object.fromEntries(
      Object.entries(rule.options).map(([name, option]) => [name, options[name] ?? option.default]),
    );
    on.set(rule.id, {
      severity: said ?? severityIn(rule, strictest),
      fixed: said !== undefined,
      preset: byPreset && strictest ? strictest : 'all',
      options: full,
    });
  }
  return {
    rules: on,
    project: Object.assign({}, NO_FACTS, config.images, ...overrides.map(override => override.images)) as ProjectFacts,
  };
}

/** Settings with every rule on at its own severity: for tests and `--rule`. */
export function only(rules: readonly Rule[], config: Config = NO_CONFIG, path = ''): Settings {
  const settings = settingsFor({ ...config, preview: true, ruleset: undefined }, path, rules, 'all');
  return { ...settings, rules: new Map([...settings.rules].filter(([id]) => rules.some(rule => rule.id === id))) };
}
