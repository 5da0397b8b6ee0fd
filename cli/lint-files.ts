import { relative } from 'node:path';
import type { Settings } from '../core/config/resolve.ts';
import { fixAll } from '../core/fixer.ts';
import { matchesGlob } from '../core/glob.ts';
import type { Files } from '../core/language.ts';
import { languageOf } from '../core/linter.ts';
import { folderOf } from '../core/path.ts';
import type { ShellParser } from '../core/script.ts';
import { type Configs, configs, type FoundConfig } from '../node/config.ts';
import { decode } from '../node/decode.ts';
import { type DiskFiles, diskFiles, readBeginning, readPlain } from '../node/files.ts';
import { Lines } from '../node/lines.ts';
import { absolute, isInside } from '../node/paths.ts';
import { replaceFile } from '../node/write.ts';
import { unifiedDiff } from './diff.ts';
import { configReport, type Unreadable, unreadable } from './host-rules.ts';
import { type Linting, lintText, type Outcome, type Surroundings, settingsOf } from './lint-text.ts';
import type { LintOptions } from './options.ts';
import { type FileReport, problemsOf } from './report.ts';
import { secretsIn } from './secrets.ts';
import { type Candidate, reasonOf } from './walk.ts';

/** The text of a document and what became of it. */
interface Treated {
  readonly report: FileReport;
  readonly before: string;
  readonly after: string;
  /** Problems that the fixes took away. */
  readonly fixed: number;
}

/** So much of a file is looked at to see whether it is ours. In bytes; a language asks for 1,000 characters. */
const BEGINNING = 4096;

/** Lints files one after another; remembers the configurations and neighbours that they share. */
export class FileLinter {
  /** Configurations that were used and have problems, by path. */
  readonly configReports = new Map<string, FileReport>();
  readonly troubles: string[] = [];
  readonly diffs: string[] = [];
  fixed = 0;
  private readonly configs: Configs;
  private readonly disks = new Map<string, DiskFiles>();
  private readonly settings = new Map<string | undefined, Settings>();
  private readonly given: FoundConfig | undefined;

  constructor(
    private readonly cwd: string,
    private readonly options: LintOptions,
    private linting: Linting,
    private readonly debug: boolean,
  ) {
    this.configs = configs(linting.engine.rules);
    this.given = options.config === undefined ? undefined : this.configs.at(absolute(cwd, options.config));
    if (this.given) this.noteProblems(this.given);
  }

  /** Lints with a shell parser from here on. */
  useShell(shell: ShellParser | undefined): void {
    this.linting = { ...this.linting, engine: { ...this.linting.engine, shell } };
  }

  /** The path as it is shown. */
  show(path: string): string {
    const short = relative(this.cwd, path).replaceAll('\\', '/');
    return short === '' ? '.' : short;
  }

  /** Whether a file is to be linted: it was named, or it is in one of the languages and not ignored. */
  wants({ path, named }: Candidate): boolean {
    if (named) return true;
    const config = this.configOf(path);
    if (config && isIgnored(config, path)) return false;
    if (languageOf(this.linting.engine, { path, text: '' })) return true;
    try {
      const bytes = readBeginning(path, BEGINNING);
      if (!bytes || bytes.includes(0)) return false;
      // A character may be cut in two at the end, so this is lenient; the file itself is read strictly.
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      return languageOf(this.linting.engine, { path, text }) !== undefined;
    } catch {
      return false;
    }
  }

  /** Lints a file and fixes it as the options say; `undefined` when it is in none of the languages. */
  file({ path, root }: Candidate): FileReport | undefined {
    const shown = this.show(path);
    const byName = languageOf(this.linting.engine, { path, text: '' })?.id ?? 'unknown';
    const refuse = (why: Unreadable | { reason: string }): FileReport =>
      unreadable(shown, byName, why, this.options.maxFileSize);
    let bytes: ReturnType<typeof readPlain>;
    try {
      bytes = readPlain(path, this.options.maxFileSize);
    } catch (error) {
      return refuse({ reason: reasonOf(error) });
    }
    if (typeof bytes === 'string') return refuse(bytes);
    const decoded = decode(bytes);
    if ('problem' in decoded) return refuse(decoded.problem);
    const disk = this.disk(root);
    const treated = this.treat(path, shown, decoded.text, disk);
    if (!treated) return undefined;
    const writes = treated.after !== treated.before && !this.options.diff;
    try {
      if (writes) {
        replaceFile(path, bytes, treated.after);
        disk.forget(path);
      }
      this.fixed += treated.fixed;
      return treated.report;
    } catch (error) {
      this.troubles.push(`${shown}: not fixed, ${reasonOf(error)}`);
      return this.treat(path, shown, decoded.text, disk, [])?.report;
    }
  }

  /** Lints the text of stdin under the name it is given; `undefined` when it is in none of the languages. */
  stdin(bytes: Uint8Array): { readonly report: FileReport; readonly after: string | undefined } | undefined {
    const name = this.options.stdinFilename;
    const shown = name === undefined ? '<stdin>' : this.show(absolute(this.cwd, name));
    const refuse = (why: Unreadable) => ({
      report: unreadable(shown, 'unknown', why, this.options.maxFileSize),
      after: undefined,
    });
    if (bytes.length > this.options.maxFileSize) return refuse('too-large');
    const decoded = decode(bytes);
    if ('problem' in decoded) return refuse(decoded.problem);
    const path = absolute(this.cwd, name ?? 'stdin');
    const treated = this.treat(path, shown, decoded.text, this.disk(folderOf(path)));
    this.fixed += treated?.fixed ?? 0;
    return treated;
  }

  private disk(root: string): DiskFiles {
    const known = this.disks.get(root) ?? diskFiles(root);
    this.disks.set(root, known);
    return known;
  }

  private configOf(path: string): FoundConfig | undefined {
    const config = this.given ?? this.configs.of(folderOf(path));
    if (config) this.noteProblems(config);
    return config;
  }

  /** Without overrides the same holds for every file of a configuration, so it is put together once. */
  private settingsFor(path: string): Settings {
    const config = this.configOf(path);
    const shared = config === undefined || config.config.overrides.length === 0;
    const known = shared ? this.settings.get(config?.path) : undefined;
    const settings = known ?? settingsOf(this.linting, config?.config, config ? inFolder(config.folder, path) : path);
    if (shared) this.settings.set(config?.path, settings);
    return settings;
  }

  private noteProblems(config: FoundConfig): void {
    if (config.problems.length > 0 && !this.configReports.has(config.path))
      this.configReports.set(config.path, configReport(this.show(config.path), config));
  }

  private treat(
    path: string,
    shown: string,
    text: string,
    files: Files,
    allowed = this.options.fix,
  ): Treated | undefined {
    const settings = this.settingsFor(path);
    const surroundings: Surroundings = { path, files, settings };
    try {
      const first = lintText(text, this.linting, surroundings);
      if (!first) return undefined;
      let last: Outcome = first;
      const again = (changed: string): Outcome['diagnostics'] => {
        if (changed !== text) last = lintText(changed, this.linting, surroundings) ?? last;
        return last.diagnostics;
      };
      const after = allowed.length > 0 ? fixAll(text, again, allowed) : text;
      if (after !== text) {
        again(after);
        if (this.options.diff) this.diffs.push(this.diff(shown, [text, first], [after, last]));
      }
      for (const { rule, error } of last.failures) this.internal(`in rule \`${rule}\` on ${shown}`, error);
      const fixed = Math.max(0, first.diagnostics.length - last.diagnostics.length);
      return { report: this.report(shown, after, last, surroundings), before: text, after, fixed };
    } catch (error) {
      this.internal(`on ${shown}`, error);
      return { report: this.report(shown, text, undefined, surroundings), before: text, after: text, fixed: 0 };
    }
  }

  private report(shown: string, text: string, outcome: Outcome | undefined, surroundings: Surroundings): FileReport {
    const language = outcome?.build.language ?? 'unknown';
    // The text of a file without problems is not needed again: a run over many keeps none of them.
    if (!outcome || outcome.diagnostics.length === 0)
      return { path: shown, language, problems: [], lines: new Lines(''), secrets: [] };
    const lines = new Lines(text);
    const secrets = secretsIn(text, outcome.build);
    const policies = new Map(this.linting.engine.rules.map(rule => [rule.id, rule.policies]));
    const problems = problemsOf(
      lines,
      outcome.diagnostics,
      { path: shown, secrets },
      rule => policies.get(rule) ?? [],
      {
        show: path => this.show(path),
        text: path => surroundings.files.read(path),
      },
    );
    return { path: shown, language, problems, lines, secrets };
  }

  private diff(shown: string, [before, first]: [string, Outcome], [after, last]: [string, Outcome]): string {
    return unifiedDiff(
      shown,
      { text: before, secrets: secretsIn(before, first.build) },
      { text: after, secrets: secretsIn(after, last.build) },
    );
  }

  /** A defect of ours: the run goes on, the user learns where, and what went wrong inside only on request. */
  private internal(where: string, error: unknown): void {
    const detail = this.debug ? `: ${(error as Error)?.stack ?? String(error)}` : ' (`--debug` shows it)';
    this.troubles.push(`internal error ${where}${detail}`);
  }
}

/** A path as globs of a configuration see it. */
function inFolder(folder: string, path: string): string {
  if (!isInside(folder, path)) return path;
  return path.slice(folder === '/' ? 1 : folder.length + 1);
}

/** Whether the configuration ignores the file or a folder that it stands in. */
function isIgnored({ config, folder }: FoundConfig, path: string): boolean {
  if (config.ignore.length === 0) return false;
  const segments = inFolder(folder, path).split('/');
  return segments.some((_, i) => config.ignore.some(glob => matchesGlob(glob, segments.slice(0, i + 1).join('/'))));
}
