/**
 * What a language can tell an editor about a document beside findings. Hosts turn it into their protocol. Everything is
 * computed from the model; offsets and spans are those of the document, or of another file where the span says so.
 */
import type { ImageBuild } from './build.ts';
import type { Edit, Span } from './text.ts';

export type OutlineKind = 'module' | 'class' | 'object' | 'method' | 'variable' | 'constant' | 'property' | 'key';

/** A part of a document for an outline. */
export interface OutlineItem {
  readonly name: string;
  readonly detail?: string;
  readonly kind: OutlineKind;
  readonly span: Span;
  /** Where its name is, inside of `span`. */
  readonly nameSpan: Span;
  readonly children: readonly OutlineItem[];
}

export type CompletionKind = 'block' | 'attribute' | 'value' | 'variable' | 'function' | 'reference' | 'key';

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** One line: a type, a component. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** What takes the place of `replaces`, in the syntax of snippets of the Language Server Protocol. */
  readonly snippet: string;
  readonly replaces: Span;
  readonly deprecated?: boolean;
  /** Before the others. */
  readonly preferred?: boolean;
}

export interface HoverText {
  /** Markdown. Contains no value that may be a secret. */
  readonly markdown: string;
  readonly span: Span;
  readonly value?: HoverValue;
}

/** What something is set to: a host shows it where it hides nothing of it, nor of any of the places. */
export interface HoverValue {
  /** Markdown that goes after the rest. */
  readonly markdown: string;
  readonly places: readonly ValuePlace[];
}

/** Where a value, or a part of it, is written. */
export interface ValuePlace {
  readonly span: Span;
  /** The text of the document, or of the other file. */
  readonly text: string;
}

/** The signature of the call that the cursor is in. */
export interface Signature {
  readonly label: string;
  /** The parts of the label that are parameters, as offsets in it. */
  readonly parameters: readonly (readonly [start: number, end: number])[];
  readonly active: number;
}

/** A name that can be changed. */
export interface Renaming {
  readonly span: Span;
  readonly name: string;
  /** The edits, of all files of the module, or why the new name cannot be used. */
  to(name: string): readonly Edit[] | Refusal;
}

export interface Refusal {
  readonly refusal: string;
  /** Files that belong to it have not been read: a host that reads them may ask again. */
  readonly isUnread?: true;
}

/** A file that a document names. */
export interface FileLink {
  readonly span: Span;
  /** Absolute, as the host knows it. */
  readonly path: string;
}

export type NameKind = 'type' | 'class' | 'variable' | 'parameter' | 'property' | 'function';

/** What a name in the text is, for colors. */
export interface ColoredName {
  readonly kind: NameKind;
  readonly span: Span;
  readonly isDeclaration?: true;
  readonly isDeprecated?: true;
}

/** What can be shown behind a place without being in the text. */
export interface InlineHint {
  readonly offset: number;
  /** Contains values: see {@link HoverValue}. */
  readonly text: string;
  readonly places: readonly ValuePlace[];
}

/** Something that is declared in the document, and everywhere where it is used. */
export interface UsedName {
  readonly nameSpan: Span;
  readonly uses: readonly Span[];
}

/** Something that can be looked for by name in the files that a document belongs to. */
export interface FoundName {
  readonly name: string;
  /** `variable`, `source amazon-ebs`. */
  readonly detail: string;
  readonly kind: OutlineKind;
  readonly span: Span;
}

/** A file that is not there yet. */
export interface NewFile {
  /** In the directory of the document. */
  readonly name: string;
  readonly text: string;
}

/** A part of a document that can be files of its own. */
export interface Extraction {
  readonly title: string;
  /** Where the extractable finding is that it answers. */
  readonly span: Span;
  /** The files under names that are free, and the edits of the document. */
  make(around: AroundExtraction): { readonly files: readonly NewFile[]; readonly edits: readonly Edit[] };
}

/** What a host knows around the document that something is taken out of. */
export interface AroundExtraction {
  /** Whether the directory of the document has the name. */
  isTaken(name: string): boolean;
  /** Who owns the document, as its repository says: `@org/team`. */
  readonly owners: readonly string[];
}

/** All offsets are UTF-16 offsets in the document. */
export interface LanguageEditor {
  outline?(build: ImageBuild): readonly OutlineItem[];
  folds?(build: ImageBuild): readonly Span[];
  links?(build: ImageBuild): readonly FileLink[];
  definition?(build: ImageBuild, offset: number): readonly Span[];
  references?(build: ImageBuild, offset: number, withDeclaration: boolean): readonly Span[];
  /** `isUnsaved`: the document is in no directory yet, so that no files are beside it. */
  renaming?(build: ImageBuild, offset: number, isUnsaved?: boolean): Renaming | undefined;
  completions?(build: ImageBuild, offset: number): readonly Completion[];
  /** The characters after which editors ask for completions; they do in any word. */
  readonly triggers?: readonly string[];
  /** `today` as `YYYY-MM-DD`, where the host says it. */
  hover?(build: ImageBuild, offset: number, today?: string): HoverText | undefined;
  signature?(build: ImageBuild, offset: number): Signature | undefined;
  /** The edits that format the document, in order and each within a line; none for a document with syntax errors. */
  format?(build: ImageBuild): readonly Edit[];
  /** In the order of the text; they do not overlap. */
  coloredNames?(build: ImageBuild): readonly ColoredName[];
  hints?(build: ImageBuild): readonly InlineHint[];
  usedNames?(build: ImageBuild): readonly UsedName[];
  foundNames?(build: ImageBuild): readonly FoundName[];
  extractions?(build: ImageBuild): readonly Extraction[];
}
