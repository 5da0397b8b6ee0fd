/** Where the build context of a Dockerfile is, as what it copies shows, and the files in it. */
import type { Files } from '../../core/language.ts';
import { memo } from '../../core/memo.ts';
import { joinPath, parentDirectory } from '../../core/path.ts';
import { contextOf } from './docker-ignore.ts';
import type { DockerfileTree } from './tree.ts';

/** A file of the build context. */
export interface ContextFile {
  /** As `Files` has it. */
  readonly path: string;
  readonly text: string;
}

/** How far above the Dockerfile the context may be, and so many of its sources are looked for. */
const MOST_ABOVE = 6;
const MOST_SOURCES = 12;

/** Finds files of one document's context. `undefined`: there is none, it is not known (yet), or it may be one of several. */
export type ContextFinder = (name: string) => ContextFile | undefined;

export function contextFinder(tree: DockerfileTree, path: string, files: Files): ContextFinder {
  const known = new Map<string, ContextFile | undefined>();
  return name => {
    if (!known.has(name)) known.set(name, onlyOne(name, contextsOf(tree, path, files), files));
    return known.get(name);
  };
}

/** The directories that may be the context of one document, counted once. */
export function contextsOf(tree: DockerfileTree, path: string, files: Files): readonly string[] {
  const known = counted(tree);
  known.directories ??= likelyContexts(tree, parentDirectory(path), files);
  return known.directories;
}
const counted = memo((_: DockerfileTree): { directories?: readonly string[] } => ({}));

function onlyOne(name: string, directories: readonly string[], files: Files): ContextFile | undefined {
  let found: ContextFile | undefined;
  for (const directory of directories) {
    const path = joinPath(directory, name);
    const text = files.read(path);
    if (typeof text !== 'string') continue;
    if (found && found.text !== text) return undefined;
    found ??= { path, text };
  }
  return found;
}

/** The directories that have the most of what is copied: a build from any other would not find it. */
function likelyContexts(tree: DockerfileTree, own: string, files: Files): readonly string[] {
  const directories = new Set([contextOf(own, tree), own]);
  for (let folder = own; directories.size < MOST_ABOVE; ) {
    const parent = parentDirectory(folder);
    if (parent === folder || folder === '.') break;
    directories.add(parent);
    folder = parent;
  }
  const names = sourcesIn(tree).slice(0, MOST_SOURCES);
  const isThere = (whole: string): boolean => typeof files.read(whole) === 'string' || Boolean(files.list(whole));
  const counted = [...directories].map(directory => ({
    directory,
    there: names.filter(name => isThere(joinPath(directory, name))),
  }));
  const atOwn = counted.find(({ directory }) => directory === own)!.there;
  const most = Math.max(...counted.map(({ there }) => there.length));
  return counted
    .filter(({ there }) => there.length === most)
    .map(({ directory, there }) => (isElsewhere(there, atOwn) ? directory : own));
}

/**
 * Whether these files show that the context is theirs and not the Dockerfile's own directory, which has some of what is copied
 * too: one file with a common name is no evidence, such as the `install.sh` of a repository for that of a package.
 */
function isElsewhere(there: readonly string[], atOwn: readonly string[]): boolean {
  if (atOwn.length === 0 || there.length === atOwn.length) return true;
  const others = there.filter(name => !atOwn.includes(name));
  return others.length > 1 || others[0]!.includes('/');
}

/** What is copied from the context by name: not everything, and no patterns. */
function sourcesIn({ instructions }: DockerfileTree): readonly string[] {
  const names = instructions.flatMap(one =>
    (one.kind === 'copy' || one.kind === 'add') && one.origin.kind === 'context'
      ? one.sources.flatMap(({ literal }) => literal ?? [])
      : [],
  );
  return [...new Set(names.map(name => name.replace(/^(?:\.?\/)+/, '')))].filter(
    name => name !== '' && name !== '.' && !name.includes(':') && !/[*?[]/.test(name),
  );
}
