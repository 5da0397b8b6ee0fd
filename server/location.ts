/** Where a document is: which files are around it, and from where the pipeline looks at it. */
import type { URI } from 'vscode-uri';
import { isInside, parentDirectory } from '../core/path.ts';
import { comparable } from './files.ts';

/** The files that may be asked for on behalf of a document. */
export interface Reach {
  /** A URI in the file system that the files are in. */
  readonly home: URI;
  /** Nothing outside of it is ever asked for. */
  readonly within: string;
}

export interface DocumentLocation {
  /** As the engine sees it. */
  readonly path: string;
  /** Where it is for the configuration; another path for a text that is not saved yet. */
  readonly locatedAt: string;
  /** The workspace folder that it is in. */
  readonly base: string | undefined;
  /** `undefined` for a text that is nowhere. */
  readonly reach: Reach | undefined;
  /** Whether the files beside it belong to it. The neighbors of an old version (in a diff) are those of the new one. */
  readonly hasNeighbors: boolean;
}

/**
 * The place of a document. A document of another file system that has a path in a workspace folder (the other side of a
 * diff) has the configuration of that folder.
 */
export function locationOf(documentUri: string, folders: readonly URI[]): DocumentLocation {
  const uri = comparable(documentUri);
  if (!uri)
    return { path: documentUri, locatedAt: documentUri, base: undefined, reach: undefined, hasNeighbors: false };
  if (!uri.path.startsWith('/')) return unsaved(uri, folders[0]);
  const { path } = uri;
  const folder = [...folders]
    .filter(({ path: top }) => isInside(top, path))
    .sort((a, b) => b.path.length - a.path.length)[0];
  const isCurrent = uri.query === '';
  const home = folder ?? (isCurrent ? uri : undefined);
  return {
    path,
    locatedAt: path,
    base: folder?.path,
    reach: home && { home, within: topOf(home, folder?.path ?? parentDirectory(path)) },
    hasNeighbors: isCurrent && (!folder || (folder.scheme === uri.scheme && folder.authority === uri.authority)),
  };
}

/** A text that has a name at most: it counts as being in the first workspace folder. */
function unsaved({ path }: URI, folder: URI | undefined): DocumentLocation {
  return {
    path: `/${path}`,
    locatedAt: folder ? `${folder.path === '/' ? '' : folder.path}/${path}` : `/${path}`,
    base: folder?.path,
    reach: folder && { home: folder, within: topOf(folder, folder.path) },
    hasNeighbors: folder !== undefined,
  };
}

/** On a disk a repository may begin above the workspace folder; other file systems are asked for nothing above it. */
function topOf({ scheme }: URI, folder: string): string {
  return scheme === 'file' ? '/' : folder;
}
