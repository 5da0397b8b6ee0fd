/** The index of the images of the workspace folders: made when it is first asked for, then renewed file by file. */

import { TextDocument } from 'vscode-languageserver-textdocument';
import type { URI } from 'vscode-uri';
import type { Files } from '../core/language.ts';
import type { Engine } from '../core/linter.ts';
import { parentDirectory, pathIn } from '../core/path.ts';
import { Configurations } from '../workspace/configuration.ts';
import { Directories } from '../workspace/directories.ts';
import { isRefused, type WorkspaceFiles } from '../workspace/files.ts';
import { mayBeRoleTemplate, tasksOf, variablesOfRole } from '../workspace/images/ansible.ts';
import { includedIn } from '../workspace/images/includes.ts';
import { MOST_FILES } from '../workspace/images/index.ts';
import type { FileFacts } from '../workspace/images/model.ts';
import { mayBuild, readFacts, startsContainers } from '../workspace/images/read.ts';
import { languageOfFile } from '../workspace/recognize.ts';
import { filesIn } from '../workspace/related.ts';
import { SettingsFinder } from '../workspace/settings.ts';
import { normalized, uriAt } from './files.ts';
import { AT_ONCE, FolderWalk, type FoundFile, inParallel, type WalkParts } from './folder-walk.ts';

/** A file as the index has it: what it says, and where in lines. */
export interface IndexedFile {
  readonly facts: FileFacts;
  readonly uri: string;
  /** As of its directory. */
  readonly root: string;
  /** Other files that it was read with. */
  readonly reads: ReadonlySet<string>;
  readonly inRepository: boolean;
  readonly positions: ReadonlyMap<number, { readonly line: number; readonly character: number }>;
}

export interface IndexParts extends WalkParts {
  readonly engine: Engine;
  readonly folders: () => readonly URI[];
}

export interface Progress {
  readonly isCancelled: () => boolean;
  readonly report: (done: number, total: number) => void;
}

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
    const changed = normalized(uri);
    const directory = isOfModule(uri) ? parentDirectory(changed) : undefined;
    for (const file of this.known.values()) {
      if (!file) continue;
      const own = normalized(file.uri);
      // The files of a module are read together, and a build file with those whose variables it takes over.
      if ((isOfModule(own) && parentDirectory(own) === directory) || file.reads.has(changed)) this.stale.add(own);
    }
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
    // Files are read as they come; the order of the answer is that in which they were found.
    return new Map(
      [...seen].flatMap(path => {
        const file = this.known.get(path);
        return file ? [[path, file] as const] : [];
      }),
    );
  }

  private async ofFolder(
    folder: URI,
    stale: ReadonlySet<string>,
    seen: Set<string>,
    progress: Progress,
  ): Promise<boolean> {
    const over = (files: WorkspaceFiles): Directories => new Directories(files, this.configurations, undefined);
    const walk = new FolderWalk(folder, this.parts, over);
    const found = await walk.found(progress.isCancelled);
    if (!found) return false;
    this.unread += walk.unread.length;
    const reader = new FileReader(folder, { engine: this.parts.engine, walk });
    const isKnown = (path: string): boolean =>
      this.known.has(path) && !stale.has(normalized(uriAt(folder, path) ?? path));
    const wanted = found.filter(({ path }) => !isKnown(path)).slice(0, MOST_FILES);
    for (const { path } of found) seen.add(path);
    let done = 0;
    return inParallel(wanted, AT_ONCE, async one => {
      if (progress.isCancelled()) return false;
      this.known.set(one.path, await reader.read(one));
      if (++done % REPORT_EVERY === 0 || done === wanted.length) progress.report(done, wanted.length);
      return true;
    });
  }
}

/** Reads the files of one folder that a walk finds. */
class FileReader {
  private readonly settings = new SettingsFinder([], { preset: undefined, only: undefined, rules: undefined });

  constructor(
    private readonly folder: URI,
    private readonly parts: { readonly engine: Engine; readonly walk: FolderWalk },
  ) {}

  /** What the file says; nothing of its text stays. */
  async read({ path, directory }: FoundFile): Promise<IndexedFile | undefined> {
    const { walk, engine } = this.parts;
    if (!mayMatter(path)) return undefined;
    const content = await walk.fetch(path);
    try {
      if (!content || isRefused(content)) return undefined;
      const { text } = content;
      const language =
        languageOfFile(engine, path, walk.files) ??
        (mayBeRoleTemplate(path) ? engine.languages.find(({ id }) => id === 'dockerfile') : undefined);
      if (language?.id === 'packer') await this.lookBeside(path);
      if (!language && !mayBuild(path) && !startsContainers(path, text.slice(0, 4000))) return undefined;
      const files = filesIn(directory.root, walk.files);
      if (mayBeRoleTemplate(path))
        await inParallel([...tasksOf(path), ...variablesOfRole(path)], AT_ONCE, one => walk.lookAt(one));
      if (!language) await this.lookAtIncluded(path, text, files);
      const facts = readFacts(path, text, language, { engine, files }, this.settings.of(path, directory).project);
      const uri = uriAt(this.folder, path);
      if (!facts || uri === undefined) return undefined;
      const inRepository = directory.repository !== undefined;
      const reads = new Set((facts.reads ?? []).flatMap(one => normalized(uriAt(this.folder, one) ?? one)));
      return { facts, uri, root: directory.root, reads, inRepository, positions: positionsIn(text, facts) };
    } catch {
      // A file that cannot be read as what it seems to be says nothing.
      return undefined;
    } finally {
      if (!isOfModule(path)) walk.forget(path);
    }
  }

  /** What an included file includes is known when that one is. */
  private async lookAtIncluded(path: string, text: string, files: Files): Promise<void> {
    for (let before = 0; ; ) {
      const { asked } = includedIn(path, text, files);
      if (asked.length === before) return;
      before = asked.length;
      await inParallel(asked, AT_ONCE, one => this.parts.walk.lookAt(one));
    }
  }

  /** The files of a directory with templates are one module. */
  private async lookBeside(path: string): Promise<void> {
    const directory = parentDirectory(path);
    const names = this.parts.walk.entriesOf(directory).map(({ name }) => pathIn(directory, name));
    await inParallel(names.filter(isOfModule).slice(0, MOST_OF_MODULE), AT_ONCE, file => this.parts.walk.lookAt(file));
  }
}

const MOST_OF_MODULE = 100;
const isOfModule = (path: string): boolean => /\.(?:pkr|pkrvars)\.(?:hcl|json)$/.test(path);

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

/** Where in lines everything is that the view may show. */
export function positionsIn(text: string, facts: FileFacts): IndexedFile['positions'] {
  const document = TextDocument.create(facts.path, '', 0, text);
  return new Map([...startsIn(facts, 0)].map(start => [start, document.positionAt(start)]));
}

/** Of all that has a place, whatever kind it is of: facts are plain data. */
function* startsIn(value: unknown, depth: number): Iterable<number> {
  if (typeof value !== 'object' || value === null || depth > DEEPEST_FACT) return;
  for (const [key, inner] of Object.entries(value))
    if (key === 'span') yield (inner as { readonly start: number }).start;
    else yield* startsIn(inner, depth + 1);
}

const DEEPEST_FACT = 8;
