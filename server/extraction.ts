/** Parts of a document that become files of their own: as an edit that the user confirms, or as texts to show. */
import type { CodeAction, CreateFile, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import { CodeActionKind, type WorkspaceEditClientCapabilities } from 'vscode-languageserver';
import type { AroundExtraction, Extraction } from '../core/editor.ts';
import type { Diagnostic } from '../core/finding.ts';
import { parentDirectory, pathIn } from '../core/path.ts';
import { textEditOf } from './convert.ts';
import { comparable, uriAt } from './files.ts';
import { EXTRACT, type Extracted } from './protocol.ts';
import type { Subject } from './subjects.ts';

export interface ExtractionContext {
  /** What the client says of edits of the workspace. */
  readonly client: WorkspaceEditClientCapabilities | undefined;
  /** The client has the command {@link EXTRACT}. */
  readonly canShow: boolean;
  readonly around: AroundExtraction;
}

/** The first extraction of a document, or why there is none. */
export function extracted(subject: Subject, context: ExtractionContext): Extracted {
  const [first] = extractionsOf(subject);
  if (!first) return { refusal: 'There is no application in this file that could be extracted.' };
  return made(first, subject, context);
}

/** The actions for findings that an extraction answers. */
export function extractionActions(
  subject: Subject,
  here: readonly Diagnostic[],
  toLsp: (found: Diagnostic) => NonNullable<CodeAction['diagnostics']>[number],
  context: ExtractionContext,
): CodeAction[] {
  return extractionsOf(subject).flatMap((one): CodeAction[] => {
    const found = here.find(({ extractable, span }) => extractable && isAt(span, one.span));
    if (!found) return [];
    const { title } = one;
    const action = { title, kind: CodeActionKind.QuickFix, diagnostics: [toLsp(found)] };
    const { edit } = made(one, subject, context);
    if (edit) return [{ ...action, edit }];
    const command = { title, command: EXTRACT, arguments: [subject.document.uri] };
    return context.canShow ? [{ ...action, command }] : [];
  });
}

function extractionsOf({ build, editor }: Subject): readonly Extraction[] {
  return editor.extractions?.(build) ?? [];
}

/** A finding in a file that the document names is shown in that file. */
const isAt = (a: Diagnostic['span'], b: Diagnostic['span']): boolean => a.start === b.start && a.file === b.file;

function made(one: Extraction, subject: Subject, context: ExtractionContext): Extracted {
  const { document, masks } = subject;
  const { files, edits } = one.make(context.around);
  const texts = files.map(({ name, text }) => ({ name, text: masks.clean(text) }));
  const home = comparable(document.uri);
  // A text that is not saved has no directory.
  const isPlaced = home?.path.startsWith('/') === true && home.scheme !== 'untitled' && home.query === '';
  const { client } = context;
  if (!isPlaced || !client?.documentChanges || !client.resourceOperations?.includes('create')) return { files: texts };
  const annotated = client.changeAnnotationSupport ? { annotationId: ANNOTATION } : {};
  const created = texts.flatMap(({ name, text }): (CreateFile | TextDocumentEdit)[] => {
    const uri = uriAt(home, pathIn(parentDirectory(home.path), name));
    if (uri === undefined) return [];
    const edit = { range: { start: START, end: START }, newText: text, ...annotated };
    return [
      { kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false }, ...annotated },
      { textDocument: { uri, version: null }, edits: [edit] },
    ];
  });
  const own: TextDocumentEdit = {
    textDocument: { uri: document.uri, version: document.version },
    edits: edits.map(edit => ({ ...textEditOf(document, edit), ...annotated })),
  };
  const edit: WorkspaceEdit = {
    documentChanges: own.edits.length > 0 ? [...created, own] : created,
    ...(client.changeAnnotationSupport ? { changeAnnotations: { [ANNOTATION]: confirmed(one.title) } } : {}),
  };
  return { files: texts, edit };
}

const START = { line: 0, character: 0 };
const ANNOTATION = 'extraction';

function confirmed(title: string): NonNullable<WorkspaceEdit['changeAnnotations']>[string] {
  return {
    label: title.replace(/…$/, ''),
    description: 'New files, and comments where the application was',
    needsConfirmation: true,
  };
}
