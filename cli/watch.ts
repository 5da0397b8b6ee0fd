/** `--watch`: lints again whenever something changes, until Ctrl-C. */
import { type FSWatcher, lstatSync, readdirSync, watch as watchDirectory } from 'node:fs';
import { parentDirectory, pathIn } from '../core/path.ts';
import { absolute } from '../node/paths.ts';
import { reasonOf } from '../node/reason.ts';
import { CommandError, type Host } from './host.ts';
import type { LintOptions } from './options.ts';
import { startsOf } from './starts.ts';

/** Editors and Git write several files at once: what comes in this time is one change. In milliseconds. */
const SETTLES_AFTER = 100;
/** The exit status of a program that Ctrl-C ends. */
const INTERRUPTED = 130;
const CLEAR = '\u001b[2J\u001b[3J\u001b[H';

/** Calls back with the path of everything that changes in directories; returns what ends it. */
export type Watcher = (directories: readonly string[], onChange: (path: string) => void) => () => void;

/** Runs `round` now and after each change. A round that Ctrl-C ended is the last one. */
export async function watched(
  options: LintOptions,
  host: Host,
  round: () => Promise<number>,
  watcher: Watcher = onDisk,
): Promise<number> {
  const { starts } = startsOf(host.cwd, options.paths);
  const directories = starts.map(({ kind, path }) => (kind === 'directory' ? path : parentDirectory(path)));
  const ours = new Set(options.outputs.flatMap(({ file }) => (file === undefined ? [] : absolute(host.cwd, file))));
  let changed = false;
  let wake = (): void => {};
  let ended = false;
  const end = (): void => {
    ended = true;
    wake();
  };
  // The second time ends the process at once, also in a round.
  process.once('SIGINT', end);
  const close = watcher([...new Set(directories)], path => {
    if (ours.has(path) || NOT_OURS.test(path)) return;
    changed = true;
    wake();
  });
  try {
    for (;;) {
      changed = false;
      if (host.stdout.isTTY) host.stdout.write(CLEAR);
      if ((await round()) === INTERRUPTED || ended) return INTERRUPTED;
      host.stderr.write('bakelint: watching for changes; Ctrl+C ends\n');
      while (!changed && !ended) await new Promise<void>(resolve => (wake = resolve));
      if (ended) return INTERRUPTED;
      await new Promise(resolve => setTimeout(resolve, SETTLES_AFTER));
    }
  } finally {
    process.off('SIGINT', end);
    close();
  }
}

/** What tools write for themselves, and files between their writing and their renaming. */
const NOT_OURS = /(?:^|\/)(?:\.git|node_modules)(?:\/|$)|\/\.bakelint-\d{1,10}-\d{1,10}\.tmp$/;

/**
 * Each directory is watched on its own: what Node does for whole trees on Linux begins too late, and takes a watch for
 * each file.
 */
class DirectoryWatcher {
  private readonly watchers = new Map<string, FSWatcher>();

  constructor(private readonly onChange: (path: string) => void) {}

  /** Watches a directory and those in it. Throws what the file system says. */
  add(directory: string): void {
    if (this.watchers.has(directory) || NOT_OURS.test(directory)) return;
    const watcher = watchDirectory(directory, (_, name) => {
      const path = name === null ? directory : pathIn(directory, name);
      this.onChange(path);
      this.addNew(path);
    });
    watcher.on('error', () => this.drop(directory));
    this.watchers.set(directory, watcher);
    for (const entry of readdirSync(directory, { withFileTypes: true }))
      if (entry.isDirectory()) this.addNew(pathIn(directory, entry.name));
  }

  close(): void {
    for (const watcher of this.watchers.values()) watcher.close();
  }

  private addNew(path: string): void {
    try {
      if (lstatSync(path).isDirectory()) this.add(path);
    } catch {
      // It is gone, or nobody may look into it: the lint says so.
      this.drop(path);
    }
  }

  private drop(directory: string): void {
    this.watchers.get(directory)?.close();
    this.watchers.delete(directory);
  }
}

const onDisk: Watcher = (directories, onChange) => {
  const watcher = new DirectoryWatcher(onChange);
  try {
    for (const directory of directories) watcher.add(directory);
  } catch (error) {
    watcher.close();
    throw new CommandError(`\`--watch\` cannot watch: ${reasonOf(error)}`);
  }
  return () => watcher.close();
};
