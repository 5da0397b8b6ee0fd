/** Clones of Git repositories, and plain directories that hold the same files. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a repository at one commit. */
export interface Tree {
  readonly paths: readonly string[];
  /** Path to text, for those of the paths that are there. */
  read(paths: readonly string[]): ReadonlyMap<string, string>;
}

export interface Clone {
  readonly directory: string;
  /** What is checked out, or the files of a plain directory. */
  readonly tree: Tree;
  /** Short hash and day of what is checked out. */
  readonly commit: { readonly hash: string; readonly date: string } | undefined;
  /** `v1.2.3` and the like without pre-releases, oldest first. */
  readonly tags: readonly string[];
  at(tag: string): Tree;
  /** The files at tags of a pattern, in the order of their versions. */
  releasesNamed(pattern: RegExp): readonly { readonly tag: string; readonly tree: Tree }[];
}

/** A clone with or without a work tree, or else a plain directory. */
export function cloneIn(directory: string): Clone {
  if (!isRepository(directory))
    return {
      directory,
      tree: directoryTree(directory),
      commit: undefined,
      tags: [],
      at: () => directoryTree(directory),
      releasesNamed: () => [],
    };
  const [hash = '', date = ''] = git(directory, ['log', '-1', '--format=%h %cs']).toString().trim().split(' ');
  const tags = git(directory, ['tag']).toString().split('\n');
  return {
    directory,
    tree: commitTree(directory, 'HEAD'),
    commit: { hash, date },
    tags: tags
      .filter(tag => /^v?\d+\.\d+\.\d+$/.test(tag))
      .toSorted((a, b) => compareVersions(versionOf(a), versionOf(b))),
    at: tag => commitTree(directory, tag),
    releasesNamed: pattern =>
      tags
        .filter(tag => pattern.test(tag))
        .toSorted((a, b) => compareVersions(versionOf(a), versionOf(b)))
        // A branch may have the same name.
        .map(tag => ({ tag, tree: commitTree(directory, `refs/tags/${tag}`) })),
  };
}

/** The clones at or below a directory, two levels deep: whatever has a `go.mod`. */
export function clonesBelow(directory: string): readonly Clone[] {
  const directories = [directory, ...inside(directory), ...inside(directory).flatMap(inside)];
  return directories
    .filter(path => isRepository(path) || existsSync(join(path, 'go.mod')))
    .map(cloneIn)
    .filter(({ tree }) => tree.paths.includes('go.mod'));
}

export const versionOf = (tag: string) => tag.replace(/^v/, '');

/** Below zero when `a` comes before `b`; both like `1.2.3`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map(version => version.split('.').map(Number)) as [number[], number[]];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : left[at]! - (right[at] ?? 0);
}

function inside(directory: string): readonly string[] {
  if (isRepository(directory)) return [];
  return readdirSync(directory)
    .map(name => join(directory, name))
    .filter(path => statSync(path).isDirectory());
}

/** Not asked of Git, which would find the repository that a plain directory lies in. */
function isRepository(directory: string): boolean {
  return (
    existsSync(join(directory, '.git')) || ['HEAD', 'objects', 'refs'].every(name => existsSync(join(directory, name)))
  );
}

function git(directory: string, args: readonly string[], input?: string): Buffer {
  return execFileSync('git', ['-C', directory, ...args], { input, maxBuffer: 1 << 30 });
}

function commitTree(directory: string, ref: string): Tree {
  const paths = git(directory, ['ls-tree', '-r', '-z', '--name-only', ref]).toString().split('\0').filter(Boolean);
  return {
    paths,
    read: wanted => {
      const out = git(directory, ['cat-file', '--batch'], wanted.map(path => `${ref}:${path}\n`).join(''));
      const texts = new Map<string, string>();
      let at = 0;
      for (const path of wanted) {
        const end = out.indexOf(10, at);
        const size = Number(/ blob (\d+)$/.exec(out.toString('utf8', at, end))?.[1]);
        at = end + 1;
        if (Number.isNaN(size)) continue;
        texts.set(path, out.toString('utf8', at, at + size));
        at += size + 1;
      }
      return texts;
    },
  };
}

function directoryTree(directory: string): Tree {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => statSync(join(directory, path)).isFile());
  return {
    paths,
    read: wanted => new Map(wanted.map(path => [path, readFileSync(join(directory, path), 'utf8')])),
  };
}
