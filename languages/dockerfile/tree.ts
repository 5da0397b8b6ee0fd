/**
 * The Dockerfile as BuildKit reads it (https://docs.docker.com/reference/dockerfile/), with the place of everything in
 * the document. This is `build.syntax` of a build whose language is `dockerfile`; rules get it from
 * `defineDockerfileRule`.
 *
 * The tree is complete for any text: syntax errors are in `problems`, and what could be read is in the tree. Rules
 * check flags and argument counts.
 */
import type { Comment, Value } from '../../core/build.ts';
import type { Finding } from '../../core/finding.ts';
import type { ShellDialect } from '../../core/script.ts';
import type { SourceText, Span } from '../../core/text.ts';
import type { Purpose } from './purpose.ts';
import type { BuiltTargets } from './targets.ts';

export interface DockerfileTree {
  readonly source: SourceText;
  readonly directives: readonly Directive[];
  /** The character that escapes and continues lines: `\` unless `# escape=` says backquote. */
  readonly escape: '\\' | '`';
  /** Every instruction in the order of the file. The one inside an ONBUILD is a child of its ONBUILD. */
  readonly instructions: readonly Instruction[];
  /** One for each FROM. */
  readonly stages: readonly DockerStage[];
  /** The instructions before the first FROM; only ARG belongs there. */
  readonly preamble: readonly Instruction[];
  readonly comments: readonly DockerComment[];
  readonly problems: readonly Finding[];
  /** Blank lines inside continued instructions, each without its line break; BuildKit warns about them. */
  readonly emptyContinuations: readonly Span[];
  readonly ignore: IgnoreFile;
  /** Whether a file or the `.git` of a checkout is beside it, see `isBeside`; `undefined` when that is not known. */
  isBeside(name: string): boolean | undefined;
  /** What the files around it build by name; read when it is asked for, `undefined` while that is not known. */
  readonly builtTargets: BuiltTargets | undefined;
  /** The Dockerfile beside it that its name says is for another environment; read when it is asked for. */
  readonly otherEnvironment: string | undefined;
  /** Whether it lies in `.devcontainer`: an editor runs it for one developer; it is not deployed. */
  readonly devContainer: boolean;
  /** Whether it is a part of Dockerfiles that something puts together: it has no FROM, and no name of a Dockerfile. */
  readonly isFragment: boolean;
  /**
   * Whether its name, that of its directory or what it installs says that developers work in it: `Dockerfile.dev`,
   * `app_dev/Dockerfile`, code-server.
   */
  readonly forDevelopers: boolean;
  /** What it says that its images are for, or what READMEs around it say; read when it is asked for. */
  readonly purpose: Purpose | undefined;
  /** Whether Buildah or Podman builds it, and Docker does not; read when it is asked for. */
  readonly builtByBuildah: boolean;
  /** Whether a Compose file gives the container the engine's socket, devices or rights of the host; read when it is asked for. */
  readonly givenHost: boolean;
  /** A file of the build context; `null` where there is none, `undefined` while that is not known. */
  contextFile(path: string): string | null | undefined;
}

/** `# syntax=…`, `# escape=…`, `# check=…`, or an unknown name where a directive is allowed. */
export interface Directive {
  /** In lowercase. */
  readonly name: string;
  /** Whether it is `syntax`, `escape` or `check`; BuildKit ignores others. */
  readonly known: boolean;
  readonly value: string;
  readonly nameSpan: Span;
  readonly valueSpan: Span;
  /** From the `#` to the end of the value. */
  readonly span: Span;
}

export interface DockerComment extends Comment {
  /** Whether it is between the lines of a continued instruction. */
  readonly inside: boolean;
}

/**
 * The `.dockerignore` that applies when the build context is the directory of the Dockerfile:
 * `<Dockerfile>.dockerignore`, or else `.dockerignore`. `unknown`: the host cannot read files, the text has no path, or
 * nothing is copied from the context. `missing`: neither is in that directory (a context higher up may still have one).
 */
export type IgnoreFile = 'unknown' | 'missing' | { readonly text: string; readonly path: string };

/** One `FROM … AS …` and what follows it. */
export interface DockerStage {
  readonly index: number;
  /** The name as written; names are compared without regard to case. */
  readonly name: string | undefined;
  readonly nameSpan: Span | undefined;
  readonly from: FromInstruction;
  /** FROM first. */
  readonly instructions: readonly Instruction[];
  readonly base: StageBase;
  /** Whether it is the last one, which is built when no target is named. See `finalStages` for configured targets. */
  readonly final: boolean;
  /**
   * Whether it is the last stage, or one that it uses through FROM, COPY --from or RUN --mount=from. See `stageGraph`.
   */
  readonly reachable: boolean;
  readonly span: Span;
  /** The variables after its last instruction. */
  readonly environment: Scope;
}

/** Where a stage starts from. `certain` is false when that depends on the default of an ARG. */
export type StageBase =
  | {
      readonly kind: 'stage';
      readonly stage: DockerStage;
      readonly certain: boolean;
      /** Other stages whose names match when the caller sets the ARGs differently. */
      readonly alternatives: readonly DockerStage[];
    }
  /** `FROM base-${TARGETARCH}`: the names of these stages match, and it is not known which one is used. */
  | { readonly kind: 'one-of'; readonly stages: readonly DockerStage[] }
  | { readonly kind: 'image'; readonly image: Value }
  | { readonly kind: 'scratch'; readonly certain: boolean }
  /** FROM without an image. */
  | { readonly kind: 'missing' };

/** Where COPY and RUN --mount read files from. */
export type CopyOrigin =
  /** No `from`: the build context. */
  | { readonly kind: 'context' }
  /** `byNumber`: written as the stage's index. */
  | { readonly kind: 'stage'; readonly stage: DockerStage; readonly byNumber: boolean }
  | { readonly kind: 'one-of'; readonly stages: readonly DockerStage[] }
  /** An image or a named build context (`--build-context`): the file does not show which. */
  | { readonly kind: 'image'; readonly image: Value }
  /** A stage number that does not exist, or an empty `from=`. */
  | { readonly kind: 'missing' };

interface InstructionBase {
  /** In uppercase. */
  readonly keyword: string;
  /** The keyword as it is written. */
  readonly keywordSpan: Span;
  /**
   * From the keyword to the end of the last line, with continuations and heredoc bodies, without the last line break.
   */
  readonly span: Span;
  /** The same without heredoc bodies. */
  readonly lineSpan: Span;
  /** Position in `file.instructions`; an instruction inside ONBUILD has the one of its ONBUILD. */
  readonly index: number;
  readonly flags: readonly Flag[];
  /**
   * What follows the keyword and the flags: without continuations, comment lines and surrounding whitespace. Nothing is
   * expanded.
   */
  readonly rest: SourceText;
  /**
   * The arguments as BuildKit splits them for this keyword, with quotes removed and variables expanded where BuildKit
   * does that: JSON elements, words, or the whole text (USER, WORKDIR, shell forms).
   */
  readonly args: readonly Value[];
  /** The JSON form, for keywords that have one, when the text is valid JSON. */
  readonly json: JsonForm | undefined;
  /** In the order of their markers. */
  readonly heredocs: readonly HeredocFile[];
  /** `undefined` before the first FROM. FROM belongs to the stage that it opens. */
  readonly stage: DockerStage | undefined;
  /** The variables in scope, without those that it sets itself. */
  readonly environment: Scope;
  /** The ONBUILD that contains it: it does not run in this build. */
  readonly trigger: OnbuildInstruction | undefined;
}

export type Instruction =
  | FromInstruction
  | RunInstruction
  | CopyInstruction
  | EnvInstruction
  | LabelInstruction
  | ArgInstruction
  | ExposeInstruction
  | UserInstruction
  | WorkdirInstruction
  | VolumeInstruction
  | HealthcheckInstruction
  | ShellInstruction
  | CommandInstruction
  | StopsignalInstruction
  | MaintainerInstruction
  | OnbuildInstruction
  | UnknownInstruction;

export interface FromInstruction extends InstructionBase {
  readonly kind: 'from';
  /** Its span is the image's alone. */
  readonly image: Value | undefined;
  /** The value of `--platform`. */
  readonly platform: Value | undefined;
  readonly asSpan: Span | undefined;
  readonly alias: string | undefined;
  readonly aliasSpan: Span | undefined;
}

export interface RunInstruction extends InstructionBase {
  readonly kind: 'run';
  /** `heredoc`: the body of its only word `<<EOF` is the script; `RUN cat <<EOF` is a `shell` form that holds one. */
  readonly form: 'shell' | 'exec' | 'heredoc';
  /** What the shell runs, with the heredocs of a shell form; `undefined` for the exec form. */
  readonly script: SourceText | undefined;
  readonly mounts: readonly Mount[];
  /** The value of `--network`. */
  readonly network: Value | undefined;
  /** The value of `--security`. */
  readonly security: Value | undefined;
}

/** COPY and ADD. */
export interface CopyInstruction extends InstructionBase {
  readonly kind: 'copy' | 'add';
  /** Paths, and for ADD also URLs and Git references, without heredocs. */
  readonly sources: readonly Value[];
  readonly destination: Value | undefined;
  /** The value of `--from`. */
  readonly from: Value | undefined;
  readonly origin: CopyOrigin;
}

/** `NAME=value`, or the old `NAME value`. */
export interface Pair {
  /** Without quotes; contains a `UNRESOLVED` for an unknown variable. */
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Value;
  readonly span: Span;
}
export interface EnvInstruction extends InstructionBase {
  readonly kind: 'env';
  readonly pairs: readonly Pair[];
  /** `ENV NAME the whole rest`. */
  readonly legacy: boolean;
}
export interface LabelInstruction extends InstructionBase {
  readonly kind: 'label';
  readonly pairs: readonly Pair[];
  readonly legacy: boolean;
}
export interface ArgInstruction extends InstructionBase {
  readonly kind: 'arg';
  readonly declarations: readonly ArgDeclaration[];
}
export interface ArgDeclaration {
  readonly name: string;
  readonly nameSpan: Span;
  /** As written here; the default inherited from before the first FROM is in the environment. */
  readonly default: Value | undefined;
  readonly span: Span;
}
export interface ExposeInstruction extends InstructionBase {
  readonly kind: 'expose';
  /** One for each word; `value` is the word. */
  readonly ports: readonly Port[];
}
export interface Port {
  readonly value: Value;
  /** Inclusive; both `undefined` when the word is not a port or range, or is unknown. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** As written after the `/`. */
  readonly protocol: string | undefined;
  readonly protocolSpan: Span | undefined;
}
export interface UserInstruction extends InstructionBase {
  readonly kind: 'user';
  /** `user`, `user:group`, `uid:gid`. */
  readonly user: Value | undefined;
}
export interface WorkdirInstruction extends InstructionBase {
  readonly kind: 'workdir';
  readonly path: Value | undefined;
}
export interface VolumeInstruction extends InstructionBase {
  readonly kind: 'volume';
  readonly paths: readonly Value[];
}
export interface HealthcheckInstruction extends InstructionBase {
  readonly kind: 'healthcheck';
  /** The first word as written; `CMD` or `NONE`, in any case, when it is valid. */
  readonly type: string | undefined;
  readonly typeSpan: Span | undefined;
  readonly none: boolean;
  /** The command after `CMD`; `undefined` when there is none. `json` of the instruction is its JSON form. */
  readonly command: CommandText | undefined;
}
export interface ShellInstruction extends InstructionBase {
  readonly kind: 'shell';
  /** The words of the JSON form; `undefined` when it is not valid JSON. */
  readonly words: readonly string[] | undefined;
}
export interface CommandInstruction extends InstructionBase {
  readonly kind: 'cmd' | 'entrypoint';
  /** `undefined` without arguments. */
  readonly command: CommandText | undefined;
}
/** The exec form's words or the shell form's script. */
export type CommandText =
  | { readonly form: 'exec'; readonly words: readonly Value[]; readonly span: Span }
  | { readonly form: 'shell'; readonly script: SourceText; readonly span: Span };
export interface StopsignalInstruction extends InstructionBase {
  readonly kind: 'stopsignal';
  readonly signal: Value | undefined;
}
export interface MaintainerInstruction extends InstructionBase {
  readonly kind: 'maintainer';
  readonly maintainer: Value | undefined;
}
export interface OnbuildInstruction extends InstructionBase {
  readonly kind: 'onbuild';
  /** What runs in builds that start from this image. */
  readonly instruction: Instruction | undefined;
}
export interface UnknownInstruction extends InstructionBase {
  readonly kind: 'unknown';
}

/** `--name` or `--name=value`. */
export interface Flag {
  /** Without the dashes; BuildKit distinguishes uppercase and lowercase. */
  readonly name: string;
  /** With the dashes. */
  readonly nameSpan: Span;
  /** Without quotes and escapes, not expanded; `undefined` without `=`. */
  readonly value: SourceText | undefined;
  readonly valueSpan: Span | undefined;
  /** The same with variables expanded (BuildKit expands those of COPY, ADD and FROM). */
  readonly expanded: Value | undefined;
  readonly span: Span;
}

/** `["a", "b"]`. */
export interface JsonForm {
  /** With JSON escapes decoded; nothing is expanded. */
  readonly elements: readonly SourceText[];
  readonly span: Span;
}

/** A heredoc of RUN, COPY or ADD. */
export interface HeredocFile {
  /** The `<<EOF`, with its file descriptor. */
  readonly marker: Span;
  readonly delimiter: string;
  /** Whether any part of the delimiter is quoted: then nothing in the body expands. */
  readonly quoted: boolean;
  /** `<<-`: leading tabs of each line are removed. */
  readonly stripTabs: boolean;
  /** `3` in `3<<EOF`; `undefined` when none is written. */
  readonly fileDescriptor: number | undefined;
  /** As BuildKit reads it, with variables as written. Each line keeps its line break. */
  readonly body: SourceText;
  /** The lines of the body as written, and the delimiter's line: the input of a shell that reads the heredoc itself. */
  readonly raw: SourceText;
  /** The lines of the body. */
  readonly span: Span;
  /** The delimiter that closes it; `undefined` when no line does. */
  readonly close: Span | undefined;
}

/** One `--mount=…` of RUN. */
export interface Mount {
  readonly flag: Flag;
  /** `bind` when it is not written; `undefined` when it is a variable. */
  readonly type: string | undefined;
  readonly options: readonly MountOption[];
  /** Also written `dst` and `destination`. */
  readonly target: Value | undefined;
  /** Also written `src`. */
  readonly source: Value | undefined;
  readonly from: Value | undefined;
  readonly id: Value | undefined;
  /** Where the files are read from, by `from`. */
  readonly origin: CopyOrigin;
  readonly span: Span;
}
export interface MountOption {
  /** In lowercase and as written: `src` is not changed to `source`. */
  readonly key: string;
  readonly keySpan: Span;
  /** `undefined` without `=` (`readonly`). */
  readonly value: Value | undefined;
  readonly span: Span;
}

/** The value of a variable at a place. */
export interface Binding {
  readonly name: string;
  /** `arg`: the caller may set it; `env`: certain; `platform`: BuildKit sets it (TARGETARCH). */
  readonly kind: 'arg' | 'env' | 'platform';
  /** The value when it is certain. */
  readonly literal: string | undefined;
  /** The value without overrides by the caller; `undefined` for an ARG without a default. */
  readonly byDefault: string | undefined;
  /** Where it is set; `undefined` for variables that BuildKit provides. */
  readonly definition: Span | undefined;
  readonly value: Value | undefined;
}

/**
 * The variables in scope at a place. ENV wins over ARG in any order; a stage inherits both from the stage it starts
 * from.
 */
export interface Scope {
  /** `undefined`: nothing in the file sets it. See {@link Scope.closed} for whether the base image may. */
  get(name: string): Binding | undefined;
  /** Whether nothing outside the file can set other variables: FROM lines and stages that come from `scratch`. */
  readonly closed: boolean;
  /** Names in scope, each once, in any order; for suggestions. At most a few thousand. */
  names(): readonly string[];
}

/** The shell of a shell form. */
export interface EffectiveShell {
  /** `['/bin/sh', '-c']` without a SHELL. */
  readonly words: readonly string[];
  /** The SHELL instruction, possibly of a stage this one starts from. */
  readonly instruction: ShellInstruction | undefined;
  /** False when the base image may set another one: no SHELL in the file, and the base is not `scratch`. */
  readonly certain: boolean;
  readonly dialect: ShellDialect;
  readonly errexit: boolean;
  readonly pipefail: boolean;
}
