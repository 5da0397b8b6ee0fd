import type { LowerContext } from '../../core/language.ts';
import { nameOf, parentDirectory, pathIn } from '../../core/path.ts';
import type { DockerfileTree } from './tree.ts';

/** How many files of a directory are read, and how much of each. */
const MOST_FILES = 20;
const LONGEST = 100_000;
const DOCKERFILE = /dockerfile|containerfile/i;
/** A base that may be a stage of another file: a bare name that is made of several words. */
const STAGE = /^[a-z\d]{1,40}(?:[-_][a-z\d]{1,40}){1,4}$/;
/** What a preprocessor puts in the place of the line: `@INCLUDE Dockerfile.rpm`, `INCLUDE ./Dockerfile.rpm`, `include(Dockerfile.rpm)`, `@EXEC [ … ] && include Dockerfile.rpm`. */
const INCLUDE = /^(?:@[^\n]{1,200}[ \t;&])?[@#%]?include\b[ \t]{0,8}["'`<(]{0,2}([\w./-]{1,200})/gim;

/** Whether another Dockerfile of the directory takes this one in, whose first base may then be a stage of that file. */
export function isIncluded(tree: DockerfileTree, { files, path }: Pick<LowerContext, 'files' | 'path'>): boolean {
  const base = tree.stages[0]?.base;
  if (path === undefined || base?.kind !== 'image' || !STAGE.test(base.image.literal ?? '')) return false;
  const directory = parentDirectory(path);
  const own = nameOf(path);
  const others = (files.list(directory) ?? []).filter(name => name !== own && DOCKERFILE.test(name));
  return others.slice(0, MOST_FILES).some(name => {
    const text = files.read(pathIn(directory, name))?.slice(0, LONGEST) ?? '';
    return [...text.matchAll(INCLUDE)].some(match => nameOf(match[1]!) === own);
  });
}
