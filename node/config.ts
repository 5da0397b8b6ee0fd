import { existsSync, realpathSync } from 'node:fs';
import { CONFIG_NAMES, LONGEST_CONFIG, readConfig } from '../core/config/read.ts';
import { type Config, NO_CONFIG } from '../core/config/resolve.ts';
import type { Finding } from '../core/finding.ts';
import { folderOf } from '../core/path.ts';
import type { Rule } from '../core/rule.ts';
import { decode } from './decode.ts';
import { readPlain } from './files.ts';
import { isInside, repositories } from './paths.ts';

/** A configuration file as far as it can be read. */
export interface FoundConfig {
  /** Absolute, POSIX style. */
  readonly path: string;
  /** What the globs in it are relative to. */
  readonly folder: string;
  readonly text: string;
  readonly config: Config;
  /** Spans are spans of `text`. */
  readonly problems: readonly Finding[];
}

/** Finds and reads configurations; each folder and each file is looked at once. */
export interface Configs {
  /** The configuration for the files of a folder: the nearest one, up to the repository's root. */
  of(folder: string): FoundConfig | undefined;
  /** The configuration in a file that somebody named. Throws what the file system says when it cannot be opened. */
  at(path: string): FoundConfig;
}

export function configs(rules: readonly Rule[], repositoryOf = repositories()): Configs {
  const known = new Map<string, FoundConfig | undefined>();
  const inFolder = (folder: string): FoundConfig | undefined => {
    const path = CONFIG_NAMES.map(name => `${folder === '/' ? '' : folder}/${name}`).find(path => existsSync(path));
    if (path === undefined) return undefined;
    try {
      const root = repositoryOf(folder);
      const real = realpathSync.native(path).replaceAll('\\', '/');
      if (root !== undefined && !isInside(realpathSync.native(root).replaceAll('\\', '/'), real))
        return unread(path, 'This configuration is a link out of the repository, so it is not read.');
      return load(path, rules);
    } catch (error) {
      return unread(path, `This configuration cannot be opened (${(error as NodeJS.ErrnoException).code}).`);
    }
  };
  return {
    of(folder) {
      const asked: string[] = [];
      const root = repositoryOf(folder);
      let found: FoundConfig | undefined;
      for (let at = folder; ; at = folderOf(at)) {
        if (known.has(at)) {
          found = known.get(at);
          break;
        }
        asked.push(at);
        found = inFolder(at);
        if (found || at === root || folderOf(at) === at || !at.includes('/')) break;
      }
      for (const one of asked) known.set(one, found);
      return found;
    },
    at: path => load(path, rules),
  };
}

function unread(path: string, message: string): FoundConfig {
  const problems = [{ span: { start: 0, end: 0 }, message }];
  return { path, folder: folderOf(path), text: '', config: NO_CONFIG, problems };
}

function load(path: string, rules: readonly Rule[]): FoundConfig {
  // A character takes four bytes at most; what is longer than that is refused unread.
  const bytes = readPlain(path, 4 * LONGEST_CONFIG);
  if (typeof bytes === 'string')
    return unread(path, 'This configuration is too large or no plain file, so it is not read.');
  const decoded = decode(bytes);
  if ('problem' in decoded) return unread(path, 'This configuration is not UTF-8 text, so it is not read.');
  return { path, folder: folderOf(path), text: decoded.text, ...readConfig(decoded.text, rules) };
}
