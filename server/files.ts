/**
 * The files around documents, for a pipeline that asks synchronously: what is known is answered at once, what is not is
 * asked for, and the documents that asked are linted again when it arrives. Open documents win over what is stored.
 */
import { URI } from 'vscode-uri';
import { isInside, parentDirectory } from '../core/path.ts';
import type { Content, Entry as FileEntry, Refused, WorkspaceFiles } from '../workspace/files.ts';
import type { Reach } from './location.ts';
import type { DirectoryAnswer, FileAnswer } from './protocol.ts';

/** Who answers: our client, the disk, or none. May reject; that counts as not known. */
export interface FileSource {
  /** `root` is the URI of the directory that the file must really be in; `largest` is in bytes, if not `LARGEST_FILE`. */
  read(uri: string, root: string | undefined, largest?: number): Promise<FileAnswer>;
  list(uri: string, root: string | undefined): Promise<DirectoryAnswer>;
}
export const NO_SOURCE: FileSource = { read: async () => ({}), list: async () => ({}) };

/**
 * `undefined` values are not known: not yet, or never. A document asks for dozens of files, most of which are not there,
 * so that an entry is small.
 */
interface Entry<T> {
  /** In the map that it is in, and in no other. */
  readonly key: string;
  readonly uri: string;
  readonly rootUri: string | undefined;
  readonly question: Question<T>;
  value: T | null | undefined;
  /** Settles when the newest question about it has been answered; never rejects. */
  answered: Promise<void>;
  /** Whether there has been an answer, if only that it is not known. */
  hasAnswer: boolean;
  /** Which question is the newest: an earlier one that is answered late is not believed. */
  asked: number;
  /** URIs of the documents that it matters to. */
  askers: Names;
  /** Those of them that went on without the first answer, and must hear of it. */
  wentOn: Names;
}

type Question<T> = (uri: string, rootUri: string | undefined) => Promise<T | null | undefined>;

/** One name, several, or none: a set for each would be most of what an entry takes. */
type Names = string | Set<string> | undefined;

const namesIn = (names: Names): readonly string[] =>
  names === undefined ? [] : typeof names === 'string' ? [names] : [...names];

function withName(names: Names, name: string): Names {
  if (names === undefined || names === name) return name;
  return typeof names === 'string' ? new Set([names, name]) : names.add(name);
}

function withoutName(names: Names, name: string): Names {
  if (names === undefined || names === name) return undefined;
  if (typeof names !== 'string') names.delete(name);
  return typeof names !== 'string' && names.size === 0 ? undefined : names;
}

const DONE = Promise.resolve();

type Listing = readonly FileEntry[] | Refused;

/** The text of an open document, by its normalized URI. */
export type OpenText = (uri: string) => string | undefined;

/** A URI whose path can be compared: editors differ in what they percent-encode. `undefined` when it is none. */
export function comparable(uri: string): URI | undefined {
  try {
    return URI.parse(URI.parse(uri).toString());
  } catch {
    return undefined;
  }
}

/** One spelling for each URI; what is none stays as it is. */
export function normalized(uri: string): string {
  return comparable(uri)?.toString() ?? uri;
}

/** A folder's URI without a slash at its end, so that paths below it start with it; `undefined` when it is none. */
export function folderUri(uri: string): URI | undefined {
  const parsed = comparable(uri);
  if (!parsed) return undefined;
  const path = parsed.path.length > 1 && parsed.path.endsWith('/') ? parsed.path.slice(0, -1) : parsed.path || '/';
  return parsed.with({ path });
}

/** The URI of another path in the same file system; `undefined` when it has none. */
export function uriAt(home: URI, path: string): string | undefined {
  try {
    return home.with({ path }).toString();
  } catch {
    return undefined;
  }
}

export class FileCache {
  /** By file system, path and root. */
  private readonly texts = new Map<string, Entry<Content>>();
  private readonly folders = new Map<string, Entry<Listing>>();
  /** What each document asked for. */
  private readonly asked = new Map<string, Set<Entry<Content> | Entry<Listing>>>();

  constructor(
    private readonly source: FileSource,
    private readonly openText: OpenText,
    /** Told when something these documents asked for is known, or known better. */
    private readonly onNews: (askers: readonly string[]) => void,
  ) {}

  /** What `asker` sees of the files. It goes on without what is not known yet, and hears of it. */
  filesFor(asker: string, reach: Reach | undefined): WorkspaceFiles {
    return this.view(asker, reach, entry => goOn(entry, asker));
  }

  /** What comes of `ask` once everything that it asks for has been answered. */
  async settled<T>(asker: string, reach: Reach | undefined, ask: (files: WorkspaceFiles) => T): Promise<T> {
    for (;;) {
      const waiting: Promise<void>[] = [];
      const files = this.view(asker, reach, entry => {
        if (entry.hasAnswer) return goOn(entry, asker);
        waiting.push(entry.answered);
        return undefined;
      });
      const result = ask(files);
      if (waiting.length === 0) return result;
      await Promise.all(waiting);
    }
  }

  /** What is known of a file without asking for it. */
  known(uri: string): string | undefined {
    const open = this.openText(uri);
    if (open !== undefined) return open;
    for (const { uri: own, value } of this.texts.values())
      if (own === uri && value && 'text' in value) return value.text;
    return undefined;
  }

  /** Waits until everything that a document has asked for has been answered. */
  async answered(asker: string): Promise<void> {
    const waiting = [...(this.asked.get(asker) ?? [])].filter(({ hasAnswer }) => !hasAnswer);
    await Promise.all(waiting.map(({ answered }) => answered));
  }

  /** The URIs of the files and directories that a document has asked for. */
  askedBy(asker: string): readonly string[] {
    return [...(this.asked.get(asker) ?? [])].map(({ uri }) => uri);
  }

  /** A document is gone: what only it asked for is dropped. */
  forget(asker: string): void {
    for (const entry of this.asked.get(asker) ?? []) {
      entry.askers = withoutName(entry.askers, asker);
      entry.wentOn = withoutName(entry.wentOn, asker);
      if (entry.askers !== undefined) continue;
      this.texts.delete(entry.key);
      this.folders.delete(entry.key);
    }
    this.asked.delete(asker);
  }

  /** What is known stays in use until the new answer is there. `listed`: a file has come or gone. */
  changed(changes: readonly { readonly uri: string; readonly listed: boolean }[]): void {
    const changed = new Set<string>();
    const changedFolders = new Set<string>();
    for (const { uri, listed } of changes) {
      const parsed = comparable(uri);
      if (!parsed) continue;
      changed.add(parsed.toString());
      const folder = listed ? uriAt(parsed, parentDirectory(parsed.path)) : undefined;
      if (folder !== undefined) changedFolders.add(folder);
    }
    for (const entry of this.texts.values()) if (changed.has(entry.uri)) this.ask(entry);
    for (const entry of this.folders.values()) if (changedFolders.has(entry.uri)) this.ask(entry);
  }

  /** Everything may have changed: the client was allowed to read more, or less. */
  allChanged(): void {
    for (const entry of this.texts.values()) this.ask(entry);
    for (const entry of this.folders.values()) this.ask(entry);
  }

  /** The text of an open document is another one than before, or it has been closed. */
  openChanged(uri: string): void {
    const changed = normalized(uri);
    const askers = new Set(
      [...this.texts.values()].flatMap(entry => (entry.uri === changed ? namesIn(entry.askers) : [])),
    );
    if (askers.size > 0) this.onNews([...askers]);
  }

  private view(
    asker: string,
    reach: Reach | undefined,
    answerOf: <T>(entry: Entry<T>) => T | null | undefined,
  ): WorkspaceFiles {
    const system = reach ? `${reach.home.scheme}://${reach.home.authority}` : '';
    const entryOf = <T>(
      entries: Map<string, Entry<T>>,
      kind: 'text' | 'listing',
      path: string,
      root: string | undefined,
      question: Question<T>,
    ): Entry<T> | undefined => {
      if (!reach || !isInside(reach.within, path)) return undefined;
      const key = `${kind} ${system}${path}\n${root ?? ''}`;
      let entry = entries.get(key);
      if (!entry) {
        const uri = uriAt(reach.home, path);
        const rootUri = root === undefined ? undefined : uriAt(reach.home, root);
        if (uri === undefined) return undefined;
        entry = newEntry(key, uri, rootUri, question);
        entries.set(key, entry);
        this.ask(entry);
      }
      entry.askers = withName(entry.askers, asker);
      let ofAsker = this.asked.get(asker);
      if (!ofAsker) this.asked.set(asker, (ofAsker = new Set()));
      ofAsker.add(entry as unknown as Entry<Content> | Entry<Listing>);
      return entry;
    };
    const files: WorkspaceFiles = {
      read: (path, root) => {
        const entry = entryOf(this.texts, 'text', path, root, this.readText);
        if (!entry) return undefined;
        // Noted even when the document is open: it may be closed, and an edit of it matters to who asked.
        const open = this.openText(entry.uri);
        return open === undefined ? answerOf(entry) : { text: open };
      },
      list: (directory, root) => {
        const entry = entryOf(this.folders, 'listing', directory, root, this.readDirectory);
        return entry && answerOf(entry);
      },
      beginning: path => {
        const content = files.read(path);
        return content && ('text' in content ? content.text.slice(0, 4000) : null);
      },
    };
    return files;
  }

  private readonly readText = async (uri: string, root: string | undefined): Promise<Content | null | undefined> =>
    contentOf(await this.source.read(uri, root));

  private readonly readDirectory = async (uri: string, root: string | undefined): Promise<Listing | null | undefined> =>
    listingOf(await this.source.list(uri, root));

  private ask<T>(entry: Entry<T>): void {
    const number = ++entry.asked;
    entry.answered = entry
      .question(entry.uri, entry.rootUri)
      .catch(() => undefined)
      .then(value => {
        if (entry.asked !== number) return;
        entry.hasAnswer = true;
        entry.answered = DONE;
        if (same(entry.value, value)) return;
        const concerned = namesIn(entry.value === undefined ? entry.wentOn : entry.askers);
        entry.value = value;
        entry.wentOn = undefined;
        if (concerned.length > 0) this.onNews(concerned);
      });
  }
}

function newEntry<T>(key: string, uri: string, rootUri: string | undefined, question: Question<T>): Entry<T> {
  return {
    key,
    uri,
    rootUri,
    question,
    value: undefined,
    answered: DONE,
    hasAnswer: false,
    asked: 0,
    askers: undefined,
    wentOn: undefined,
  };
}

/** What is known of it now; a document that gets no answer is linted again when there is one. */
function goOn<T>(entry: Entry<T>, asker: string): T | null | undefined {
  if (entry.value === undefined) entry.wentOn = withName(entry.wentOn, asker);
  return entry.value;
}

export function contentOf({ text, refused, reason }: FileAnswer): Content | null | undefined {
  if (refused !== undefined) return { refused, ...(reason === undefined ? {} : { reason }) };
  return typeof text === 'string' ? { text } : text;
}

export function listingOf({ entries, refused, reason }: DirectoryAnswer): Listing | null | undefined {
  return refused === undefined ? entries : { refused, ...(reason === undefined ? {} : { reason }) };
}

function same(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
}
