/** Outline, navigation, completion and the like: what a language offers (`LanguageEditor`), in the protocol's words. */
import {
  type Connection,
  type DocumentSymbol,
  type FoldingRange,
  type Location,
  type RenameParams,
  ResponseError,
  type ServerCapabilities,
  SymbolKind,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { OutlineItem, OutlineKind } from '../core/editor.ts';
import type { Span } from '../core/text.ts';
import type { Masks } from '../facts/secrets/masking/masks.ts';
import { editors } from '../languages/editors.ts';
import type { ConfigHelp } from './config-help.ts';
import { completionOf, rangeOf } from './convert.ts';
import { comparable, uriAt } from './files.ts';
import { mayBeShown } from './shown-values.ts';
import type { Subject, Subjects } from './subjects.ts';

export const FEATURES: ServerCapabilities = {
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  foldingRangeProvider: true,
  documentLinkProvider: { resolveProvider: false },
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
  completionProvider: {
    triggerCharacters: Object.values(editors).flatMap(({ triggers }) => triggers ?? []),
    resolveProvider: false,
  },
  signatureHelpProvider: { triggerCharacters: ['(', ','] },
};

export function serveFeatures(connection: Connection, subjects: Subjects, configHelp: ConfigHelp): void {
  const located = (document: TextDocument, spans: readonly Span[] | undefined): Location[] =>
    (spans ?? []).flatMap(span => subjects.located(document, span) ?? []);

  connection.onDocumentSymbol(({ textDocument }) =>
    subjects.whole(textDocument.uri, ({ document, build, editor, masks }) =>
      editor.outline?.(build).map(item => symbolOf(document, item, masks)),
    ),
  );
  connection.onFoldingRanges(({ textDocument }) =>
    subjects.whole(textDocument.uri, ({ document, build, editor }) =>
      editor.folds?.(build).map((span): FoldingRange => {
        const { start, end } = rangeOf(document, span);
        return { startLine: start.line, endLine: end.line };
      }),
    ),
  );
  connection.onDocumentLinks(({ textDocument }) =>
    subjects.whole(textDocument.uri, ({ document, build, editor }) => {
      const home = comparable(document.uri);
      return editor.links?.(build).flatMap(({ span, path }) => {
        const target = home && uriAt(home, path);
        return target === undefined ? [] : { range: rangeOf(document, span), target };
      });
    }),
  );
  connection.onDefinition(params =>
    subjects.at(params, ({ document, build, editor }, offset) => located(document, editor.definition?.(build, offset))),
  );
  connection.onReferences(params =>
    subjects.at(params, ({ document, build, editor }, offset) =>
      located(document, editor.references?.(build, offset, params.context.includeDeclaration)),
    ),
  );
  connection.onPrepareRename(params =>
    subjects.at(params, ({ document, build, editor }, offset) => {
      const renaming = editor.renaming?.(build, offset);
      return renaming && { range: rangeOf(document, renaming.span), placeholder: renaming.name };
    }),
  );
  connection.onRenameRequest(async (params, token) => {
    const renamed = (): ReturnType<typeof renamedAt> => renamedAt(params);
    let answer = await renamed();
    // Files beside a document that has just been opened are still being read.
    for (let i = 0; i < WAITS && answer === 'unread' && !token.isCancellationRequested; i++) {
      await new Promise(resolve => setTimeout(resolve, WAIT));
      answer = await renamed();
    }
    return answer === 'unread'
      ? new ResponseError<void>(REFUSED, 'Not all files of the template can be read.')
      : answer;
  });
  const renamedAt = (params: RenameParams): Promise<WorkspaceEdit | ResponseError<void> | 'unread' | null> =>
    subjects.at(params, ({ document, build, editor }, offset) => {
      const isUnsaved = document.uri.startsWith('untitled:') && !document.uri.startsWith('untitled:/');
      const edits = editor.renaming?.(build, offset, isUnsaved)?.to(params.newName);
      if (!edits) return undefined;
      if ('refusal' in edits) return edits.isUnread ? 'unread' : new ResponseError<void>(REFUSED, edits.refusal);
      const changes: NonNullable<WorkspaceEdit['changes']> = {};
      for (const { span, newText } of edits) {
        const home = subjects.fileOf(document, span);
        if (!home) return new ResponseError<void>(REFUSED, 'A file of the template cannot be read.');
        (changes[home.uri] ??= []).push({ range: rangeOf(home, span), newText });
      }
      return { changes };
    });
  connection.onCompletion(async params => {
    const ofConfig = configHelp.completions(params.textDocument.uri, params.position);
    if (ofConfig) return [...ofConfig];
    return subjects.at(params, ({ document, build, editor, masks }, offset) => {
      // The characters are those of all languages.
      const trigger = params.context?.triggerCharacter;
      if (trigger !== undefined && !editor.triggers?.includes(trigger)) return undefined;
      return editor
        .completions?.(build, offset)
        .map(({ documentation, ...one }) =>
          completionOf(
            document,
            documentation === undefined ? one : { ...one, documentation: masks.clean(documentation) },
          ),
        );
    });
  });
  connection.onSignatureHelp(params =>
    subjects.at(params, ({ build, editor }, offset) => {
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

/** So often and so long, in milliseconds, a rename waits for files. */
const WAITS = 15;
const WAIT = 100;

/** The protocol's code for a request that is understood and cannot be done; its message is shown. */
const REFUSED = -32803;

/** What a language says of the place, with nothing that may be a secret. */
export function languageHover(
  subject: Subject,
  offset: number,
  today: string,
): { readonly markdown: string; readonly span: Span } | undefined {
  const { build, editor, masks } = subject;
  const found = editor.hover?.(build, offset, today);
  if (!found) return undefined;
  const { span, value } = found;
  const markdown = masks.clean(found.markdown);
  const isShown = value && mayBeShown(value.markdown, value.places, subject);
  return { span, markdown: isShown ? `${markdown}\n\n${value.markdown}` : markdown };
}

export const SYMBOLS: Readonly<Record<OutlineKind, SymbolKind>> = {
  module: SymbolKind.Module,
  class: SymbolKind.Class,
  object: SymbolKind.Object,
  method: SymbolKind.Method,
  variable: SymbolKind.Variable,
  constant: SymbolKind.Constant,
  property: SymbolKind.Property,
  key: SymbolKind.Key,
};

function symbolOf(document: TextDocument, item: OutlineItem, masks: Masks): DocumentSymbol {
  const { name, detail, kind, span, nameSpan, children } = item;
  return {
    name,
    ...(detail === undefined ? {} : { detail: masks.clean(detail) }),
    kind: SYMBOLS[kind],
    range: rangeOf(document, span),
    selectionRange: rangeOf(document, nameSpan),
    children: children.map(child => symbolOf(document, child, masks)),
  };
}
