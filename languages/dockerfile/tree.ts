/**
 * The Dockerfile as its builder reads it (https://docs.docker.com/reference/dockerfile/), with the way back to what is
 * written. This is `build.syntax` of a build whose language is `dockerfile`; rules get it from `defineDockerfileRule`.
 *
 * The tree is complete for any text: what the builder would refuse is in `problems`, and what could be read of it is
 * still here. Checks of flags and argument counts are left to rules.
 */
import type { Comment, Value } from '../../core/build.ts';
import type { Finding } from '../../core/finding.ts';
import type { ShellDialect } from '../../core/script.ts';
import type { SourceText, Span } from '../../core/text.ts';

export interface DockerfileTree {
  readonly source: SourceText;
  readonly directives: readonly Directive[];
  /** The character that escapes and continues lines: `\` unless `# escape=` says backquote. */
  readonly escape: '\\' | '`';
  /** Every instruction in the order of the file. What stands inside ONBUILD is reached through its ONBUILD. */
  readonly instructions: readonly Instruction[];
  /** One for each FROM. */
  readonly stages: readonly DockerStage[];
  /** The instructions before the first FROM; only ARG belongs there. */
  readonly preamble: readonly Instruction[];
  readonly comments: readonly DockerComment[];
  readonly problems: readonly Finding[];
  /** Blank lines inside continued instructions, each without its line break; the builder warns of them. */
  readonly emptyContinuations: readonly Span[];
  readonly ignore: IgnoreFile;
}

/** `# syntax=…`, `# escape=…`, `# check=…`, or an unknown name in a place where a directive may stand. */
export interface Directive {
  /** Lower case. */
  readonly name: string;
  /** Whether the builder knows it: `syntax`, `escape` and `check` do something, others are skipped. */
  readonly known: boolean;
  readonly value: string;
  readonly nameSpan: Span;
  readonly valueSpan: Span;
  /** From the `#` to the end of the value. */
  readonly span: Span;
}

export interface DockerComment extends Comment {
  /** Whether it stands between the lines of a continued instruction. */
  readonly inside: boolean;
}

/**
 * The `.dockerignore` that applies when the build context is the Dockerfile's own folder: `<Dockerfile>.dockerignore`
 * beside it, else `.dockerignore` in the same folder. `unknown`: the host could not say, the text has no path, or
 * nothing is copied from the context. `missing`: neither is in that folder (a context higher up may still have one).
 */
export type IgnoreFile = 'unknown' | 'missing' | { readonly text: string; readonly path: string };

/** One `FROM … AS …` and what follows it. */
export interface DockerStage {
  readonly index: number;
  /** The alias as written; names are compared without regard to case. */
  readonly name: string | undefined;
  readonly nameSpan: Span | undefined;
  readonly from: FromInstruction;
  /** FROM first. */
  readonly instructions: readonly Instruction[];
  readonly base: StageBase;
  /** Whether it is the last one: what is built when no target is named. See `finalStages` for configured targets. */
  readonly final: boolean;
  /** The last stage, or one that it is made of through FROM, COPY --from or RUN --mount=from. See `stageGraph`. */
  readonly reachable: boolean;
  readonly span: Span;
  /** The variables after its last instruction. */
  readonly environment: Scope;
}

/** Where a stage starts from. `certain` is false where that holds only for the defaults of the ARGs it names. */
export type StageBase =
  | {
      readonly kind: 'stage';
      readonly stage: DockerStage;
      readonly certain: boolean;
      /** Other stages whose names fit when the caller sets the ARGs differently. */
      readonly alternatives: readonly DockerStage[];
    }
  /** `FROM base-${TARGETARCH}`: the names of these stages fit, and which one is meant cannot be known. */
  | { readonly kind: 'one-of'; readonly stages: readonly DockerStage[] }
  | { readonly kind: 'image'; readonly image: Value }
  | { readonly kind: 'scratch'; readonly certain: boolean }
  /** FROM without an image. */
  | { readonly kind: 'missing' };

/** Where COPY --from or RUN --mount=from takes files from. */
export type CopyOrigin =
  /** No `from`: the build context. */
  | { readonly kind: 'context' }
  /** `byNumber`: written as the stage's index. */
  | { readonly kind: 'stage'; readonly stage: DockerStage; readonly byNumber: boolean }
  | { readonly kind: 'one-of'; readonly stages: readonly DockerStage[] }
  /** An image or a named build context (`--build-context`): the file cannot tell them apart. */
  | { readonly kind: 'image'; readonly image: Value }
  /** A stage number that does not exist, or nothing after `from=`. */
  | { readonly kind: 'missing' };

interface InstructionBase {
  /** Upper case, as the builder compares it. */
  readonly keyword: string;
  /** The keyword as it is written. */
  readonly keywordSpan: Span;
  /** From the keyword to the end of the last line, over continuations and heredoc bodies; the last line break is out. */
  readonly span: Span;
  /** The same without heredoc bodies. */
  readonly lineSpan: Span;
  /** Position in `file.instructions`; an instruction inside ONBUILD has the one of its ONBUILD. */
  readonly index: number;
  readonly flags: readonly Flag[];
  /** What follows the keyword and the flags: continuations, comment lines and outer blanks removed. Nothing is expanded. */
  readonly rest: SourceText;
  /**
   * The arguments as the builder splits them for this keyword, quotes removed and variables expanded where the builder
   * does that: JSON elements, words, or the whole text for those that take it whole (USER, WORKDIR, shell forms).
   */
  readonly args: readonly Value[];
  /** The JSON form, for the keywords that have one, when the text is one for the builder. */
  readonly json: JsonForm | undefined;
  /** In the order of their markers. */
  readonly heredocs: readonly HeredocFile[];
  /** `undefined` before the first FROM. FROM belongs to the stage that it opens. */
  readonly stage: DockerStage | undefined;
  /** The variables that it sees: those of its own line are not among them. */
  readonly environment: Scope;
  /** The ONBUILD it stands in: it does not run in this build. */
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
  /** What the shell is given, heredocs of a shell form included; `undefined` for the exec form. */
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
  /** Paths, and for ADD URLs and git references; heredocs are apart. */
  readonly sources: readonly Value[];
  readonly destination: Value | undefined;
  /** The value of `--from`. */
  readonly from: Value | undefined;
  readonly origin: CopyOrigin;
}

/** `NAME=value`, or the old `NAME value`. */
export interface Pair {
  /** Quotes removed; holds a `HOLE` where an unknown variable stands. */
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
  /** Inclusive; both `undefined` when the word is no port or range, or cannot be known. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** As written behind the `/`. */
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
  /** The first word as written, `CMD` or `NONE` in any case when it is right. */
  readonly type: string | undefined;
  readonly typeSpan: Span | undefined;
  readonly none: boolean;
  /** What follows `CMD`; `undefined` when nothing does. `json` of the instruction is its JSON form. */
  readonly command: CommandText | undefined;
}
export interface ShellInstruction extends InstructionBase {
  readonly kind: 'shell';
  /** The words of the JSON form; `undefined` when it is not one. */
  readonly words: readonly string[] | undefined;
}
export interface CommandInstruction extends InstructionBase {
  readonly kind: 'cmd' | 'entrypoint';
  /** `undefined` when nothing follows the keyword. */
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
  /** Without the dashes; the builder tells upper from lower case. */
  readonly name: string;
  /** With the dashes. */
  readonly nameSpan: Span;
  /** Quotes and escapes removed, nothing expanded; `undefined` when there is no `=`. */
  readonly value: SourceText | undefined;
  readonly valueSpan: Span | undefined;
  /** The same with variables expanded (the builder expands those of COPY, ADD and FROM). */
  readonly expanded: Value | undefined;
  readonly span: Span;
}

/** `["a", "b"]`. */
export interface JsonForm {
  /** Decoded through JSON's escapes; nothing is expanded. */
  readonly elements: readonly SourceText[];
  readonly span: Span;
}

/** A heredoc of RUN, COPY or ADD. */
export interface HeredocFile {
  /** Where `<<EOF` stands, its descriptor included. */
  readonly marker: Span;
  readonly delimiter: string;
  /** Whether any part of the delimiter is quoted: then nothing in the body expands. */
  readonly quoted: boolean;
  /** `<<-`: leading tabs of each line are removed. */
  readonly stripTabs: boolean;
  /** `3` in `3<<EOF`; `undefined` when none is written. */
  readonly fileDescriptor: number | undefined;
  /** As the tool sees it; variables are left as written. Each line keeps its line break. */
  readonly body: SourceText;
  /** The lines of the body as they stand, and the delimiter's line: what a shell that reads the heredoc itself is given. */
  readonly raw: SourceText;
  /** The lines of the body. */
  readonly span: Span;
  /** The delimiter that closes it; `undefined` when no line does. */
  readonly close: Span | undefined;
}

/** One `--mount=…` of RUN. */
export interface Mount {
  readonly flag: Flag;
  /** `bind` when it is not written; `undefined` when a variable says it. */
  readonly type: string | undefined;
  readonly options: readonly MountOption[];
  /** Also written `dst` and `destination`. */
  readonly target: Value | undefined;
  /** Also written `src`. */
  readonly source: Value | undefined;
  readonly from: Value | undefined;
  readonly id: Value | undefined;
  /** Where the files come from, by `from`. */
  readonly origin: CopyOrigin;
  readonly span: Span;
}
export interface MountOption {
  /** Lower case, as written: `src` stays `src`. */
  readonly key: string;
  readonly keySpan: Span;
  /** `undefined` when there is no `=` (`readonly`). */
  readonly value: Value | undefined;
  readonly span: Span;
}

/** What a variable is worth at a place. */
export interface Binding {
  readonly name: string;
  /** `arg`: the caller may set it; `env`: certain; `platform`: the builder sets it (TARGETARCH). */
  readonly kind: 'arg' | 'env' | 'platform';
  /** The value when it is certain. */
  readonly literal: string | undefined;
  /** The value when nobody overrides the file; `undefined` for an ARG without a default. */
  readonly byDefault: string | undefined;
  /** Where it is written; `undefined` for what the builder itself provides. */
  readonly definition: Span | undefined;
  readonly value: Value | undefined;
}

/** The variables at a place. ENV wins over ARG, wherever it stands; a stage inherits both from the stage it starts from. */
export interface Scope {
  /** `undefined`: nothing in the file sets it. See {@link Scope.closed} for whether the base image still may. */
  get(name: string): Binding | undefined;
  /** Whether nothing outside the file can set other variables: FROM lines and stages that come from `scratch`. */
  readonly closed: boolean;
  /** Names in scope, each once, in no order; for suggestions. At most a few thousand. */
  names(): readonly string[];
}

/** The shell of a shell form. */
export interface EffectiveShell {
  /** `['/bin/sh', '-c']` unless a SHELL says otherwise. */
  readonly words: readonly string[];
  /** The SHELL instruction, possibly of a stage this one starts from. */
  readonly instruction: ShellInstruction | undefined;
  /** False when the base image may have brought another one: no SHELL in the file, and the base is not `scratch`. */
  readonly certain: boolean;
  readonly dialect: ShellDialect;
  readonly errexit: boolean;
  readonly pipefail: boolean;
}
