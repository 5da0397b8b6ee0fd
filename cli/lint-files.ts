import { relative } from 'node:path';
import { EVER } from '../core/day.ts';
import { placeOfError } from '../core/error-place.ts';
import type { Language } from '../core/language.ts';
import { type Engine, type LintInput, languageOf } from '../core/linter.ts';
import { isInside, parentDirectory } from '../core/path.ts';
import type { ScriptChecker } from '../core/remarks.ts';
import type { Rule } from '../core/rule.ts';
import { decode } from '../node/decode.ts';
import { DiskFiles, type FileSource } from '../node/files.ts';
import { absolute } from '../node/paths.ts';
import { reasonOf } from '../node/reason.ts';
import { type Question, RecordedFiles } from '../node/recorded-files.ts';
import { optimizeFor } from '../node/tiering.ts';
import { removeAbandoned, replaceFile } from '../node/write.ts';
import { type ConfigFile, Configurations, reasonOf as whyRefused } from '../workspace/configuration.ts';
import { Directories, type Directory } from '../workspace/directories.ts';
import { isRefused, type Refused, type WorkspaceFiles } from '../workspace/files.ts';
import { type Candidate, directoryOf, find, type Note } from '../workspace/find.ts';
import { invalidConfig, underSettings } from '../workspace/findings.ts';
import { type Failure, type Linted, lintDocument } from '../workspace/lint.ts';
import { lintNamedFile } from '../workspace/named-file.ts';
import { withTexts } from '../workspace/overlaid.ts';
import { languageOfFile } from '../workspace/recognize.ts';
import { isScript, mayBeNamed, type Referrer, referrersOf } from '../workspace/referrers.ts';
import { filesIn } from '../workspace/related.ts';
import { SettingsFinder } from '../workspace/settings.ts';
import { type AcrossAnswers, answerFrom } from './across.ts';
import type { Cache } from './cache/cache.ts';
import { FORMATS } from './format/formats.ts';
import { CommandError, type EngineSource } from './host.ts';
import { NoteBook } from './notes.ts';
import type { LintOptions } from './options.ts';
import type { FileReport } from './report.ts';
import { Reporter } from './reporter.ts';
import { selectedRules } from './select.ts';
import { homeOf, startsOf } from './starts.ts';
import { AS_ON_DISK, diffOf, fixedByItself, type Subject } from './subject.ts';

/** What strings are linted with in one run. */
export interface Linting {
  readonly engine: Engine;
  /** Only these rules; `undefined` means those that the configuration turns on. */
  readonly only: readonly Rule[] | undefined;
  readonly today: string;
  readonly checkScript: ScriptChecker | undefined;
}

/** What became of a document. */
interface FixResult {
  /** Its own, and those of the files that it names and that something was found in. */
  readonly reports: readonly FileReport[];
  readonly after: string;
  /** Problems that the fixes took away. */
  readonly fixed: number;
}

/** What came of a file, and what was asked to find it out: `undefined` where nobody noted that. */
export interface Recorded {
  /** `undefined` when it is in none of the languages. */
  readonly reports: readonly FileReport[] | undefined;
  readonly questions: readonly Question[] | undefined;
}

/** Lints files one after another; remembers the configurations and neighbors that they share. */
export class FileLinter {
  readonly notes = new NoteBook();
  /** The days on which the file at hand would be reported as it is. */
  private days = EVER;
  /** By what {@link directoryOf} makes them of. */
  private readonly rebuilt = new Map<string, Directory>();
  private readonly directories: Directories;
  private readonly settings: SettingsFinder;
  private readonly reporter: Reporter;
  /** What the user named. */
  private named: readonly string[] = [];
  private readonly given: ConfigFile | undefined;
  /** What files say of one another, where a rule asks for it and it was read. */
  across: AcrossAnswers | undefined;

  /** Throws {@link CommandError} when the configuration that was asked for cannot be opened. */
  constructor(
    private readonly cwd: string,
    private readonly options: LintOptions,
    private linting: Linting,
    private readonly debug: boolean,
    /** Where the files are read from. */
    private readonly disk: FileSource = new DiskFiles(),
    /** What came of files in earlier runs; needs files that are {@link RecordedFiles}. */
    private readonly cache?: Cache,
  ) {
    const { rules } = linting.engine;
    const configurations = new Configurations(rules);
    const given =
      options.config === undefined ? undefined : givenConfig(cwd, options.config, this.disk, configurations);
    this.given = given;
    this.directories = new Directories(this.disk, configurations, given);
    this.reporter = new Reporter(linting.engine, path => this.show(path), {
      withEdits: options.outputs.some(({ format }) => FORMATS[format].showsEdits),
      maxFileSize: options.maxFileSize,
    });
    this.settings = new SettingsFinder(rules, {
      preset: options.preset,
      only: linting.only,
      rules: undefined,
      among: selectedRules(rules, options.select, options.ignore),
    });
    this.noteProblems(given);
  }

  /** The path as it is shown. */
  show(path: string): string {
    return shownPath(this.cwd, path);
  }

  /** How the path before a change is shown, of a file that is shown as `shown`; `undefined` when it was not there. */
  shownBefore(shown: string, pathBefore: (path: string) => string | undefined): string | undefined {
    const before = pathBefore(absolute(this.cwd, shown));
    return before === undefined ? undefined : this.show(before);
  }

  /** The files to lint: those that are named, and in directories those that are in one of the languages. */
  find(paths: readonly string[]): { readonly candidates: readonly Candidate[]; readonly notes: readonly Note[] } {
    const { starts, notes } = startsOf(this.cwd, paths);
    this.named = starts.map(({ path }) => path);
    const found = find(starts, this.disk, this.directories);
    for (const { config } of found.directories) this.noteProblems(config);
    if (this.options.fix.length > 0 && !this.options.diff) this.tidy(found.candidates);
    const { engine } = this.linting;
    return {
      candidates: found.candidates.filter(({ path, named }) => named || languageOfFile(engine, path, this.disk)),
      notes: [...notes, ...found.notes],
    };
  }

  /** Reads what files say of one another where a rule asks for that. */
  async readAcross(roots: Iterable<string>, source: EngineSource): Promise<void> {
    const { readAcross } = await import('./read-across.ts');
    this.across = await readAcross(roots, this.disk, source, this.given);
  }

  isOn(rule: string, { path, directory }: Candidate): boolean {
    return this.settings.of(path, directory).rules.has(rule);
  }

  /** What the other files say of one, as one text; `undefined` where they were not read. */
  acrossText({ path, directory }: Candidate): string | undefined {
    const answer = answerFrom(this.across, path, directory.root);
    return answer && JSON.stringify(answer);
  }

  /** A file as if it were named. */
  candidate(path: string): Candidate {
    const start = homeOf(this.cwd, path);
    return { path, named: true, start, directory: this.directories.at(parentDirectory(path), start) };
  }

  /**
   * A file that documents of this run name or read, when it belongs to the run itself: it was named, or it is in a
   * directory that was and a walk would not leave it out. `path` may be as it is shown.
   */
  fileOfRun(name: string): Candidate | undefined {
    const path = absolute(this.cwd, name);
    const isInRun = this.named.some(
      start => start === path || (isInside(start, path) && !this.directories.locate(path, start).leftOut),
    );
    return isInRun ? this.candidate(path) : undefined;
  }

  /** A file that another linter found. */
  foundElsewhere(found: Omit<Candidate, 'directory'>): Candidate {
    const key = `${found.named} ${found.start}\0${parentDirectory(found.path)}`;
    let directory = this.rebuilt.get(key);
    if (!directory) this.rebuilt.set(key, (directory = directoryOf(found, this.directories)));
    return { ...found, directory };
  }

  /**
   * Lints a file and fixes it as the options say; `undefined` when it is in none of the languages. After its own report
   * come those of the files that it names (the scripts of a template): several documents may name the same.
   */
  file(candidate: Candidate): readonly FileReport[] | undefined {
    return this.recorded(candidate).reports;
  }

  /** The same, with what it depends on. */
  recorded(candidate: Candidate): Recorded {
    const { path, directory } = candidate;
    this.noteProblems(directory.config);
    const bytes = this.bytesOf(path);
    if ('refused' in bytes) return { reports: [this.reporter.refused(path, bytes)], questions: undefined };
    const { config, root } = directory;
    const across = this.cache && this.acrossText(candidate);
    const circumstances = [root, config?.path ?? '', config?.text ?? '', ...(across === undefined ? [] : [across])];
    const name = this.cache?.nameOf(path, bytes, circumstances);
    const kept = name === undefined ? undefined : this.cache!.get(name);
    if (kept) return kept;
    const noted = this.notes.count;
    this.days = EVER;
    const lint = () => this.fileOf(candidate, bytes);
    const { value: reports, questions } =
      this.disk instanceof RecordedFiles ? this.disk.record(lint) : { value: lint(), questions: undefined };
    // What has more to say than reports is found out anew each time.
    if (name !== undefined && reports && questions && this.notes.count === noted)
      this.cache!.set(name, { reports, questions }, this.days);
    return { reports, questions };
  }

  private bytesOf(path: string): Uint8Array | Refused {
    try {
      const bytes = this.disk.bytes(path, this.options.maxFileSize);
      return typeof bytes === 'string' ? { refused: bytes } : bytes;
    } catch (error) {
      return { refused: 'unreadable', reason: reasonOf(error) };
    }
  }

  private fileOf(candidate: Candidate, bytes: Uint8Array): readonly FileReport[] | undefined {
    const { path, directory } = candidate;
    const decoded = decode(bytes);
    if ('problem' in decoded) {
      if (decoded.problem === 'encrypted') this.notes.encrypted.push(this.show(path));
      return [this.reporter.refused(path, { refused: decoded.problem })];
    }
    let subject = this.subject(path, decoded.text, directory);
    let result = this.lintAndFix(subject);
    if (!result && candidate.named) {
      subject = this.namedSubject(subject, directory);
      result = this.lintAndFix(subject);
    }
    if (!result) {
      this.tellForeign(candidate);
      return undefined;
    }
    try {
      if (result.after !== subject.text && !this.options.diff) {
        replaceFile(path, bytes, result.after);
        this.disk.forget(path);
      }
      this.notes.fixed += result.fixed;
      return result.reports;
    } catch (error) {
      this.notes.errors.push(`${subject.shown}: not fixed: ${reasonOf(error)}`);
      return this.lintAndFix(subject, [])?.reports;
    }
  }

  /** The other program that a file in none of the languages is for, as far as it shows. */
  foreign(path: string): ReturnType<NonNullable<Language['foreign']>> {
    const text = this.disk.beginning(path);
    if (typeof text !== 'string') return undefined;
    return this.linting.engine.languages.map(language => language.foreign?.(path, text)).find(found => found);
  }

  /** Whether a file in none of the languages is one that a document might name. */
  isScript(path: string): boolean {
    const text = this.disk.beginning(path);
    return typeof text === 'string' && isScript(path, text);
  }

  /** Lints the text of stdin under the name it is given; `undefined` when it is in none of the languages. */
  stdin(
    bytes: Uint8Array,
  ): { readonly reports: readonly FileReport[]; readonly after: string | undefined } | undefined {
    const { stdinFilename: name, maxFileSize } = this.options;
    const path = absolute(this.cwd, name ?? 'stdin');
    const shown = name === undefined ? '<stdin>' : this.show(path);
    const directory = this.directories.at(parentDirectory(path), homeOf(this.cwd, path));
    this.noteProblems(directory.config);
    const decoded = bytes.length > maxFileSize ? ({ problem: 'too-large' } as const) : decode(bytes);
    if ('problem' in decoded) {
      if (decoded.problem === 'encrypted') this.notes.encrypted.push(shown);
      return { reports: [this.reporter.refused(path, { refused: decoded.problem }, shown)], after: undefined };
    }
    const result = this.lintAndFix(this.subject(path, decoded.text, directory, shown));
    this.notes.fixed += result?.fixed ?? 0;
    return result;
  }

  /** Removes what an earlier run that was killed left beside the files. */
  private tidy(candidates: readonly Candidate[]): void {
    for (const directory of new Set(candidates.map(({ path }) => parentDirectory(path)))) {
      const entries = this.disk.list(directory);
      if (entries && !isRefused(entries))
        removeAbandoned(
          directory,
          entries.map(({ name }) => name),
        );
    }
  }

  private subject(path: string, text: string, directory: Directory, shown = this.show(path)): Subject {
    const input = this.input(path, directory);
    const { files } = input;
    const lint: Subject['lint'] = (text, others = AS_ON_DISK) =>
      lintDocument(
        { path, text },
        others.size === 0 ? input : this.input(path, directory, withTexts(this.disk, others)),
      );
    return { path, shown, text, files, root: directory.root, lint };
  }

  /** A file of this run with its bytes, to be linted and written; `undefined` when it cannot be read or is not ours. */
  opened(candidate: Candidate): { readonly subject: Subject; readonly bytes: Uint8Array } | undefined {
    const { directory, path } = candidate;
    const bytes = this.bytesOf(path);
    if ('refused' in bytes) return undefined;
    const decoded = decode(bytes);
    if ('problem' in decoded) return undefined;
    const own = this.subject(path, decoded.text, directory);
    const isOurs = languageOf(this.linting.engine, { path, text: decoded.text }) !== undefined;
    return { subject: isOurs ? own : this.namedSubject(own, directory), bytes };
  }

  /** Whether it can be read is known once it has been. */
  forget(path: string): void {
    this.disk.forget(path);
  }

  /** The same file as the documents see it that name it. */
  private namedSubject(subject: Subject, directory: Directory): Subject {
    const { path, text: own } = subject;
    const referrers = this.referrersOf(path, own, directory);
    const settings = this.settings.of(path, directory);
    return {
      ...subject,
      isNamed: true,
      lint: (text, others = AS_ON_DISK) => {
        const changed = new Map([...others, ...(text === own ? [] : [[path, text] as const])]);
        const disk = withTexts(this.disk, changed);
        return lintNamedFile({ path, text, settings }, referrers, one => this.input(one.path, one.directory, disk));
      },
    };
  }

  /** The documents that name a file of no language of ours. */
  private referrersOf(path: string, text: string, directory: Directory): readonly Referrer[] {
    const { engine } = this.linting;
    const search = { engine, files: this.disk, directories: this.directories };
    return mayBeNamed(path, text) ? referrersOf(path, directory, search) : [];
  }

  private input(path: string, directory: Directory, disk: WorkspaceFiles = this.disk): LintInput {
    const { engine, checkScript, today } = this.linting;
    const settings = this.settings.of(path, directory);
    const acrossFiles = answerFrom(this.across, path, directory.root);
    return { engine, settings, files: filesIn(directory.root, disk), checkScript, today, acrossFiles };
  }

  private lintAndFix(subject: Subject, allowed = this.options.fix): FixResult | undefined {
    const { text, shown } = subject;
    optimizeFor(text.length);
    const first = subject.lint(text);
    if (!first) return undefined;
    let { text: after, linted: last } = fixedByItself(subject, first, allowed);
    this.days = last.days;
    this.addFailures(last.failures, shown);
    this.tellDialect(first, shown);
    // Nothing is written when the linter failed on the file.
    if (!last.build) after = text;
    else if (after !== text && this.options.diff && first.build)
      this.notes.diffs.push(diffOf(shown, { text, linted: first }, { text: after, linted: last }));
    const fixed = last.build ? Math.max(0, first.diagnostics.length - last.diagnostics.length) : 0;
    const reports = [this.reporter.of(subject, after, last), ...this.others(subject, last)];
    return { reports, after, fixed };
  }

  /** What was found in files that the document names, as far as a walk would not leave them out. */
  private others({ files, root }: Subject, { inOtherFiles }: Linted): readonly FileReport[] {
    return inOtherFiles.flatMap(found => {
      const { directory, leftOut } = this.directories.locate(found.path, root);
      if (leftOut) return [];
      const diagnostics = underSettings(found.diagnostics, this.settings.of(found.path, directory));
      return diagnostics.length === 0 ? [] : [this.reporter.ofNamed({ ...found, diagnostics }, files)];
    });
  }

  private noteProblems(config: ConfigFile | undefined): void {
    if (!config || config.problems.length === 0) return;
    this.notes.meet(config.path, () =>
      this.reporter.withoutDocument(this.show(config.path), 'config', invalidConfig(config), config.text),
    );
  }

  /** A report that says nothing of a file; `undefined` when it is in none of the languages. */
  withoutFindings({ path }: Candidate): FileReport | undefined {
    const language = languageOfFile(this.linting.engine, path, this.disk);
    return language && this.reporter.withoutDocument(this.show(path), language.id, []);
  }

  /** A file that a walk meets and that only its name makes ours. */
  private tellForeign({ path, named }: Candidate): void {
    const foreign = this.debug && !named ? this.foreign(path) : undefined;
    if (foreign)
      this.notes.remarks.push(`${this.show(path)}: left alone, for ${foreign.program} (\`${foreign.evidence}\`)`);
  }

  /** Why nothing is said of a file that looks like ours. */
  private tellDialect({ build }: Linted, shown: string): void {
    if (!this.debug || !build) return;
    const dialect = this.linting.engine.languages.find(({ id }) => id === build.language)?.dialect?.(build);
    if (dialect !== undefined) this.notes.remarks.push(`${shown}: left alone, in the dialect of ${dialect}`);
  }

  /** A defect of ours: the run goes on, the user learns where, and where in Bakelint only on request. */
  private addFailures(failures: readonly Failure[], shown: string): void {
    for (const { rule, error } of failures) {
      const where = rule === undefined ? `on ${shown}` : `in rule \`${rule}\` on ${shown}`;
      const detail = this.debug ? `: ${placeOfError(error)}` : ' (run with `--debug` for details)';
      this.notes.errors.push(`internal error ${where}${detail}`);
    }
  }
}

/** The configuration that `--config` names. Throws {@link CommandError} when it cannot be opened. */
export function givenConfig(cwd: string, name: string, disk: FileSource, configurations: Configurations): ConfigFile {
  const path = absolute(cwd, name);
  const content = disk.read(path);
  if (!content) throw new CommandError(`${name}: no such file or directory`);
  if (isRefused(content)) throw new CommandError(`${name}: not read: ${whyRefused(content)}`);
  return configurations.read(path, content);
}

/** A path as it is shown to who works in `cwd`. */
export function shownPath(cwd: string, path: string): string {
  const short = relative(cwd, path).replaceAll('\\', '/');
  return short === '' ? '.' : short;
}
