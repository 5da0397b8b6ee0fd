/**
 * What the files of the workspace folders declare: read when it is first asked for, then renewed file by file. A file is
 * parsed and not linted, and only names and places of it are kept.
 */
import type { Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { URI } from 'vscode-uri';
import type { LanguageId } from '../core/build.ts';
import type { FoundName, LanguageEditor } from '../core/editor.ts';
import { NO_FILES } from '../core/language.ts';
import { type Engine, languageOf, lower } from '../core/linter.ts';
import { editors } from '../languages/editors.ts';
import { Configurations, isConfigName } from '../workspace/configuration.ts';
import { Directories } from '../workspace/directories.ts';
import { isRefused } from '../workspace/files.ts';
import { rangeOf } from './convert.ts';
import { contentOf, normalized, uriAt } from './files.ts';
import { AT_ONCE, answered, FolderWalk, inParallel, type WalkParts } from './folder-walk.ts';
import { decidesWhatIsIgnored, mayBeDocument } from './which-files.ts';

/** Something that a file declares. */
export interface KnownName extends Pick<FoundName, 'name' | 'detail' | 'kind'> {
  readonly uri: string;
  readonly range: Range;
}

export interface SymbolIndexParts extends WalkParts {
  readonly engine: Engine;
  readonly folders: () => readonly URI[];
  /** What is offered for a language in a folder; `undefined` where Bakelint is off. */
  offered(folder: URI, language: LanguageId, editor: LanguageEditor): Promise<LanguageEditor | undefined>;
  /** The editor tells of changes on disk. */
  isWatched(): boolean;
}

const MOST_FILES = 10_000;
const MOST_NAMES = 100_000;
/** One file declares no more than that. */
const MOST_OF_FILE = 2_000;
/** Files may go on changing while they are read. */
const MOST_ROUNDS = 3;
/** A search goes on so long after the last question was taken back: while a name is typed, each letter is a new question. */
const LINGERS = 5_000;
/** What an editor says nothing of is read again after that. In milliseconds, as all of these. */
const LASTS_UNWATCHED = 10_000;
const ASK_EVERY = 50;

interface Listed {
  readonly path: string;
  readonly folder: URI;
}

export class SymbolIndex {
  /** By normalized URI. */
  private readonly known = new Map<string, readonly KnownName[]>();
  private stale = new Set<string>();
  /** The files that may declare something, by URI; `undefined` when files have come or gone. */
  private listed: ReadonlyMap<string, Listed> | undefined;
  private running: Promise<void> | undefined;
  /** Questions that have no answer yet. */
  private waiting = 0;
  private lastAsked: number | undefined;
  private lastRead = 0;
  /** Counts what made a listing worthless. */
  private listings = 0;
  private readonly configurations: Configurations;

  constructor(private readonly parts: SymbolIndexParts) {
    this.configurations = new Configurations(parts.engine.rules);
  }

  /** What is declared now; what is known so far when the question is taken back. */
  async names(isCancelled: () => boolean): Promise<ReadonlyMap<string, readonly KnownName[]>> {
    if (!this.parts.isWatched() && performance.now() - this.lastRead > LASTS_UNWATCHED) this.everythingChanged();
    this.waiting++;
    try {
      for (let round = 0; round < MOST_ROUNDS && !this.isFresh && !isCancelled(); round++) {
        let isDone = false;
        this.running ??= this.renew().finally(() => {
          this.running = undefined;
        });
        const done = this.running.then(() => {
          isDone = true;
        });
        while (!isDone && !isCancelled()) await Promise.race([done, pause(ASK_EVERY)]);
      }
    } finally {
      this.waiting--;
      this.lastAsked = performance.now();
    }
    return this.known;
  }

  /** Files have changed on disk. `listed`: they have come or gone. */
  changed(changes: readonly { readonly uri: string; readonly listed: boolean }[]): void {
    if (this.waiting === 0 && this.lastAsked === undefined) return;
    for (const { uri, listed } of changes) {
      if (listed || decidesWhatIsIgnored(uri)) this.unlist();
      if (this.mayDeclare(uri)) this.stale.add(normalized(uri));
    }
  }

  everythingChanged(): void {
    this.unlist();
    for (const uri of this.known.keys()) this.stale.add(uri);
  }

  private mayDeclare(path: string): boolean {
    return !isConfigName(path) && mayBeDocument(this.parts.engine, path);
  }

  private unlist(): void {
    this.listed = undefined;
    this.listings++;
  }

  private get isFresh(): boolean {
    return this.listed !== undefined && this.stale.size === 0 && this.running === undefined;
  }

  private async renew(): Promise<void> {
    const isCancelled = (): boolean => this.waiting === 0 && performance.now() - (this.lastAsked ?? 0) > LINGERS;
    const { listings } = this;
    const stale = this.stale;
    this.stale = new Set();
    const listed = this.listed ?? (await this.search(isCancelled));
    const isDone = listed !== undefined && (await this.readAll(listed, stale, isCancelled));
    if (!isDone) for (const uri of stale) this.stale.add(uri);
    // Files that came meanwhile are searched for the next time.
    else if (this.listings === listings) this.listed = listed;
    this.lastRead = performance.now();
  }

  private async readAll(
    listed: ReadonlyMap<string, Listed>,
    stale: ReadonlySet<string>,
    isCancelled: () => boolean,
  ): Promise<boolean> {
    for (const uri of this.known.keys()) if (!listed.has(uri)) this.known.delete(uri);
    const wanted = [...listed].filter(([uri]) => !this.known.has(uri) || stale.has(uri));
    let left = MOST_NAMES - [...this.known.values()].reduce((sum, { length }) => sum + length, 0);
    return inParallel(wanted, AT_ONCE, async ([uri, one]) => {
      if (isCancelled()) return false;
      const names = left > 0 ? await this.read(uri, one) : [];
      left -= names.length;
      this.known.set(uri, names);
      return true;
    });
  }

  private async search(isCancelled: () => boolean): Promise<ReadonlyMap<string, Listed> | undefined> {
    const found = new Map<string, Listed>();
    for (const folder of this.parts.folders()) {
      const over = (files: FolderWalk['files']): Directories => new Directories(files, this.configurations, undefined);
      const inFolder = await new FolderWalk(folder, this.parts, over).found(isCancelled);
      if (!inFolder) return undefined;
      for (const { path } of inFolder) {
        const uri = this.mayDeclare(path) && found.size < MOST_FILES ? uriAt(folder, path) : undefined;
        if (uri !== undefined) found.set(normalized(uri), { path, folder });
      }
    }
    return found;
  }

  private async read(uri: string, { path, folder }: Listed): Promise<readonly KnownName[]> {
    const content = await answered(this.parts.source().read(uri, folder.toString()), contentOf);
    if (!content || isRefused(content)) return [];
    const { text } = content;
    const { engine, offered } = this.parts;
    const language = languageOf(engine, { path, text });
    const editor = language && (await offered(folder, language.id, editors[language.id]));
    if (!language || !editor?.foundNames) return [];
    try {
      // Other files say nothing of what this one declares.
      const build = lower({ path, text, language: language.id }, language, { engine, files: NO_FILES });
      if (language.dialect?.(build) !== undefined) return [];
      const document = TextDocument.create(uri, '', 0, text);
      const names = editor.foundNames(build).slice(0, MOST_OF_FILE);
      // A part of a string keeps all of it alive, a copy does not.
      return JSON.parse(
        JSON.stringify(names.map(({ span, ...name }) => ({ ...name, uri, range: rangeOf(document, span) }))),
      ) as readonly KnownName[];
    } catch {
      return [];
    }
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));
