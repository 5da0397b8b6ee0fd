/** What a language sees of the files around a document. */
import type { Files } from '../core/language.ts';
import { memo } from '../core/memo.ts';
import { isInside, joinPath } from '../core/path.ts';
import { isRefused, type WorkspaceFiles } from './files.ts';

/**
 * The files in `root`. What is outside is not known, by a link either; nor is what is too large or not UTF-8, or in a Git
 * submodule that is not checked out. Names that stand for something else than a file (a directory, a pipe) are not there.
 */
export function filesIn(root: string, files: WorkspaceFiles): Files {
  const known = byRoot(files);
  const before = known.get(root);
  if (before) return before;
  const made = make(root, files);
  known.set(root, made);
  return made;
}

/** The same object for the same files, so that what is read of them for one document is known for the next. */
const byRoot = memo((_: WorkspaceFiles) => new Map<string, Files>());

function make(root: string, files: WorkspaceFiles): Files {
  return {
    answersAtOnce: files.answersAtOnce,
    get recording() {
      return files.recording;
    },
    recall(kind, path) {
      if (!files.recall || !files.recording) return;
      const whole = joinPath('.', path);
      if (isInside(root, whole)) files.recall(kind, whole, root);
    },
    read(path) {
      const whole = joinPath('.', path);
      if (!isInside(root, whole)) return undefined;
      const content = files.read(whole, root);
      if (content === null && isInAbsentSubmodule(whole, root, files)) return undefined;
      if (!content) return content;
      if (!isRefused(content)) return content.text;
      return content.refused === 'not-plain' ? null : undefined;
    },
    list: directory => namesIn(directory, 'file', root, files),
    directories: directory => namesIn(directory, 'directory', root, files),
  };
}

function namesIn(
  directory: string,
  wanted: 'file' | 'directory',
  root: string,
  files: WorkspaceFiles,
): readonly string[] | null | undefined {
  const whole = joinPath('.', directory);
  if (!isInside(root, whole)) return undefined;
  const entries = files.list(whole, root);
  if (isEmpty(entries) && isInAbsentSubmodule(whole, root, files)) return undefined;
  if (!entries) return entries;
  return isRefused(entries) ? undefined : entries.filter(({ kind }) => kind === wanted).map(({ name }) => name);
}

/** Whether a path is in a directory that `.gitmodules` names and that is empty, as Git leaves it in a plain clone. */
function isInAbsentSubmodule(path: string, root: string, files: WorkspaceFiles): boolean {
  const modules = files.read(joinPath(root, '.gitmodules'), root);
  if (!modules || isRefused(modules)) return false;
  const module = submodulesIn(modules.text)
    .map(name => joinPath(root, name))
    .find(directory => isInside(directory, path));
  if (module === undefined) return false;
  const entries = files.list(module, root);
  return isEmpty(entries) || entries === undefined || isRefused(entries);
}

function isEmpty(entries: ReturnType<WorkspaceFiles['list']>): boolean {
  return entries === null || (entries !== undefined && !isRefused(entries) && entries.length === 0);
}

/** The directories of submodules, from the root of the repository: https://git-scm.com/docs/gitmodules */
function submodulesIn(text: string): readonly string[] {
  return text.split('\n').flatMap(line => {
    const [key, value] = line.split('=', 2).map(part => part.trim());
    return key === 'path' && value ? [value.replace(/^"|"$/g, '')] : [];
  });
}
