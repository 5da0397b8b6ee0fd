/** Files from the disk, for editors that do not serve them to the server. */
import { URI } from 'vscode-uri';
import { folderOf } from '../core/path.ts';
import { DiskFiles } from '../node/files.ts';
import { filesIn } from '../workspace/related.ts';
import { type FileSource, isInside } from './files.ts';

/** Confined to the workspace folders, or for a document outside them to its own folder; symbolic links do not lead out. */
export function diskSource(folders: () => readonly URI[]): FileSource {
  // Nothing is remembered here: a question means that the cache of the server wants to know anew.
  const around = (path: string): ReturnType<typeof filesIn> => {
    const folder = folders().find(uri => uri.scheme === 'file' && isInside(uri.path, path))?.path ?? folderOf(path);
    return filesIn(native(folder), new DiskFiles());
  };
  return {
    async read(uri) {
      const { scheme, path } = URI.parse(uri);
      return scheme === 'file' ? answer('text', around(path).read(native(path))) : {};
    },
    async list(uri) {
      const { scheme, path } = URI.parse(uri);
      return scheme === 'file' ? answer('names', around(path).list(native(path))) : {};
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
