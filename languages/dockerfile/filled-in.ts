/** Variables of a Dockerfile that a program fills in before it is built, and not the builder: those of `envsubst` and of Maven. */
import type { Files } from '../../core/language.ts';
import { nameOf, parentDirectory } from '../../core/path.ts';
import { buildFilesAround } from '../../facts/build-files.ts';
import type { Placeholder } from '../../facts/placeholders.ts';

const VARIABLE = /\$(?:\{([A-Za-z_]\w{0,80})\}|([A-Za-z_]\w{0,80}))/g;
/** `${project.version}`: no variable of a builder has a dot. */
const PROPERTY = /\$\{[A-Za-z_]\w{0,60}(?:[.-][A-Za-z_]\w{0,60}){1,8}\}/g;
/** What names the files of a build that fills in properties. */
const PROJECT = /^(?:pom\.xml|build\.gradle(?:\.kts)?|build\.xml|build\.sbt)$/;
/** Directories above a file in which its project may be. */
const MOST_PARENTS = 6;
/** Files with more variables are not searched. */
const MOST = 2_000;

/** Them, in order. */
export function filledIn(text: string, path: string | undefined, files: Files): readonly Placeholder[] {
  if (path === undefined || !text.includes('$')) return [];
  const substituted = text.includes('FROM') ? substitutedIn(text, path, files) : [];
  if (substituted.length > 0) return substituted;
  const properties = rangesOf(text.matchAll(PROPERTY));
  return properties.length > 0 && isFiltered(path, files) ? properties : [];
}

function rangesOf(matches: Iterable<RegExpMatchArray>): Placeholder[] {
  const found: Placeholder[] = [];
  for (const { 0: word, index = 0 } of matches) {
    found.push({ start: index, end: index + word.length });
    if (found.length > MOST) return [];
  }
  return found;
}

/** Whether a build that fills in properties is around the file. */
function isFiltered(path: string, files: Files): boolean {
  let folder = parentDirectory(path);
  for (let i = 0; i <= MOST_PARENTS; i++) {
    if (files.list(folder)?.some(name => PROJECT.test(name))) return true;
    const parent = parentDirectory(folder);
    if (parent === folder || nameOf(folder) === '..') return false;
    folder = parent;
  }
  return false;
}

/** Variables in a `FROM` of which the file declares none. Only then is it worth to look for a program. */
function substitutedIn(text: string, path: string, files: Files): readonly Placeholder[] {
  const used = [...text.matchAll(/^[ \t]{0,20}FROM[ \t][^\n]{0,300}/gim)].flatMap(([line]) =>
    [...line.matchAll(VARIABLE)].flatMap(([, braced, bare]) => braced ?? bare ?? []),
  );
  const declared = new Set<string | undefined>(
    [...text.matchAll(/^[ \t]{0,20}ARG[ \t]([^\n]{0,300})/gim)].flatMap(([, names = '']) =>
      names.split(/\s+/).map(one => one.split('=', 1)[0]),
    ),
  );
  if (used.every(name => declared.has(name))) return [];
  const only = substitutes(path, files);
  if (!only) return [];
  const names = only.length > 0 ? new Set(only) : undefined;
  return rangesOf([...text.matchAll(VARIABLE)].filter(([, braced, bare]) => !names || names.has(braced ?? bare ?? '')));
}

/** The variables that `envsubst` replaces in the file, none for all of them; `undefined` where nothing runs it on the file. */
function substitutes(path: string, files: Files): readonly string[] | undefined {
  const name = nameOf(path);
  if (name.endsWith('.envsubst')) return [];
  for (const { text } of buildFilesAround(path, files) ?? []) {
    if (!text.includes('envsubst')) continue;
    for (const line of text.split('\n')) {
      const at = line.indexOf('envsubst');
      if (at < 0) continue;
      // `envsubst '$A $B' < Dockerfile.in`, `cat Dockerfile.in | envsubst`, and in a rule of make `envsubst < $<`.
      const input = /<[ \t]{0,9}["']?([^\s"'|;&>]{1,200})/.exec(line.slice(at))?.[1] ?? line.slice(0, at);
      const isRule = /^\$[<^@(]/.test(input) && text.includes(name);
      if (!isRule && !namesFile(input, name)) continue;
      return [...(/'([^']{1,400})'/.exec(line.slice(at))?.[1]?.matchAll(VARIABLE) ?? [])].flatMap(
        ([, braced, bare]) => braced ?? bare ?? [],
      );
    }
  }
  return undefined;
}

/** Whether one of the words of a command is the file's name, with any directory in front. */
const namesFile = (text: string, name: string): boolean =>
  text.split(/[\s"'|;&()=]+/).some(word => word === name || word.endsWith(`/${name}`));
