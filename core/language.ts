import type { ImageBuild, LanguageId } from './build.ts';
import type { Inventory } from './needs.ts';
import type { Script, ScriptSettings } from './script.ts';
import type { SourceText } from './text.ts';

/**
 * The files around a document, as far as the host can get them. Paths are absolute, POSIX style (`/a/b`), or whatever
 * the document's own path is relative to. `undefined`: not known (yet); `null`: known not to be there.
 * A host that cannot answer at once notes the question and lints again when it can.
 */
export interface Files {
  read(path: string): string | null | undefined;
  /** The names of the files in a directory, not its directories. */
  list(directory: string): readonly string[] | null | undefined;
  /** The names of the directories in a directory. A host that leaves this out cannot say. */
  directories?(directory: string): readonly string[] | null | undefined;
  /**
   * Says that an answer which was kept from an earlier document counts for this one too. For a host that records what
   * findings depend on.
   */
  recall?(kind: 'read' | 'list', path: string): void;
  /** What questions are recorded in now, another object for each document; `undefined` when they are not. */
  readonly recording?: object | undefined;
  /** Set by a host that answers at once: what it does not know now it never will. */
  readonly answersAtOnce?: boolean | undefined;
}
/** A host that can answer nothing. */
export const NO_FILES: Files = { answersAtOnce: true, read: () => undefined, list: () => undefined };

/** What lowering may ask for. */
export interface LowerContext {
  /** The document's path; `undefined` for text without a place. */
  readonly path: string | undefined;
  readonly files: Files;
  /** How deep the document is nested in others; 0 for the outermost. */
  readonly depth: number;
  script(text: SourceText, settings: ScriptSettings): Script;
  /** Lowers a document of another language inside this one; `undefined` when that language is not there or the nesting is too deep. */
  nested(language: LanguageId, source: SourceText): ImageBuild | undefined;
}

/** What a file is recognized as. */
export interface Recognition {
  /** The form of the language: `HCL template`, `MIME message`. */
  readonly form: string;
  /** What shows it, after "recognized by": "the name `Dockerfile.dev`". */
  readonly evidence: string;
}

/** One language: how its files are recognized, read and lowered. `T` is its own tree. */
export interface Language<T = unknown> {
  readonly id: LanguageId;
  /** As people say it: `Dockerfile`, `Packer`, `cloud-init`. */
  readonly name: string;
  /** Whether a file is in this language, from its path and its beginning (at least its first 1,000 characters). */
  detect(path: string, beginning: string): boolean;
  /** The other program that a file with a name of this language is for, and the words in it that show it. */
  foreign?(path: string, beginning: string): { readonly program: string; readonly evidence: string } | undefined;
  /** What a file that {@link detect} takes is, and what shows it. Names no more of its text than names and headers. */
  recognition?(path: string, beginning: string): Recognition;
  /** Whether a file of this name may be a document, or part of one, that names scripts which are linted with it. */
  mayNameFiles?(path: string): boolean;
  /** Its documents name files by where they are in the image: only the names of files tell which ones are meant. */
  readonly namesInImage?: true;
  /** The program in whose dialect a document is, where that is not the one that the language is named after. */
  dialect?(build: ImageBuild): string | undefined;
  /** Never throws; what cannot be read is a problem in the tree. */
  parse(source: SourceText, context: LowerContext): T;
  /** Never throws. */
  lower(tree: T, context: LowerContext): ImageBuild;
  /** What rules may say that they need of one of this language's builds. */
  inventory(build: ImageBuild): Inventory;
}
