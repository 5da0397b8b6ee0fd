/** The index of the images of the workspace folders: made when it is first asked for, then renewed file by file. */

import { TextDocument } from 'vscode-languageserver-textdocument';
import type { URI } from 'vscode-uri';
import type { Engine } from '../core/linter.ts';
import { parentDirectory, pathIn } from '../core/path.ts';
import { Configurations } from '../workspace/configuration.ts';
import { Directories, type Directory, leftOut } from '../workspace/directories.ts';
import { type Content, type Entry, isRefused, type Refused, type WorkspaceFiles } from '../workspace/files.ts';
import { MOST_FILES } from '../workspace/images/index.ts';
import type { FileFacts } from '../workspace/images/model.ts';
import { mayBuild, readFacts, startsContainers, variablesBeside } from '../workspace/images/read.ts';
import { languageOfFile } from '../workspace/recognize.ts';
import { filesIn } from '../workspace/related.ts';
import { SettingsFinder } from '../workspace/settings.ts';
import { contentOf, type FileSource, listingOf, normalized, type OpenText, uriAt } from './files.ts';

/** A file as the index has it: what it says, and where in lines. */
export interface IndexedFile {
  readonly facts: FileFacts;
  readonly uri: string;
  /** As of its directory. */
  readonly root: string;
  readonly inRepository: boolean;
  readonly positions: ReadonlyMap<number, { readonly line: number; readonly character: number }>;
}

export interface IndexParts {
  readonly engine: Engine;
  readonly source: () => FileSource;
  readonly openText: OpenText;
  readonly folders: () => readonly URI[];
}

export interface Progress {
  readonly isCancelled: () => boolean;
  readonly report: (done: number, total: number) => void;
}

/** Questions to the editor that are open at a time. */
const AT_ONCE = 16;
const MOST_DIRECTORIES = 20_000;
/** Files between two reports. */
const REPORT_EVERY = 50;

export class WorkspaceImageIndex {
  /** By path; `undefined` says that there is nothing of images in the file. Paths of all folders are in one file system. */
  private readonly known = new Map<string, IndexedFile | undefined>();
  private stale = new Set<string>();
  private readonly configurations: Configurations;
  unread = 0;

  constructor(private readonly parts: IndexParts) {
    this.configurations = new Configurations(parts.engine.rules);
  }

  /** Whether it was ever asked for: only then changes matter to anyone. */
  get isUsed(): boolean {
    return this.known.size > 0;
  }

  changed(uri: string): void {
    this.stale.add(normalized(uri));
    // The files of a module are read together, and a Compose file with its variables.
    const isRead = isOfModule(uri) ? isOfModule : /\/\.env$/.test(uri) ? isYaml : undefined;
    if (!isRead) return;
    const directory = parentDirectory(normalized(uri));
    for (const file of this.known.values())
      if (file && isRead(file.uri) && parentDirectory(normalized(file.uri)) === directory)
        this.stale.add(normalized(file.uri));
  }

  everythingChanged(): void {
    this.known.clear();
  }

  /** The index as it is now; `undefined` when it was given up. What was read until then stays. */
  async current(progress: Progress): Promise<ReadonlyMap<string, IndexedFile> | undefined> {
    const stale = this.stale;
    this.stale = new Set();
    const seen = new Set<string>();
    this.unread = 0;
    for (const folder of this.parts.folders()) {
      const isDone = await this.ofFolder(folder, stale, seen, progress);
      if (isDone) continue;
      for (const uri of stale) this.stale.add(uri);
      return undefined;
    }
    for (const path of this.known.keys()) if (!seen.has(path)) this.known.delete(path);
    return new Map([...this.known].flatMap(([path, file]) => (file ? [[path, file] as const] : [])));
  }

  private async ofFolder(
    folder: URI,
    stale: ReadonlySet<string>,
    seen: Set<string>,
    progress: Progress,
  ): Promise<boolean> {
    const walk = new FolderWalk(folder, this.parts, this.configurations);
    const found = await walk.files(progress);
    if (!found) return false;
    this.unread += walk.unread;
    const isKnown = (path: string): boolean =>
      this.known.has(path) && !stale.has(normalized(uriAt(folder, path) ?? path));
    const wanted = found.filter(({ path }) => !isKnown(path)).slice(0, MOST_FILES);
    for (const { path } of found) seen.add(path);
    let done = 0;
    return inParallel(wanted, AT_ONCE, async ({ path, directory }) => {
      if (progress.isCancelled()) return false;
      const file = await walk.read(path, directory);
      this.known.set(path, file);
      if (++done % REPORT_EVERY === 0 || done === wanted.length) progress.report(done, wanted.length);
      return true;
    });
  }
}

/** Looks through one workspace folder, directory by directory; what a directory ignores is not looked into. */
class FolderWalk {
  unread = 0;
  private readonly texts = new Map<string, Content | null | undefined>();
  private readonly listings = new Map<string, readonly Entry[] | Refused | null | undefined>();
  private readonly files_: WorkspaceFiles = {
    read: path => this.texts.get(path) ?? (this.isListed(path) ? undefined : null),
    list: directory => this.listings.get(directory),
    beginning: path => {
      const content = this.texts.get(path);
      return content && !isRefused(content) ? content.text.slice(0, 4000) : null;
    },
  };
  private readonly directories: Directories;
  private readonly settings = new SettingsFinder([], { preset: undefined, only: undefined, rules: undefined });

  constructor(
    private readonly folder: URI,
    private readonly parts: IndexParts,
    configurations: Configurations,
  ) {
    this.directories = new Directories(this.files_, configurations, undefined);
  }

  async files(
    progress: Progress,
  ): Promise<readonly { readonly path: string; readonly directory: Directory }[] | undefined> {
    const found: { path: string; directory: Directory }[] = [];
    await this.look(this.folder.path);
    const queue: Directory[] = [this.directories.at(this.folder.path)];
    for (let at = 0; at < queue.length && at < MOST_DIRECTORIES; at++) {
      if (progress.isCancelled()) return undefined;
      const directory = queue[at]!;
      const entries = this.listings.get(directory.path);
      if (!Array.isArray(entries)) continue;
      const inside = (entries as readonly Entry[]).filter(
        // What a link leads to is met under its own name, or outside of the folder.
        ({ name, kind, target }) =>
          kind !== 'other' && target === undefined && !leftOut(directory, name, kind === 'directory'),
      );
      const below = inside.filter(({ kind }) => kind === 'directory').map(({ name }) => name);
      await inParallel(below, AT_ONCE, name => this.look(pathIn(directory.path, name)));
      for (const name of below) queue.push(this.directories.enter(directory, name));
      for (const { name, kind } of inside)
        if (kind === 'file') found.push({ path: pathIn(directory.path, name), directory });
    }
    return found;
  }

  /** What the file says; nothing of its text stays. */
  async read(path: string, directory: Directory): Promise<IndexedFile | undefined> {
    const { engine } = this.parts;
    if (!mayMatter(path)) return undefined;
    const content = await this.textOf(path);
    this.texts.set(path, content);
    try {
      if (!content || isRefused(content)) return undefined;
      const { text } = content;
      const language = languageOfFile(engine, path, this.files_);
      if (language?.id === 'packer') await this.lookBeside(path);
      if (!language && !mayBuild(path) && !startsContainers(path, text.slice(0, 4000))) return undefined;
      if (isYaml(path)) await this.lookAt(variablesBeside(path));
      const input = { engine, files: filesIn(directory.root, this.files_) };
      const facts = readFacts(path, text, language, input, this.settings.of(path, directory).project);
      const uri = uriAt(this.folder, path);
      if (!facts || uri === undefined) return undefined;
      const inRepository = directory.repository !== undefined;
      return { facts, uri, root: directory.root, inRepository, positions: positionsIn(text, facts) };
    } catch {
      // A file that cannot be read as what it seems to be says nothing.
      return undefined;
    } finally {
      if (!isOfModule(path)) this.texts.delete(path);
    }
  }

  /** The files of a directory with templates are one module. */
  private async lookBeside(path: string): Promise<void> {
    const directory = parentDirectory(path);
    const entries = this.listings.get(directory);
    if (!Array.isArray(entries)) return;
    const names = (entries as readonly Entry[]).map(({ name }) => pathIn(directory, name)).filter(isOfModule);
    await inParallel(names.slice(0, MOST_OF_MODULE), AT_ONCE, file => this.lookAt(file));
  }

  /** Fetches another file that takes part, if it is there. */
  private async lookAt(path: string): Promise<true> {
    if (!this.texts.has(path) && this.isListed(path)) this.texts.set(path, await this.textOf(path));
    return true;
  }

  /** Fetches what a directory holds and what decides about it. */
  private async look(path: string): Promise<boolean> {
    const uri = uriAt(this.folder, path);
    const listing =
      uri === undefined ? undefined : await answered(this.parts.source().list(uri, this.rootUri), listingOf);
    this.listings.set(path, listing);
    if (!Array.isArray(listing)) {
      this.unread++;
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
    const slash = path.lastIndexOf('/');
    const listing = this.listings.get(path.slice(0, Math.max(1, slash)));
    return !Array.isArray(listing) || listing.some(({ name }: Entry) => name === path.slice(slash + 1));
  }
}

const MOST_OF_MODULE = 100;
const isOfModule = (path: string): boolean => /\.(?:pkr|pkrvars)\.(?:hcl|json)$/.test(path);
const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path);

const DECIDING = ['.git', '.gitignore', '.bakelint.yaml', '.bakelint.yml', '.bakelint.json'];

/** Whether a name may be that of a document or a build file: most files of a repository are neither and are not fetched. */
function mayMatter(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    mayBuild(path) ||
    /docker|container/i.test(name) ||
    /\.(?:ya?ml|hcl|json|cfg|tpl|tftpl|j2|jinja2?|txt)$/i.test(name) ||
    /^(?:user|vendor|meta)[-_]?data|cloud[-_]?(?:init|config)/i.test(name)
  );
}

async function answered<T, U>(question: Promise<T>, read: (answer: T) => U): Promise<U | undefined> {
  try {
    return read(await question);
  } catch {
    return undefined;
  }
}

/** Ends early, with false, when one of the tasks says so. */
async function inParallel<T>(items: readonly T[], most: number, task: (item: T) => Promise<boolean>): Promise<boolean> {
  let next = 0;
  let goesOn = true;
  const worker = async (): Promise<void> => {
    while (goesOn && next < items.length) if (!(await task(items[next++]!))) goesOn = false;
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return goesOn;
}

function positionsIn(text: string, { path, stages, builds, retags, starts }: FileFacts): IndexedFile['positions'] {
  const document = TextDocument.create(path, '', 0, text);
  const places = [
    ...stages.flatMap(stage => [stage, ...stage.bases]),
    ...builds.flatMap(build => [build, ...build.names]),
    ...retags.map(({ to }) => to),
    ...starts,
  ];
  return new Map(places.map(({ span }) => [span.start, document.positionAt(span.start)]));
}
