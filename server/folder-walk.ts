/** Looks through one workspace folder, directory by directory; what a directory ignores is not looked into. */
import type { URI } from 'vscode-uri';
import { parentDirectory, pathIn } from '../core/path.ts';
import { type Directories, type Directory, leftOut } from '../workspace/directories.ts';
import { type Content, type Entry, isRefused, type Refused, type WorkspaceFiles } from '../workspace/files.ts';
import { contentOf, type FileSource, listingOf, normalized, type OpenText, uriAt } from './files.ts';

export interface WalkParts {
  readonly source: () => FileSource;
  readonly openText: OpenText;
}

export interface FoundFile {
  readonly path: string;
  readonly directory: Directory;
}

/** Questions to the editor that are open at a time. */
export const AT_ONCE = 16;
const MOST_DIRECTORIES = 20_000;

export class FolderWalk {
  /** Paths of directories that cannot be listed. */
  readonly unread: string[] = [];
  /** There are more directories than are looked into. */
  isCut = false;
  private readonly texts = new Map<string, Content | null | undefined>();
  private readonly listings = new Map<string, readonly Entry[] | Refused | null | undefined>();
  /** What has been fetched so far. */
  readonly files: WorkspaceFiles = {
    read: path => this.texts.get(path) ?? (this.isListed(path) ? undefined : null),
    list: directory => this.listings.get(directory),
    beginning: path => {
      const content = this.texts.get(path);
      return content && !isRefused(content) ? content.text.slice(0, 4000) : null;
    },
  };
  private readonly directories: Directories;

  constructor(
    private readonly folder: URI,
    private readonly parts: WalkParts,
    over: (files: WorkspaceFiles) => Directories,
  ) {
    this.directories = over(this.files);
  }

  /** The files that are not ignored; `undefined` when the search was given up. */
  async found(isCancelled: () => boolean): Promise<readonly FoundFile[] | undefined> {
    const found = new Map<string, FoundFile>();
    const links: { readonly file: FoundFile; readonly target: string }[] = [];
    await this.look(this.folder.path);
    const queue: Directory[] = [this.directories.at(this.folder.path)];
    for (let at = 0; at < queue.length; at++) {
      if (isCancelled()) return undefined;
      if (at >= MOST_DIRECTORIES) {
        this.isCut = true;
        break;
      }
      const directory = queue[at]!;
      const inside = this.entriesOf(directory.path).filter(
        ({ name, kind }) => kind !== 'other' && !leftOut(directory, name, kind === 'directory'),
      );
      // What a link leads to is met under its own name, or outside of the folder.
      const below = inside.filter(({ kind, target }) => kind === 'directory' && target === undefined);
      await inParallel(below, AT_ONCE, ({ name }) => this.look(pathIn(directory.path, name)));
      for (const { name } of below) queue.push(this.directories.enter(directory, name));
      for (const { name, kind, target } of inside) {
        const file = { path: pathIn(directory.path, name), directory };
        if (kind !== 'file') continue;
        if (target === undefined) found.set(file.path, file);
        else if (isBelow(this.folder.path, target)) links.push({ file, target });
      }
    }
    for (const { file, target } of links) if (!found.has(target)) found.set(file.path, file);
    return [...found.values()];
  }

  /** What is in a directory that was looked into. */
  entriesOf(directory: string): readonly Entry[] {
    const entries = this.listings.get(directory);
    return Array.isArray(entries) ? (entries as readonly Entry[]) : [];
  }

  /** Fetches another file that takes part, if it is there. */
  async lookAt(path: string): Promise<true> {
    if (!this.texts.has(path) && this.isListed(path)) await this.fetch(path);
    return true;
  }

  /** What a file holds now; kept for {@link files} until {@link forget}. */
  async fetch(path: string): Promise<Content | null | undefined> {
    const content = await this.textOf(path);
    this.texts.set(path, content);
    return content;
  }

  forget(path: string): void {
    this.texts.delete(path);
  }

  /** Fetches what a directory holds and what decides about it. */
  private async look(path: string): Promise<boolean> {
    const uri = uriAt(this.folder, path);
    const listing =
      uri === undefined ? undefined : await answered(this.parts.source().list(uri, this.rootUri), listingOf);
    this.listings.set(path, listing);
    if (!Array.isArray(listing)) {
      this.unread.push(path);
      return true;
    }
    const names = new Set((listing as readonly Entry[]).map(({ name }) => name));
    for (const name of DECIDING)
      if (names.has(name)) {
        const file = pathIn(path, name);
        this.texts.set(file, name === '.git' ? { refused: 'not-plain' } : await this.textOf(file));
      }
    return true;
  }

  private async textOf(path: string): Promise<Content | null | undefined> {
    const uri = uriAt(this.folder, path);
    if (uri === undefined) return undefined;
    const open = this.parts.openText(normalized(uri));
    return open === undefined ? answered(this.parts.source().read(uri, this.rootUri), contentOf) : { text: open };
  }

  private get rootUri(): string {
    return this.folder.toString();
  }

  private isListed(path: string): boolean {
    const listing = this.listings.get(parentDirectory(path));
    const name = path.slice(path.lastIndexOf('/') + 1);
    return !Array.isArray(listing) || (listing as readonly Entry[]).some(entry => entry.name === name);
  }
}

const DECIDING = ['.git', '.gitignore', '.bakelint.yaml', '.bakelint.yml', '.bakelint.json'];

const isBelow = (folder: string, path: string): boolean => path.startsWith(folder === '/' ? '/' : `${folder}/`);

export async function answered<T, U>(question: Promise<T>, read: (answer: T) => U): Promise<U | undefined> {
  try {
    return read(await question);
  } catch {
    return undefined;
  }
}

/** Ends early, with false, when one of the tasks says so. */
export async function inParallel<T>(
  items: readonly T[],
  most: number,
  task: (item: T) => Promise<boolean>,
): Promise<boolean> {
  let next = 0;
  let goesOn = true;
  const worker = async (): Promise<void> => {
    while (goesOn && next < items.length) if (!(await task(items[next++]!))) goesOn = false;
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return goesOn;
}
