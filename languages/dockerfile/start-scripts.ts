/** The scripts of the repository that a container starts, which the Dockerfile copies into the image. */
import type { ImageBuild } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import { joinPath, nameOf } from '../../core/path.ts';
import { ImageFiles } from './image-files.ts';
import { startOf, startSteps, wordsOf } from './start.ts';
import { instructionOf } from './step-instruction.ts';
import type { CopyInstruction, DockerfileTree, DockerStage } from './tree.ts';

/** Words of a command and places of a file that are tried. */
const MOST_WORDS = 4;
const MOST_PLACES = 12;
const LONGEST = 100_000;

/** A script of the build context. */
export interface StartScript {
  /** In the build context. */
  readonly path: string;
  readonly text: string;
}

/** The texts of the shell scripts that ENTRYPOINT and CMD of a stage name, without comments. */
export function startScripts(file: DockerfileTree, build: ImageBuild, stage: DockerStage): readonly string[] {
  return startScriptFiles(file, build, stage).map(({ text }) => withoutComments(text));
}

/** The shell scripts that ENTRYPOINT and CMD of a stage name, as far as they can be read. */
export function startScriptFiles(file: DockerfileTree, build: ImageBuild, stage: DockerStage): readonly StartScript[] {
  const words = startSteps(build, stage).flatMap(step => (step.kind === 'run' ? wordsOf(step) : []));
  const named = [...new Set(words)].filter(word => /^[\w./-]{1,200}$/.test(word) && isScriptName(word));
  return named.slice(0, MOST_WORDS).flatMap(word => scriptOf(word, file, stage) ?? []);
}

/** Whether the entrypoint of a stage is a script of the repository that does nothing with its arguments, of which CMD is one. */
export function ignoresCommand(file: DockerfileTree, build: ImageBuild, stage: DockerStage): boolean {
  const { entrypoint } = startOf(stage);
  const step = entrypoint && startSteps(build, stage).find(one => instructionOf(one) === entrypoint);
  const [program, ...others] = step?.kind === 'run' ? wordsOf(step) : [];
  if (program === undefined || others.some(word => word !== program) || !program.startsWith('/')) return false;
  const text = filesOf(file).atEnd(program, stage)?.text;
  if (text === undefined || text.length > LONGEST || !isShellScript(program, text)) return false;
  return !/\$(?:[@*#1-9]|\{[@*#1-9!])|\bshift\b|\bgetopts\b|^[ \t]*(?:\.|source)[ \t]/m.test(withoutComments(text));
}

const RUNS_COMMAND = /\nexec "?\$(?:@|\{@\})"?[ \t\r]*$/;
/** Where there is no command, the script gives one. */
const SETS_COMMAND = /\bset --/;

/** Whether the entrypoint of a stage is a script that runs the command that it is given, and none is given. */
export function passesOn(file: DockerfileTree, build: ImageBuild, stage: DockerStage): boolean {
  const { command, entrypoint } = startOf(stage);
  if (command || !entrypoint) return false;
  // `sh -c 'exec "$@"' --`
  if (/^exec (?:"?\$0"? )?"?\$@"?$/.test(startSteps(build, stage)[0]?.script?.text.text ?? '')) return true;
  const scripts = startScripts(file, build, stage);
  return scripts.length > 0 && scripts.every(text => RUNS_COMMAND.test(text.trimEnd()) && !SETS_COMMAND.test(text));
}

/** Not options and not the plain names of programs. */
const isScriptName = (word: string): boolean =>
  !word.startsWith('-') &&
  (/\.(?:ba|a|da)?sh$/.test(word) || /[a-z]\/[\w-]+$|^\.?\/[\w-]+$|entry|start|run/.test(word));

const filesOf = memo(
  (file: DockerfileTree) =>
    new ImageFiles(file, name => {
      const text = file.contextFile(name);
      return typeof text === 'string' ? { path: name, text } : undefined;
    }),
);

/** The text of a file of the image that a stage ends with, as far as the repository has it. */
export function textAtEnd(path: string, file: DockerfileTree, stage: DockerStage): string | undefined {
  return filesOf(file).atEnd(path, stage)?.text;
}

function scriptOf(word: string, file: DockerfileTree, stage: DockerStage): StartScript | undefined {
  const certain = word.startsWith('/') ? filesOf(file).atEnd(word, stage) : undefined;
  if (certain)
    return isShellScript(word, certain.text)
      ? { path: certain.span.file ?? word, text: certain.text.slice(0, LONGEST) }
      : undefined;
  for (const place of placesOf(word, stage).slice(0, MOST_PLACES)) {
    const text = file.contextFile(place);
    if (typeof text === 'string' && isShellScript(place, text)) return { path: place, text: text.slice(0, LONGEST) };
  }
  return undefined;
}

const isShellScript = (path: string, text: string): boolean =>
  /^#!.{0,40}sh\b/.test(text) || /\.(?:ba|a|da)?sh$/.test(path);

/** Where a file that has this name in the image may be in the build context, the likeliest first. */
function placesOf(word: string, stage: DockerStage): readonly string[] {
  const name = nameOf(word);
  const sure: string[] = [];
  const inside: string[] = [];
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
    for (const { destination, sources } of copiesOf(at).toReversed()) {
      const to = destination?.literal ?? '';
      const paths = sources.flatMap(({ literal }) => literal ?? []);
      for (const source of paths)
        if (nameOf(source) === name || (nameOf(to) === name && paths.length === 1)) sure.push(source);
        else if (!nameOf(source).includes('.') || nameOf(source) === '.')
          inside.push(
            joinPath(
              source,
              word.startsWith(to) && to.startsWith('/') ? word.slice(to.length) || name : word.replace(/^\//, ''),
            ),
            joinPath(source, name),
          );
    }
  return [...new Set([...sure, ...inside.map(path => path.replace(/^\//, '')), name])];
}

const copiesOf = memo((stage: DockerStage): readonly CopyInstruction[] =>
  stage.instructions.filter(
    (one): one is CopyInstruction => (one.kind === 'copy' || one.kind === 'add') && one.origin.kind === 'context',
  ),
);

/** The lines of a script that do something. */
function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter(line => !/^[ \t]*(?:#|$)/.test(line))
    .join('\n');
}
