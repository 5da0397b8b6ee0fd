/** `--explain-file`: the language of a file and what shows it, what applies to it, and which rules run. */
import { statSync } from 'node:fs';
import type { ImageBuild } from '../core/build.ts';
import type { Settings } from '../core/config/resolve.ts';
import { SEVERITIES } from '../core/finding.ts';
import type { Files, Language } from '../core/language.ts';
import { languageOf, lower } from '../core/linter.ts';
import { parentDirectory } from '../core/path.ts';
import { PRESETS, type Rule } from '../core/rule.ts';
import { DiskFiles } from '../node/files.ts';
import { absolute } from '../node/paths.ts';
import { reasonOf } from '../node/reason.ts';
import { type ConfigFile, Configurations, isConfigName } from '../workspace/configuration.ts';
import { Directories, type Located } from '../workspace/directories.ts';
import { isRefused } from '../workspace/files.ts';
import { unreadable } from '../workspace/findings.ts';
import { isScript, mayBeNamed, referrersOf } from '../workspace/referrers.ts';
import { filesIn } from '../workspace/related.ts';
import { SettingsFinder } from '../workspace/settings.ts';
import { CommandError, type EngineSource } from './host.ts';
import { givenConfig } from './lint-files.ts';
import type { LintOptions } from './options.ts';
import { homeOf } from './starts.ts';

/** A line of the answer: `recognized by: the name`. */
type Line = readonly [name: string, text: string];

/** Explains one file at a time. */
export class FileExplainer {
  private readonly disk = new DiskFiles();
  private readonly directories: Directories;
  private readonly settings: SettingsFinder;

  /** `list`: whether the rules are listed by name. Throws {@link CommandError} as the linter does. */
  constructor(
    private readonly cwd: string,
    private readonly source: EngineSource,
    options: Pick<LintOptions, 'config' | 'preset'>,
    only: readonly Rule[] | undefined,
    private readonly show: (path: string) => string,
    private readonly list: boolean,
  ) {
    const configurations = new Configurations(source.rules);
    const given =
      options.config === undefined ? undefined : givenConfig(cwd, options.config, this.disk, configurations);
    this.directories = new Directories(this.disk, configurations, given);
    this.settings = new SettingsFinder(source.rules, { preset: options.preset, only, rules: undefined });
  }

  /** The answer as text. Loads the code of the language. Throws {@link CommandError} where there is no such file. */
  async explain(name: string): Promise<string> {
    const path = absolute(this.cwd, name);
    try {
      if (statSync(path).isDirectory()) throw new CommandError(`${name}: is a directory; name a file`);
    } catch (error) {
      if (error instanceof CommandError) throw error;
      throw new CommandError(`${name}: ${reasonOf(error)}`);
    }
    const lines = await this.linesOf(path);
    return [this.show(path), ...lines.map(([what, text]) => `  ${what}: ${text}`), ''].join('\n');
  }

  private async linesOf(path: string): Promise<readonly Line[]> {
    if (isConfigName(path)) return [['language', 'configuration of Bakelint; other files are linted with it']];
    const text = this.disk.beginning(path);
    const language = languageOf(this.source, { path, text: text ?? '' });
    if (!language) return this.linesOfNamed(path, text);
    await this.source.load([language.id]);
    const located = this.directories.locate(path, undefined);
    const { directory } = located;
    const recognition = language.recognition?.(path, text ?? '');
    const lines: Line[] = [
      ['language', recognition ? `${language.name}, ${recognition.form}` : language.name],
      ['recognized by', recognition?.evidence ?? 'its name'],
      ['ignored', ignoredText(located, this.show)],
      ['configuration', configText(directory.config, this.show)],
    ];
    const asked = new Map<string, 'read' | 'missing' | 'unknown'>();
    const files = recording(
      filesIn(this.directories.at(parentDirectory(path), homeOf(this.cwd, path)).root, this.disk),
      asked,
    );
    const build = this.read(path, language, files);
    if (typeof build === 'string') return [...lines, ['linted', `no: ${build}`]];
    const dialect = language.dialect?.(build);
    if (dialect !== undefined) lines.push(['dialect', `${dialect}; its files are left alone`]);
    lines.push(...this.rulesOf(this.settings.of(path, directory), build));
    lines.push(['related files', relatedText(asked, this.show)]);
    return lines;
  }

  /** A file of no language of ours, which may be linted for the documents that name it. */
  private async linesOfNamed(path: string, text: string | null): Promise<readonly Line[]> {
    const language: Line = ['language', `none: ${this.notOurs(path, text)}`];
    if (text === null || !mayBeNamed(path, text)) return [language];
    await this.source.load(this.source.languages.map(({ id }) => id));
    const located = this.directories.locate(path, undefined);
    const { directory } = located;
    const search = { engine: this.source, files: this.disk, directories: this.directories };
    const start = this.directories.at(parentDirectory(path), homeOf(this.cwd, path));
    const referrers = referrersOf(path, start, search);
    if (referrers.length === 0) {
      if (!isScript(path, text)) return [language];
      return [language, ['named by', `no Packer template in ${this.show(start.root)}, so it is not linted`]];
    }
    return [
      ['language', 'none of its own; it is linted for the documents that name it'],
      ['named by', someOf(referrers, this.show)],
      ['ignored', ignoredText(located, this.show)],
      ['configuration', configText(directory.config, this.show)],
    ];
  }

  private notOurs(path: string, text: string | null): string {
    if (text === null) return 'not a text file that can be read';
    const foreign = this.source.languages.map(one => one.foreign?.(path, text)).find(found => found);
    return foreign
      ? `a file for ${foreign.program}, by \`${foreign.evidence}\``
      : 'not a Dockerfile, Packer template or cloud-init file by its name or beginning';
  }

  /** The document as it is read, or why it is not. */
  private read(path: string, language: Language, files: Files): ImageBuild | string {
    const content = this.disk.read(path);
    if (!content) return 'no such file or directory';
    if (isRefused(content)) return unreadable(content, 1_000_000).message;
    return lower({ path, text: content.text, language: language.id }, language, { engine: this.source, files });
  }

  private rulesOf(settings: Settings, build: ImageBuild): Line[] {
    const languages = languagesIn(build);
    const running = this.source.rules.filter(
      rule => settings.rules.has(rule.id) && rule.languages.some(id => languages.has(id)),
    );
    const bySeverity = SEVERITIES.map(severity => ({
      name: severity,
      count: running.filter(({ id }) => settings.rules.get(id)!.severity === severity).length,
    }));
    const byPreset = PRESETS.map(preset => ({
      name: preset,
      count: running.filter(rule => rule.preset === preset).length,
    }));
    const counts = (all: readonly { readonly name: string; readonly count: number }[]): string =>
      all.flatMap(({ name, count }) => (count > 0 ? [`${count} ${name}`] : [])).join(', ') || 'none';
    return [
      ['rules', `${running.length} of ${this.source.rules.length}`],
      ['by severity', counts(bySeverity)],
      ['by preset', counts(byPreset)],
      ...(this.list
        ? running.map(({ id }): Line => ['rule', `${id} ${settings.rules.get(id)!.severity}`])
        : ([['more', '`--debug` lists the rules']] as Line[])),
    ];
  }
}

function languagesIn(build: ImageBuild): ReadonlySet<string> {
  return new Set([build.language, ...build.nested.flatMap(one => [...languagesIn(one)])]);
}

function ignoredText({ by }: Located, show: (path: string) => string): string {
  if (!by) return 'no';
  const what = by.file === undefined ? `it is in \`${by.pattern}\`` : `\`${by.pattern}\` in ${show(by.file)}`;
  return `yes, ${what}; it is linted only when it is named`;
}

function configText(config: ConfigFile | undefined, show: (path: string) => string): string {
  if (!config) return 'none; the preset is `recommended`';
  const { presets } = config.config;
  const problems = config.problems.length > 0 ? `, with ${config.problems.length} errors in it` : '';
  return `${show(config.path)}, preset ${(presets.length > 0 ? presets : ['recommended']).map(name => `\`${name}\``).join(', ')}${problems}`;
}

function someOf(files: readonly { readonly path: string }[], show: (path: string) => string): string {
  const more = files.length - MOST_FILES;
  const shown = files.slice(0, MOST_FILES).map(({ path }) => show(path));
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** More files are counted. */
const MOST_FILES = 20;

function relatedText(
  asked: ReadonlyMap<string, 'read' | 'missing' | 'unknown'>,
  show: (path: string) => string,
): string {
  if (asked.size === 0) return 'none';
  const shown = [...asked]
    .slice(0, MOST_FILES)
    .map(
      ([path, state]) => `${show(path)}${state === 'read' ? '' : state === 'missing' ? ' (not there)' : ' (not read)'}`,
    );
  const more = asked.size - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Files that note which of them are asked for. */
function recording(files: Files, asked: Map<string, 'read' | 'missing' | 'unknown'>): Files {
  return {
    read(path) {
      const text = files.read(path);
      asked.set(path, typeof text === 'string' ? 'read' : text === null ? 'missing' : 'unknown');
      return text;
    },
    list: directory => files.list(directory),
    directories: directory => files.directories?.(directory),
  };
}
