/** What Git knows of a working tree. Git runs with argument arrays and without the programs that a checkout can configure. */
import type { SpawnSyncReturns } from 'node:child_process';
import { pathIn } from '../core/path.ts';
import { childProcess } from './builtins.ts';
import { absolute } from './paths.ts';

/** A file that differs between two states of a repository. Paths are absolute. */
export interface Change {
  /** `undefined` when the file is not there afterwards. */
  readonly path: string | undefined;
  /** The path before, which differs when the file was renamed; `undefined` when it was not there. */
  readonly before: string | undefined;
  /** The object that holds the content before. */
  readonly object: string | undefined;
}

/** Git cannot answer; the message is for the user. */
export class GitError extends Error {}

/** Of the answer of one command, in bytes. */
const LONGEST_ANSWER = 256 * 1024 ** 2;

/** No monitor of the file system, no hooks: both are programs that a configuration names. */
const SAFE = [
  '--no-pager',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.quotePath=false',
];
const RAW = ['--raw', '-z', '--no-abbrev', '--no-ext-diff', '--no-textconv', '--ignore-submodules'];

export class Git {
  private constructor(
    private readonly program: string,
    /** Of the working tree, absolute. */
    readonly root: string,
  ) {}

  /** The repository that was found before. */
  static at(root: string, program: string): Git {
    return new Git(program, root);
  }

  /** The repository around a directory. Throws {@link GitError} when there is none. `program`: its absolute path. */
  static around(directory: string, program: string): Git {
    const here = new Git(program, directory);
    // The way up and not the name of the top: that one has its symbolic links resolved.
    const up = here.ask('rev-parse', '--show-cdup')?.trim();
    if (up === undefined || here.ask('rev-parse', '--is-inside-work-tree')?.trim() !== 'true')
      throw new GitError('not in a Git repository');
    return new Git(program, absolute(directory, up === '' ? '.' : up));
  }

  /** The commit of a name; `undefined` when there is none. */
  commit(name: string): string | undefined {
    // An option is no name.
    if (name.startsWith('-')) return undefined;
    return this.ask('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`)?.trim();
  }

  /** The commit at which the history of HEAD left that of another one; `undefined` when they share none. */
  mergeBase(commit: string): string | undefined {
    return this.ask('merge-base', commit, 'HEAD')?.trim();
  }

  isShallow(): boolean {
    return this.ask('rev-parse', '--is-shallow-repository')?.trim() === 'true';
  }

  /** What differs between a commit and the working tree; files that are new and not ignored are among them. */
  changesSince(commit: string): readonly Change[] {
    return [...this.diff('diff', ...RAW, '-M', commit, '--'), ...this.untracked()];
  }

  /** What is staged. */
  staged(): readonly Change[] {
    return this.diff('diff', '--cached', ...RAW, '-M', this.commit('HEAD') ?? this.emptyTree(), '--');
  }

  /** What differs between the index and the working tree. */
  unstaged(): readonly Change[] {
    return [...this.diff('diff', ...RAW, '--no-renames', '--'), ...this.untracked()];
  }

  /** The bytes of an object; `undefined` when it has more than `most`. Throws {@link GitError}. */
  bytes(object: string, most: number): Uint8Array | undefined {
    const { stdout, error, status } = this.run(['cat-file', 'blob', object], most + 1);
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOBUFS' || stdout.length > most) return undefined;
    if (error || status !== 0) throw new GitError('Git does not have the content of a file; is the clone partial?');
    return stdout;
  }

  private untracked(): readonly Change[] {
    const names = this.tell('ls-files', '--others', '--exclude-standard', '-z', '--full-name', ':/');
    return split(names).map(name => ({ path: pathIn(this.root, name), before: undefined, object: undefined }));
  }

  private emptyTree(): string {
    return this.tell('hash-object', '-t', 'tree', '--stdin').trim();
  }

  /** `:mode mode object object status`, then one path, or two of what was renamed. */
  private diff(...args: string[]): readonly Change[] {
    const fields = split(this.tell(...args));
    const changes: Change[] = [];
    for (let i = 0; i < fields.length; ) {
      const [mode = '', , object = '', , status = ''] = fields[i++]!.split(' ');
      const first = pathIn(this.root, fields[i++] ?? '');
      const isRenamed = status.startsWith('R') || status.startsWith('C');
      const second = isRenamed ? pathIn(this.root, fields[i++] ?? '') : first;
      const isNew = status.startsWith('A') || mode === ':000000';
      changes.push({
        path: status.startsWith('D') ? undefined : second,
        before: isNew ? undefined : first,
        object: isNew || /^0+$/.test(object) ? undefined : object,
      });
    }
    return changes;
  }

  /** The answer; `undefined` when Git says no. */
  private ask(...args: string[]): string | undefined {
    const { error, status, stdout } = this.run(args, LONGEST_ANSWER);
    return error || status !== 0 ? undefined : stdout.toString('utf8');
  }

  private tell(...args: string[]): string {
    const answer = this.ask(...args);
    if (answer === undefined) throw new GitError(`\`git ${args[0]}\` failed`);
    return answer;
  }

  private run(args: readonly string[], maxBuffer: number): SpawnSyncReturns<Buffer> {
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' };
    const options = { cwd: this.root, env, input: '', maxBuffer, windowsHide: true };
    return childProcess().spawnSync(this.program, [...SAFE, ...args], options);
  }
}

const split = (text: string): string[] => text.split('\0').filter(part => part !== '');
