/** The edits of a fix as they fit the document that they are for, whatever the rule was thinking of. */
import type { Fix } from './finding.ts';
import type { Edit } from './text.ts';

const MARK = '\uFEFF';

/**
 * The fix with the line breaks of the document, and never in front of its byte order mark. Rules write `\n`, and take
 * the indentation of a first line for what stands in front of it.
 */
export function fitted(fix: Fix, text: string): Fix {
  const newline = text.indexOf('\n');
  const crlf = newline > 0 && text[newline - 1] === '\r';
  if (!crlf && !text.startsWith(MARK)) return fix;
  return { ...fix, edits: fix.edits.map(edit => fittedEdit(edit, crlf, text.startsWith(MARK))) };
}

function fittedEdit({ span, newText }: Edit, crlf: boolean, marked: boolean): Edit {
  const plain = marked ? newText.replaceAll(MARK, '') : newText;
  const written = crlf ? plain.replace(/\r?\n/g, '\r\n') : plain;
  const inFront = marked && span.start === 0 && (span.end === 0 || written !== '');
  return { span: inFront ? { ...span, start: 1, end: Math.max(1, span.end) } : span, newText: written };
}
