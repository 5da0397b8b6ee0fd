/**
 * The files of a repository that a Dockerfile puts into the image and runs there, whatever they are written in: the program of
 * a RUN, CMD, ENTRYPOINT or HEALTHCHECK, and what an interpreter is given.
 */
import type { ImageBuild, RunStep } from '../../core/build.ts';
import type { Files } from '../../core/language.ts';
import { joinPath, nameOf } from '../../core/path.ts';
import type { Word } from '../../core/shell-tree.ts';
import { contextFinder } from '../../languages/dockerfile/context-files.ts';
import { directoryOf, ImageFiles } from '../../languages/dockerfile/image-files.ts';
import { instructionOf } from '../../languages/dockerfile/step-instruction.ts';
import type { DockerfileTree, DockerStage, Instruction } from '../../languages/dockerfile/tree.ts';
import { type Invocation, invocationsOfStep } from '../../shell/invocations.ts';
import { withVariables } from '../../shell/own-variables.ts';
import { readArguments } from '../../shell/programs/index.ts';

/** Paths of one document that are looked for, and words of one command that starts a container. */
const MOST_LOOKUPS = 300;
const MOST_WORDS = 20;
const LONGEST = 300;

const INTERPRETERS: ReadonlySet<string> = new Set(
  'bash sh ash dash ksh zsh python pypy perl ruby node nodejs php lua luajit deno bun tsx ts-node pwsh powershell Rscript'.split(
    ' ',
  ),
);
/** Servers of Python that are given a module and what is in it: `main:app`. */
const SERVERS: ReadonlySet<string> = new Set([
  'gunicorn',
  'uvicorn',
  'hypercorn',
  'daphne',
  'granian',
  'waitress-serve',
]);
/** Files of programs by their endings. */
const PROGRAM = /\.(?:sh|bash|zsh|ksh|py|pl|rb|m?[jt]s|c[jt]s|php|lua|ps1|r|R|tcl|exs?|groovy|jl)$/;
/** Where a program is found by its name alone. */
const DIRECTORIES = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Their paths, as `files` has them. */
export function programsOf(build: ImageBuild, path: string, files: Files): readonly string[] {
  const tree = build.syntax as DockerfileTree;
  const image = new ImageFiles(tree, contextFinder(tree, path, files));
  if (!image.hasAny) return [];
  const hasPrograms = putsPrograms(tree);
  const found = new Set<string>();
  const seen = new Set<string>();
  for (const [i, { steps }] of build.stages.entries()) {
    const stage = tree.stages[i];
    for (const step of stage ? steps : []) {
      const by = step.kind === 'run' && !step.calledBy ? instructionOf(step) : undefined;
      if (step.kind !== 'run' || !by || by.trigger) continue;
      for (const place of new Set(placesIn(step, by, name => hasPrograms || image.hasNamed(name)))) {
        const key = `${by.kind === 'run' ? by.index : `end ${i}`} ${place}`;
        if (seen.has(key)) continue;
        if (seen.size >= MOST_LOOKUPS) return [...found];
        seen.add(key);
        const file = textAt(place, image, by, stage!)?.span.file;
        if (file !== undefined) found.add(file);
      }
    }
  }
  return [...found];
}

const textAt = (place: string, image: ImageFiles, by: Instruction, stage: DockerStage) =>
  by.kind === 'run' ? image.at(place, by) : image.atEnd(place, stage);

/** Whether directories with programs are copied as a whole: `COPY rootfs /`. */
const putsPrograms = (tree: DockerfileTree): boolean =>
  tree.instructions.some(one => {
    if ((one.kind !== 'copy' && one.kind !== 'add') || one.origin.kind !== 'context') return false;
    const to = one.destination?.literal;
    if (to === undefined) return false;
    const directory = joinPath(directoryOf(one), to);
    return directory === '/' || DIRECTORIES.some(other => `${other}/`.startsWith(`${directory}/`));
  });

/** Where in the image the programs of a step may be. */
function* placesIn(step: RunStep, by: Instruction, mayBeNamed: (name: string) => boolean): Iterable<string> {
  const own = directoryOf(by);
  // Where the base says the directory, most say none.
  const directories = own.startsWith('\0') ? [own, '/'] : [own];
  const within = (path: string): readonly string[] => directories.map(directory => joinPath(directory, path));
  const isStart = by.kind !== 'run';
  for (const invocation of invocationsOfStep(step)) {
    const textOf = (word: Word): string =>
      word.literal ?? withVariables(word.value, word, invocation, step.environment);
    const name = textOf(invocation.programWord);
    if (isPath(name)) {
      if (name.includes('/') || isStart) yield* within(name);
      if (!name.includes('/') && mayBeNamed(name)) for (const one of DIRECTORIES) yield `${one}/${name}`;
    }
    for (const one of givenTo(invocation, textOf, isStart)) if (isPath(one)) yield* within(one);
  }
}

/** A path with nothing in it that is not known. */
const isPath = (text: string): boolean => text.length <= LONGEST && /^[\w./@+-]+$/.test(text) && /\w/.test(text);

/** The files that an interpreter runs, and those that a command is given that starts a container. */
function* givenTo(invocation: Invocation, textOf: (word: Word) => string, isStart: boolean): Iterable<string> {
  const { args, program } = invocation;
  const kind = /^([A-Za-z-]{1,40})[\d.]{0,10}$/.exec(program)?.[1] ?? program;
  if (INTERPRETERS.has(kind)) {
    const given = readArguments(invocation);
    const module = given.value('-m')?.literal;
    if (module !== undefined) yield* ofModule(module);
    const [first, second] = given.operands.map(textOf);
    const file = /^(?:deno|bun)$/.test(kind) && first === 'run' ? second : first;
    if (file !== undefined && module === undefined && !given.has('-c', '-e')) {
      yield file;
      // Node finds a module by its name.
      if (!nameOf(file).includes('.')) yield `${file}.js`;
    }
  }
  if (!isStart) return;
  for (const word of args.slice(0, MOST_WORDS)) {
    const text = textOf(word);
    const module = SERVERS.has(kind) ? /^([A-Za-z_][\w.]{0,100}):\w{1,60}$/.exec(text)?.[1] : undefined;
    if (module !== undefined) yield* ofModule(module);
    else if (!text.startsWith('-') && (PROGRAM.test(text) || /^\.?\//.test(text))) yield text;
  }
}

/** The file of a module of Python. */
function* ofModule(name: string): Iterable<string> {
  const path = name.replaceAll('.', '/');
  yield `${path}.py`;
  yield `${path}/__main__.py`;
}
