/** Files as they would be after changes that are not written. */
import { joinPath } from '../core/path.ts';
import type { WorkspaceFiles } from './files.ts';

/** So much of a file shows what it is. */
const BEGINNING = 4_000;

/** The files of a workspace, of which some have another text. */
export function withTexts(files: WorkspaceFiles, texts: ReadonlyMap<string, string>): WorkspaceFiles {
  if (texts.size === 0) return files;
  const changed = new Map([...texts].map(([path, text]) => [joinPath('.', path), text]));
  return {
    answersAtOnce: files.answersAtOnce,
    get recording() {
      return files.recording;
    },
    ...(files.recall && { recall: (kind, path, root) => files.recall!(kind, path, root) }),
    read(path, root) {
      const text = changed.get(path);
      return text === undefined ? files.read(path, root) : { text };
    },
    list: (directory, root) => files.list(directory, root),
    beginning: path => changed.get(path)?.slice(0, BEGINNING) ?? files.beginning(path),
  };
}
