import { statSync } from 'node:fs';
import { isInside, parentDirectory } from '../core/path.ts';
import { realPathOf } from '../node/files.ts';
import { absolute } from '../node/paths.ts';
import { reasonOf } from '../node/reason.ts';
import type { Note, Start } from '../workspace/find.ts';

/** What the paths of a command line name, and those that name nothing. */
export function startsOf(cwd: string, paths: readonly string[]): { starts: readonly Start[]; notes: readonly Note[] } {
  const starts: Start[] = [];
  const notes: Note[] = [];
  for (const given of paths) {
    const path = absolute(cwd, given);
    try {
      const isDirectory = statSync(given === '' ? '\0' : path).isDirectory();
      if (isDirectory) starts.push({ kind: 'directory', path, real: realPathOf(path) ?? path });
      else starts.push({ kind: 'file', path, home: homeOf(cwd, path) });
    } catch (error) {
      notes.push({ path: given, reason: reasonOf(error), fails: true });
    }
  }
  return { starts, notes };
}

/** Where other files may be read for a file outside of any repository: where the command runs, or beside the file. */
export function homeOf(cwd: string, path: string): string {
  const here = absolute(cwd, '.');
  return isInside(here, path) ? here : parentDirectory(path);
}
