/**
 * What a file says about building an image, in the words that the three languages share. A field exists only when
 * two languages fill it and two rules read it; anything else is the matter of the language's own tree (`syntax`).
 */
import type { Finding, Fix } from './finding.ts';
import type { ImageKind } from './project.ts';
import type { Script } from './script.ts';
import type { Command } from './shell-tree.ts';
import type { SourceText, Span } from './text.ts';

/** The languages of build files; the shell inside them is none of these. */
export type LanguageId = 'dockerfile' | 'packer' | 'cloud-init';

/** One document, or one nested in another. */
export interface ImageBuild {
  readonly language: LanguageId;
  readonly source: SourceText;
  /** Dockerfile stages, Packer builds, or the one boot of a cloud-init instance; in the order of the file. */
  readonly stages: readonly Stage[];
  /** What the caller may set from outside: ARG, Packer variables and the values given to them in `*.pkrvars.hcl`. */
  readonly parameters: readonly Parameter[];
  /** Container images that are named outside commands: FROM, COPY --from, `image`, Compose files. */
  readonly images: readonly ImageUse[];
  /** Places where the text is not what the tool accepts. */
  readonly problems: readonly Finding[];
  readonly comments: readonly Comment[];
  /** Documents in other languages inside this one; their spans are spans of this document. */
  readonly nested: readonly ImageBuild[];
  /** Other files that took part, and where this one names them. */
  readonly mentions: readonly Mention[];
  /**
   * It is put together from parts of a document in another language, such as the container that a Packer template
   * makes. Only rules that are about such builds too look at it.
   */
  readonly derived?: true;
  /**
   * Takes the secret at a place of this document out of it, so that it comes from the environment, a mounted secret or
   * the start of the container; `undefined` where that cannot be written in this document alone.
   */
  readonly withdraw?: (place: Span) => Fix | undefined;
  /** What its files say that the images are for, where the configuration does not say it. */
  readonly kind?: ImageKind;
  /**
   * Steps of another file go on with the machine and may undo what this one sets: provisioners after the seed of a build, a
   * template that starts from what this one makes.
   */
  readonly continued?: boolean;
  /** Whether nothing comes of a place, as far as the whole project shows; `undefined` where something may. */
  readonly idleness?: (place: Span) => Idleness | undefined;
  /** Whether the repository has the same file for a later release beside it; looked up when this is called. */
  readonly hasLaterRelease?: () => boolean;
  /** The versions of images that other files of the repository use; they are read when this is called. */
  readonly imagesAround?: () => readonly ImageAround[];
  /** What the project's own files say of the versions of runtimes that it runs on; they are read when this is called. */
  readonly projectVersions?: () => readonly ProjectVersions[];
  /** The READMEs in the directory of the document and in those above it; they are read when this is called. */
  readonly readmes?: () => readonly string[];
  /** The language's own tree, for rules of one language; `languages/<id>` gives it a type. */
  readonly syntax: unknown;
}

/**
 * `unread`: the tool never evaluates it, such as a source that no build uses. `unused`: it is evaluated, and nothing refers to
 * it. `undone`: a password that a later step of the build takes from its account. `conditional`: a condition that is not known
 * decides whether it is done.
 */
export type Idleness = 'unread' | 'unused' | 'undone' | 'conditional';

/** A Dockerfile stage, a Packer build with its sources, or the one boot of a cloud-init instance. */
export interface Stage {
  readonly name: Value | undefined;
  /** Where it starts from: one for a Dockerfile stage, one per source for Packer, none for cloud-init. */
  readonly bases: readonly BaseImage[];
  readonly steps: readonly Step[];
  /** What it produces, where the file names it. */
  readonly outputs: readonly Output[];
  /** Whether this stage ends up in what is shipped: the last Dockerfile stage, every Packer build, every boot. */
  readonly final: boolean;
  readonly span: Span;
}

/** Text that may contain references that only the tool can resolve. */
export interface Value {
  /** The text as written between its delimiters, decoded; unknown parts are `UNRESOLVED`s. */
  readonly source: SourceText;
  /** Literal text and references to variables, in order. */
  readonly parts: readonly (string | Reference)[];
  /** The value when it is certain; `undefined` means it cannot be known from these files. */
  readonly literal: string | undefined;
  /** The value under the defaults written in these files. Equals `literal` where that is known. */
  readonly byDefault: string | undefined;
  readonly span: Span;
}
/** A variable that a value names. */
export interface Reference {
  readonly name: string;
  readonly span: Span;
  /** Where the variable is declared, when it is declared in these files. */
  readonly definition?: Span;
  /** What it stands for by default, where that is written in these files and not among the parameters of the document. */
  value?(): Value | undefined;
}

/** ARG, a Packer variable, or a value given to one in a variables file. */
export interface Parameter {
  readonly name: string;
  readonly nameSpan: Span;
  readonly default: Value | undefined;
  /** Kept out of logs (`sensitive = true`); always false for ARG. */
  readonly sensitive: boolean;
  /** Whether every command of the repository that builds it sets the variable; `undefined` where that is not looked up. */
  readonly isPassed?: () => boolean;
  readonly span: Span;
}

/** Where a stage starts from: an image of a registry, a stage before it, nothing, a machine image, or an installation medium. */
export type BaseImage =
  | { readonly kind: 'registry'; readonly reference: Value; readonly platform?: Value; readonly span: Span }
  | { readonly kind: 'stage'; readonly name: string; readonly span: Span }
  | { readonly kind: 'scratch'; readonly span: Span }
  | CloudBase
  | { readonly kind: 'iso'; readonly url: Value; readonly checksum: Value | undefined; readonly span: Span };

/** A machine image of a cloud or hypervisor, by id, name, filter or family. */
export interface CloudBase {
  readonly kind: 'cloud';
  /** The Packer source type: `amazon-ebs`. */
  readonly provider: string;
  /** The id or name that selects it, when one is written. */
  readonly selector: Value | undefined;
  /** What the selector is a part of, where it is not enough to select: the offer that has the plan of an image on Azure. */
  readonly offer?: Value;
  /** The operating system and the release by which it is filtered, where they are apart. */
  readonly release?: { readonly system: Value; readonly version: Value };
  /** Why the same text can select another image tomorrow; `undefined` when it is pinned or cannot be known. */
  readonly floats: Floating | undefined;
  /** Whether the labels of the output say which image was taken. */
  readonly recorded: boolean;
  /**
   * What answers {@link floats}: it names the publisher, or makes the labels of the output say which image was taken.
   * `undefined` where that cannot be written in this document.
   */
  readonly steady?: () => Fix | undefined;
  readonly span: Span;
}
/** The attribute or place that lets a base change. */
export interface Floating {
  readonly reason:
    | 'newest-of-pattern'
    | 'newest-of-any-name'
    | 'newest-without-owner'
    | 'family'
    | 'version-latest'
    | 'version-missing'
    | 'moving-name'
    | 'slug'
    | 'parameter';
  readonly span: Span;
}

/** A container image named outside a command. */
export interface ImageUse {
  readonly reference: Value;
  readonly use: 'base' | 'copy' | 'mount' | 'service';
  readonly span: Span;
  /** The platform that it is asked for, `linux/arm64`, where one is written. */
  readonly platform?: Value;
  /**
   * What the files that build the repository say of it: they make it as well (`built`), or always set an argument that it is
   * made of (`given`). `undefined` where they say nothing; they are read when this is called.
   */
  readonly fromRepository?: () => 'built' | 'given' | undefined;
}

/** A version of an image in another file of the repository. */
export interface ImageAround {
  readonly repository: string;
  readonly tag: string;
  /** The path of the file as a reader of the document would write it: without the directories that both are in. */
  readonly place: string;
}

/** What a file of the project, such as `package.json`, says of the versions of a runtime. */
export interface ProjectVersions {
  /** As in the table of ends of life: `Node.js`. */
  readonly product: string;
  /** Whether a version is one of them; a shorter one, such as `24`, stands for the newest that it begins. */
  allows(version: string): boolean;
  /** The name of the file. */
  readonly file: string;
}

/** An image that a stage makes. */
export interface Output {
  readonly name: Value | undefined;
  readonly labels: readonly Label[];
  /** False when labels may come from somewhere that cannot be read (a variable, a function). */
  readonly labelsKnown: boolean;
  readonly span: Span;
}
/** A label, tag or property of an output. */
export interface Label {
  readonly key: string;
  readonly value: Value;
  readonly span: Span;
}

/** What a stage does, in the order of the file. */
export type Step = RunStep | CopyStep | FetchStep | EnvStep | PackagesStep | WriteFileStep | LabelStep | CredentialStep;

interface StepBase {
  readonly span: Span;
  /** It runs in builds that start from this image, before anything of theirs, and not in this one (ONBUILD). */
  readonly trigger?: true;
  /** The node of the language's own tree that it was made of; `languages/<id>` gives it a type. */
  readonly syntax?: unknown;
}

/** Commands. `build`: while the image is made; `boot`: when a machine or container starts; `host`: on the builder's own machine. */
export interface RunStep extends StepBase {
  readonly kind: 'run';
  readonly phase: 'build' | 'boot' | 'host';
  /** The shell script, or `undefined` for the exec form and for a script whose text cannot be had. */
  readonly script: Script | undefined;
  /** The exec form's words. */
  readonly argv: readonly Value[] | undefined;
  /**
   * The command that runs it: of the step before that the step is a part of, or of another script that runs there. The script
   * is in a file that was put into the image.
   */
  readonly calledBy?: Command;
  /** What is mounted for it alone; none of it is in the image. */
  readonly mounts?: readonly StepMount[];
  /** What its environment has under a name, by the values and defaults that these files write; `undefined` where that is not known. */
  readonly environment?: (name: string) => string | undefined;
}

/** Files, a directory or a variable that a step has, and the image has not. */
export interface StepMount {
  /** `secret`, `cache`, …; `undefined` where it is not known. */
  readonly type: string | undefined;
  /** Where the files are, with variables as `$NAME`. */
  readonly target: string | undefined;
  /** The variable that a secret comes in. */
  readonly variable: string | undefined;
}

/** The environment of what a step runs. */
export function environmentOf(step: Step): RunStep['environment'] {
  return step.kind === 'run' ? step.environment : undefined;
}

/** Files put into the image. */
export interface CopyStep extends StepBase {
  readonly kind: 'copy';
  /** `context`: from the author's machine or the build context; `stage` and `image`: from another one. */
  readonly origin: 'context' | 'stage' | 'image';
  readonly sources: readonly Value[];
  readonly to: Value | undefined;
  /** The mode that the files are given, where one is written; like that of a {@link WriteFileStep}. */
  readonly mode: Value | undefined;
  /** Files of credentials in directories among the sources; `undefined` where nothing is known. */
  readonly includes?: readonly IncludedFile[];
  /** The text of a file among the sources, by its path as it is written; `undefined` where it cannot be had. */
  readonly textOf?: (source: string) => string | undefined;
  /** The names in a directory of sources; `undefined` while that is not known. */
  readonly namesIn?: (source: string) => readonly string[] | undefined;
  /** Whether an ignore file keeps a source from being copied. */
  readonly leavesOut?: (source: string) => boolean;
}
/** A file that is copied with the directory that it lies in. */
export interface IncludedFile {
  /** The directory. */
  readonly source: Value;
  readonly name: string;
  /** `undefined`: cannot be had. */
  readonly text: string | undefined;
  /** Whether an ignore file names it among what is to be copied. */
  readonly isMeant?: boolean;
}
/** A download by the tool itself (ADD with a URL), not by `curl` in a script. */
export interface FetchStep extends StepBase {
  readonly kind: 'fetch';
  readonly url: Value;
  readonly checksum: Value | undefined;
}
/** An environment variable: `image`: stays in what is built; `build`: only while it is built. */
export interface EnvStep extends StepBase {
  readonly kind: 'env';
  readonly scope: 'build' | 'image';
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Value;
}
/** Packages asked for by name rather than by command (cloud-init `packages:`). */
export interface PackagesStep extends StepBase {
  readonly kind: 'packages';
  readonly names: readonly Value[];
}
/** A file whose content is in the document (a Dockerfile heredoc, `write_files`, a file provisioner's `content`). */
export interface WriteFileStep extends StepBase {
  readonly kind: 'write-file';
  readonly path: Value | undefined;
  readonly content: SourceText;
  readonly mode: Value | undefined;
  /** The content as a script when its first line or name says that it is one. */
  readonly script: Script | undefined;
}
/** A LABEL where it is set; the stage's outputs have all labels. */
export interface LabelStep extends StepBase, Label {
  readonly kind: 'label';
}
/**
 * An attribute or key whose value is a credential by its meaning. `account`: a login that stays in the image;
 * `service`: a token that the machine uses; `build`: what the builder itself logs in with.
 */
export interface CredentialStep extends StepBase {
  readonly kind: 'credential';
  readonly use: 'account' | 'service' | 'build';
  readonly name: string;
  readonly value: Value;
}

/** A comment, for suppression. */
export interface Comment {
  /** The text after the comment sign. */
  readonly text: string;
  readonly span: Span;
  /** What a directive in it applies to: the next instruction, block, attribute or entry, or the one on its own line. */
  readonly target: Span | undefined;
}

/** Another file and where this document names it; siblings of a module have no `reference`. */
export interface Mention {
  readonly file: string;
  readonly reference: Span | undefined;
}
