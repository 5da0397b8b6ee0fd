/** Finds the documents that name a file: the templates that run a script. Looked for near the file first, and not forever. */
import type { ImageBuild } from '../core/build.ts';
import type { Language } from '../core/language.ts';
import { type Engine, languageOf, lower } from '../core/linter.ts';
import { isInside, joinPath, nameOf, parentDirectory, parentOf, pathIn } from '../core/path.ts';
import { type Directories, type Directory, leftOut } from './directories.ts';
import { type Entry, isRefused, type Refused, type WorkspaceFiles } from './files.ts';
import { filesIn } from './related.ts';

/** A document that names a file. */
export interface Referrer {
  readonly path: string;
  readonly text: string;
  readonly directory: Directory;
}

/** What is searched. */
export interface Search {
  readonly engine: Engine;
  readonly files: WorkspaceFiles;
  readonly directories: Directories;
}

/** So much of a repository is searched for the documents that name a file. */
const MOST_DIRECTORIES = 1_000;
const MOST_READ = 500;
const MOST_LOWERED = 60;
/** So many documents are linted for one file. */
const MOST_REFERRERS = 20;

/** Scripts tell by their name or by their first line. */
const SCRIPT_NAME = /\.(?:sh|bash|zsh|ksh|ps1|psm1|bat|cmd)$/i;
/** Answers for installers, templates, and names without an ending. */
const OTHER_NAME = /\.(?:ks|cfg|xml|preseed|seed|tpl|tftpl|tmpl|pkrtpl|hcl)$|^[^.]{1,100}$/i;

/** Whether a file in none of the languages is a script by its looks. */
export function isScript(path: string, text: string): boolean {
  return SCRIPT_NAME.test(path) || text.startsWith('#!') || text.startsWith('\uFEFF#!');
}

/** Whether a file in none of the languages may be one that documents name. */
export function mayBeNamed(path: string, text: string): boolean {
  return isScript(path, text) || OTHER_NAME.test(nameOf(path));
}

/** The documents that name a file, the nearest first. `directory` is what the file is in. */
export function referrersOf(path: string, directory: Directory, search: Search): readonly Referrer[] {
  const found: Referrer[] = [];
  let left = MOST_LOWERED;
  for (const near of documentsNear(directory, search)) {
    if (!near.some(one => mayName(one, path, search))) continue;
    for (const one of near) {
      if (left-- <= 0 || found.length >= MOST_REFERRERS) return found;
      const language = languageOf(search.engine, one);
      if (language?.mayNameFiles?.(one.path) && names(path, one, language, search)) found.push(one);
    }
  }
  return found;
}

/** Occurrences of a name in one text that are looked at. */
const MOST_OCCURRENCES = 50;
/** What puts a path together from several strings or finds the files of a directory. */
const COMPOSED = /\bjoin\(|\bfileset\(|\bformat\(/;
const LONGEST_PATH = 300;
/** What is in front of a path. */
const ENDS_PATH: ReadonlySet<string> = new Set(' \t\r\n"\'`,=()[]');
/** As in a template: relative paths start in its directory, or in one of so many above it. */
const MOST_ABOVE = 3;

/**
 * Whether a text may name a file, as far as shows without reading it as a document: names such as `setup.sh` are in many
 * templates of a repository, and reading one costs far more.
 */
function mayName(one: Referrer, path: string, { engine }: Search): boolean {
  const { text, directory } = one;
  const name = nameOf(path);
  if (engine.languages.some(language => language.namesInImage && language.mayNameFiles?.(one.path)))
    return text.includes(name) || namesDirectoryOf(path, text);
  const isComposed = COMPOSED.test(text);
  for (let at = text.indexOf(name), left = MOST_OCCURRENCES; at >= 0; at = text.indexOf(name, at + 1)) {
    if (isComposed || left-- <= 0) return true;
    let start = at;
    while (start > 0 && at - start < LONGEST_PATH && !ENDS_PATH.has(text[start - 1]!)) start--;
    if (isPathTo(text.slice(start, at + name.length), path, directory.path)) return true;
  }
  return namesDirectoryOf(path, text) && /[*]|[$%]\{|\{\{/.test(text);
}

function namesDirectoryOf(path: string, text: string): boolean {
  const around = nameOf(parentDirectory(path));
  return around !== '' && text.includes(around);
}

/** Whether a path as a document in a directory writes it may lead to a file. */
function isPathTo(written: string, path: string, directory: string): boolean {
  const filledIn = Math.max(written.lastIndexOf('}'), written.lastIndexOf('%'));
  if (filledIn < 0) {
    for (let start: string | undefined = directory, i = 0; start !== undefined && i <= MOST_ABOVE; i++) {
      if (joinPath(start, written) === path) return true;
      start = parentOf(start);
    }
    return false;
  }
  // What comes before is filled in: only the end can be compared.
  const rest = written.slice(filledIn + 1);
  const end = rest.slice(rest.lastIndexOf('../') + 1).replace(/^\.?\/+/, '');
  return path === end || path.endsWith(`/${end}`) || path.endsWith(end);
}

function names(path: string, one: Referrer, language: Language, { engine, files }: Search): boolean {
  const build = lower(one, language, { engine, files: filesIn(one.directory.root, files) });
  return mentionsIn(build).some(({ file, reference }) => file === path && reference && reference.file === undefined);
}

function mentionsIn(build: ImageBuild): ImageBuild['mentions'] {
  return [...build.mentions, ...build.nested.flatMap(mentionsIn)];
}

/** Files that may be documents which name others, directory by directory. */
function* documentsNear(from: Directory, { engine, files, directories }: Search): Generator<readonly Referrer[]> {
  let read = 0;
  for (const { directory, names } of directoriesNear(from, files, directories)) {
    const near: Referrer[] = [];
    for (const name of names) {
      const path = pathIn(directory.path, name);
      if (!engine.languages.some(language => language.mayNameFiles?.(path))) continue;
      if (++read > MOST_READ) break;
      const content = files.read(path, from.root);
      if (content && !isRefused(content)) near.push({ path, text: content.text, directory });
    }
    if (near.length > 0) yield near;
    if (read > MOST_READ) return;
  }
}

/** Directories of the same repository: what is below the nearest ones comes first. What is left out is not looked into. */
function* directoriesNear(
  from: Directory,
  files: WorkspaceFiles,
  directories: Directories,
): Generator<{ readonly directory: Directory; readonly names: readonly string[] }> {
  const { root } = from;
  const seen = new Set<string>();
  for (let top: string | undefined = from.path; top !== undefined && isInside(root, top); top = parentOf(top)) {
    const queue = [directories.at(top, root)];
    for (const directory of queue) {
      if (seen.has(directory.path) || directory.root !== root) continue;
      if (seen.size >= MOST_DIRECTORIES) return;
      seen.add(directory.path);
      const entries = files.list(directory.path, root);
      if (!entries || isRefused(entries)) continue;
      const inside = [...entries]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .filter(({ name, kind, target }) => target === undefined && !leftOut(directory, name, kind === 'directory'));
      yield { directory, names: inside.filter(({ kind }) => kind === 'file').map(({ name }) => name) };
      for (const { name, kind } of inside) if (kind === 'directory') queue.push(directories.enter(directory, name));
    }
  }
}

/**
 * Files of which nothing is asked that a listing at hand denies: for a host to which every question is a message to the
 * editor. Listings that are asked for through it are at hand.
 */
export function byListing(files: WorkspaceFiles): WorkspaceFiles {
  const listings = new Map<string, ReadonlySet<string>>();
  const isThere = (path: string): boolean => listings.get(parentDirectory(path))?.has(nameOf(path)) !== false;
  const note = (directory: string, entries: readonly Entry[] | Refused | null | undefined): typeof entries => {
    if (entries && !isRefused(entries)) listings.set(directory, new Set(entries.map(({ name }) => name)));
    return entries;
  };
  return {
    read: (path, root) => (isThere(path) ? files.read(path, root) : null),
    list: (directory, root) => note(directory, files.list(directory, root)),
    beginning: path => (isThere(path) ? files.beginning(path) : null),
  };
}
