/** What one file says of images, and the graph that all files make. Places are spans of the file that says it. */
import type { Span } from '../../core/text.ts';

/** `machine`: an image that a machine boots; `application`: a container image. */
export type Layer = 'machine' | 'application';

/** An image by its name as it is written; not `certain` where the name holds only for defaults. */
export interface NamedImage {
  readonly name: string;
  readonly certain: boolean;
  /** Its tag is not known, so that the name has none. */
  readonly open?: true;
  /** Of one that is known in parts only, which `name` has as it is written: the parts, with the gaps marked. */
  readonly known?: string;
  /** The whole name for people, where not all of it is known: `ghcr.io/{OWNER}/web:{TAG}`. */
  readonly shown?: string;
  readonly span: Span;
}

/** What a stage starts from, or takes files from. `stage` is the number of a stage of the same file. */
export interface StageBase extends NamedImage {
  readonly use: 'base' | 'copy';
  readonly stage: number | undefined;
}

/** Who has an image, what for and for how long: from labels and tags, or declared in the configuration. */
export interface Ownership {
  readonly owner: string | undefined;
  readonly purpose: string | undefined;
  /** When it is built again: an interval or a date. */
  readonly refresh: string | undefined;
  /** The day, or the words of a label, from which it is not used any more. */
  readonly retirement: string | undefined;
}

/** The name of a base that build arguments give, at least in part: text and names of arguments, in order. */
export interface GivenBase {
  readonly parts: readonly (string | { readonly argument: string; readonly default?: string })[];
  /** The name that holds by default is a base of the stage, too. */
  readonly isDefaulted?: boolean;
  readonly use: 'base' | 'copy';
  readonly span: Span;
}

/** A stage of a Dockerfile, or one source of a Packer build. */
export interface StageFacts extends Ownership {
  readonly name: string | undefined;
  readonly layer: Layer;
  /** Whether it is shipped without being asked for by name. */
  readonly final: boolean;
  readonly bases: readonly StageBase[];
  /** Keys of labels that name an owner, by the configuration of the file. */
  readonly ownerKeys: readonly string[];
  /** The names that the file itself gives the image: of the source of a Packer build, and by its post-processors. */
  readonly tags?: readonly NamedImage[];
  /** Those of which only a build knows the name. */
  readonly given?: readonly GivenBase[];
  /** Of a machine image, the names that others find it by, with the gaps marked. */
  readonly produces?: readonly string[];
  readonly span: Span;
}

/** A command or an entry that builds a Dockerfile: paths are as written, from the directory that they count from. */
export interface BuildCall {
  /** The names that the image gets. */
  readonly names: readonly NamedImage[];
  /** Names of which only parts are known, `ghcr.io/${{ github.repository_owner }}/web`. */
  readonly parts?: readonly NamePart[];
  /** How names are written that a loop gives a part of, or that are not known: what the same file starts so is one of the images. */
  readonly spelled?: readonly string[];
  /** The build arguments whose values are known. */
  readonly arguments?: Readonly<Record<string, string>>;
  /** The keys of the labels that it gives, and what is known of their values. */
  readonly labels?: Readonly<Record<string, string | null>>;
  /** What the names of contexts stand for, in `FROM` and `COPY --from`: another image, or what another call builds. */
  readonly contexts?: Readonly<Record<string, BuildContext>>;
  /** Where the same entry starts what it builds. */
  readonly starts?: NamedImage;
  /** What the image is called where nothing gives it a name. */
  readonly alias?: string;
  readonly by: 'compose' | 'bake' | 'skaffold' | 'tilt' | 'devcontainer' | 'command' | 'workflow';
  /** `undefined`: not known. */
  readonly context: string | undefined;
  /** `undefined`: the `Dockerfile` of the context. */
  readonly file: string | undefined;
  readonly target: string | undefined;
  readonly span: Span;
}

/** A name without its tag, of which only parts are known, if any. */
export interface NamePart {
  /** With its gaps marked. */
  readonly known: string;
  /** With the variables that are known filled in. */
  readonly written: string;
  /** Its tag, where that is known. */
  readonly tag?: string;
  /** The whole name for people: `ghcr.io/{OWNER}/web:{TAG}`. */
  readonly shown: string;
  readonly span: Span;
}

/** `undefined` in all: a directory, or not known. */
export interface BuildContext {
  /** The name of an image. */
  readonly image?: string;
  /** The paths of what is built, as in a {@link BuildCall}. */
  readonly built?: Pick<BuildCall, 'context' | 'file' | 'target'>;
}

/**
 * Stands in the paths and names of a {@link BuildCall} for the name of a directory, the same everywhere: a loop or a matrix
 * builds what is in each.
 */
export const EACH = '\u0001';

/** Another name for an image: `docker tag`. */
export interface Retag {
  readonly from: string;
  /** Of a name that is known in parts only, which `from` has as it is written: the parts, with the gaps marked. */
  readonly known?: string;
  /** With its tag as people see it, where that is not known. */
  readonly shown?: string;
  readonly to: NamedImage;
}

/** Another name for what manifests call an image: `images` of a kustomization. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** What one file says. Small, and without the text that it was read from. */
export interface FileFacts {
  readonly path: string;
  readonly stages: readonly StageFacts[];
  readonly builds: readonly BuildCall[];
  readonly retags: readonly Retag[];
  /** Container images that it starts or fetches when it runs. */
  readonly starts: readonly NamedImage[];
  /** Machine images that it boots: their names, or patterns of them. */
  readonly boots?: readonly NamedImage[];
  /** What images of manifests are called when they are started. */
  readonly renames?: readonly Rename[];
  /** Other files that take part. */
  readonly files: readonly string[];
  /** The paths of files whose variables it uses, whether they exist or not. */
  readonly reads?: readonly string[];
  /** The names of all images that it builds or gives a context to, known in parts too; for files that are no documents. */
  readonly makes?: readonly string[];
  /**
   * The same for documents that differ in nothing but names of environments and numbers; only where the path names an
   * environment.
   */
  readonly shape?: string;
}

/** A place in a file. */
export interface Place {
  readonly path: string;
  readonly span: Span;
}

export interface ImageTag extends Place {
  /** `{NAME}`, or `{}`, stands for a part that is not known. */
  readonly name: string;
  readonly certain: boolean;
}

/** From an image to what it is made of. */
export interface BaseEdge extends Place {
  readonly use: 'base' | 'copy';
  /** As written. */
  readonly name: string;
  /** The id of the image, where files of the workspace build it. */
  readonly image: string | undefined;
  readonly certain: boolean;
}

/** An image that files of the workspace build. */
export interface WorkspaceImage extends Place, Ownership {
  /** Path and stage; unique. */
  readonly id: string;
  readonly layer: Layer;
  readonly name: string;
  readonly tags: readonly ImageTag[];
  readonly bases: readonly BaseEdge[];
  readonly files: readonly string[];
  /** Where it is started or fetched. */
  readonly startedBy: readonly ImageTag[];
  /** The ids of the images that are made of it directly. */
  readonly usedBy: readonly string[];
}
