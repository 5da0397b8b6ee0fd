/** Files from the disk, for editors that do not serve them to the server. */
import { URI } from 'vscode-uri';
import { folderOf } from '../core/path.ts';
import { type DiskFiles, diskFiles } from '../node/files.ts';
import { type FileSource, isInside } from './files.ts';

/** Confined to the workspace folders, or for a document outside them to its own folder; symbolic links do not lead out. */
export function diskSource(folders: () => readonly URI[]): FileSource {
  const roots = new Map<string, DiskFiles>();
  const under = (path: string): DiskFiles => {
    const folder = folders().find(uri => uri.scheme === 'file' && isInside(uri.path, path))?.path ?? folderOf(path);
    let files = roots.get(folder);
    if (!files) roots.set(folder, (files = diskFiles(native(folder))));
    return files;
  };
  return {
    async read(uri) {
      const { scheme, path } = URI.parse(uri);
      if (scheme !== 'file') return {};
      const files = under(path);
      // The cache above remembers; a question means that it wants to know anew.
      files.forget(native(path));
      return answer('text', files.read(native(path)));
    },
    async list(uri) {
      const { scheme, path } = URI.parse(uri);
      if (scheme !== 'file') return {};
      const files = under(path);
      files.forget(`${native(path)}/.`);
      return answer('names', files.list(native(path)));
    },
  };
}

function answer<K extends string, T>(key: K, value: T | undefined): { readonly [key in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: T };
}

/** `/c:/x` in a URI is `c:/x` on disk. */
function native(path: string): string {
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
}
