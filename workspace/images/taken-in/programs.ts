/**
 * The files of a repository that a Dockerfile puts into the image and runs there, whatever they are written in: the program of
 * a RUN, CMD, ENTRYPOINT or HEALTHCHECK, and what an interpreter is given.
 */
import type { ImageBuild, RunStep } from '../../../core/build.ts';
import type { Files } from '../../../core/language.ts';
import { joinPath, nameOf } from '../../../core/path.ts';
import type { Word } from '../../../core/shell-tree.ts';
import type { SourceText } from '../../../core/text.ts';
import { contextFinder } from '../../../languages/dockerfile/context-files.ts';
import { directoryOf, ImageFiles } from '../../../languages/dockerfile/image-files.ts';
import { instructionOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { DockerfileTree, DockerStage, Instruction } from '../../../languages/dockerfile/tree.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { commandsOf, isPath, movedTo, namedIn, wordsOf } from './commands.ts';
import { Moves } from './moves.ts';

/** Paths of one document that are looked for, and words of one command that starts a container. */
const MOST_LOOKUPS = 300;
const MOST_WORDS = 20;
/** Commands that put one file elsewhere, one after the other. */
const MOST_MOVES = 4;

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
  const image = new ImageFiles(tree, contextFinder(tree, path, files), CREATES);
  return image.hasAny ? new Programs(build, image).found() : [];
}

/** A file that is copied or made executable is still that of the repository. */
const CREATES = /(?:>|\btee(?: -a)?|\b(?:curl|wget)\b[^|;&>]{1,150})[ \t]{0,4}["']?[\w./${}-]{0,100}$/;

class Programs {
  private readonly files = new Set<string>();
  private readonly seen = new Set<string>();
  private readonly moves = new Moves();
  private readonly tree: DockerfileTree;
  private readonly hasPrograms: boolean;

  constructor(
    private readonly build: ImageBuild,
    private readonly image: ImageFiles,
  ) {
    this.tree = build.syntax as DockerfileTree;
    this.hasPrograms = putsPrograms(this.tree);
  }

  found(): readonly string[] {
    for (const [i, { steps }] of this.build.stages.entries()) {
      const stage = this.tree.stages[i];
      if (!stage) continue;
      for (const step of steps) {
        const by = step.kind === 'run' && !step.calledBy ? instructionOf(step) : undefined;
        if (step.kind !== 'run' || !by || by.trigger) continue;
        for (const place of this.placesIn(step, by, stage)) this.look(place, by, stage);
      }
      for (const { place, by } of placesOfStage(stage)) this.look(place, by, stage);
    }
    return [...this.files];
  }

  private look(place: string, by: Instruction, stage: DockerStage): void {
    const key = `${by.kind === 'run' ? by.index : `end ${stage.index}`} ${place}`;
    if (this.seen.has(key) || this.seen.size >= MOST_LOOKUPS) return;
    this.seen.add(key);
    const text = this.textAt(place, by, stage, 0);
    const file = text?.span.file;
    if (!text || file === undefined || this.files.has(file)) return;
    this.files.add(file);
    // What a program that is run names, it runs for the most part.
    for (const named of namedIn(text.text, place, directoryOf(by))) this.look(named, by, stage);
  }

  private textAt(place: string, by: Instruction, stage: DockerStage, depth: number): SourceText | undefined {
    const found = by.kind === 'run' ? this.image.at(place, by) : this.image.atEnd(place, stage);
    if (found || depth >= MOST_MOVES) return found;
    const before = by.kind === 'run' ? by.index : Number.POSITIVE_INFINITY;
    for (const from of this.moves.sourcesOf(place, stage, before)) {
      const moved = from === place ? undefined : this.textAt(from, by, stage, depth + 1);
      if (moved) return moved;
    }
    return undefined;
  }

  /** Where in the image the programs of a step may be. */
  private *placesIn(step: RunStep, by: Instruction, stage: DockerStage): Iterable<string> {
    const own = directoryOf(by);
    // Where the base says the directory, most say none.
    const start = own.startsWith('\0') ? [own, '/'] : [own];
    let directories: readonly string[] = start;
    const within = (path: string): readonly string[] =>
      directories.flatMap(directory => (path === '' ? [] : joinPath(directory, path)));
    const isStart = by.kind !== 'run';
    for (const invocation of commandsOf(step)) {
      const textsOf = (word: Word): readonly string[] => wordsOf(word, invocation, step);
      directories = movedTo(invocation, directories, start, textsOf) ?? directories;
      if (!isStart) this.moves.add(invocation, stage, by.index, word => textsOf(word).filter(isPath).flatMap(within));
      for (const name of textsOf(invocation.programWord)) {
        if (!isPath(name)) continue;
        if (name.includes('/') || isStart) yield* within(name);
        if (!name.includes('/') && (this.hasPrograms || this.image.hasNamed(name) || this.moves.hasNamed(name)))
          for (const one of DIRECTORIES) yield `${one}/${name}`;
      }
      for (const one of givenTo(invocation, textsOf, isStart)) if (isPath(one)) yield* within(one);
    }
  }
}

/** What a stage runs without a command that names it: what the system runs, a shell, and what a variable gives a program of the base. */
function* placesOfStage(stage: DockerStage): Iterable<{ readonly place: string; readonly by: Instruction }> {
  for (const by of stage.instructions) {
    if (by.kind === 'shell' && by.words?.[0] !== undefined) yield { place: joinPath('/', by.words[0]), by };
    if (by.kind === 'env')
      for (const { value } of by.pairs)
        if (value.literal && isPath(value.literal) && PROGRAM.test(value.literal))
          yield { place: joinPath(directoryOf(by), value.literal), by };
    if ((by.kind === 'copy' || by.kind === 'add') && by.origin.kind === 'context') {
      const to = by.destination?.literal;
      const place = to === undefined ? '' : joinPath(directoryOf(by), to);
      if (!RUN_BY_SYSTEM.test(`${place}/`)) continue;
      yield { place, by };
      for (const { literal } of by.sources) if (literal) yield { place: joinPath(place, nameOf(literal)), by };
    }
  }
}

/** Directories whose programs the system, cron, s6 or the entrypoint of a common base runs. */
const RUN_BY_SYSTEM =
  /^\/(?:docker-entrypoint-init(?:db)?\.d|docker-entrypoint\.d|etc\/(?:cont-init\.d|services\.d|s6-overlay|service|my_init\.d|init\.d|cron\.(?:hourly|daily|weekly|monthly)|runit|profile\.d)|custom-cont-init\.d|entrypoint\.d)\//;

/** Whether directories with programs are copied as a whole: `COPY rootfs /`. */
const putsPrograms = (tree: DockerfileTree): boolean =>
  tree.instructions.some(one => {
    if ((one.kind !== 'copy' && one.kind !== 'add') || one.origin.kind !== 'context') return false;
    const to = one.destination?.literal;
    if (to === undefined) return false;
    const directory = joinPath(directoryOf(one), to);
    return directory === '/' || DIRECTORIES.some(other => `${other}/`.startsWith(`${directory}/`));
  });

/** The files that an interpreter runs, that are made executable, and those that a command is given that starts a container. */
function* givenTo(
  invocation: Invocation,
  textsOf: (word: Word) => readonly string[],
  isStart: boolean,
): Iterable<string> {
  const { args, program } = invocation;
  const textOf = (word: Word): string => textsOf(word)[0] ?? '';
  if (program === 'chmod') yield* madeExecutable(args.flatMap(textsOf));
  const kind = /^([A-Za-z-]{1,40})[\d.]{0,10}$/.exec(program)?.[1] ?? program;
  if (INTERPRETERS.has(kind)) {
    const given = readArguments(invocation);
    const module = given.value('-m')?.literal;
    if (module !== undefined) yield* ofModule(module);
    const [first, second] = given.operands;
    const file = /^(?:deno|bun)$/.test(kind) && first && textOf(first) === 'run' ? second : first;
    if (file !== undefined && module === undefined && !given.has('-c', '-e'))
      for (const one of textsOf(file)) {
        yield one;
        // Node finds a module by its name.
        if (!nameOf(one).includes('.')) yield `${one}.js`;
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

/** `chmod +x run.sh`, `chmod 755 run.sh`: nobody does so with what is not run. */
function* madeExecutable(words: readonly string[]): Iterable<string> {
  const at = words.findIndex(word => !/^-[A-Za-z-]/.test(word));
  if (
    !/^(?:[ugoa]{0,4}[+=][rwstX]{0,4}x[rwst]{0,4}|[ugoa,+=rwxst]{1,20}x|[0-7]?[1357][0-7][0-7])$/.test(words[at] ?? '')
  )
    return;
  for (const word of words.slice(at + 1, at + 1 + MOST_WORDS)) if (PROGRAM.test(word)) yield word;
}

/** The file of a module of Python. */
function* ofModule(name: string): Iterable<string> {
  const path = name.replaceAll('.', '/');
  yield `${path}.py`;
  yield `${path}/__main__.py`;
}
