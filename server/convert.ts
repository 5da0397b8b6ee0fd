/** Spans are UTF-16 offsets, LSP positions are lines and UTF-16 columns: this is the only place where one becomes the other. */
import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  InsertTextFormat,
  MarkupKind,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Completion, CompletionKind } from '../core/editor.ts';
import type { Diagnostic as Found, Related, Severity } from '../core/finding.ts';
import type { Edit, Span } from '../core/text.ts';

/** How diagnostics of this server are marked, in the Problems panel and in requests that hand them back. */
export const SOURCE = 'bakelint';
/** The same for those that the change in a comparison brings. */
export const NEW_SOURCE = 'bakelint (new)';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** The range of a span of this document. */
export function rangeOf(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

/** The span of a range, with its ends in order and inside the document, however malformed the range is. */
export function spanOf(document: TextDocument, range: Range): Span {
  const a = document.offsetAt(range.start);
  const b = document.offsetAt(range.end);
  return { start: Math.min(a, b), end: Math.max(a, b) };
}

export function textEditOf(document: TextDocument, edit: Edit): TextEdit {
  return { range: rangeOf(document, edit.span), newText: edit.newText };
}

/** Where to find the text of another file that a finding points to, and its URI; `undefined` when it is not at hand. */
export type OtherFile = (path: string) => { readonly uri: string; readonly text: string } | undefined;

const NO_RELATED = { supported: false, otherFile: () => undefined };

/** What the client shows. `related` places are dropped when the client cannot show them or their file is not at hand. */
export function diagnosticOf(
  document: TextDocument,
  found: Found,
  related: { readonly supported: boolean; readonly otherFile: OtherFile } = NO_RELATED,
  /** Whether the client shows nothing but the message: then the help is its second line. */
  helpInMessage = false,
): Diagnostic {
  const places = related.supported ? relatedOf(document, found.related, related.otherFile) : [];
  return {
    range: rangeOf(document, found.span),
    severity: SEVERITIES[found.severity],
    source: SOURCE,
    code: found.rule,
    codeDescription: { href: found.url },
    message: helpInMessage && found.help !== undefined ? `${found.message}\n${found.help}` : found.message,
    ...(places.length > 0 ? { relatedInformation: places } : {}),
  };
}

function relatedOf(
  document: TextDocument,
  related: readonly Related[],
  otherFile: OtherFile,
): DiagnosticRelatedInformation[] {
  const opened = new Map<string, TextDocument | undefined>();
  const open = (path: string): TextDocument | undefined => {
    if (!opened.has(path)) {
      const file = otherFile(path);
      opened.set(path, file && TextDocument.create(file.uri, '', 0, file.text));
    }
    return opened.get(path);
  };
  return related.flatMap(({ message, span }) => {
    const home = span.file === undefined ? document : open(span.file);
    return home ? [{ message, location: { uri: home.uri, range: rangeOf(home, span) } }] : [];
  });
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

/** A completion; `documentation` is shown as it is. */
export function completionOf(document: TextDocument, one: Completion): CompletionItem {
  const { label, kind, detail, documentation, snippet, replaces, deprecated, preferred } = one;
  return {
    label,
    kind: COMPLETIONS[kind],
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range: rangeOf(document, replaces), newText: snippet },
    ...(deprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
    sortText: `${preferred ? 0 : 1}${label}`,
  };
}
