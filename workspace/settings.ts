/** Which rules are on for a file: what its configuration says, and what the user asks for on top of it. */
import {
  type Config,
  NO_CONFIG,
  only,
  overridesFor,
  type RuleSettings,
  type Settings,
  settingsWith,
} from '../core/config/resolve.ts';
import { pathFrom } from '../core/path.ts';
import type { Preset, Rule } from '../core/rule.ts';
import { sampleOf } from '../core/sample.ts';
import { pathInConfig } from './configuration.ts';
import type { Directory } from './directories.ts';

/** What a command line or the settings of an editor ask for. */
export interface HostSettings {
  /** In place of the configuration's presets. */
  readonly preset: Preset | undefined;
  /** Only these rules, on even where the configuration turns them off. */
  readonly only: readonly Rule[] | undefined;
  /** Laid over the configuration. */
  readonly rules: RuleSettings | undefined;
  /** The ids of the rules that may run, of those that are on; `undefined` means all. */
  readonly among?: ReadonlySet<string> | undefined;
}

/** Settings for files. The same holds for all files that the same overrides hold for, so it is put together once. */
export class SettingsFinder {
  private readonly known = new WeakMap<Config, Map<string, Settings>>();

  constructor(
    private readonly rules: readonly Rule[],
    private readonly asked: HostSettings,
  ) {}

  /** What holds for a file in a directory. */
  of(path: string, { config: file, root }: Pick<Directory, 'config' | 'root'>): Settings {
    const config = file?.config ?? NO_CONFIG;
    const overrides = file ? overridesFor(config, pathInConfig(file, path, root)) : [];
    const sample = sampleOf(pathFrom(root, path));
    const key = `${overrides.map(one => config.overrides.indexOf(one)).join()} ${sample ?? ''}`;
    const ofConfig = this.known.get(config) ?? new Map<string, Settings>();
    this.known.set(config, ofConfig);
    const settings = ofConfig.get(key) ?? this.among({ ...this.make({ ...config, overrides }), sample });
    ofConfig.set(key, settings);
    return settings;
  }

  private among(settings: Settings): Settings {
    const { among } = this.asked;
    return among ? { ...settings, rules: new Map([...settings.rules].filter(([id]) => among.has(id))) } : settings;
  }

  private make(config: Config): Settings {
    const { preset, only: chosen, rules } = this.asked;
    // Those of the overrides that do not hold for the file have been left out; `**` needs a name to match.
    if (chosen) return only(chosen, switchedOn(config), 'file');
    const overrides = rules ? [...config.overrides, { files: [], rules, images: {} }] : config.overrides;
    return settingsWith(config, overrides, this.rules, preset);
  }
}

/** A configuration in which nothing is off and all overrides hold: who asks for a rule by name wants it. */
function switchedOn(config: Config): Config {
  const on = (rules: RuleSettings): RuleSettings =>
    new Map(
      [...rules].map(([id, { severity, options }]) => [
        id,
        { severity: severity === 'off' ? undefined : severity, options },
      ]),
    );
  return {
    ...config,
    rules: on(config.rules),
    overrides: config.overrides.map(one => ({ ...one, files: ['**'], rules: on(one.rules) })),
  };
}
