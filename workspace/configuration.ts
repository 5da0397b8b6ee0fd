/** Configuration files as a host finds them. */
import { CONFIG_NAMES, IGNORED_HELP, type ReadConfig, readConfig } from '../core/config/read.ts';
import { NO_CONFIG } from '../core/config/resolve.ts';
import { coversPath } from '../core/glob.ts';
import { isInside, nameOf, parentDirectory, pathFrom } from '../core/path.ts';
import type { Rule } from '../core/rule.ts';
import { type Content, isRefused, type Refused } from './files.ts';

/** A configuration file as far as it can be read. The spans of its problems are spans of `text`. */
export interface ConfigFile extends ReadConfig {
  readonly path: string;
  /** What the globs in it are relative to. */
  readonly directory: string;
  /** Empty when it cannot be read. */
  readonly text: string;
}

/** Whether a file is a configuration by its name: such a file is never a document of one of the languages. */
export function isConfigName(path: string): boolean {
  return CONFIG_NAMES.includes(nameOf(path));
}

/**
 * A path as the globs of a configuration see it: from the configuration's directory. For what is outside of that (the
 * user has named a configuration from elsewhere) they count from `root`.
 */
export function pathInConfig({ directory }: ConfigFile, path: string, root: string): string {
  return pathFrom(isInside(directory, path) ? directory : root, path);
}

/** Whether the configuration ignores a file or directory, or a directory that it is in. */
export function ignores(file: ConfigFile, path: string, isDirectory: boolean, root: string): boolean {
  return ignoringGlob(file, path, isDirectory, root) !== undefined;
}

/** The first glob of its `ignore` that matches a file or directory, or a directory that it is in. */
export function ignoringGlob(file: ConfigFile, path: string, isDirectory: boolean, root: string): string | undefined {
  const { ignore } = file.config;
  if (ignore.length === 0) return undefined;
  const below = pathInConfig(file, path, root);
  return ignore.find(glob => coversPath(glob, below, isDirectory));
}

/** Reads configurations; one that says the same as before is not read again. */
export class Configurations {
  private readonly known = new Map<string, { readonly content: Content; readonly file: ConfigFile }>();

  constructor(private readonly rules: readonly Rule[]) {}

  /** The same object as before when the file says the same. */
  read(path: string, content: Content): ConfigFile {
    const known = this.known.get(path);
    if (known && same(known.content, content)) return known.file;
    const text = isRefused(content) ? '' : content.text;
    const what = isRefused(content) ? unread(content) : readConfig(text, this.rules);
    const file: ConfigFile = { path, directory: parentDirectory(path), text, ...what };
    this.known.set(path, { content, file });
    return file;
  }

  /** Forgets the files that are not among these. */
  keep(paths: ReadonlySet<string>): void {
    for (const path of this.known.keys()) if (!paths.has(path)) this.known.delete(path);
  }
}

function same(a: Content, b: Content): boolean {
  if (a === b) return true;
  if (isRefused(a) || isRefused(b)) return isRefused(a) && isRefused(b) && reasonOf(a) === reasonOf(b);
  return a.text === b.text;
}

function unread(why: Refused): ReadConfig {
  return {
    config: NO_CONFIG,
    problems: [
      { span: { start: 0, end: 0 }, message: `Configuration is ignored: ${reasonOf(why)}`, help: IGNORED_HELP },
    ],
  };
}

/** Why a file is not read, to follow a colon. */
export function reasonOf({ refused, reason = 'it cannot be opened' }: Refused): string {
  switch (refused) {
    case 'outside':
      return 'the link leads out of the repository';
    case 'too-large':
      return 'it is too large';
    case 'not-plain':
      return 'it is not a regular file';
    case 'unreadable':
      return reason;
    default:
      return 'it is not valid UTF-8';
  }
}
