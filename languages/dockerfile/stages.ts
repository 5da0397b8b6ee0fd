/** Questions about stages: which others they use, and the shell, user and working directory at a place in them. */
import { memo } from '../../core/memo.ts';
import { joinPath } from '../../core/path.ts';
import type { ScriptSettings, ShellDialect } from '../../core/script.ts';
import { shellOf as shellOfImage } from '../../facts/distribution.ts';
import { plainWord, shellOptions } from '../../shell/shell-options.ts';
import { unwrap } from '../../shell/wrappers.ts';
import { instructionsOf } from './all-instructions.ts';
import { dependencies, reachableFrom } from './resolve.ts';
import type {
  DockerfileTree,
  DockerStage,
  EffectiveShell,
  Instruction,
  ShellInstruction,
  UserInstruction,
  WorkdirInstruction,
} from './tree.ts';

export interface StageGraph {
  /** The stages that this one uses directly: FROM, COPY --from and RUN --mount=from. */
  dependencies(stage: DockerStage): readonly DockerStage[];
  /** These stages and all that they use. */
  reachableFrom(stages: Iterable<DockerStage>): ReadonlySet<DockerStage>;
  /** Stages that depend on each other in a circle, which BuildKit rejects. */
  readonly circular: ReadonlySet<DockerStage>;
}

/** How the stages of a file depend on each other. */
export const stageGraph: (file: DockerfileTree) => StageGraph = memo(file => ({
  dependencies: memo(dependencies),
  reachableFrom,
  circular: circular(file.stages),
}));

/** The stages that remain after removing, repeatedly, those that no other needs and those that need no other. */
function circular(stages: readonly DockerStage[]): Set<DockerStage> {
  const left = new Set(stages);
  const needs = new Map(stages.map(stage => [stage, dependencies(stage)] as const));
  const needed = new Map<DockerStage, DockerStage[]>();
  for (const [stage, list] of needs) for (const one of list) needed.set(one, [...(needed.get(one) ?? []), stage]);
  const peel = (out: Map<DockerStage, readonly DockerStage[]>, back: Map<DockerStage, readonly DockerStage[]>) => {
    const count = new Map([...left].map(s => [s, (out.get(s) ?? []).filter(one => left.has(one)).length] as const));
    const free = [...left].filter(stage => count.get(stage) === 0);
    for (const stage of free) {
      left.delete(stage);
      for (const other of back.get(stage) ?? []) {
        const rest = (count.get(other) ?? 0) - 1;
        count.set(other, rest);
        if (rest === 0 && left.has(other)) free.push(other);
      }
    }
  };
  peel(needs, needed);
  if (left.size > 0) peel(needed, needs);
  return left;
}

/** The last stage, and those that the configuration names as targets (by name in any case, or by number). */
export function finalStages(file: DockerfileTree, targets: readonly string[]): readonly DockerStage[] {
  const wanted = new Set(targets.map(target => target.toLowerCase()));
  return file.stages.filter(
    ({ final, name, index }) =>
      final || (name !== undefined && wanted.has(name.toLowerCase())) || wanted.has(`${index}`),
  );
}

/** The last instruction of a kind at the end of a stage, its own or one of the stages it starts from. */
function inherited<I extends Instruction>(kind: I['kind']): (stage: DockerStage) => I | undefined {
  const known = new WeakMap<DockerStage, { readonly last: I | undefined }>();
  return stage => {
    // A loop, since a chain of stages may be longer than the stack is deep.
    const chain: DockerStage[] = [];
    let answer: I | undefined;
    for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined) {
      const found = known.get(at);
      if (found) {
        answer = found.last;
        break;
      }
      chain.push(at);
      answer = at.instructions.findLast((instruction): instruction is I => instruction.kind === kind);
      if (answer) break;
    }
    for (const one of chain) known.set(one, { last: answer });
    return answer;
  };
}

/** Those of one kind in a stage, in order. */
function those<I extends Instruction>(kind: I['kind']): (stage: DockerStage) => readonly I[] {
  return memo(stage => stage.instructions.filter((instruction): instruction is I => instruction.kind === kind));
}

/** The last of one kind that is in effect at an instruction. Triggers run after the whole stage, in their order. */
function inEffect<I extends Instruction>(kind: I['kind']): (instruction: Instruction) => I | undefined {
  const own = those<I>(kind);
  const triggered = memo((stage: DockerStage) =>
    instructionsOf(stage).filter((one): one is I => one.kind === kind && one.trigger !== undefined),
  );
  return ({ index, stage, trigger }) => {
    if (!stage) return undefined;
    return trigger ? (lastBefore(triggered(stage), index) ?? own(stage).at(-1)) : lastBefore(own(stage), index);
  };
}

/** The last of a list before the position of an instruction. */
function lastBefore<I extends Instruction>(list: readonly I[], index: number): I | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.index < index) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}

const shellsOf = those<ShellInstruction>('shell');
const shellAtEnd = inherited<ShellInstruction>('shell');
const shellInEffect = inEffect<ShellInstruction>('shell');
const userAtEnd = inherited<UserInstruction>('user');
const workdirInEffect = inEffect<WorkdirInstruction>('workdir');

interface Root {
  readonly stage: DockerStage;
  readonly certain: boolean;
}
const roots = new WeakMap<DockerStage, Root>();

/** The external image or `scratch` at the root of a stage's chain; `undefined` when that cannot be known. */
export function rootOf(stage: DockerStage): Root | undefined {
  // A loop, since a chain of stages may be longer than the stack is deep.
  const chain: DockerStage[] = [];
  let at = stage;
  while (at.base.kind === 'stage' && !roots.has(at)) {
    chain.push(at);
    at = at.base.stage;
  }
  let root = roots.get(at) ?? { stage: at, certain: true };
  for (const one of chain.reverse()) {
    root = { stage: root.stage, certain: root.certain && one.base.kind === 'stage' && one.base.certain };
    roots.set(one, root);
  }
  const { kind } = root.stage.base;
  return kind === 'one-of' || kind === 'missing' ? undefined : root;
}

/**
 * The shell that runs the instruction's shell form. Windows images start with `cmd`, all others with `/bin/sh`, as far
 * as the file shows.
 */
export function effectiveShell(instruction: Instruction): EffectiveShell {
  const { stage } = instruction;
  if (!stage) return UNIX;
  const own = shellInEffect(instruction);
  return own ? (shellOf(own) ?? shellOfRoot(stage, false)) : shellAtStart(stage);
}

/** Of a SHELL; `undefined` for one without words. */
const shellOf = memo((shell: ShellInstruction): EffectiveShell | undefined =>
  shell.words && shell.words.length > 0
    ? { words: shell.words, instruction: shell, certain: true, ...settingsOf(shell.words) }
    : undefined,
);

/** The shell of a stage before its own SHELL. */
const shellAtStart = memo((stage: DockerStage): EffectiveShell => {
  const { base } = stage;
  const shell = base.kind === 'stage' ? shellAtEnd(base.stage) : undefined;
  const known = shell && shellOf(shell);
  if (known) return { ...known, certain: base.kind === 'stage' && base.certain };
  return shellOfRoot(stage, shell === undefined);
});

/** `whole`: there is no SHELL in front of it. */
function shellOfRoot(stage: DockerStage, whole: boolean): EffectiveShell {
  const root = rootOf(stage);
  const words = root && isWindows(root.stage) ? WINDOWS_SHELL : UNIX_SHELL;
  const certain = whole && root?.certain === true && root.stage.base.kind === 'scratch';
  return { words, instruction: undefined, certain, ...settingsOf(words) };
}

/** Whether the stage starts from a Windows image, by its name. */
export function isWindows({ base }: DockerStage): boolean {
  if (base.kind !== 'image') return false;
  const image = (base.image.literal ?? base.image.byDefault ?? base.image.source.text).toLowerCase();
  return /\bwindows(?:\/|servercore|-)|servercore|nanoserver|dotnet\/framework|microsoft\/windows|-ltsc20\d\d/.test(
    image,
  );
}

/**
 * Whether the stage makes a container of Windows, by the name of its image, by a shell that only Windows has, or by an escape
 * character that leaves its paths alone.
 */
export function isForWindows(stage: DockerStage | undefined, file: DockerfileTree): boolean {
  const root = stage && rootOf(stage);
  // The escape character of Windows says it where the base does not: `FROM ${BASE}`, a name of one's own.
  if (file.escape === '`' && !isKnownForLinux(root?.stage)) return true;
  if (!root) return false;
  if (isWindows(root.stage)) return true;
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
    if (shellsOf(at).some(({ words }) => /^(?:.{0,200}[\\/])?(?:powershell|cmd)(?:\.exe)?$/i.test(words?.[0] ?? '')))
      return true;
  return false;
}

/** Whether the image that a stage starts from certainly is one of Linux. */
function isKnownForLinux(root: DockerStage | undefined): boolean {
  if (root?.base.kind !== 'image' || isWindows(root)) return false;
  const { literal } = root.base.image;
  return literal !== undefined && shellOfImage(literal) !== undefined;
}

const UNIX_SHELL: readonly string[] = ['/bin/sh', '-c'];
const WINDOWS_SHELL: readonly string[] = ['cmd', '/S', '/C'];

/** The settings of the scripts that a SHELL runs. */
const settingsOf = memo((written: readonly string[]): ScriptSettings => {
  const words = written.map(plainWord);
  // `["/usr/bin/env", "bash", "-c"]`
  const at = unwrap(words)?.index ?? 0;
  return { dialect: dialectOf(programOf(written[at] ?? '')), ...shellOptions(words.slice(at + 1)) };
});

const UNIX: EffectiveShell = { words: UNIX_SHELL, instruction: undefined, certain: false, ...settingsOf(UNIX_SHELL) };

/** The name of a program by its path on Linux or Windows. */
function programOf(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  return name.replace(/\.exe$/, '');
}

function dialectOf(program: string): ShellDialect {
  switch (program) {
    case 'bash':
      return 'bash';
    case 'sh':
    case 'ash':
    case 'dash':
    case 'ksh':
      return 'posix';
    case 'powershell':
      return 'powershell';
    case 'pwsh':
      return 'pwsh';
    case 'cmd':
      return 'cmd';
    default:
      return 'other';
  }
}

/** The last USER of a stage, its own or inherited; `undefined` when the base image decides. */
export function effectiveUser(stage: DockerStage): UserInstruction | undefined {
  return userAtEnd(stage);
}

const userInEffect = inEffect<UserInstruction>('user');

/** The last `ONBUILD USER` of a stage, which images that start from it get. */
export function userOnBuild(stage: DockerStage): UserInstruction | undefined {
  return instructionsOf(stage).findLast(
    (one): one is UserInstruction => one.kind === 'user' && one.trigger !== undefined,
  );
}

/** The USER in effect at an instruction, own or inherited; `undefined` when the base image decides. */
export function userAt(instruction: Instruction): UserInstruction | undefined {
  const { stage } = instruction;
  if (!stage) return undefined;
  return userInEffect(instruction) ?? (stage.base.kind === 'stage' ? effectiveUser(stage.base.stage) : undefined);
}

/** The working directory. `literal` is certain; `byDefault` applies when no ARG in it is overridden. */
export interface EffectiveWorkdir {
  readonly literal: string | undefined;
  readonly byDefault: string | undefined;
  /** The WORKDIR it comes from, own or inherited; `undefined` when the base image decides. */
  readonly instruction: WorkdirInstruction | undefined;
}

/** The working directory of the instruction. */
export function effectiveWorkdir(instruction: Instruction): EffectiveWorkdir {
  const { stage } = instruction;
  if (!stage) return UNKNOWN_DIRECTORY;
  const own = workdirInEffect(instruction);
  return own ? directoryAfter(own) : directoryAtStart(stage);
}

const UNKNOWN_DIRECTORY: EffectiveWorkdir = { literal: undefined, byDefault: undefined, instruction: undefined };
const ROOT_DIRECTORY: EffectiveWorkdir = { literal: '/', byDefault: '/', instruction: undefined };
/** How many relative WORKDIRs are followed back. */
const MOST_RELATIVE = 200;

function directoryAtStart(stage: DockerStage): EffectiveWorkdir {
  const inheritedFrom = workdirAtEnd(stage);
  if (inheritedFrom) {
    const directory = directoryAfter(inheritedFrom);
    return stage.base.kind === 'stage' && stage.base.certain ? directory : { ...directory, literal: undefined };
  }
  const root = rootOf(stage);
  return root?.certain && root.stage.base.kind === 'scratch' ? ROOT_DIRECTORY : UNKNOWN_DIRECTORY;
}

const lastWorkdir = inherited<WorkdirInstruction>('workdir');
function workdirAtEnd({ base }: DockerStage): WorkdirInstruction | undefined {
  return base.kind === 'stage' ? lastWorkdir(base.stage) : undefined;
}

/** The directory after a WORKDIR: a relative one starts from the one before it. */
const directoryAfter = memo((workdir: WorkdirInstruction): EffectiveWorkdir => {
  const relative: WorkdirInstruction[] = [];
  let start: EffectiveWorkdir | undefined;
  for (let at: WorkdirInstruction | undefined = workdir; at; ) {
    if (relative.length >= MOST_RELATIVE) return { ...UNKNOWN_DIRECTORY, instruction: workdir };
    relative.unshift(at);
    if (isAbsolute(at)) break;
    const { stage }: WorkdirInstruction = at;
    if (!stage) return { ...UNKNOWN_DIRECTORY, instruction: workdir };
    const before: WorkdirInstruction | undefined =
      workdirInEffect(at) ?? (stage.base.kind === 'stage' && stage.base.certain ? workdirAtEnd(stage) : undefined);
    if (!before) start = directoryAtStart(stage);
    at = before;
  }
  const along = (which: 'literal' | 'byDefault'): string | undefined => {
    let directory = start?.[which];
    for (const { path } of relative) {
      const value = path?.[which];
      if (value === undefined) directory = undefined;
      else if (/^[A-Za-z]:/.test(value)) directory = value;
      else if (value.startsWith('/')) directory = joinPath('/', value);
      else directory = directory === undefined ? undefined : joinPath(directory, value);
    }
    return directory;
  };
  return { literal: along('literal'), byDefault: along('byDefault'), instruction: workdir };
});

function isAbsolute({ path }: WorkdirInstruction): boolean {
  return path !== undefined && /^(?:\/|[A-Za-z]:)/.test(path.source.text);
}
