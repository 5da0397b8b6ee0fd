/** A host whose files are a map from paths to strings. A path that ends with a slash is an empty directory. */
import { isInside, nameOf, parentDirectory, parentOf } from '../../core/path.ts';
import type { Content, Entry, WorkspaceFiles } from '../../workspace/files.ts';

export function memoryFiles(texts: Readonly<Record<string, string | Content>>): WorkspaceFiles {
  const directories = new Map<string, Map<string, Entry>>();
  const add = (path: string, kind: Entry['kind']): void => {
    const parent = parentOf(path);
    if (parent === undefined) return;
    if (!directories.has(parent)) add(parent, 'directory');
    directories.set(parent, (directories.get(parent) ?? new Map()).set(nameOf(path), { name: nameOf(path), kind }));
  };
  for (const path of Object.keys(texts)) {
    if (path.endsWith('/')) directories.set(path.slice(0, -1), new Map());
    add(path.replace(/\/$/, ''), path.endsWith('/') ? 'directory' : 'file');
  }
  const files: WorkspaceFiles = {
    read(path, root) {
      if (root !== undefined && !isInside(root, path)) return { refused: 'outside' };
      if (directories.has(path)) return { refused: 'not-plain' };
      const content = texts[path];
      return typeof content === 'string' ? { text: content } : (content ?? null);
    },
    list: directory => {
      const entries = directories.get(directory);
      return entries ? [...entries.values()] : null;
    },
    beginning: path => {
      const content = files.read(path);
      return content && 'text' in content ? content.text.slice(0, 4000) : null;
    },
  };
  add(parentDirectory('/x'), 'directory');
  return files;
}
