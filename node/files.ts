/** The files of a workspace on disk. */
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { isInside, nameOf, parentDirectory, pathIn } from '../core/path.ts';
import {
  type Content,
  type Entry,
  isRefused,
  LARGEST_FILE,
  type Refused,
  type WorkspaceFiles,
} from '../workspace/files.ts';
import { decode } from './decode.ts';
import { readBeginning, readPlain } from './plain.ts';
import { isMissing, reasonOf } from './reason.ts';
import { Recent } from './recent.ts';

/** What is directly in a directory, by name; or why that cannot be said, or `null` when there is no such directory. */
type Listing = ReadonlyMap<string, Entry> | Refused | null;

/** Files that can be linted, too: by their bytes, up to any size. */
export interface FileSource extends WorkspaceFiles {
  /** The bytes of a plain file of at most `most` bytes, or why there are none. Throws what the file system says. */
  bytes(path: string, most: number): Uint8Array | 'not-plain' | 'too-large';
  /** Drops what is remembered of a file that was written. */
  forget(path: string): void;
  readonly answersAtOnce: true;
}

/** Directories, and UTF-16 code units of files, that are remembered. */
const MOST_LISTINGS = 10_000;
const MOST_TEXT = 16 * 1024 ** 2;
/** What any file weighs beside its text. */
const ENTRY = 200;

/** Everything is read when it is asked for, and remembered for a while: files in a row ask for the same. */
export class DiskFiles implements FileSource {
  readonly answersAtOnce = true;
  private readonly listings = new Recent<Listing>(MOST_LISTINGS);
  private readonly contents = new Recent<Content | null>(
    MOST_TEXT,
    one => (one && 'text' in one ? one.text.length : 0) + ENTRY,
  );
  private readonly realPaths = new Map<string, string | undefined>();

  read(path: string, root?: string): Content | null {
    // A listing that is at hand answers for the names that are not in it, and most names that are asked for are not.
    const kind = this.listedKind(path) ?? kindOf(path);
    if (kind === 'missing') return null;
    if (typeof kind === 'object') return kind;
    if (root !== undefined && !this.isReally(root, path)) return { refused: 'outside' };
    if (kind !== 'file') return { refused: 'not-plain' };
    let content = this.contents.get(path);
    if (content === undefined) {
      content = contentOf(path);
      this.contents.set(path, content);
    }
    return content;
  }

  list(directory: string, root?: string): readonly Entry[] | Refused | null {
    let listing = this.listings.get(directory);
    if (listing === undefined) {
      // Most directories that are asked for are not there, and what is listed above them says so.
      if (this.isListedMissing(directory)) return null;
      listing = listingOf(directory);
      this.listings.set(directory, listing);
    }
    if (!listing || isRefused(listing)) return listing;
    return root === undefined || this.isReally(root, directory) ? [...listing.values()] : { refused: 'outside' };
  }

  beginning(path: string): string | null {
    return readBeginning(path);
  }

  bytes(path: string, most: number): ReturnType<FileSource['bytes']> {
    return readPlain(path, most);
  }

  forget(path: string): void {
    this.contents.delete(path);
  }

  private listedKind(path: string): 'file' | 'directory' | 'missing' | undefined {
    const listing = this.listings.get(parentDirectory(path));
    if (listing === undefined || isRefused(listing)) return undefined;
    const entry = listing?.get(nameOf(path));
    if (!entry) return 'missing';
    return entry.kind === 'other' ? undefined : entry.kind;
  }

  private isListedMissing(path: string): boolean {
    const parent = parentDirectory(path);
    if (parent === path) return false;
    const listing = this.listings.get(parent);
    if (listing === undefined) return this.isListedMissing(parent);
    return listing === null || (!isRefused(listing) && !listing.has(nameOf(path)));
  }

  /** Whether something that is there is in a root, links resolved. */
  private isReally(root: string, path: string): boolean {
    const realRoot = this.realPath(root);
    const listing = this.listings.get(parentDirectory(path));
    const entry = listing && !isRefused(listing) ? listing.get(nameOf(path)) : undefined;
    const real = entry ? (entry.target ?? this.realPathIn(path)) : this.realPath(path);
    return realRoot !== undefined && real !== undefined && isInside(realRoot, real);
  }

  /** Of what is not a link: it is where its directory is, which is asked once for all that is in it. */
  private realPathIn(path: string): string | undefined {
    const directory = this.realPath(parentDirectory(path));
    return directory === undefined ? undefined : pathIn(directory, nameOf(path));
  }

  private realPath(path: string): string | undefined {
    if (!this.realPaths.has(path)) this.realPaths.set(path, realPathOf(path));
    return this.realPaths.get(path);
  }
}

/** A path with all links resolved; `undefined` when it leads nowhere. */
export function realPathOf(path: string): string | undefined {
  try {
    return realpathSync.native(path).replaceAll('\\', '/');
  } catch {
    return undefined;
  }
}

function kindOf(path: string): Entry['kind'] | 'missing' | Refused {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return 'missing';
    return stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other';
  } catch (error) {
    return isMissing(error) ? 'missing' : { refused: 'unreadable', reason: reasonOf(error) };
  }
}

function contentOf(path: string): Content | null {
  try {
    const bytes = readPlain(path, LARGEST_FILE);
    if (typeof bytes === 'string') return { refused: bytes };
    const decoded = decode(bytes);
    return 'problem' in decoded ? { refused: decoded.problem } : decoded;
  } catch (error) {
    return isMissing(error) ? null : { refused: 'unreadable', reason: reasonOf(error) };
  }
}

function listingOf(directory: string): Listing {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return new Map(entries.map(entry => [entry.name, entryOf(directory, entry)]));
  } catch (error) {
    return isMissing(error) ? null : { refused: 'unreadable', reason: reasonOf(error) };
  }
}

function entryOf(directory: string, entry: Dirent): Entry {
  const { name } = entry;
  if (!entry.isSymbolicLink())
    return { name, kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other' };
  const target = realPathOf(pathIn(directory, name));
  const kind = target === undefined ? 'missing' : kindOf(target);
  return typeof kind === 'object' || kind === 'missing' || target === undefined
    ? { name, kind: 'other', target: '' }
    : { name, kind, target };
}
