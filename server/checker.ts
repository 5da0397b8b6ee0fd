/** Lints one open document with everything that holds for it: settings, configuration, the files around it, the shell. */

import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { URI } from 'vscode-uri';
import type { AcrossFiles } from '../core/across-files.ts';
import type { LanguageId } from '../core/build.ts';
import type { AroundExtraction } from '../core/editor.ts';
import { placeOfError } from '../core/error-place.ts';
import { NO_FILES } from '../core/language.ts';
import { type Document, type Engine, type LintInput, languageOf } from '../core/linter.ts';
import { parentDirectory } from '../core/path.ts';
import type { ScriptChecker } from '../core/remarks.ts';
import { otherDialect } from '../languages/cloud-init/forms.ts';
import { ownersOf } from '../workspace/codeowners.ts';
import { type ConfigFile, Configurations, isConfigName } from '../workspace/configuration.ts';
import { Directories, type Located } from '../workspace/directories.ts';
import { isRefused, LARGEST_FILE, type Refused, type WorkspaceFiles } from '../workspace/files.ts';
import { underSettings, unreadable } from '../workspace/findings.ts';
import { type Linted, lintDocument } from '../workspace/lint.ts';
import { lintNamedFile } from '../workspace/named-file.ts';
import { withTexts } from '../workspace/overlaid.ts';
import { LARGEST_DOCUMENT, refusalOf } from '../workspace/recognize.ts';
import { byListing, mayBeNamed, type Referrer, referrersOf } from '../workspace/referrers.ts';
import { filesIn } from '../workspace/related.ts';
import { SettingsFinder } from '../workspace/settings.ts';
import { type Checked, type CheckedOther, failed, type UsedConfig } from './checked.ts';
import { configEditor } from './config-edits.ts';
import { type FileCache, normalized, uriAt } from './files.ts';
import { type DocumentLocation, locationOf } from './location.ts';
import { configPath, type EditorSettings, ruleSettings, withoutDuplicates } from './settings.ts';

/** What the machine that the server runs on gives it. */
export interface Host {
  /** Today as `YYYY-MM-DD`. */
  today(): string;
  /**
   * A checker of scripts that runs beside the server, where programs can be run; `answered` is called when it knows more.
   * Nothing in the `folders` (paths of the machine) is run.
   */
  checkScripts?(answered: () => void, folders: readonly string[]): ScriptChecker;
  /** Called with the length of a text before it is linted, where the host has to prepare for long ones. */
  prepareFor?(length: number): void;
}

type Lint = Checked['again'];

/** Of a file of the workspace that is not open: why its text cannot be read, if it cannot. */
interface Closed {
  readonly refused: Refused | undefined;
}

/** The language modes of editors that settle the language; for any other mode the path and the content decide. */
const LANGUAGE_MODES: Readonly<Record<string, LanguageId>> = {
  dockerfile: 'dockerfile',
  docker: 'dockerfile',
  packer: 'packer',
  'cloud-config': 'cloud-init',
};

export interface CheckerParts {
  readonly engine: Engine;
  readonly host: Host;
  readonly files: FileCache;
  settingsOf(uri: string): Promise<EditorSettings>;
  /** The workspace folders. */
  folders(): readonly URI[];
  log(message: string): void;
  /** Whether programs may be run: not in an untrusted workspace. */
  trusted(): boolean;
  /** Whether an extension with a linter for Dockerfiles is installed in the editor. */
  hasDockerExtension(): boolean;
  /** What the other files of the workspace say of the images of one; `undefined` until they are read. */
  acrossFiles(path: string): AcrossFiles | undefined;
  /** More is known about scripts: what is open is linted again. */
  scriptsChecked(): void;
}

export class Checker {
  private readonly configurations: Configurations;
  /** Of settings that are in use. */
  private readonly finders = new WeakMap<EditorSettings, SettingsFinder>();
  private readonly withoutDuplicates = new WeakMap<EditorSettings, EditorSettings>();
  private readonly ofClosed = new WeakMap<EditorSettings, EditorSettings>();
  private scripts: ScriptChecker | undefined;
  /**
   * What came of the open document that was checked last: editors ask for its outline, colors and actions right after its
   * findings. Those of all documents would take many times the room of their texts.
   */
  private last: { readonly of: Located; readonly linted: Linted } | undefined;
  private readonly logged = new Set<string>();

  constructor(private readonly parts: CheckerParts) {
    this.configurations = new Configurations(parts.engine.rules);
  }

  /**
   * Lints the text that the document has once everything else is at hand. Never rejects. `closed`: it is a file of the
   * workspace that is not open, and perhaps one whose text cannot be read.
   */
  async check(document: TextDocument, closed?: Closed): Promise<Checked> {
    try {
      const place = locationOf(document.uri, this.parts.folders());
      const settings = await this.parts.settingsOf(document.uri);
      const editor = closed ? this.withoutPrograms(settings) : settings;
      const ask = (files: WorkspaceFiles): Located => this.locate(place, editor, files);
      const located = await this.parts.files.settled(document.uri, place.reach, ask);
      const referrers = await this.referrersOf(document, place, editor, located);
      return this.checkNow(document, place, editor, located, referrers, closed);
    } catch (error) {
      this.logError('Linting failed', error);
      return failed(document, error);
    }
  }

  /** The documents that name one of no language of ours; they are searched for where it may be a script. */
  private async referrersOf(
    document: TextDocument,
    place: DocumentLocation,
    editor: EditorSettings,
    { directory, leftOut }: Located,
  ): Promise<readonly Referrer[]> {
    const { engine, files } = this.parts;
    const text = document.getText();
    const isSearched = editor.enable && !leftOut && place.hasNeighbors && place.path === place.locatedAt;
    if (!isSearched || isConfigName(place.path) || refusalOf(text, LARGEST_FILE)) return [];
    if (!mayBeNamed(place.path, text) || languageOf(engine, documentAt(place, document))) return [];
    return files.settled(document.uri, place.reach, around => {
      const listed = byListing(around);
      const directories = this.directoriesFor(place, editor, listed);
      return referrersOf(place.path, directory, { engine, files: listed, directories });
    });
  }

  /** What matters around a document that something is taken out of. */
  async around(document: TextDocument): Promise<AroundExtraction> {
    const place = locationOf(document.uri, this.parts.folders());
    const editor = await this.parts.settingsOf(document.uri);
    return this.parts.files.settled(document.uri, place.reach, files => {
      const listing = files.list(parentDirectory(place.path));
      const taken = new Set(listing && !isRefused(listing) ? listing.map(({ name }) => name.toLowerCase()) : []);
      const { root } = this.locate(place, editor, files).directory;
      return { isTaken: name => taken.has(name.toLowerCase()), owners: ownersOf(place.path, root, files) };
    });
  }

  /** Forgets the configurations that are no longer used. */
  keep(used: readonly UsedConfig[]): void {
    this.configurations.keep(new Set(used.map(({ file }) => file.path)));
  }

  private locate(place: DocumentLocation, editor: EditorSettings, files: WorkspaceFiles): Located {
    return this.directoriesFor(place, editor, files).locate(place.locatedAt, place.base);
  }

  private directoriesFor(place: DocumentLocation, editor: EditorSettings, files: WorkspaceFiles): Directories {
    const path = configPath(editor, place);
    let given: ConfigFile | undefined;
    if (path !== undefined) {
      const content = files.read(path);
      const reason = content === null ? 'no such file or directory' : 'not available';
      given = this.configurations.read(path, content ?? { refused: 'unreadable', reason });
    }
    return new Directories(files, this.configurations, given);
  }

  /** What was found in files that the document names; where it is not known yet whether one is left out, it is not. */
  private others(
    document: TextDocument,
    place: DocumentLocation,
    editor: EditorSettings,
    { inOtherFiles }: Linted,
  ): readonly CheckedOther[] {
    if (inOtherFiles.length === 0 || !place.reach) return [];
    const { home } = place.reach;
    const around = this.parts.files.filesFor(document.uri, place.reach);
    const directories = this.directoriesFor(place, editor, around);
    return inOtherFiles.flatMap(({ path, text, diagnostics }) => {
      const { directory, leftOut } = directories.locate(path, place.base);
      const found = leftOut ? [] : underSettings(diagnostics, this.finderOf(editor).of(path, directory));
      const uri = uriAt(home, path);
      return found.length > 0 && uri !== undefined ? [{ uri, text, diagnostics: found }] : [];
    });
  }

  private checkNow(
    document: TextDocument,
    place: DocumentLocation,
    editor: EditorSettings,
    located: Located,
    referrers: readonly Referrer[],
    closed: Closed | undefined,
  ): Checked {
    const text = document.getText();
    const refused = refusalOf(text, LARGEST_DOCUMENT);
    const refusal = closed?.refused ?? (refused && { refused });
    const isShown = editor.enable && !isConfigName(place.path);
    const isLinted = isShown && !located.leftOut && !refusal;
    const isNamed = referrers.length > 0;
    const lint = isNamed
      ? this.linterOfNamed(document, place, editor, located, referrers)
      : this.linterOf(document, place, editor, located);
    const again: Lint = (other, others) => {
      if (other === text && !others && this.last?.of === located) return this.last.linted;
      return isLinted ? lint(other, others) : undefined;
    };
    if (isLinted) this.parts.host.prepareFor?.(text.length);
    const result = again(text);
    if (!closed) this.last = result && { of: located, linted: result };
    const isOurs = isShown && !isLinted && languageOf(this.parts.engine, documentAt(place, document)) !== undefined;
    const isReported = refusal && refusal.refused !== 'encrypted' && isOurs && !located.leftOut;
    const unreadables = isReported ? [unreadable(refusal, LARGEST_DOCUMENT)] : [];
    return {
      version: document.version,
      text,
      diagnostics: result?.diagnostics ?? unreadables,
      inOtherFiles: result ? this.others(document, place, editor, result) : [],
      dialect: result?.build && !isNamed ? otherDialect(result.build) : undefined,
      leftOut: isOurs ? located.leftOut : undefined,
      run: editor.run,
      config: this.usedConfig(document, place, located.directory.config),
      configEdit: configEditor(place, located.directory, editor, this.parts.engine.rules),
      language: isNamed ? undefined : result?.build?.language,
      isNamed,
      around: path => this.changeable(path, document, place, editor),
      again,
    };
  }

  /** A file of the workspace that is not left out. */
  private changeable(
    path: string,
    document: TextDocument,
    place: DocumentLocation,
    editor: EditorSettings,
  ): ReturnType<Checked['around']> {
    if (!place.reach || !place.hasNeighbors) return undefined;
    const files = this.parts.files.filesFor(document.uri, place.reach);
    const { directory, leftOut } = this.directoriesFor(place, editor, files).locate(path, place.base);
    const text = leftOut ? undefined : filesIn(directory.root, files).read(path);
    const uri = uriAt(place.reach.home, path);
    return typeof text === 'string' && uri !== undefined ? { uri, text } : undefined;
  }

  /** What lints strings as if they were the document's. */
  private linterOf(
    document: TextDocument,
    place: DocumentLocation,
    editor: EditorSettings,
    { directory }: Located,
  ): Lint {
    const { acrossFiles } = this.parts;
    const around = this.parts.files.filesFor(document.uri, place.reach);
    const common = this.commonInput(editor);
    const settings = this.finderOf(this.settingsOfLanguage(editor, place, document)).of(place.locatedAt, directory);
    const inputOver = (files: WorkspaceFiles): LintInput => ({
      ...common,
      settings,
      files: place.hasNeighbors ? filesIn(directory.root, files) : NO_FILES,
      // Asked for by rules only: then the files of the workspace are read.
      get acrossFiles() {
        return place.hasNeighbors ? acrossFiles(place.path) : undefined;
      },
    });
    const own = inputOver(around);
    return (text, others) => {
      const input = others ? inputOver(withTexts(around, others)) : own;
      const linted = lintDocument({ ...documentAt(place, document), text }, input);
      // Places in files that were not read for the document are shown once they are.
      for (const { related } of linted?.diagnostics ?? [])
        for (const { span } of related) if (span.file !== undefined) input.files.read(span.file);
      return this.withFailuresLogged(linted);
    };
  }

  /** What lints strings as if they were the text of a file that documents name. */
  private linterOfNamed(
    document: TextDocument,
    { path, reach }: DocumentLocation,
    editor: EditorSettings,
    { directory }: Located,
    referrers: readonly Referrer[],
  ): Lint {
    const around = this.parts.files.filesFor(document.uri, reach);
    const finder = this.finderOf(editor);
    const common = this.commonInput(editor);
    const settings = finder.of(path, directory);
    return (text, others = new Map<string, string>()) => {
      const files = withTexts(around, new Map([...others, [path, text]]));
      const input = (one: Referrer): LintInput => ({
        ...common,
        settings: finder.of(one.path, one.directory),
        files: filesIn(one.directory.root, files),
      });
      return this.withFailuresLogged(lintNamedFile({ path, text, settings }, referrers, input));
    };
  }

  private commonInput(editor: EditorSettings): Pick<LintInput, 'engine' | 'today' | 'checkScript'> {
    return {
      engine: this.parts.engine,
      today: this.parts.host.today(),
      checkScript: editor.shellcheck && this.parts.trusted() ? this.scriptChecker() : undefined,
    };
  }

  private withFailuresLogged(linted: Linted | undefined): Linted | undefined {
    for (const { rule, error } of linted?.failures ?? [])
      this.logError(rule === undefined ? 'Linting failed' : `The rule ${rule} failed`, error);
    return linted;
  }

  private usedConfig(
    document: TextDocument,
    place: DocumentLocation,
    used: ConfigFile | undefined,
  ): UsedConfig | undefined {
    if (isConfigName(place.path)) {
      const file = this.configurations.read(place.path, { text: document.getText() });
      return { uri: normalized(document.uri), file };
    }
    const uri = used && place.reach && uriAt(place.reach.home, used.path);
    return uri === undefined ? undefined : { uri, file: used! };
  }

  /** The settings for a document: a Dockerfile's findings may be left to another linter. */
  private settingsOfLanguage(editor: EditorSettings, place: DocumentLocation, document: TextDocument): EditorSettings {
    const { engine, hasDockerExtension } = this.parts;
    if (!editor.dockerfile.preferOtherLinter || !hasDockerExtension()) return editor;
    if (languageOf(engine, documentAt(place, document))?.id !== 'dockerfile') return editor;
    const known = this.withoutDuplicates.get(editor) ?? withoutDuplicates(editor, engine.rules);
    this.withoutDuplicates.set(editor, known);
    return known;
  }

  /** Of files that are not open there may be thousands: no program is run for each. */
  private withoutPrograms(editor: EditorSettings): EditorSettings {
    if (!editor.shellcheck) return editor;
    const known = this.ofClosed.get(editor) ?? { ...editor, shellcheck: false };
    this.ofClosed.set(editor, known);
    return known;
  }

  private finderOf(editor: EditorSettings): SettingsFinder {
    const { rules } = this.parts.engine;
    let finder = this.finders.get(editor);
    if (!finder) {
      finder = new SettingsFinder(rules, {
        preset: editor.preset,
        only: undefined,
        rules: ruleSettings(editor, rules),
      });
      this.finders.set(editor, finder);
    }
    return finder;
  }

  private scriptChecker(): ScriptChecker | undefined {
    return (this.scripts ??= this.parts.host.checkScripts?.(
      () => this.parts.scriptsChecked(),
      this.parts.folders().flatMap(uri => (uri.scheme === 'file' ? [uri.fsPath] : [])),
    ));
  }

  /** Each failure once. */
  logError(what: string, error: unknown): void {
    const message = `${what}: ${placeOfError(error)}`;
    if (this.logged.has(message)) return;
    this.logged.add(message);
    this.parts.log(message);
  }
}

function documentAt({ path }: DocumentLocation, document: TextDocument): Document {
  return { path, text: document.getText(), language: LANGUAGE_MODES[document.languageId.toLowerCase()] };
}
