/** Finds files in directories as a walk meets them: what is ignored is left out, each file comes once. */
import { isInside, parentDirectory, pathFrom, pathIn } from '../core/path.ts';
import { type Directories, type Directory, leftOut } from './directories.ts';
import { type Entry, isRefused, type WorkspaceFiles } from './files.ts';

/** Something that the user named. */
export type Start =
  | { readonly kind: 'file'; readonly path: string /** As for `Directories.at`. */; readonly home: string }
  | {
      readonly kind: 'directory';
      readonly path: string /** The path with all links resolved. */;
      readonly real: string;
    };

/** A file that may be a document. */
export interface Candidate {
  readonly path: string;
  /** Whether the user named this very file: it is linted whatever ignores it. */
  readonly named: boolean;
  /** The directory that was named and that it was found in; of a file that was named its `home`, as for `Directories.at`. */
  readonly start: string;
  readonly directory: Directory;
}

/** The same directory again, for who knows the path of a candidate and where the walk to it began. */
export function directoryOf(
  { path, named, start }: Pick<Candidate, 'path' | 'named' | 'start'>,
  directories: Directories,
): Directory {
  const parent = parentDirectory(path);
  if (named) return directories.at(parent, start);
  let directory = directories.at(start);
  for (const name of pathFrom(start, parent).split('/'))
    if (name !== '' && name !== '.') directory = directories.enter(directory, name);
  return directory;
}

export interface WalkResult {
  /** In the order given; inside of a directory by name. */
  readonly candidates: readonly Candidate[];
  /** The directories that were looked into. */
  readonly directories: readonly Directory[];
  /** What could not be looked at, and whether that makes the run a failure. */
  readonly notes: readonly Note[];
}
export interface Note {
  readonly path: string;
  readonly reason: string;
  readonly fails: boolean;
}

export function find(starts: readonly Start[], files: WorkspaceFiles, directories: Directories): WalkResult {
  const walk = new Walk(files, directories);
  for (const _ of walk.steps(starts));
  return walk.end();
}

/** The same, directory by directory with a pause between; what was found until `goesOn` says that it does not. */
export async function findInSteps(
  starts: readonly Start[],
  files: WorkspaceFiles,
  directories: Directories,
  goesOn: () => Promise<boolean>,
): Promise<WalkResult> {
  const walk = new Walk(files, directories);
  for (const _ of walk.steps(starts)) if (!(await goesOn())) break;
  return walk.end();
}

class Walk {
  private readonly found = new Map<string, Candidate>();
  private readonly links: { readonly candidate: Candidate; readonly target: string }[] = [];
  private readonly entered: Directory[] = [];
  private readonly notes: Note[] = [];
  private start = '';

  constructor(
    private readonly files: WorkspaceFiles,
    private readonly directories: Directories,
  ) {}

  /** Yields before it looks into a directory. */
  *steps(starts: readonly Start[]): Iterable<undefined> {
    for (const start of starts) {
      if (start.kind === 'file') this.name(start.path, start.home);
      else yield* this.begin(start.path, start.real);
    }
  }

  private name(path: string, home: string): void {
    const directory = this.directories.at(path.slice(0, Math.max(1, path.lastIndexOf('/'))), home);
    this.found.set(path, { path, named: true, start: home, directory });
  }

  private *begin(path: string, real: string): Iterable<undefined> {
    this.start = path;
    yield* this.enter(this.directories.at(path), real, real);
  }

  /** `real` is what the directory really is, links resolved; `base` the same of the one that was given. */
  private *enter(directory: Directory, real: string, base: string): Iterable<undefined> {
    yield;
    this.entered.push(directory);
    const entries = this.files.list(directory.path);
    if (!entries) {
      // Its parent has it, but its name has bytes that became this character.
      if (directory.path.includes('\ufffd'))
        this.notes.push({ path: directory.path, reason: 'its name is not valid UTF-8', fails: true });
      return;
    }
    if (isRefused(entries)) {
      this.notes.push({ path: directory.path, reason: entries.reason ?? entries.refused, fails: true });
      return;
    }
    for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1)))
      yield* this.meet(entry, directory, real, base);
  }

  private *meet(entry: Entry, directory: Directory, real: string, base: string): Iterable<undefined> {
    const { name, kind, target } = entry;
    const path = pathIn(directory.path, name);
    if (target !== undefined) this.meetLink(entry, target, directory, real, base);
    else if (kind === 'directory') {
      if (leftOut(directory, name, true)) return;
      // Listed first: then a host with a disk knows at once what is not in it.
      this.files.list(path);
      yield* this.enter(this.directories.enter(directory, name), pathIn(real, name), base);
    } else if (kind === 'file' && !this.found.has(path) && !leftOut(directory, name, false))
      this.found.set(path, { path, named: false, start: this.start, directory });
  }

  /** A directory inside of what is walked is met under its own name; one outside was not asked for. */
  private meetLink({ name, kind }: Entry, target: string, directory: Directory, real: string, base: string): void {
    if (kind === 'other' || leftOut(directory, name, false)) return;
    const path = pathIn(directory.path, name);
    if (kind === 'directory' && isInside(target, real))
      this.notes.push({ path, reason: 'skipped: symbolic link to a parent directory', fails: false });
    if (kind === 'file' && isInside(base, target))
      this.links.push({ candidate: { path, named: false, start: this.start, directory }, target });
  }

  /** A link to a file that is found under its own name is left out. */
  end(): WalkResult {
    const own = new Set(this.found.keys());
    for (const { candidate, target } of this.links)
      if (!own.has(target) && !this.found.has(candidate.path)) this.found.set(candidate.path, candidate);
    return { candidates: [...this.found.values()], directories: this.entered, notes: this.notes };
  }
}
