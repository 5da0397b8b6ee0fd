/**
 * Lints the files of the workspace folders that are not open, on request, one at a time with pauses, and keeps what was
 * found in line with the disk until it is taken back. Which files are linted and how is what holds for open ones.
 */
import type { Diagnostic } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { URI } from 'vscode-uri';
import type { Diagnostic as Found } from '../core/finding.ts';
import { type Engine, languageOf } from '../core/linter.ts';
import { parentDirectory } from '../core/path.ts';
import { Configurations, isConfigName } from '../workspace/configuration.ts';
import { Directories } from '../workspace/directories.ts';
import { type Content, isRefused } from '../workspace/files.ts';
import { LARGEST_DOCUMENT } from '../workspace/recognize.ts';
import type { Checked, UsedConfig } from './checked.ts';
import type { Checker } from './checker.ts';
import { ClosedResults, type NamedFindings } from './closed-results.ts';
import { comparable, contentOf, type FileCache, normalized, uriAt } from './files.ts';
import { answered, FolderWalk, type WalkParts } from './folder-walk.ts';
import { byPlace, namedFindings } from './other-problems.ts';
import type { EditorSettings } from './settings.ts';
import { mayBeDocument } from './which-files.ts';

export interface WorkspaceLintParts extends WalkParts {
  readonly engine: Engine;
  readonly files: FileCache;
  readonly check: Checker['check'];
  readonly folders: () => readonly URI[];
  settingsOf(uri: string): Promise<EditorSettings>;
  toLsp(document: TextDocument, found: Found): Diagnostic;
  /** There is something else to show of these files. */
  show(uris: readonly string[]): void;
  /** Rules have what they asked of all files of the workspace. */
  acrossRead(): Promise<void>;
}

export interface LintProgress {
  readonly isCancelled: () => boolean;
  /** `total` is not known before the folders have been searched. */
  report(looked: number, total: number | undefined, results: ClosedResults): void;
}

/** What came of a run. */
export interface LintedWorkspace {
  readonly documents: number;
  readonly findings: number;
  readonly cancelled: boolean;
  /** Paths of directories that could not be listed. */
  readonly unread: readonly string[];
  /** Files that were left because there are too many of them or of the findings, or too many directories to search. */
  readonly left: number;
  readonly isCut: boolean;
}

const MOST_DOCUMENTS = 10_000;
const MOST_FINDINGS = 20_000;
/** Texts that are fetched before they are needed. */
const AHEAD = 16;
/** A file is linted again when what it was linted with arrives: so often at most. */
const MOST_ROUNDS = 10;
/** What so many files asked for is remembered for the next ones. */
const REMEMBERED = 100;
/** Several files change at once. In milliseconds. */
const SETTLES_AFTER = 200;
/** The pause after a file is a part of what it took: requests are answered in it. In milliseconds. */
const LONGEST_PAUSE = 25;

export class WorkspaceLint {
  readonly results = new ClosedResults();
  /** Whether results are shown. */
  isActive = false;
  /** One after the other. */
  private running: Promise<unknown> = Promise.resolve();
  private readonly stale = new Set<string>();
  /** What holds for all files is different. */
  private isAllStale = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The file that is being linted, and whether something arrived for it meanwhile. */
  private current: string | undefined;
  private hasNews = false;
  private batches: readonly [string[], string[]] = [[], []];
  /** Configurations of directories that were searched. */
  private searched: readonly UsedConfig[] = [];
  /** One string for each URI: many files need the same. */
  private readonly names = new Map<string, string>();
  private generation = 0;

  constructor(private readonly parts: WorkspaceLintParts) {}

  /** Lints everything. Results of files that are gone are dropped unless it was cancelled. */
  run(progress: LintProgress): Promise<LintedWorkspace> {
    this.isActive = true;
    this.stale.clear();
    this.isAllStale = false;
    const generation = this.generation;
    return this.next(() =>
      this.all({ ...progress, isCancelled: () => progress.isCancelled() || generation !== this.generation }),
    );
  }

  clear(): void {
    this.generation++;
    this.isActive = false;
    clearTimeout(this.timer);
    this.stale.clear();
    this.searched = [];
    this.drop([...this.results.uris]);
    this.names.clear();
  }

  /** The configurations that files were linted with or that lie in what was searched. */
  get configs(): readonly UsedConfig[] {
    return this.isActive ? [...this.searched, ...this.results.configs] : [];
  }

  /** An open document shows what is found in it itself. */
  opened(uri: string): void {
    if (this.isActive) this.drop([normalized(uri)]);
  }

  /** It was closed, or saved: what counts is on disk. */
  onDisk(uri: string): void {
    this.changed([{ uri, listed: false }]);
  }

  /** Files have changed on disk, come or gone. */
  changed(changes: readonly { readonly uri: string; readonly listed: boolean; readonly gone?: boolean }[]): void {
    if (!this.isActive) return;
    const changed = new Set<string>();
    for (const { uri, listed, gone } of changes) {
      const own = normalized(uri);
      changed.add(own);
      const parsed = comparable(uri);
      if (parsed && listed) changed.add(normalized(uriAt(parsed, parentDirectory(parsed.path)) ?? uri));
      if (gone) this.drop([...this.results.uris].filter(one => one === own || one.startsWith(`${own}/`)));
      else if (this.folderOf(own) && mayBeDocument(this.parts.engine, own)) this.stale.add(own);
      if (/\/\.(?:gitignore|git)$/.test(own) || (parsed && isConfigName(parsed.path))) this.isAllStale = true;
    }
    for (const uri of this.results.needing(changed)) this.stale.add(uri);
    this.soon();
  }

  /** Something arrived that these files asked for, or other files say something else of them. */
  newsFor(uris: readonly string[]): void {
    for (const uri of uris) {
      if (uri === this.current) this.hasNews = true;
      else if (this.results.has(normalized(uri))) this.stale.add(normalized(uri));
    }
    if (this.isActive && this.stale.size > 0) this.soon();
  }

  /** Settings or folders are different. */
  everythingChanged(): void {
    if (!this.isActive) return;
    this.isAllStale = true;
    this.soon();
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.next(() => this.again()).catch(() => undefined);
    }, SETTLES_AFTER);
  }

  private next<T>(act: () => Promise<T>): Promise<T> {
    const done = this.running.then(act);
    this.running = done.catch(() => undefined);
    return done;
  }

  private async again(): Promise<void> {
    if (!this.isActive) return;
    const generation = this.generation;
    const isCancelled = (): boolean => generation !== this.generation;
    if (this.isAllStale) {
      this.isAllStale = false;
      this.stale.clear();
      await this.all({ isCancelled, report: () => undefined });
      return;
    }
    for (const uri of [...this.stale]) {
      if (isCancelled()) return;
      this.stale.delete(uri);
      if (!this.results.has(uri) && this.results.findings >= MOST_FINDINGS) continue;
      const content = await this.contentOf(uri);
      if (content && isRefused(content) && content.refused === 'not-plain') this.everythingChanged();
      await this.one(uri, content);
    }
    this.release(true);
  }

  private async all({ isCancelled, report }: LintProgress): Promise<LintedWorkspace> {
    report(0, undefined, this.results);
    const search = await this.search(isCancelled);
    const { uris } = search;
    const seen = new Set(uris);
    const ahead = new Map<string, Promise<Content | null | undefined>>();
    let looked = 0;
    let next = 0;
    let documents = 0;
    for (const uri of uris) {
      if (isCancelled() || documents >= MOST_DOCUMENTS || this.results.findings >= MOST_FINDINGS) break;
      for (; next < uris.length && ahead.size < AHEAD; next++) ahead.set(uris[next]!, this.contentOf(uris[next]!));
      const content = await ahead.get(uri);
      ahead.delete(uri);
      if (await this.one(uri, content)) documents++;
      report(++looked, uris.length, this.results);
    }
    await untilCancelled(this.parts.acrossRead, isCancelled);
    const fromAcross = isCancelled() ? [] : [...this.stale].filter(uri => seen.has(uri));
    for (const uri of fromAcross) {
      if (isCancelled()) break;
      this.stale.delete(uri);
      await this.one(uri, await this.contentOf(uri));
    }
    this.release(true);
    const cancelled = isCancelled();
    if (!cancelled) this.drop([...this.results.uris].filter(uri => !seen.has(uri)));
    this.parts.show([]);
    const left = cancelled ? 0 : uris.length - looked;
    return { documents, findings: this.results.shown, cancelled, left, unread: search.unread, isCut: search.isCut };
  }

  /** The files of all folders whose names do not say that they are something else. */
  private async search(
    isCancelled: () => boolean,
  ): Promise<{ readonly uris: readonly string[]; readonly unread: readonly string[]; readonly isCut: boolean }> {
    const { engine, folders, settingsOf } = this.parts;
    const uris = new Set<string>();
    const unread: string[] = [];
    const searched = new Map<string, UsedConfig>();
    let isCut = false;
    for (const folder of folders()) {
      const configurations = new Configurations(engine.rules);
      // Which files a configuration of the settings leaves out is seen when they are linted.
      const isGiven = (await settingsOf(folder.toString())).config !== undefined;
      const given = isGiven ? configurations.read(folder.path, { text: '' }) : undefined;
      const walk = new FolderWalk(folder, this.parts, files => new Directories(files, configurations, given));
      const found = await walk.found(isCancelled);
      unread.push(...walk.unread);
      isCut ||= walk.isCut;
      for (const { path, directory } of found ?? []) {
        const uri = uriAt(folder, path);
        if (uri === undefined || isConfigName(path)) continue;
        const { config } = directory;
        const configUri = config && !isGiven ? uriAt(folder, config.path) : undefined;
        if (configUri !== undefined) searched.set(normalized(configUri), { uri: normalized(configUri), file: config! });
        if (mayBeDocument(engine, path)) uris.add(normalized(uri));
      }
    }
    this.searched = [...searched.values()];
    return { uris: [...uris], unread, isCut };
  }

  /** Lints a file as it is on disk; whether it is a document that is linted. */
  private async one(uri: string, content: Content | null | undefined): Promise<boolean> {
    const { engine, openText, check, files, show } = this.parts;
    const path = comparable(uri)?.path;
    const isThere = content && path !== undefined && openText(uri) === undefined;
    const text = isThere && !isRefused(content) ? content.text : '';
    if (!isThere || !languageOf(engine, { path, text })) {
      this.drop([uri]);
      return false;
    }
    const refused = isRefused(content) ? content : undefined;
    const start = performance.now();
    const document = TextDocument.create(uri, '', 0, text);
    let checked: Checked;
    let rounds = 0;
    this.current = uri;
    do {
      this.hasNews = false;
      checked = await check(document, { refused });
      await files.answered(uri);
    } while (this.hasNews && ++rounds < MOST_ROUNDS);
    this.current = undefined;
    this.batches[1].push(uri);
    const isLinted = checked.diagnostics.length > 0 || (checked.language !== undefined && !checked.leftOut);
    // It may have been opened, and all may have been taken back, in the meantime.
    if (isLinted && this.isActive && openText(uri) === undefined)
      show(this.results.set(uri, this.resultOf(document, checked)));
    else this.drop([uri]);
    this.release(false);
    await pause(Math.min((performance.now() - start) / 4, LONGEST_PAUSE));
    return isLinted;
  }

  private resultOf(document: TextDocument, checked: Checked): Parameters<ClosedResults['set']>[1] {
    const { files, toLsp } = this.parts;
    const inOthers = new Map<string, NamedFindings>();
    for (const one of checked.inOtherFiles) inOthers.set(normalized(one.uri), namedFindings(one, toLsp));
    return {
      own: byPlace(checked.diagnostics, one => toLsp(document, one)),
      inOthers,
      config: checked.config,
      needs: files.askedBy(document.uri).map(uri => this.interned(uri)),
    };
  }

  private interned(uri: string): string {
    const known = this.names.get(uri);
    if (known === undefined) this.names.set(uri, uri);
    return known ?? uri;
  }

  /** Lets go of what files asked for, some files later: those in the same directories ask for the same. */
  private release(all: boolean): void {
    const [older, newer] = this.batches;
    if (!all && newer.length < REMEMBERED) return;
    const isStillOpen = (uri: string): boolean => this.parts.openText(uri) !== undefined;
    for (const uri of all ? [...older, ...newer] : older) if (!isStillOpen(uri)) this.parts.files.forget(uri);
    this.batches = [all ? [] : newer, []];
  }

  private drop(uris: readonly string[]): void {
    const concerned = uris.flatMap(uri => this.results.remove(uri));
    if (concerned.length > 0) this.parts.show(concerned);
  }

  private contentOf(uri: string): Promise<Content | null | undefined> {
    const root = this.folderOf(uri)?.toString();
    return answered(this.parts.source().read(uri, root, LARGEST_DOCUMENT), contentOf);
  }

  private folderOf(uri: string): URI | undefined {
    return folderOf(this.parts.folders(), uri);
  }
}

/** The innermost workspace folder that a URI is in. */
export function folderOf(folders: readonly URI[], uri: string): URI | undefined {
  const own = normalized(uri);
  return folders.filter(folder => isIn(folder, own)).sort((a, b) => b.path.length - a.path.length)[0];
}

function isIn(folder: URI, uri: string): boolean {
  const own = folder.toString();
  return uri === own || uri.startsWith(own.endsWith('/') ? own : `${own}/`);
}

/** In milliseconds. */
const ASK_EVERY = 200;

/** Waits for what may take as long as files go on changing. */
async function untilCancelled(act: () => Promise<unknown>, isCancelled: () => boolean): Promise<void> {
  if (isCancelled()) return;
  const done = act().then(() => true);
  while (!isCancelled() && !(await Promise.race([done, pause(ASK_EVERY).then(() => false)])));
}

const pause = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));
