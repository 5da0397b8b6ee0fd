/** Edits as they fit the document that they are for, whatever the rule was thinking of. */
import type { Edit } from './text.ts';

const MARK = '\uFEFF';

/**
 * The edit with the line breaks of the document, and never in front of its byte order mark. Rules write `\n`, and take
 * the indentation of a first line for what stands in front of it.
 */
export function fittedEdit(edit: Edit, text: string): Edit {
  const newline = text.indexOf('\n');
  const crlf = newline > 0 && text[newline - 1] === '\r';
  const marked = text.startsWith(MARK);
  if (!crlf && !marked) return edit;
  const { span, newText } = edit;
  const plain = marked ? newText.replaceAll(MARK, '') : newText;
  const written = crlf ? plain.replace(/\r?\n/g, '\r\n') : plain;
  const inFront = marked && span.start === 0 && (span.end === 0 || written !== '');
  return { span: inFront ? { ...span, start: 1, end: Math.max(1, span.end) } : span, newText: written };
}
