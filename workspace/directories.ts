/**
 * What holds in a directory: its git repository, the nearest configuration, what is left out of a walk. Found from the
 * outside in, the same for a walk, which enters one directory after the other, and for a single file.
 */
import { CONFIG_NAMES } from '../core/config/read.ts';
import { memo } from '../core/memo.ts';
import { isInside, parentDirectory, parentOf, pathFrom, pathIn } from '../core/path.ts';
import { type ConfigFile, type Configurations, ignores, ignoringGlob } from './configuration.ts';
import { isRefused, type WorkspaceFiles } from './files.ts';
import { decisivePattern, type GitPattern, readGitignore } from './gitignore.ts';

/** What holds for the entries of one directory. Immutable. */
export interface Directory {
  readonly path: string;
  /** The nearest directory with `.git`, this one or one above it. Nothing outside of it holds in it. */
  readonly repository: string | undefined;
  /** Other files are read inside of it: the repository, or what the host started from. */
  readonly root: string;
  /** The nearest one. */
  readonly config: ConfigFile | undefined;
  /** Whether the configuration's `ignore` counts; it does not where it ignores the very directory that was asked for. */
  readonly ignoreCounts: boolean;
  /** The `.gitignore` files that hold, the outermost first. */
  readonly gitignores: readonly Gitignore[];
}

interface Gitignore {
  /** The path of the file. */
  readonly file: string;
  readonly patterns: readonly GitPattern[];
  /** The way from its directory to the one that it holds in. */
  readonly below: readonly string[];
}

/** A server asks for the same file with every change of a document. */
const patternsOf = memo(({ text }: { readonly text: string }) => readGitignore(text));

/** Why a walk leaves out an entry. */
export type LeftOut = 'tool-directory' | 'gitignore' | 'config';

/** Directories that hold nothing of the project's own. */
const TOOL_DIRECTORIES = new Set(['.git', 'node_modules']);

/** The line of a file that leaves out an entry. */
export interface LeftOutBy {
  readonly reason: LeftOut;
  /** The `.gitignore` or the configuration; `undefined` for the directories of tools. */
  readonly file: string | undefined;
  readonly pattern: string;
}

/** Whether and why a walk leaves out an entry of a directory. */
export function leftOut(directory: Directory, name: string, isDirectory: boolean): LeftOut | undefined {
  return leftOutBy(directory, name, isDirectory)?.reason;
}

/** What leaves out an entry of a directory. */
export function leftOutBy(directory: Directory, name: string, isDirectory: boolean): LeftOutBy | undefined {
  if (isDirectory && TOOL_DIRECTORIES.has(name)) return { reason: 'tool-directory', file: undefined, pattern: name };
  return ignoredByGit(directory, name, isDirectory) ?? ignoredByConfig(directory, name, isDirectory);
}

function ignoredByGit({ gitignores }: Directory, name: string, isDirectory: boolean): LeftOutBy | undefined {
  for (let i = gitignores.length - 1; i >= 0; i--) {
    const { patterns, below, file } = gitignores[i]!;
    const decisive = decisivePattern(patterns, [...below, name], isDirectory);
    if (decisive) return decisive.negated ? undefined : { reason: 'gitignore', file, pattern: decisive.line };
  }
  return undefined;
}

function ignoredByConfig(directory: Directory, name: string, isDirectory: boolean): LeftOutBy | undefined {
  const { path, root, config, ignoreCounts } = directory;
  if (config === undefined || !ignoreCounts) return undefined;
  const pattern = ignoringGlob(config, pathIn(path, name), isDirectory, root);
  return pattern === undefined ? undefined : { reason: 'config', file: config.path, pattern };
}

/** Where a file is, and why a walk from where the host started would not come to it. */
export interface Located {
  readonly directory: Directory;
  readonly leftOut: LeftOut | undefined;
  /** What leaves it out; there when {@link leftOut} is. */
  readonly by?: LeftOutBy;
}

export class Directories {
  constructor(
    private readonly files: WorkspaceFiles,
    private readonly configurations: Configurations,
    /** Takes the place of all configurations that are found. */
    private readonly given: ConfigFile | undefined,
  ) {}

  /**
   * What holds in a directory that the host asks for, so that it is looked into though it is ignored itself. `home` is
   * where other files may be read when it is in no repository and inside of `home`.
   */
  at(path: string, home = path): Directory {
    const repository = this.repositoryOf(path);
    let directory = this.outermost(repository ?? path, repository, isInside(home, path) ? home : path);
    for (const name of pathFrom(directory.path, path).split('/'))
      if (name !== '') directory = this.enter(askedFor(directory, name), name);
    return directory;
  }

  /** What holds in a directory of a directory. */
  enter(outer: Directory, name: string): Directory {
    const path = pathIn(outer.path, name);
    if (this.has(pathIn(path, '.git'))) return this.outermost(path, path, path);
    const config = this.given ?? this.configIn(path, outer.root) ?? outer.config;
    return {
      path,
      repository: outer.repository,
      root: outer.root,
      config,
      ignoreCounts: config !== outer.config || outer.ignoreCounts,
      gitignores: [
        ...outer.gitignores.map(one => ({ ...one, below: [...one.below, name] })),
        ...this.gitignoreIn(path, outer.root),
      ],
    };
  }

  /** Where a file is that is opened: `base` is what the host started from; without one, it is the repository. */
  locate(path: string, base: string | undefined): Located {
    const parent = parentDirectory(path);
    const start = base ?? this.repositoryOf(parent) ?? parent;
    let directory = this.at(isInside(start, parent) ? start : parent);
    const names = pathFrom(directory.path, path).split('/');
    for (const [i, name] of names.entries()) {
      const isDirectory = i < names.length - 1;
      const by = leftOutBy(directory, name, isDirectory);
      if (by) return { directory, leftOut: by.reason, by };
      if (isDirectory) directory = this.enter(directory, name);
    }
    return { directory, leftOut: undefined };
  }

  /** Where a search begins: the root of a repository, or a directory outside of any, with what is above it. */
  private outermost(path: string, repository: string | undefined, home: string): Directory {
    const root = repository ?? home;
    const config = this.given ?? this.nearestConfig(path, repository, root);
    return {
      path,
      repository,
      root,
      config,
      ignoreCounts: config === undefined || !ignores(config, path, true, root),
      gitignores: this.gitignoreIn(path, root),
    };
  }

  private repositoryOf(path: string): string | undefined {
    for (let at: string | undefined = path; at !== undefined; at = parentOf(at))
      if (this.has(pathIn(at, '.git'))) return at;
    return undefined;
  }

  private nearestConfig(path: string, repository: string | undefined, root: string): ConfigFile | undefined {
    for (let at: string | undefined = path; at !== undefined; at = at === repository ? undefined : parentOf(at)) {
      const found = this.configIn(at, isInside(root, at) ? root : at);
      if (found) return found;
    }
    return undefined;
  }

  private configIn(directory: string, root: string): ConfigFile | undefined {
    for (const name of CONFIG_NAMES) {
      const path = pathIn(directory, name);
      const content = this.files.read(path, root);
      if (content) return this.configurations.read(path, content);
    }
    return undefined;
  }

  private gitignoreIn(directory: string, root: string): readonly Gitignore[] {
    const file = pathIn(directory, '.gitignore');
    const content = this.files.read(file, root);
    if (!content || isRefused(content)) return [];
    return [{ file, patterns: patternsOf(content), below: [] }];
  }

  private has(path: string): boolean {
    const content = this.files.read(path);
    return content !== undefined && content !== null;
  }
}

/** A directory as it counts for one of its directories that was asked for: what ignores that one does not hold in it. */
function askedFor(directory: Directory, name: string): Directory {
  return {
    ...directory,
    gitignores: ignoredByGit(directory, name, true) ? [] : directory.gitignores,
    ignoreCounts: directory.ignoreCounts && !ignoredByConfig(directory, name, true),
  };
}
