/** The `bakelint.*` settings of the editor. Values of the wrong type count as not set: a settings file is edited by hand. */
import { readConfig } from '../core/config/read.ts';
import type { RuleSettings } from '../core/config/resolve.ts';
import { joinPath, parentDirectory } from '../core/path.ts';
import type { Preset } from '../core/rule.ts';
import { PRESETS, type Rule } from '../core/rule.ts';
import type { DocumentLocation } from './location.ts';

export interface EditorSettings {
  readonly enable: boolean;
  /** Takes the place of the presets in the configuration file. */
  readonly preset: Preset | undefined;
  /** A configuration file to use for everything, absolute or relative to the workspace folder. */
  readonly config: string | undefined;
  /** Rule settings that are laid over those of the configuration file, as that file would write them. */
  readonly rules: Readonly<Record<string, unknown>>;
  readonly run: 'onType' | 'onSave';
  /** Run ShellCheck on scripts, where the host can. */
  readonly shellcheck: boolean;
  readonly packer: {
    /** Show what names that are made of variables are. */
    readonly inlayHints: boolean;
    /** Show how often something is used. */
    readonly codeLens: boolean;
  };
  readonly dockerfile: {
    /** `auto`: what an installed Docker extension offers as well is left to it. */
    readonly languageFeatures: 'auto' | 'on' | 'off';
    /** Leave out what an installed Docker extension reports as well. */
    readonly preferOtherLinter: boolean;
  };
}

/** Reads what the editor answers for the section `bakelint`. */
export function readSettings(given: unknown): EditorSettings {
  const section = isObject(given) ? given : {};
  const preset = PRESETS.find(name => name === section.preset);
  const config = typeof section.config === 'string' ? section.config.trim() : '';
  const packer = isObject(section.packer) ? section.packer : {};
  const dockerfile = isObject(section.dockerfile) ? section.dockerfile : {};
  return {
    enable: section.enable !== false,
    preset,
    config: config === '' ? undefined : config,
    rules: isObject(section.rules) ? section.rules : {},
    run: section.run === 'onSave' ? 'onSave' : 'onType',
    shellcheck: isObject(section.shellcheck) && section.shellcheck.enable === true,
    packer: {
      inlayHints: packer.inlayHints === true,
      codeLens: packer.codeLens === true,
    },
    dockerfile: {
      languageFeatures:
        dockerfile.languageFeatures === 'on' || dockerfile.languageFeatures === 'off'
          ? dockerfile.languageFeatures
          : 'auto',
      preferOtherLinter: dockerfile.preferOtherLinter === true,
    },
  };
}

/** The rule settings, read by the same reader as a configuration's, so that they mean the same. */
export function ruleSettings(editor: EditorSettings, rules: readonly Rule[]): RuleSettings | undefined {
  if (Object.keys(editor.rules).length === 0) return undefined;
  return readConfig(JSON.stringify({ rules: editor.rules }), rules).config.rules;
}

/** Rules of which what they report is reported by an installed Docker extension as well, turned off. */
export function withoutDuplicates(editor: EditorSettings, rules: readonly Rule[]): EditorSettings {
  const off = rules.filter(isOfDockerExtension).map(({ id }) => [id, 'off'] as const);
  return { ...editor, rules: { ...Object.fromEntries(off), ...editor.rules } };
}

/** Docker's extensions run BuildKit's checks and those of dockerfile-utils. What other languages have too says more. */
function isOfDockerExtension({ aliases = [], languages }: Rule): boolean {
  return languages.length === 1 && aliases.some(alias => /^(?:buildkit|dockerfile-utils):/.test(alias));
}

/** The path of the configuration that the settings name, from the workspace folder or else the document's own. */
export function configPath(
  { config }: EditorSettings,
  { base, locatedAt, reach }: DocumentLocation,
): string | undefined {
  if (config === undefined || !reach) return undefined;
  const slashes = config.replaceAll('\\', '/');
  // As URIs write it: a slash before a drive letter.
  const path = /^[A-Za-z]:/.test(slashes) ? `/${slashes}` : slashes;
  return joinPath(base ?? parentDirectory(locatedAt), path);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
