/** Formats documents and ranges of them, for languages that have a format. */
import {
  type Connection,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  type InitializeParams,
  type Range,
  type ServerCapabilities,
  type TextEdit,
} from 'vscode-languageserver';
import { textEditOf } from './convert.ts';
import type { Subjects } from './subjects.ts';

type Capabilities = InitializeParams['capabilities'];

/**
 * An editor that asks by document is told which ones can be formatted, so that it does not take the server for a formatter
 * of Dockerfiles and YAML. Others are told that some can.
 */
const FORMATTED = [{ language: 'packer' }, { pattern: '**/*.{pkr.hcl,pkrvars.hcl}' }];

const asksByDocument = ({ textDocument }: Capabilities): boolean =>
  textDocument?.formatting?.dynamicRegistration === true && textDocument.rangeFormatting?.dynamicRegistration === true;

/** What a client is told at once. */
export function formattingCapabilities(client: Capabilities): ServerCapabilities {
  return asksByDocument(client) ? {} : { documentFormattingProvider: true, documentRangeFormattingProvider: true };
}

/** Tells a client that asks by document. */
export function registerFormatting(connection: Connection, client: Capabilities): void {
  if (!asksByDocument(client)) return;
  for (const { type } of [DocumentFormattingRequest, DocumentRangeFormattingRequest])
    void connection.client.register(type, { documentSelector: FORMATTED }).catch(() => undefined);
}

export function serveFormatting(connection: Connection, subjects: Subjects): void {
  const formatted = (uri: string, range?: Range): Promise<TextEdit[] | null> =>
    subjects.whole(uri, ({ document, build, editor }) => {
      const edits = editor.format?.(build).map(edit => textEditOf(document, edit));
      return range ? edits?.filter(edit => touches(edit.range, range)) : edits;
    });
  connection.onDocumentFormatting(({ textDocument }) => formatted(textDocument.uri));
  connection.onDocumentRangeFormatting(({ textDocument, range }) => formatted(textDocument.uri, range));
}

/** Whether an edit, which is within a line, is on one of the lines of a range; a range may end where its last line begins. */
function touches({ start: { line } }: Range, { start, end }: Range): boolean {
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return start.line <= line && line <= last;
}
