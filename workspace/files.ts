/**
 * The port to the files of a workspace. A host that has a disk answers at once. One that must ask an editor answers
 * `undefined` at first, notes the question, and runs the pipeline again when it knows. One that has no files at all (a
 * text without a place) answers `undefined` for good: nothing is known, so nothing is said that would depend on it.
 *
 * Paths are absolute, POSIX style (`/a/b`, `C:/a/b`), without `.`, `..`, doubled or trailing slashes. `null` means that
 * there is no such thing. A question with a `root` is about what really is in that directory: what a path or a symbolic
 * link reaches outside of it is refused.
 */
export interface WorkspaceFiles {
  /** The text of a plain file of at most {@link LARGEST_FILE} bytes, or why it has none. A directory is `not-plain`. */
  read(path: string, root?: string): Content | null | undefined;
  /** What is directly in a directory, in no order, or why that cannot be said. */
  list(directory: string, root?: string): readonly Entry[] | Refused | null | undefined;
  /**
   * How a plain file begins: all of a short one, at least 4,000 UTF-16 code units of a longer one. Bytes that are not
   * UTF-8 may be anything. `null` when the file is binary, or cannot be read.
   */
  beginning(path: string): string | null | undefined;
  /** As in `Files`. */
  recall?(kind: 'read' | 'list', path: string, root: string): void;
  /** As in `Files`. */
  readonly recording?: object | undefined;
  /** As in `Files`. */
  readonly answersAtOnce?: boolean | undefined;
}

/** Files that take part in linting another one (configurations, scripts, ignore files) are read up to this size. In bytes. */
export const LARGEST_FILE = 1_000_000;

export type Content = { readonly text: string } | Refused;

/** Something is there, but what it holds is not for us. */
export interface Refused {
  readonly refused: Refusal;
  /** What the file system said, for `unreadable`: `permission denied`. */
  readonly reason?: string;
}

/** Why a file has no text: it is none, it is too large, encrypted, a link leads it out of its root, or it cannot be opened. */
export type Refusal =
  | 'binary'
  | 'utf-16'
  | 'invalid'
  | 'too-large'
  | 'not-plain'
  | 'outside'
  | 'unreadable'
  | 'encrypted';

/** A name in a directory. */
export interface Entry {
  readonly name: string;
  /** What it is, of a symbolic link what it leads to. Pipes, devices and links to nowhere are `other`. */
  readonly kind: 'file' | 'directory' | 'other';
  /** Of a symbolic link where it leads, all links resolved; where a host cannot say, it is not known. */
  readonly target?: string;
}

export function isRefused<T>(answer: T | Refused): answer is Refused {
  return typeof answer === 'object' && answer !== null && 'refused' in answer;
}
