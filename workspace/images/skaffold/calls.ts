/** What commands build that run Skaffold: with the file, the repository and the tag that they give. */
import { joinPath, parentDirectory, pathBeside } from '../../../core/path.ts';
import type { BuildCall } from '../model.ts';
import type { Naming } from '../naming.ts';
import { firstOf, isShown, lineBefore, MOST, settingsOf } from '../values.ts';
import type { Variants } from '../variants.ts';
import { unquoted, wordsFrom } from '../words.ts';
import { type Artifact, artifactsOf, withOpenTag } from './artifacts.ts';

/** The file that it reads when none is named: https://skaffold.dev/docs/references/cli/ */
export const DEFAULT_FILE = 'skaffold.yaml';
/** Runs of one file. */
const MOST_RUNS = 100;
/** Characters before a command in which its variables are. */
const MOST_SET = 200;

export const RUNS_SKAFFOLD =
  /(?<![\w/-])(?:\$[({]?\w{0,20}SKAFFOLD\w{0,20}[)}]?|(?:\.\/)?skaffold)[ \t]{1,20}(?:build|run|dev|debug)(?=[ \t\\\r\n;&|"')]|$)/g;

interface SkaffoldFile {
  readonly path: string;
  readonly text: string;
}

/** Of a run, what it gives to the images. */
interface SkaffoldRun {
  readonly file: string | undefined;
  readonly profiles: readonly string[];
  readonly images: readonly string[];
  readonly repository: string | undefined;
  readonly tag: string | undefined;
}

/**
 * `path` is that of the file with the commands, and `files` are those of Skaffold that it may name. A run that gives neither a repository nor a tag builds what the file of
 * Skaffold says itself.
 */
export function builtBySkaffold(
  path: string,
  text: string,
  files: readonly SkaffoldFile[],
  runsOf: Variants,
  naming: Naming,
  namingBy: (text: string) => Naming,
): readonly BuildCall[] {
  const builds: BuildCall[] = [];
  const seen = new Set<string>();
  const artifacts = new Map<string, readonly Artifact[]>();
  const inFile = repositoryIn(text);
  for (const { 0: command, index } of firstOf(text.matchAll(RUNS_SKAFFOLD), MOST_RUNS)) {
    if (isShown(text, index)) continue;
    const words = wordsFrom(text, index + command.length).map(({ literal }) => literal);
    const before = REPOSITORY.exec(lineBefore(text, index).slice(-MOST_SET))?.[1];
    const span = { start: index, end: index + command.length };
    for (const { fill, naming: own } of runsOf(index, [...words, before ?? '', '$'].join(' '), naming)) {
      const run = optionsOf(words.map(fill), before === undefined ? inFile : fill(unquoted(before)));
      const file = fileOf(files, run.file);
      if (!file || (run.repository === undefined && run.tag === undefined)) continue;
      const known = artifacts.get(file.path) ?? artifactsOf(settingsOf(file.text), namingBy(''));
      artifacts.set(file.path, known);
      const directory = parentDirectory(pathBeside(path, file.path));
      for (const { image, profile, call } of known) {
        if (profile !== undefined && !run.profiles.includes(profile)) continue;
        if (run.images.length > 0 && !run.images.some(one => image.endsWith(one))) continue;
        const written = nameGiven(image, run);
        const key = JSON.stringify([file.path, own.filled(written)]);
        if (seen.has(key)) continue;
        const [name, part] = [own.named(written, span), own.part(written)];
        if (!name && !part) continue;
        const isOpen = run.tag === undefined;
        if (builds.length >= MOST) return builds;
        seen.add(key);
        builds.push({
          ...call,
          by: 'command',
          context: call.context === undefined ? undefined : joinPath(directory, call.context),
          file: call.file === undefined ? undefined : joinPath(joinPath(directory, call.context ?? '.'), call.file),
          names: name ? [{ ...(isOpen ? withOpenTag(name) : name), certain: false }] : [],
          ...(part ? { parts: [{ ...part, shown: isOpen ? `${part.shown}:{}` : part.shown, span }] } : {}),
          span,
        });
      }
    }
  }
  return builds;
}

const REPOSITORY = /\bSKAFFOLD_DEFAULT_REPO=("[^"\n]{1,150}"|'[^'\n]{1,150}'|[^\s"']{1,150})/;

/** What a script or a workflow sets for all of its commands. */
function repositoryIn(text: string): string | undefined {
  const found =
    /^[ \t-]{0,40}(?:export[ \t]{1,9})?SKAFFOLD_DEFAULT_REPO(?:=|:[ \t]{1,9})([^\s#]{1,150})[ \t\r]{0,9}$/m.exec(text);
  return found ? unquoted(found[1]!) : undefined;
}

function fileOf(files: readonly SkaffoldFile[], written: string | undefined): SkaffoldFile | undefined {
  const name = (written ?? DEFAULT_FILE).replace(/^(?:\.{0,2}\/)+/, '');
  return files.find(({ path }) => path.endsWith(`/${name}`));
}

/**
 * https://skaffold.dev/docs/environment/image-registries/: the name goes after the repository; of one that has a registry,
 * the parts are joined, but for Google's own registries, which keep what both have.
 */
function nameGiven(image: string, { repository, tag }: SkaffoldRun): string {
  const name = image.replace(/(?<=\/[^/]{1,100}|^[^/]{1,100}):[\w.-]{1,100}$/, '');
  const end = tag === undefined ? '' : `:${tag}`;
  if (repository === undefined || repository === '') return `${name}${end}`;
  const isGoogle = /^[\w.-]{1,60}\.(?:gcr\.io|pkg\.dev)\/|^gcr\.io\//.test(repository);
  if (isGoogle && name.startsWith(repository)) return `${name}${end}`;
  const own = isGoogle ? name : name.replace(/[/.]/g, '_');
  return `${repository.replace(/\/$/, '')}/${own}${end}`;
}

function optionsOf(words: readonly string[], repository: string | undefined): SkaffoldRun {
  const given = new Map<string, string[]>();
  for (let i = 0; i < words.length; i++) {
    const [, name, own] = /^(--?[a-z-]{1,30})(?:=([^\n]{0,300}))?$/.exec(words[i]!) ?? [];
    const key = name === undefined ? undefined : OPTIONS.get(name);
    if (key === undefined) continue;
    const value = unquoted(own ?? words[++i] ?? '');
    given.set(key, [...(given.get(key) ?? []), ...(key === 'repository' ? [value] : value.split(','))]);
  }
  return {
    file: given.get('file')?.[0],
    profiles: given.get('profile') ?? [],
    images: given.get('image') ?? [],
    repository: given.get('repository')?.[0] ?? repository,
    tag: given.get('tag')?.[0],
  };
}

const OPTIONS: ReadonlyMap<string, string> = new Map([
  ['-f', 'file'],
  ['--filename', 'file'],
  ['-p', 'profile'],
  ['--profile', 'profile'],
  ['-b', 'image'],
  ['--build-image', 'image'],
  ['-d', 'repository'],
  ['--default-repo', 'repository'],
  ['-t', 'tag'],
  ['--tag', 'tag'],
]);
