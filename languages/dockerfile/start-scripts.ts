/** The scripts of the repository that a container starts, which the Dockerfile copies into the image. */
import type { ImageBuild } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import { joinPath, nameOf } from '../../core/path.ts';
import { startSteps, wordsOf } from './start.ts';
import type { CopyInstruction, DockerfileTree, DockerStage } from './tree.ts';

/** Words of a command and places of a file that are tried. */
const MOST_WORDS = 4;
const MOST_PLACES = 12;
/** So many stages that a file is copied through are followed. */
const MOST_STAGES = 3;
const LONGEST = 100_000;

/** The texts of the shell scripts that ENTRYPOINT and CMD of a stage name, as far as they can be read. */
export function startScripts(file: DockerfileTree, build: ImageBuild, stage: DockerStage): readonly string[] {
  const words = startSteps(build, stage).flatMap(step => (step.kind === 'run' ? wordsOf(step) : []));
  const named = [...new Set(words)].filter(word => /^[\w./-]{1,200}$/.test(word) && isScriptName(word));
  const scripts = named.slice(0, MOST_WORDS).flatMap(word => scriptOf(word, file, stage) ?? []);
  return scripts.map(withoutComments);
}

/** Not options and not the plain names of programs. */
const isScriptName = (word: string): boolean =>
  !word.startsWith('-') &&
  (/\.(?:ba|a|da)?sh$/.test(word) || /[a-z]\/[\w-]+$|^\.?\/[\w-]+$|entry|start|run/.test(word));

function scriptOf(word: string, file: DockerfileTree, stage: DockerStage): string | undefined {
  for (const place of placesOf(word, stage).slice(0, MOST_PLACES)) {
    const text = file.contextFile(place);
    if (typeof text === 'string' && (/^#!.{0,40}sh\b/.test(text) || /\.(?:ba|a|da)?sh$/.test(place)))
      return text.slice(0, LONGEST);
  }
  return undefined;
}

/** Where a file that has this name in the image may be in the build context, the likeliest first. */
function placesOf(word: string, stage: DockerStage, stagesLeft = MOST_STAGES): readonly string[] {
  const name = nameOf(word);
  const sure: string[] = [];
  const inside: string[] = [];
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
    for (const { destination, origin, sources } of copiesOf(at).toReversed()) {
      const to = destination?.literal ?? '';
      const paths = sources.flatMap(({ literal }) => literal ?? []);
      if (origin.kind === 'stage') {
        const path = paths.length === 1 ? copiedPath(word, paths[0]!, to) : undefined;
        if (path !== undefined && stagesLeft > 0) inside.push(...placesOf(path, origin.stage, stagesLeft - 1));
        continue;
      }
      for (const source of paths)
        if (nameOf(source) === name || (nameOf(to) === name && paths.length === 1)) sure.push(source);
        else if (!nameOf(source).includes('.') || nameOf(source) === '.')
          inside.push(...insideOf(word, to).map(path => joinPath(source, path)), joinPath(source, name));
    }
  return [...new Set([...sure, ...inside.map(path => path.replace(/^\//, '')), name])];
}

/** What a file that is copied to `to` is called in a directory that is copied there, which may be relative to a `WORKDIR`. */
function insideOf(word: string, to: string): readonly string[] {
  if (to.startsWith('/'))
    return [word.startsWith(to) ? word.slice(to.length) || nameOf(word) : word.replace(/^\//, '')];
  const path = word.replace(/^\//, '');
  return word.startsWith('/') && path.includes('/') ? [path, path.slice(path.indexOf('/') + 1)] : [path];
}

/** The path in the stage that `source` is copied from as `to`, of a file that is called `word` afterwards. */
function copiedPath(word: string, source: string, to: string): string | undefined {
  if (word === to) return source;
  const directory = to.endsWith('/') ? to : `${to}/`;
  if (!directory.startsWith('/') || !word.startsWith(directory)) return undefined;
  const rest = word.slice(directory.length);
  // A file that is copied into a directory keeps its name.
  return to.endsWith('/') && rest === nameOf(source) ? source : joinPath(source, rest);
}

const copiesOf = memo((stage: DockerStage): readonly CopyInstruction[] =>
  stage.instructions.filter(
    (one): one is CopyInstruction =>
      (one.kind === 'copy' || one.kind === 'add') && (one.origin.kind === 'context' || one.origin.kind === 'stage'),
  ),
);

/** The lines of a script that do something. */
function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter(line => !/^[ \t]*(?:#|$)/.test(line))
    .join('\n');
}
