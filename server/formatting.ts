/** Formats documents and ranges of them, for languages that have a format. */
import type { Connection, Range, TextEdit } from 'vscode-languageserver';
import { textEditOf } from './convert.ts';
import type { PartialFeature } from './registration.ts';
import type { Subjects } from './subjects.ts';

export const FORMATTING: readonly PartialFeature[] = [
  { name: 'formatting', capability: { documentFormattingProvider: true } },
  { name: 'rangeFormatting', capability: { documentRangeFormattingProvider: true } },
];

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
