/** What the server and our own client say to each other beyond the Language Server Protocol. Types and names only. */

import type { WorkspaceEdit } from 'vscode-languageserver-protocol';

/** What our client passes as `initializationOptions`; another editor may pass none of it, or `settings` alone. */
export interface InitializationOptions {
  /** The client answers {@link READ_FILE} and {@link LIST_DIRECTORY}, and reports changes of what it was asked for. */
  readonly servesFiles?: boolean;
  /**
   * Diagnostics are pushed even though the client could pull them. VS Code pulls for visible tabs and for the right side
   * of a diff only; pushing reaches every open document.
   */
  readonly push?: boolean;
  /** False for a workspace that the user has not trusted: no program is run for it until {@link FILES_CHANGED} says otherwise. */
  readonly trusted?: boolean;
  /** The editor shows the message of the finding under the pointer by itself, so hovers leave it out. */
  readonly messagesShown?: boolean;
  /** What else is installed; see {@link OTHER_EXTENSIONS}. */
  readonly otherExtensions?: OtherExtensions;
  /** The client has the command {@link IGNORE}. */
  readonly asksWhy?: boolean;
  /** `bakelint.*` settings, for editors that do not answer `workspace/configuration`. */
  readonly settings?: unknown;
}

/** Request to the client. Parameter: {@link FileQuestion}. Answer: {@link FileAnswer}. */
export const READ_FILE = 'bakelint/readFile';
/** Request to the client. Parameter: {@link FileQuestion}. Answer: {@link DirectoryAnswer}. */
export const LIST_DIRECTORY = 'bakelint/listDirectory';
/** Notification to the server: what files can be read has changed (the workspace is now trusted). No parameters. */
export const FILES_CHANGED = 'bakelint/filesChanged';

/** Notification to the server: which extensions are installed now. Parameter: {@link OtherExtensions}. */
export const OTHER_EXTENSIONS = 'bakelint/otherExtensions';

/** Whether there are extensions that offer what the server offers too: for Dockerfiles, and for YAML with a schema. */
export interface OtherExtensions {
  readonly docker: boolean;
  readonly yaml: boolean;
}

export interface FileQuestion {
  readonly uri: string;
  /** The directory that the file must really be in, all symbolic links resolved. */
  readonly root?: string;
  /** Longer files are refused, in bytes. {@link LARGEST_FILE} where nothing is said. */
  readonly largest?: number;
}
/** `text: null`: known not to be there; neither `text` nor `refused`: not known (not allowed, say). */
export interface FileAnswer extends RefusedAnswer {
  readonly text?: string | null;
}
/** `entries: null`: no such directory; neither `entries` nor `refused`: not known. */
export interface DirectoryAnswer extends RefusedAnswer {
  readonly entries?: readonly DirectoryEntry[] | null;
}
/** A name in a directory; of a symbolic link `kind` is what it leads to, and `target` where, if that is known. */
export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
  readonly target?: string;
}
/** Something is there, but what it holds is not for the server. `outside`: a link leads out of the root. */
export interface RefusedAnswer {
  readonly refused?:
    | 'binary'
    | 'utf-16'
    | 'invalid'
    | 'too-large'
    | 'not-plain'
    | 'outside'
    | 'unreadable'
    | 'encrypted';
  /** For `unreadable`, in words. */
  readonly reason?: string;
}

/** The longest file that takes part in the linting of another one, in bytes. */
export const LARGEST_FILE = 1_000_000;

/** Command on the client: opens the page of a rule. Argument: its address. */
export const OPEN_PAGE = 'bakelint.openPage';

/** Command on the client: shows references. Arguments: a URI, a position and locations, as the protocol writes them. */
export const SHOW_REFERENCES = 'bakelint.showReferences';

/** Command on the client: asks for the severity of a rule. Arguments: the URI of a document, the rule, its severity there. */
export const CHANGE_SEVERITY = 'bakelint.changeSeverity';

/** Command on the client: asks why a finding is ignored and writes the comment. Argument: {@link IgnoreArguments}. */
export const IGNORE = 'bakelint.ignore';

export interface IgnoreArguments {
  readonly uri: string;
  /** The version of the document that the place is of. */
  readonly version: number;
  readonly rule: string;
  readonly position: { readonly line: number; readonly character: number };
  /** What is inserted around the reason. */
  readonly before: string;
  readonly after: string;
}

/**
 * Request to the server: the edit of the configuration that gives a rule a severity for a document. Parameter:
 * {@link SeverityQuestion}. Answer: a `WorkspaceEdit`, or null where there is none.
 */
export const SEVERITY_EDIT = 'bakelint/severityEdit';

export interface SeverityQuestion {
  readonly uri: string;
  readonly rule: string;
  readonly severity: 'off' | 'error' | 'warning' | 'info' | 'hint';
}

/**
 * Command on the client, and the request that it sends to the server: takes the application out of a document. Argument
 * and parameter: the document's URI. Answer: {@link Extracted}.
 */
export const EXTRACT = 'bakelint.extractApplication';
export interface Extracted {
  /** Why there is nothing. */
  readonly refusal?: string;
  readonly files?: readonly { readonly name: string; readonly text: string }[];
  /** A `WorkspaceEdit` that creates the files and edits the document, where the client can apply one. */
  readonly edit?: WorkspaceEdit;
}

/** Notification to the server: the comparisons that are shown. Parameter: {@link ShownComparisons}, which replaces the last. */
export const COMPARISONS = 'bakelint/comparisons';

export interface ShownComparisons {
  readonly comparisons: readonly {
    /** The document on the new side. */
    readonly uri: string;
    /** The text on the old side. */
    readonly original: string;
  }[];
}

/** Request to the server: the images of the workspace. No parameters. Answer: {@link ImagesAnswer}. */
export const IMAGES = 'bakelint/images';
/** Notification to the client: how far the search for images is. Parameter: {@link ImagesProgress}. */
export const IMAGES_PROGRESS = 'bakelint/imagesProgress';
/** Notification to the client: an answer about images would be another one now. No parameters. */
export const IMAGES_CHANGED = 'bakelint/imagesChanged';

export interface ImagesProgress {
  readonly done: number;
  readonly total: number;
}
export interface ShownPlace {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}
export interface ShownName extends ShownPlace {
  readonly name: string;
  readonly certain: boolean;
}
export interface ShownBase extends ShownName {
  readonly use: 'base' | 'copy';
  /** The id of an image of the workspace. */
  readonly image?: string;
  /** `YYYY-MM-DD` */
  readonly supportEnds?: string;
  readonly tag?: 'digest' | 'tag' | 'latest';
}
export interface ShownImage extends ShownPlace {
  readonly id: string;
  readonly layer: 'machine' | 'application';
  readonly name: string;
  readonly tags: readonly ShownName[];
  readonly bases: readonly ShownBase[];
  readonly startedBy: readonly ShownName[];
  readonly usedBy: readonly string[];
  readonly owner?: string;
  readonly purpose?: string;
  readonly refresh?: string;
  readonly retirement?: string;
}
export interface ImagesAnswer {
  readonly images: readonly ShownImage[];
  /** Directories that cannot be listed: what is in them is not known. */
  readonly unread: number;
}

/** Request to the server: what is built on what is at a place. Parameter: {@link ShownPlace}. Answer: {@link BuiltOn} or null. */
export const BUILT_ON = 'bakelint/builtOn';
export interface BuiltOn {
  readonly of: string;
  /** Images first, then where they are started. */
  readonly places: readonly ShownName[];
}

/**
 * Commands of the server: lint all files of the workspace folders, and take back what was found in closed ones. No
 * arguments. Answer of the first: {@link WorkspaceLinted}, or null.
 */
export const LINT_WORKSPACE = 'bakelint.lintWorkspace';
export const CLEAR_WORKSPACE = 'bakelint.clearWorkspaceFindings';

export interface WorkspaceLinted {
  /** Documents that were linted, and findings in them and in files that they name. */
  readonly documents: number;
  readonly findings: number;
  /** Whether that is all. */
  readonly complete: boolean;
}

/** Notification to our client: what holds for an open document. Parameter: {@link DocumentStatus}; the last one counts. */
export const STATUS = 'bakelint/status';

export interface DocumentStatus {
  readonly uri: string;
  /** The URI of the configuration in force, and the presets that it names. */
  readonly config?: string;
  readonly presets?: readonly string[];
  /** Something in the configuration is wrong, so that not all of it holds. */
  readonly isConfigBroken?: true;
  /** Why the document is not linted: an ignore file, or the directory that it is in. */
  readonly leftOut?: 'tool-directory' | 'gitignore' | 'config';
}
