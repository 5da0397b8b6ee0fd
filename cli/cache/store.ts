import {
  closeSync,
  fstatSync,
  futimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { workerThreads } from '../../node/builtins.ts';
import { reasonOf } from '../../node/reason.ts';

/** The form of the entries: another one is in another directory. */
const FORM = 'v1';
/** In bytes; the entries that were used last stay. */
export const LARGEST_CACHE = 256 * 1024 ** 2;
/** A used entry is marked as such once a day, in milliseconds. */
const DAY = 24 * 60 * 60 * 1000;
/** What a killed process left behind, in milliseconds. */
const ABANDONED = 60 * 60 * 1000;
/** Larger entries are not kept, in UTF-16 code units: a file with very many findings. */
const LONGEST_ENTRY = 4 * 1024 ** 2;

/** https://bford.info/cachedir/: backups leave out the directory. */
const TAG = 'Signature: 8a477f597d28d172789f06886806bc55\n# Written by bakelint. Safe to delete.\n';

/** Where the texts of entries are kept. */
export interface EntryStore {
  read(name: string): string | undefined;
  /** Says why the text could not be written. */
  write(name: string, text: string): string | undefined;
  /** Called at the end of a run. */
  limit(): void;
}

/** Entries of one process; those of the last two runs, or a little more. */
export class MemoryStore implements EntryStore {
  private recent = new Map<string, string>();
  private older = new Map<string, string>();

  read(name: string): string | undefined {
    const text = this.recent.get(name) ?? this.older.get(name);
    if (text !== undefined) this.recent.set(name, text);
    return text;
  }

  write(name: string, text: string): undefined {
    this.recent.set(name, text);
  }

  limit(): void {
    this.older = this.recent;
    this.recent = new Map();
  }
}

/** Texts by name in a directory. Several processes may use it at once: a text is written whole or not at all. */
export class Store implements EntryStore {
  private made = new Set<string>();
  private written = 0;
  /** After the first failure nothing more is written. */
  private failure: string | undefined;

  constructor(private readonly directory: string) {}

  read(name: string): string | undefined {
    try {
      const handle = openSync(this.pathOf(name), 'r');
      try {
        const { mtimeMs } = fstatSync(handle);
        const text = readFileSync(handle, 'utf8');
        // A cache that may only be read is one all the same.
        if (Date.now() - mtimeMs > DAY) quietly(() => futimesSync(handle, new Date(), new Date()));
        return text;
      } finally {
        closeSync(handle);
      }
    } catch {
      return undefined;
    }
  }

  /** Says why the text could not be written. */
  write(name: string, text: string): string | undefined {
    if (this.failure !== undefined) return this.failure;
    if (text.length > LONGEST_ENTRY) return undefined;
    const path = this.pathOf(name);
    const temporary = `${path}.${process.pid}-${workerThreads().threadId}-${this.written++}.tmp`;
    try {
      this.make(name.slice(0, 2));
      writeFileSync(temporary, text, { flag: 'wx', mode: 0o600 });
      renameSync(temporary, path);
    } catch (error) {
      this.failure = reasonOf(error);
      quietly(() => rmSync(temporary, { force: true }));
    }
    return this.failure;
  }

  /** Removes the entries that were not used for longest, until the rest is small enough. */
  limit(most = LARGEST_CACHE, now = Date.now()): void {
    // A run that wrote nothing has nothing to limit.
    if (this.written === 0) return;
    const entries: { path: string; size: number; used: number }[] = [];
    const root = join(this.directory, FORM);
    for (const part of namesIn(root))
      for (const name of namesIn(join(root, part))) {
        const path = join(root, part, name);
        const stat = statSync(path, { throwIfNoEntry: false });
        if (!stat) continue;
        if (!name.endsWith('.tmp')) entries.push({ path, size: stat.size, used: stat.mtimeMs });
        else if (now - stat.mtimeMs > ABANDONED) quietly(() => rmSync(path, { force: true }));
      }
    let size = entries.reduce((sum, entry) => sum + entry.size, 0);
    if (size <= most) return;
    entries.sort((a, b) => a.used - b.used);
    // Some room, so that not every run has to remove something.
    for (const entry of entries) {
      if (size <= most * 0.8) return;
      quietly(() => rmSync(entry.path, { force: true }));
      size -= entry.size;
    }
  }

  private make(part: string): void {
    if (this.made.has(part)) return;
    mkdirSync(join(this.directory, FORM, part), { recursive: true, mode: 0o700 });
    if (this.made.size === 0) {
      keep(join(this.directory, 'CACHEDIR.TAG'), TAG);
      // In a repository it is nobody's to commit or to lint.
      keep(join(this.directory, '.gitignore'), '*\n');
    }
    this.made.add(part);
  }

  private pathOf(name: string): string {
    return join(this.directory, FORM, name.slice(0, 2), name.slice(2));
  }
}

function keep(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function quietly(change: () => void): void {
  try {
    change();
  } catch {
    // Nothing depends on it.
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
