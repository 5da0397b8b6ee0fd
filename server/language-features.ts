/** Outline, navigation, completion and the like: what a language offers (`LanguageEditor`), in the protocol's words. */
import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type Connection,
  type DocumentSymbol,
  type FoldingRange,
  InsertTextFormat,
  type Location,
  MarkupKind,
  type Position,
  ResponseError,
  type ServerCapabilities,
  SymbolKind,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ImageBuild } from '../core/build.ts';
import type { Completion, CompletionKind, LanguageEditor, OutlineItem, OutlineKind } from '../core/editor.ts';
import type { Span } from '../core/text.ts';
import type { Masks } from '../facts/secrets/masking/masks.ts';
import { editors } from '../languages/editors.ts';
import type { Checked } from './checker.ts';
import { rangeOf } from './convert.ts';
import { comparable, uriAt } from './files.ts';

export const FEATURES: ServerCapabilities = {
  documentSymbolProvider: true,
  foldingRangeProvider: true,
  documentLinkProvider: { resolveProvider: false },
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
  completionProvider: { triggerCharacters: ['.', '"'], resolveProvider: false },
  signatureHelpProvider: { triggerCharacters: ['(', ','] },
};

export interface FeatureParts {
  /** The document as it is now, once it is read; `undefined` for one that is not open. */
  current(uri: string): Promise<{ readonly document: TextDocument; readonly checked: Checked } | undefined>;
  readonly models: Models;
  /** The text of a file of the workspace that was read for a document. */
  known(uri: string): string | undefined;
}

/** A document that a language offers something for. */
interface Subject {
  readonly document: TextDocument;
  readonly build: ImageBuild;
  readonly editor: LanguageEditor;
  readonly masks: Masks;
}

export function serveFeatures(connection: Connection, parts: FeatureParts): void {
  const subjectAt = async (uri: string): Promise<Subject | undefined> => {
    const now = await parts.current(uri);
    const model = now && parts.models.of(now.checked);
    return model && { document: now.document, ...model };
  };
  const at = async <T>(
    { textDocument, position }: { textDocument: { uri: string }; position: Position },
    answer: (subject: Subject, offset: number) => T | undefined,
  ): Promise<T | null> => {
    const subject = await subjectAt(textDocument.uri);
    return (subject && answer(subject, subject.document.offsetAt(position))) ?? null;
  };
  const whole = async <T>(uri: string, answer: (subject: Subject) => T | undefined): Promise<T | null> => {
    const subject = await subjectAt(uri);
    return (subject && answer(subject)) ?? null;
  };
  const located = (document: TextDocument, spans: readonly Span[] | undefined): Location[] =>
    (spans ?? []).flatMap(span => {
      const home = fileOf(document, span, parts);
      return home ? { uri: home.uri, range: rangeOf(home, span) } : [];
    });

  connection.onDocumentSymbol(({ textDocument }) =>
    whole(textDocument.uri, ({ document, build, editor }) =>
      editor.outline?.(build).map(item => symbolOf(document, item)),
    ),
  );
  connection.onFoldingRanges(({ textDocument }) =>
    whole(textDocument.uri, ({ document, build, editor }) =>
      editor.folds?.(build).map((span): FoldingRange => {
        const { start, end } = rangeOf(document, span);
        return { startLine: start.line, endLine: end.line };
      }),
    ),
  );
  connection.onDocumentLinks(({ textDocument }) =>
    whole(textDocument.uri, ({ document, build, editor }) => {
      const home = comparable(document.uri);
      return editor.links?.(build).flatMap(({ span, path }) => {
        const target = home && uriAt(home, path);
        return target === undefined ? [] : { range: rangeOf(document, span), target };
      });
    }),
  );
  connection.onDefinition(params =>
    at(params, ({ document, build, editor }, offset) => located(document, editor.definition?.(build, offset))),
  );
  connection.onReferences(params =>
    at(params, ({ document, build, editor }, offset) =>
      located(document, editor.references?.(build, offset, params.context.includeDeclaration)),
    ),
  );
  connection.onPrepareRename(params =>
    at(params, ({ document, build, editor }, offset) => {
      const renaming = editor.renaming?.(build, offset);
      return renaming && { range: rangeOf(document, renaming.span), placeholder: renaming.name };
    }),
  );
  connection.onRenameRequest(params =>
    at(params, ({ document, build, editor }, offset): WorkspaceEdit | ResponseError<void> | undefined => {
      const edits = editor.renaming?.(build, offset)?.to(params.newName);
      if (!edits) return undefined;
      if ('refusal' in edits) return new ResponseError(REFUSED, edits.refusal);
      const changes: NonNullable<WorkspaceEdit['changes']> = {};
      for (const { span, newText } of edits) {
        const home = fileOf(document, span, parts);
        if (!home) return new ResponseError(REFUSED, 'A file of the template cannot be read.');
        (changes[home.uri] ??= []).push({ range: rangeOf(home, span), newText });
      }
      return { changes };
    }),
  );
  connection.onCompletion(params =>
    at(params, (subject, offset) =>
      subject.editor.completions?.(subject.build, offset).map(one => completionOf(subject, one)),
    ),
  );
  connection.onSignatureHelp(params =>
    at(params, ({ build, editor }, offset) => {
      const found = editor.signature?.(build, offset);
      if (!found) return undefined;
      const parameters = found.parameters.map(([start, end]) => ({ label: [start, end] as [number, number] }));
      return {
        signatures: [{ label: found.label, parameters }],
        activeSignature: 0,
        activeParameter: found.active,
      };
    }),
  );
}

/** The protocol's code for a request that is understood and cannot be done; its message is shown. */
const REFUSED = -32803;

type Model = Pick<Subject, 'build' | 'editor' | 'masks'>;

/**
 * The models of documents that a language offers something for. Those of all open documents would take many times the
 * room of their texts, so the last one that was asked for is kept, and another one is read again.
 */
export class Models {
  private last: { readonly checked: Checked; readonly model: Model | undefined } | undefined;

  of(checked: Checked): Model | undefined {
    if (this.last?.checked !== checked) this.last = { checked, model: modelOf(checked) };
    return this.last.model;
  }
}

function modelOf({ again, language, text }: Checked): Model | undefined {
  const editor = language && editors[language];
  const linted = editor && again(text);
  return linted?.build && { build: linted.build, editor: editor!, masks: linted.masks };
}

/** What a language says of the place, with nothing that may be a secret. */
export function languageHover(
  model: Model | undefined,
  offset: number,
): { readonly markdown: string; readonly span: Span } | undefined {
  const found = model?.editor.hover?.(model.build, offset);
  return model && found && { ...found, markdown: model.masks.clean(found.markdown) };
}

/** The document of a span: this one, or another file of the workspace. */
function fileOf(document: TextDocument, { file }: Span, { known }: FeatureParts): TextDocument | undefined {
  if (file === undefined) return document;
  const home = comparable(document.uri);
  const uri = home && uriAt(home, file);
  const text = uri === undefined ? undefined : known(uri);
  return text === undefined ? undefined : TextDocument.create(uri!, '', 0, text);
}

const SYMBOLS: Readonly<Record<OutlineKind, SymbolKind>> = {
  module: SymbolKind.Module,
  class: SymbolKind.Class,
  object: SymbolKind.Object,
  method: SymbolKind.Method,
  variable: SymbolKind.Variable,
  constant: SymbolKind.Constant,
  property: SymbolKind.Property,
  key: SymbolKind.Key,
};

function symbolOf(document: TextDocument, item: OutlineItem): DocumentSymbol {
  const { name, detail, kind, span, nameSpan, children } = item;
  return {
    name,
    ...(detail === undefined ? {} : { detail }),
    kind: SYMBOLS[kind],
    range: rangeOf(document, span),
    selectionRange: rangeOf(document, nameSpan),
    children: children.map(child => symbolOf(document, child)),
  };
}

const COMPLETIONS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  block: CompletionItemKind.Class,
  attribute: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  variable: CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  reference: CompletionItemKind.Reference,
  key: CompletionItemKind.Field,
};

function completionOf({ document, masks }: Subject, one: Completion): CompletionItem {
  const { label, kind, detail, documentation, snippet, replaces, deprecated, preferred } = one;
  return {
    label,
    kind: COMPLETIONS[kind],
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: masks.clean(documentation) } }),
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range: rangeOf(document, replaces), newText: snippet },
    ...(deprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
    sortText: `${preferred ? 0 : 1}${label}`,
  };
}
