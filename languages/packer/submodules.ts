/** Files of Git submodules, which are not in every checkout. */
import type { Files } from '../../core/language.ts';
import { directoriesAbove, isInside, joinPath } from '../../core/path.ts';

/** Folders above a file that are looked into. */
const MOST_ABOVE = 12;
const MOST_LINES = 2_000;

/**
 * Whether a file belongs to a submodule of the repository, by the nearest `.gitmodules` above it:
 * https://git-scm.com/docs/gitmodules. `path` is where the file is looked for, `written` what the template says, which may
 * start in any of the directories above.
 */
export function isInSubmodule(path: string, written: string, files: Files): boolean {
  const above = directoriesAbove(path, MOST_ABOVE);
  for (const [i, directory] of above.entries()) {
    const modules = files.read(joinPath(directory, '.gitmodules'));
    if (typeof modules !== 'string') continue;
    const places = [path, ...above.slice(0, i + 1).map(start => joinPath(start, written))];
    return pathsIn(modules).some(to => places.some(place => isInside(joinPath(directory, to), place)));
  }
  return false;
}

function pathsIn(modules: string): readonly string[] {
  return modules
    .split('\n', MOST_LINES)
    .flatMap(line => /^\s{0,20}path\s{0,20}=\s{0,20}"?([^"\s]{1,200})/.exec(line)?.[1] ?? []);
}
