/** The `.dockerignore` beside a Dockerfile (https://docs.docker.com/build/concepts/context/#dockerignore-files). */
import type { LowerContext } from '../../core/language.ts';
import { folderOf, joinPath, nameOf } from '../../core/path.ts';
import type { IgnoreFile } from './tree.ts';

/** Asks the host for `<Dockerfile>.dockerignore`, which wins, then for `.dockerignore` in the same folder. */
export function dockerignoreOf({ path, files }: Pick<LowerContext, 'path' | 'files'>): IgnoreFile {
  if (path === undefined) return 'unknown';
  for (const name of [`${nameOf(path)}.dockerignore`, '.dockerignore']) {
    const candidate = joinPath(folderOf(path), name);
    const text = files.read(candidate);
    if (text === undefined) return 'unknown';
    if (text !== null) return { text, path: candidate };
  }
  return 'missing';
}
