/** Finds programs as a shell does, but never in what is being linted: a checkout may bring a file of any name. */
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, relative } from 'node:path';

/**
 * The absolute path of a program in the directories of `path` (as the variable PATH has them), links resolved.
 * `undefined` when there is none outside of the `workspaces`. Relative directories, the empty one among them, are where
 * the command happens to run, so that they do not count.
 */
export function findProgram(name: string, path: string, workspaces: readonly string[]): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const closed = workspaces.map(realOf);
  for (const directory of path.split(delimiter)) {
    if (!isAbsolute(directory)) continue;
    const found = executable(join(directory, file));
    // Where the link stands counts as much as where it leads.
    if (found && ![found, realOf(directory)].some(one => closed.some(root => isWithin(root, one)))) return found;
  }
  return undefined;
}

/** What a command that runs in `cwd` takes for its workspace: the repository around it, or else the directory itself. */
export function workspaceAround(cwd: string): readonly string[] {
  for (let at = cwd; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return [at];
    if (at === dirname(at)) break;
  }
  // Programs are installed below these.
  return cwd === dirname(cwd) || realOf(cwd) === realOf(homedir()) ? [] : [cwd];
}

function executable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() ? realpathSync.native(path) : undefined;
  } catch {
    return undefined;
  }
}

function realOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return (
    way === '' || !(way === '..' || way.startsWith(`..${process.platform === 'win32' ? '\\' : '/'}`) || isAbsolute(way))
  );
}
