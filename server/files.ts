/**
 * The files around a document, for an engine that asks synchronously: what is known is answered at once, what is not is
 * asked for and those who asked are told when it arrives. Open documents win over what is stored.
 */
import { URI } from 'vscode-uri';
import { type Files, NO_FILES } from '../core/language.ts';
import { folderOf, joinPath } from '../core/path.ts';
import type { FileAnswer, FolderAnswer } from './protocol.ts';

/** Who answers: our client, the disk, or nobody. May reject; that counts as not known. */
export interface FileSource {
  read(uri: string): Promise<FileAnswer>;
  list(uri: string): Promise<FolderAnswer>;
}
export const NO_SOURCE: FileSource = { read: async () => ({}), list: async () => ({}) };

/** Where a document may look: the file system it lives in and the folder it must not leave. */
export interface Place {
  readonly uri: URI;
  /** An absolute path; nothing outside it is ever asked for. */
  readonly root: string;
}

/** `undefined` values are not known: not yet, or never. */
interface Entry<T> {
  value: T | null | undefined;
  /** Settles when the newest question about it has been answered; never rejects. */
  answered: Promise<void>;
  /** Which question is the newest: an earlier one that is answered late is not believed. */
  asked: number;
  /** URIs of the documents that it matters to. */
  readonly askers: Set<string>;
  /** Those of them that went on without the first answer, and must hear of it. */
  readonly wentOn: Set<string>;
}

/** The text of an open document, by its normalised URI. */
export type OpenText = (uri: string) => string | undefined;

/** One spelling for each URI; editors differ in what they percent-encode. */
export function normalised(uri: string): string {
  return URI.parse(uri).toString();
}

/** A URI whose path can be compared: editors also differ in the case of a drive letter of Windows. */
export function comparable(uri: string): URI {
  return URI.parse(normalised(uri));
}

export class FileCache {
  private readonly texts = new Map<string, Entry<string>>();
  private readonly folders = new Map<string, Entry<readonly string[]>>();

  constructor(
    private readonly source: FileSource,
    private readonly openText: OpenText,
    /** Told when something these documents asked for is known, or known better. */
    private readonly onNews: (askers: readonly string[]) => void,
  ) {}

  /** What the engine sees of the files around `asker`. */
  filesFor(asker: string, place: Place | undefined): Files {
    if (!place) return NO_FILES;
    const uriOf = (path: string): string | undefined => {
      const whole = joinPath('/', path);
      return isInside(place.root, whole) ? place.uri.with({ path: whole }).toString() : undefined;
    };
    return {
      read: path => {
        const uri = uriOf(path);
        if (uri === undefined) return undefined;
        // Noted even when the document is open: it may be closed, and an edit of it matters to who asked.
        const entry = this.textEntry(uri, asker);
        return this.openText(uri) ?? goOn(entry, asker);
      },
      list: path => {
        const uri = uriOf(path);
        return uri === undefined ? undefined : goOn(this.folderEntry(uri, asker), asker);
      },
    };
  }

  /** The text of a file once it is known; `null` when there is no such file, `undefined` when it cannot be had. */
  async text(uri: string, asker: string): Promise<string | null | undefined> {
    const entry = this.textEntry(uri, asker);
    const open = this.openText(uri);
    if (open !== undefined) return open;
    await entry.answered;
    return goOn(entry, asker);
  }

  /** What is known of a file without asking for it. */
  known(uri: string): string | undefined {
    return this.openText(uri) ?? this.texts.get(uri)?.value ?? undefined;
  }

  /** A document is gone: what only it asked for is dropped. */
  forget(asker: string): void {
    for (const entries of [this.texts, this.folders]) {
      for (const [uri, entry] of entries) {
        entry.askers.delete(asker);
        entry.wentOn.delete(asker);
        if (entry.askers.size === 0) entries.delete(uri);
      }
    }
  }

  /** What is known stays in use until the new answer is there. `listed`: a file has come or gone. */
  changed(changes: readonly { readonly uri: string; readonly listed: boolean }[]): void {
    for (const { uri, listed } of changes) {
      const parsed = URI.parse(uri);
      const text = this.texts.get(parsed.toString());
      if (text) this.askText(parsed.toString(), text);
      const folderUri = parsed.with({ path: folderOf(parsed.path) }).toString();
      const folder = listed ? this.folders.get(folderUri) : undefined;
      if (folder) this.askFolder(folderUri, folder);
    }
  }

  /** Everything may have changed: the client was allowed to read more, or less. */
  allChanged(): void {
    for (const [uri, entry] of this.texts) this.askText(uri, entry);
    for (const [uri, entry] of this.folders) this.askFolder(uri, entry);
  }

  /** The text of an open document is another one than before, or it has been closed. */
  openChanged(uri: string): void {
    const askers = this.texts.get(normalised(uri))?.askers;
    if (askers && askers.size > 0) this.onNews([...askers]);
  }

  private textEntry(uri: string, asker: string): Entry<string> {
    return entryOf(this.texts, uri, asker, entry => this.askText(uri, entry));
  }

  private folderEntry(uri: string, asker: string): Entry<readonly string[]> {
    return entryOf(this.folders, uri, asker, entry => this.askFolder(uri, entry));
  }

  private askText(uri: string, entry: Entry<string>): void {
    this.ask(entry, async () => (await this.source.read(uri)).text);
  }

  private askFolder(uri: string, entry: Entry<readonly string[]>): void {
    this.ask(entry, async () => (await this.source.list(uri)).names);
  }

  private ask<T>(entry: Entry<T>, question: () => Promise<T | null | undefined>): void {
    const number = ++entry.asked;
    entry.answered = question()
      .catch(() => undefined)
      .then(value => {
        if (entry.asked !== number || same(entry.value, value)) return;
        const concerned = [...(entry.value === undefined ? entry.wentOn : entry.askers)];
        entry.value = value;
        entry.wentOn.clear();
        if (concerned.length > 0) this.onNews(concerned);
      });
  }
}

/** Whether a normalised path is the folder or below it. A relative one (of an untitled document) is in no folder. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? folder : `${folder}/`);
}

function entryOf<T>(
  entries: Map<string, Entry<T>>,
  uri: string,
  asker: string,
  ask: (entry: Entry<T>) => void,
): Entry<T> {
  let entry = entries.get(uri);
  if (!entry) {
    entry = { value: undefined, answered: Promise.resolve(), asked: 0, askers: new Set(), wentOn: new Set() };
    entries.set(uri, entry);
    ask(entry);
  }
  entry.askers.add(asker);
  return entry;
}

/** What is known of it now; who learns nothing is told when there is something to know. */
function goOn<T>(entry: Entry<T>, asker: string): T | null | undefined {
  if (entry.value === undefined) entry.wentOn.add(asker);
  return entry.value;
}

function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((name, i) => name === b[i]);
  return a === b;
}
