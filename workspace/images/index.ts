/** The index of a workspace: what each file says of images, replaced file by file. Pure; nothing of the texts is kept. */
import type { FileFacts } from './model.ts';

/** More files of one workspace are not indexed. */
export const MOST_FILES = 50_000;

/** By path. */
export type ImageIndex = ReadonlyMap<string, FileFacts>;

/** The index with what a file says now; `undefined` takes the file out. */
export function update(index: ImageIndex, path: string, facts: FileFacts | undefined): ImageIndex {
  const says = facts && isTelling(facts);
  if (!says && !index.has(path)) return index;
  const next = new Map(index);
  if (says) {
    if (next.has(path) || next.size < MOST_FILES) next.set(path, facts);
  } else next.delete(path);
  return next;
}

/** The index of many files at once. */
export function indexOf(files: Iterable<FileFacts>): ImageIndex {
  const index = new Map<string, FileFacts>();
  for (const facts of files) {
    if (index.size >= MOST_FILES) break;
    if (isTelling(facts)) index.set(facts.path, facts);
  }
  return index;
}

const isTelling = ({ stages, builds, retags, starts, boots, makes, renames, shape }: FileFacts): boolean =>
  stages.length + builds.length + retags.length + starts.length > 0 ||
  [boots, makes, renames].some(one => one !== undefined && one.length > 0) ||
  shape !== undefined;
