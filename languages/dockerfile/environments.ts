/** Environments that names speak of, such as staging. */

import type { Files } from '../../core/language.ts';
import { joinPath, nameOf, parentDirectory } from '../../core/path.ts';
import { ENVIRONMENT_NAMES } from '../../facts/environments.ts';

const DEVELOPMENT = ENVIRONMENT_NAMES.findIndex(names => names.includes('development'));
const TESTS = ENVIRONMENT_NAMES.findIndex(names => names.includes('test'));

/** A part of a name that is such a word, with the index of its list in {@link ENVIRONMENT_NAMES}. */
function environmentOf(word: string): number {
  return ENVIRONMENT_NAMES.findIndex(names => names.includes(word.toLowerCase()));
}

/**
 * The Dockerfile for another environment beside this one, by its path from this one's directory: `Dockerfile.staging` beside
 * `Dockerfile.prod`, or `../staging/Dockerfile`. `undefined` where there is none or the host cannot say.
 */
export function otherEnvironment(path: string, files: Files): string | undefined {
  const folder = parentDirectory(path);
  const name = nameOf(path);
  const words = name.split(/[._-]/);
  for (const [i, word] of words.entries()) {
    const own = environmentOf(word);
    if (own < 0) continue;
    const beside = new Set(files.list(folder) ?? []);
    const at = words.slice(0, i).join('.').length + (i > 0 ? 1 : 0);
    const renamed = othersOf(own).map(other => name.slice(0, at) + other + name.slice(at + word.length));
    // What is only for development or for tests stands beside the one that is deployed.
    if (own !== DEVELOPMENT && own !== TESTS)
      renamed.push(`${name.slice(0, Math.max(at - 1, 0))}${name.slice(at + word.length + (at === 0 ? 1 : 0))}`);
    return renamed.find(one => beside.has(one));
  }
  const own = environmentOf(nameOf(folder));
  if (own < 0) return undefined;
  return othersOf(own)
    .map(other => `../${other}/${name}`)
    .find(other => (files.list(parentDirectory(joinPath(folder, other))) ?? []).includes(name));
}

function othersOf(own: number): readonly string[] {
  return ENVIRONMENT_NAMES.filter((_, i) => i !== own).flat();
}
