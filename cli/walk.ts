import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { folderOf } from '../core/path.ts';
import { absolute, isInside, repositories } from '../node/paths.ts';
import { Ignored } from './ignored.ts';

/** A file that may be in one of our languages. */
export interface Candidate {
  /** Absolute, POSIX style. */
  readonly path: string;
  /** Whether the user named this very file. */
  readonly named: boolean;
  /** Other files may be read inside of this folder: the repository's root, the folder that was given or the file's own. */
  readonly root: string;
}

export interface Walked {
  /** In the order given; inside a folder by name. Each file once. */
  readonly candidates: readonly Candidate[];
  /** What could not be looked at, as `path: reason`, and whether that makes the run a failure. */
  readonly notes: readonly { readonly path: string; readonly reason: string; readonly fails: boolean }[];
}

/** Folders that hold nothing of the project's own. */
const SKIPPED = new Set(['.git', 'node_modules']);

/** The files under `paths`: a folder's are found with `.gitignore` honoured, a named one is always there. */
export function walk(cwd: string, paths: readonly string[], repositoryOf = repositories()): Walked {
  const found = new Map<string, Candidate>();
  const links: Candidate[] = [];
  const notes: { path: string; reason: string; fails: boolean }[] = [];
  const note = (path: string, reason: string, fails: boolean): unknown => notes.push({ path, reason, fails });

  // `real` is what `folder` really is, links resolved; `base` the same of the folder that was given.
  const enter = (folder: string, root: string, base: string, real: string, ignored: Ignored): void => {
    for (const entry of entriesOf(folder, note)) {
      const path = folder === '/' ? `/${entry.name}` : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name) && !ignored.has(path, true))
          enter(path, root, base, `${real}/${entry.name}`, ignored.entering(path));
      } else if (entry.isFile()) {
        if (!found.has(path) && !ignored.has(path, false)) found.set(path, { path, named: false, root });
      } else if (entry.isSymbolicLink() && !ignored.has(path, false)) {
        const target = linked(path);
        // A folder inside of what is walked is met under its own name; one outside was not asked for.
        if (target?.folder && isInside(target.path, real))
          note(path, 'leads back to a folder that it stands in; skipped', false);
        else if (target && !target.folder && isInside(base, target.path)) links.push({ path, named: false, root });
      }
    }
  };

  for (const given of paths) {
    const path = absolute(cwd, given);
    try {
      const stat = statSync(given === '' ? '\0' : path);
      const folder = stat.isDirectory() ? path : folderOf(path);
      const repository = repositoryOf(folder);
      if (stat.isDirectory()) {
        const real = realpathSync.native(path).replaceAll('\\', '/');
        enter(path, repository ?? path, real, real, Ignored.at(path, repository));
      } else
        found.set(path, {
          path,
          named: true,
          root: repository ?? (isInside(absolute(cwd, '.'), path) ? absolute(cwd, '.') : folder),
        });
    } catch (error) {
      note(given, reasonOf(error), true);
    }
  }
  const own = new Set(found.keys());
  for (const link of links) {
    const target = linked(link.path)?.path ?? link.path;
    if (!own.has(target) && !found.has(link.path)) found.set(link.path, link);
  }
  return { candidates: [...found.values()], notes };
}

/** What the file system said, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ERR_INVALID_ARG_VALUE':
      return 'no such file or folder';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ELOOP':
      return 'a symbolic link that leads to itself';
    case 'ENAMETOOLONG':
      return 'the name is too long';
    default:
      return code ?? message;
  }
}

function entriesOf(folder: string, note: (path: string, reason: string, fails: boolean) => unknown): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    note(folder, reasonOf(error), true);
    return [];
  }
}

function linked(path: string): { readonly path: string; readonly folder: boolean } | undefined {
  try {
    const target = realpathSync.native(path).replaceAll('\\', '/');
    const stat = statSync(target);
    return stat.isDirectory() || stat.isFile() ? { path: target, folder: stat.isDirectory() } : undefined;
  } catch {
    return undefined;
  }
}
