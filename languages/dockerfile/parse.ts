/**
 * Reads the whole file, line by line.
 *
 * Why this is not `dockerfile-ast`: that library takes 4.7 s for 10,000 comment lines alternating with FROM and 1.1 s
 * for a RUN of 1 MB. It needs `Buffer`, and returns lines and columns, which would have to be mapped to offsets. It
 * differs from BuildKit in a dozen places that decide about findings (JSON forms, heredocs, directives, substitutions).
 * The format consists of lines, so a reader is less code than corrections of the library. The library remains the
 * oracle of the tests: on real files its keywords, ranges and arguments must equal ours.
 */
import type { Comment } from '../../core/build.ts';
import type { Finding } from '../../core/finding.ts';
import type { SourceText, Span } from '../../core/text.ts';
import { declarationsOf } from './arguments.ts';
import { readDirectives } from './directives.ts';
import { hasForeignFrontend, isTemplateMark } from './frontend.ts';
import { type Bodies, type Marker, readBodies } from './heredoc.ts';
import { type InstructionContext, KEYWORDS, readInstruction } from './instruction.ts';
import { Lines, lineSpan, skipSpace, trimmed } from './lines.ts';
import { readLogicalLine } from './logical-line.ts';
import { reachableFrom, resolveOrigins, StageNames } from './resolve.ts';
import { Variables } from './scope.ts';
import { runScript } from './script.ts';
import { conflictAt, strayLine } from './stray.ts';
import { Budget } from './substitution.ts';
import { NO_TARGETS } from './targets.ts';
import type {
  ArgDeclaration,
  ArgInstruction,
  DockerComment,
  DockerfileTree,
  DockerStage,
  FromInstruction,
  IgnoreFile,
  Instruction,
  OnbuildInstruction,
  RunInstruction,
  Scope,
  StageBase,
} from './tree.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type GrowingStage = Mutable<DockerStage> & { instructions: Instruction[] };

const STARTS_INSTRUCTION = new RegExp(`^[ \\t]*(?:${KEYWORDS.join('|')})[ \\t]`);

/** Reads any text; never throws. `ignore` is called at most once, when files are copied from the build context. */
export function parseDockerfile(source: SourceText, ignore: () => IgnoreFile): DockerfileTree {
  return new FileReader(source).read(ignore);
}

class FileReader {
  private readonly lines: Lines;
  private readonly directives;
  private readonly problems: Finding[];
  private readonly comments: Mutable<DockerComment>[] = [];
  private readonly waiting: Mutable<DockerComment>[] = [];
  private readonly emptyContinuations: Span[] = [];
  private readonly instructions: Instruction[] = [];
  private readonly preamble: Instruction[] = [];
  private readonly stages: GrowingStage[] = [];
  private readonly names = new StageNames();
  private readonly globals = Variables.global();
  private readonly variables = new Map<DockerStage, Variables>();
  /** The variables that the triggers of a stage set. They run in another build, where any other may be set. */
  private triggered: Variables | undefined;
  private readonly budget = new Budget();
  private scope: Variables = this.globals;
  /** The first line that has not been read. */
  private next = 0;
  /** The last instruction with a keyword that exists. */
  private above: Instruction | undefined;

  constructor(private readonly source: SourceText) {
    this.lines = new Lines(source);
    this.directives = readDirectives(this.lines);
    this.problems = [...this.directives.problems];
  }

  read(ignore: () => IgnoreFile): DockerfileTree {
    const { lines, source } = this;
    while (this.next < lines.count) {
      const line = this.next;
      const start = skipSpace(source.text, lines.start(line), lines.end(line));
      if (start === lines.end(line)) this.next++;
      else if (source.text[start] === '#') {
        this.waiting.push(this.comment(line, false));
        this.next++;
      } else this.instruction(line);
    }
    for (const stage of this.stages) stage.environment = this.variables.get(stage)!.now();
    this.finish();
    const fromContext = this.instructions.some(copiesFromContext);
    return {
      source,
      directives: this.directives.directives,
      escape: this.directives.escape,
      instructions: this.instructions,
      stages: this.stages,
      preamble: this.preamble,
      comments: this.comments,
      // For a template with placeholders, or another grammar, it is not known what is valid.
      problems: this.readsAsWritten() ? this.problems : [],
      emptyContinuations: this.emptyContinuations,
      ignore: fromContext ? ignore() : 'unknown',
      isBeside: () => undefined,
      builtTargets: NO_TARGETS,
      otherEnvironment: undefined,
      devContainer: false,
      isFragment: false,
      forDevelopers: false,
      purpose: undefined,
      builtByBuildah: false,
      givenHost: false,
      contextFile: () => undefined,
    };
  }

  private readsAsWritten(): boolean {
    return !hasForeignFrontend(this.directives.directives) && !this.instructions.some(isTemplateMark);
  }

  private comment(line: number, inside: boolean): Mutable<DockerComment> {
    const { lines, source } = this;
    const start = skipSpace(source.text, lines.start(line), lines.end(line));
    const end = lines.end(line);
    const comment: Mutable<DockerComment> = {
      text: source.text.slice(start + 1, end),
      span: source.spanOf(start, end),
      target: undefined,
      inside,
    };
    this.comments.push(comment);
    return comment;
  }

  private instruction(first: number): void {
    const logical = readLogicalLine(this.lines, first, this.directives.escape);
    this.next = logical.next;
    const inner: Mutable<Comment>[] = logical.comments.map(line => this.comment(line, true));
    for (const line of logical.empties) this.emptyContinuations.push(lineSpan(this.lines, line));
    // Whitespace is trimmed first: the text after an empty continued line may be indented.
    const text = trimmed(logical.text);
    const opens = /^from(?:[\t\v\f\r ]|$)/i.test(text.text);
    const stage = opens ? this.openStage() : this.stages.at(-1);
    const place = this.place(stage, (opens ? this.globals : this.scope).now(), undefined);
    const problemsBefore = this.problems.length;
    const instruction = readInstruction(text, place);
    if (!instruction) {
      this.problems.push({
        message: 'Continued line without an instruction',
        help: 'Remove this line',
        span: lineSpan(this.lines, first),
      });
      return;
    }
    if (this.waiting.length > 0 || inner.length > 0)
      for (const comment of [...this.waiting.splice(0), ...inner]) comment.target = instruction.span;
    this.instructions.push(instruction);
    if (stage) stage.instructions.push(instruction);
    else this.preamble.push(instruction);
    if (stage) stage.span = { ...stage.span, end: instruction.span.end };
    this.take(instruction, stage, place);
    this.sayOnce(problemsBefore);
    if (instruction.kind === 'unknown') this.stray(first, this.problems.length > problemsBefore);
    else this.above = instruction;
  }

  /** One problem of each kind for an instruction: what is wrong with its first word often is with the next ones. */
  private sayOnce(before: number): void {
    const { problems } = this;
    if (problems.length < before + 2) return;
    const messages = new Set<string>();
    const found = problems.splice(before);
    problems.push(...found.filter(({ message }) => !messages.has(message) && messages.add(message)));
  }

  /** Says of an unknown instruction what it is part of. `isNew`: it is a problem of its own. */
  private stray(line: number, isNew: boolean): void {
    const { lines, problems } = this;
    const above = this.above;
    const problem = problems.at(-1);
    const conflict = isNew ? conflictAt(lines, line) : undefined;
    if (conflict) {
      problems[problems.length - 1] = conflict.problem;
      this.next = Math.max(this.next, conflict.next);
      return;
    }
    if (!above || !problem) return;
    if (!isNew) {
      const { region } = problem;
      if (region && problem.related)
        problems[problems.length - 1] = {
          ...problem,
          region: { ...region, end: lines.source.spanOf(lines.start(line), lines.end(line)).end },
        };
      return;
    }
    // A keyword with a slip in it is an instruction.
    if (problem.fixes && problem.fixes.length > 0) return;
    const stray = strayLine(lines, line, above, problem);
    if (!stray) return;
    problems[problems.length - 1] = stray.problem;
    this.next = Math.max(this.next, stray.next);
  }

  private openStage(): GrowingStage {
    const stage = { index: this.stages.length, instructions: [] as Instruction[], final: false, reachable: false };
    this.stages.push(stage as unknown as GrowingStage);
    return stage as unknown as GrowingStage;
  }

  private place(
    stage: DockerStage | undefined,
    environment: Scope,
    trigger: OnbuildInstruction | undefined,
  ): InstructionContext {
    return {
      escape: this.directives.escape,
      budget: this.budget,
      index: this.instructions.length,
      stage,
      environment,
      trigger,
      problems: this.problems,
      afterUnknown: this.instructions.at(-1)?.kind === 'unknown',
      bodies: this.readBodies,
    };
  }

  private readonly readBodies = (markers: readonly Marker[], line: SourceText): Bodies => {
    const { lines } = this;
    const { text } = this.source;
    const read = readBodies(lines, this.next, markers, line, at =>
      STARTS_INSTRUCTION.test(text.slice(lines.start(at), Math.min(lines.end(at), lines.start(at) + 100))),
    );
    this.next = read.next;
    return read;
  };

  /** Applies the instruction to the stage and its variables. */
  private take(instruction: Instruction, stage: GrowingStage | undefined, place: InstructionContext): void {
    switch (instruction.kind) {
      case 'from':
        this.begin(stage!, instruction);
        break;
      case 'env':
        for (const pair of instruction.pairs) this.scope.defineEnv(pair.key, pair.value, pair.span);
        break;
      case 'arg':
        this.declare(instruction, this.scope);
        break;
      case 'run':
        (instruction as Mutable<RunInstruction>).script = runScript(instruction);
        break;
      case 'onbuild':
        this.trigger(instruction, stage, place);
        break;
    }
  }

  private declare(instruction: ArgInstruction, scope: Variables): void {
    const declarations: ArgDeclaration[] = [];
    const global = scope === this.globals;
    const readingNow = () => ({
      escape: this.directives.escape,
      budget: this.budget,
      ends: 'unquoted-space' as const,
      // Before the first FROM each declaration sees those before it on the same line.
      scope: global ? scope.now() : instruction.environment,
    });
    declarationsOf(instruction.rest, readingNow, this.problems, declaration => {
      declarations.push(declaration);
      scope.defineArg(declaration.name, declaration.default, declaration.span);
    });
    const filled = instruction as Mutable<ArgInstruction>;
    filled.declarations = declarations;
    filled.args = declarations.flatMap(declaration => declaration.default ?? []);
  }

  private trigger(onbuild: OnbuildInstruction, stage: GrowingStage | undefined, place: InstructionContext): void {
    if (onbuild.rest.text === '') return;
    const scope = (this.triggered ??= Variables.elsewhere());
    const inner = readInstruction(onbuild.rest, { ...this.place(stage, scope.now(), onbuild), index: place.index });
    if (!inner) return;
    if (inner.kind === 'env') for (const pair of inner.pairs) scope.defineEnv(pair.key, pair.value, pair.span);
    if (inner.kind === 'arg') this.declare(inner, scope);
    if (inner.kind === 'run') (inner as Mutable<RunInstruction>).script = runScript(inner);
    const outer = onbuild as Mutable<OnbuildInstruction>;
    outer.instruction = inner;
    outer.heredocs = inner.heredocs;
    outer.span = { ...outer.span, end: Math.max(outer.span.end, inner.span.end) };
    if (stage) stage.span = { ...stage.span, end: outer.span.end };
  }

  private begin(stage: GrowingStage, from: FromInstruction): void {
    stage.from = from;
    stage.name = from.alias;
    stage.nameSpan = from.aliasSpan;
    stage.span = from.span;
    stage.base = this.names.baseOf(from.image);
    this.names.add(stage);
    this.scope = Variables.stage(this.globals, this.parentOf(stage.base));
    this.variables.set(stage, this.scope);
    this.triggered = undefined;
  }

  private parentOf(base: StageBase): { parent: Variables | undefined; assumed: boolean; scratch: boolean } {
    if (base.kind === 'stage')
      return { parent: this.variables.get(base.stage), assumed: !base.certain, scratch: false };
    return { parent: undefined, assumed: false, scratch: base.kind === 'scratch' && base.certain };
  }

  /** What depends on all stages: the origins of copies, and the stages that the last one uses. */
  private finish(): void {
    const last = this.stages.at(-1);
    if (!last) return;
    last.final = true;
    resolveOrigins(this.stages, this.names);
    for (const stage of reachableFrom([last])) (stage as Mutable<DockerStage>).reachable = true;
  }
}

/** Whether the instruction reads files of the build context. */
function copiesFromContext(instruction: Instruction): boolean {
  if (instruction.kind === 'copy' || instruction.kind === 'add') return instruction.origin.kind === 'context';
  return (
    instruction.kind === 'run' &&
    instruction.mounts.some(mount => mount.type === 'bind' && mount.origin.kind === 'context')
  );
}
