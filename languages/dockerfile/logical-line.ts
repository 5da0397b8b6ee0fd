/**
 * Logical lines: lines that continuations join, without the comment lines and blank lines between them
 * (https://docs.docker.com/reference/dockerfile/#format).
 */
import { Decoder, type Encode, type SourceText } from '../../core/text.ts';
import { heredocMarkers, type Marker } from './heredoc.ts';
import { type EscapeCharacter, isComment, type Lines, lineOf, skipSpace, trimEnd } from './lines.ts';

const NONE: readonly number[] = [];

export interface LogicalLine {
  /** Joined; only the whitespace at the start of the first line is trimmed. */
  readonly text: SourceText;
  /** The first physical line after it. */
  readonly next: number;
  /** Comment lines inside it. */
  readonly comments: readonly number[];
  /** Blank lines inside it. */
  readonly empties: readonly number[];
}

/**
 * The offset of the line's continuation character; -1 when it has none. Only spaces and tabs may follow it, and it is
 * not escaped itself: `a\\` ends the instruction.
 */
function continuationAt(text: string, start: number, end: number, mark: EscapeCharacter): number {
  let at = end;
  while (at > start && (text.charCodeAt(at - 1) === 0x20 || text.charCodeAt(at - 1) === 0x09)) at--;
  if (at === start || text[at - 1] !== mark) return -1;
  return at - 1 > start && text[at - 2] === mark ? -1 : at - 1;
}

/** Reads the instruction that starts on physical line `first`, which is neither blank nor a comment. */
export function readLogicalLine(lines: Lines, first: number, mark: EscapeCharacter): LogicalLine {
  const { source } = lines;
  const { text } = source;
  const start = skipSpace(text, lines.start(first), lines.end(first));
  let joined = '';
  const encode = lineEncoder(lines, first, mark, () => joined);
  const decoder = new Decoder(source, encode, start);
  let comments: number[] | undefined;
  let empties: number[] | undefined;
  let line = first;
  let from = start;
  for (;;) {
    const end = lines.end(line);
    const continuation = continuationAt(text, from, end, mark);
    decoder.verbatim(from, continuation < 0 ? end : continuation);
    line++;
    if (continuation < 0) break;
    for (; line < lines.count; line++) {
      const at = skipSpace(text, lines.start(line), lines.end(line));
      if (at === lines.end(line)) (empties ??= []).push(line);
      else if (text[at] === '#') (comments ??= []).push(line);
      else break;
    }
    if (line >= lines.count) break;
    from = lines.start(line);
  }
  const decodedLine = decoder.done();
  joined = decodedLine.text;
  return { text: decodedLine, next: line, comments: comments ?? NONE, empties: empties ?? NONE };
}

/**
 * Writes into a logical line. The edited physical line must still be read as the part of the instruction that it was:
 * continued or not as before, neither blank nor a comment; the line must open the same heredocs, and no comment between
 * the lines may be lost.
 */
function lineEncoder(lines: Lines, first: number, mark: EscapeCharacter, decoded: () => string): Encode {
  let keepsHeredocs: ReturnType<typeof heredocKeeper> | undefined;
  return (newText, at) => {
    const { text } = lines.source;
    if (/[\r\n]/.test(newText)) return undefined;
    keepsHeredocs ??= heredocKeeper(decoded);
    if (!keepsHeredocs(at.start, at.end, newText)) return undefined;
    const startLine = lineOf(lines, at.parentStart);
    const endLine = lineOf(lines, at.parentEnd);
    for (let line = startLine + 1; line < endLine; line++)
      if (isComment(text, lines.start(line), lines.end(line))) return undefined;
    const start = lines.start(startLine);
    const end = lines.end(endLine);
    // Lines may be long and edits many: the whole line is built only if its beginning or its end may change.
    const beginsAsBefore = startLine === first || skipSpace(text, start, at.parentStart) < at.parentStart;
    if (beginsAsBefore && trimEnd(text, at.parentEnd, end) - at.parentEnd >= 2) return newText;
    const written = `${text.slice(start, at.parentStart)}${newText}${text.slice(at.parentEnd, end)}`;
    const continued = continuationAt(text, lines.start(endLine), end, mark) >= 0;
    if (continued !== continuationAt(written, 0, written.length, mark) >= 0) return undefined;
    const content = skipSpace(written, 0);
    if (startLine > first && (content === written.length || written[content] === '#')) return undefined;
    return newText;
  };
}

/**
 * Checks whether the line opens the same heredocs when `[start, end)` of it is replaced. There may be as many edits as
 * the line has characters, so an edit that neither touches nor makes a marker does not scan the whole line.
 */
function heredocKeeper(decoded: () => string): (start: number, end: number, newText: string) => boolean {
  let known: { readonly markers: readonly Marker[]; readonly opened: string; readonly plain: boolean } | undefined;
  return (start, end, newText) => {
    const text = decoded();
    if (!known) {
      const markers = heredocMarkers(text, 0);
      known = { markers, opened: opened(markers), plain: text.split('<<').length - 1 === markers.length };
    }
    const { markers, plain } = known;
    const around = `${text.slice(Math.max(0, start - 1), start)}${newText}${text.slice(end, end + 1)}`;
    // Without quotes and escapes the other words do not change, and without `<<` there is no marker here.
    if (
      plain &&
      !around.includes('<<') &&
      (markers.length === 0 || !/["'\\]/.test(around + text.slice(start, end))) &&
      !markers.some(marker => marker.start <= end && start <= marker.end)
    )
      return true;
    return opened(heredocMarkers(text.slice(0, start) + newText + text.slice(end), 0)) === known.opened;
  };
}

function opened(markers: readonly Marker[]): string {
  return markers.map(({ delimiter, stripTabs }) => `${stripTabs} ${delimiter}`).join('\n');
}
