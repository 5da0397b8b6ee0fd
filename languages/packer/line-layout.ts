/** How nodes are laid out on their lines: where lines start and end, how they are indented, what else is on them. */
import type { HclNode } from './hcl/ast.ts';

/** Whether a node is on one line. */
export function isOneLine(text: string, { end, start }: HclNode): boolean {
  return text.slice(start, end).indexOf('\n') < 0;
}

/** The start of the line with `at`. */
export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** The start of the line after the one with `at`; the end of the text when there is none. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** The end of the line with `at`, when only whitespace and a comment follow there. */
export function lineEnd(text: string, at: number): number | undefined {
  const newline = text.indexOf('\n', at);
  let end = newline < 0 ? text.length : newline;
  if (text[end - 1] === '\r') end--;
  const rest = text.slice(at, end).trim();
  return rest === '' || rest.startsWith('#') || rest.startsWith('//') ? end : undefined;
}

/** The whitespace before the first token of a line, which starts at `start`; `undefined` when it is not the first. */
export function indentBefore(text: string, start: number): string | undefined {
  const before = text.slice(lineStart(text, start), start);
  return before.trim() === '' ? before : undefined;
}

/** The indentation of the line with `at`. */
export function lineIndent(text: string, at: number): string {
  const start = lineStart(text, at);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(start, end);
}

/** The lines of a node with their last line break, when they contain nothing else but a comment after it. */
export function wholeLines(text: string, { end, start }: HclNode): { start: number; end: number } | undefined {
  const first = lineStart(text, start);
  const last = lineEnd(text, end);
  if (last === undefined || text.slice(first, start).trim() !== '') return undefined;
  return { start: first, end: nextLine(text, last) };
}

/** The line break that a text uses. */
export function lineBreak(text: string): string {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}
