/** Reads literal (`|`) and folded (`>`) scalars with every chomping and indentation indicator. */
import type { Piece } from './piece.ts';

export interface BlockHeader {
  /** `-` strips the final line breaks, `+` keeps them all, otherwise one is kept. */
  readonly chomp: '' | '-' | '+';
  /** The indentation that is written in the header; 0 when it is taken from the first line. */
  readonly indent: number;
  /** The indentation of the parent node. */
  readonly parentIndent: number;
}

export interface Block {
  readonly pieces: readonly Piece[];
  /** How many spaces are cut from every line. */
  readonly indent: number;
  /** Whether every line is indented as the first one asks, and nothing depends on trailing spaces. */
  readonly sound: boolean;
}

interface Line {
  readonly start: number;
  /** Where its leading spaces end. */
  readonly text: number;
  /** Before its line break. */
  readonly end: number;
  readonly next: number;
}

/** The header as written after `|` or `>`: `2-`. */
export function readHeader(source: string, parentIndent: number): BlockHeader {
  let chomp: BlockHeader['chomp'] = '';
  let indent = 0;
  for (const character of source.slice(1)) {
    if (!chomp && (character === '-' || character === '+')) chomp = character;
    else if (!indent && character >= '1' && character <= '9') indent = Number(character);
  }
  return { chomp, indent, parentIndent };
}

function linesOf(raw: string): Line[] {
  const lines: Line[] = [];
  if (raw === '') return lines;
  for (let start = 0; ; ) {
    const found = raw.indexOf('\n', start);
    const next = found < 0 ? raw.length : found + 1;
    const stop = found < 0 ? raw.length : found;
    let text = start;
    while (text < stop && raw[text] === ' ') text++;
    const end = raw[stop - 1] === '\r' && stop > text ? stop - 1 : stop;
    lines.push({ start, text, end, next });
    if (found < 0) return lines;
    start = next;
  }
}
const isEmpty = (line: Line) => line.text === line.end;
const indentOf = (line: Line) => line.text - line.start;

/** The body of a block scalar, from the line after its header. */
export function readBlock(raw: string, header: BlockHeader, folded: boolean): Block {
  const lines = linesOf(raw);
  let stop = lines.length;
  while (stop > 0 && isEmpty(lines[stop - 1]!)) stop--;
  let indent = header.parentIndent + header.indent;
  const pieces: Piece[] = [];
  if (stop === 0) {
    if (header.chomp === '+' && lines.length > 0)
      pieces.push({ start: 0, end: 0, text: '\n'.repeat(Math.max(1, lines.length - 1)) });
    return { pieces, indent, sound: false };
  }
  let first = 0;
  let sound = true;
  while (isEmpty(lines[first]!)) {
    if (header.indent === 0) indent = Math.max(indent, indentOf(lines[first]!));
    first++;
  }
  if (indentOf(lines[first]!) < indent) sound = false;
  if (header.indent === 0) indent = indentOf(lines[first]!);
  // A blank line at the end that is longer than the indentation is content.
  for (let i = lines.length - 1; i >= stop; i--)
    if (indentOf(lines[i]!) > indent) {
      stop = i + 1;
      sound = false;
    }

  /** Where the content of a line starts: after the indentation, as far as it has one. */
  const contentOf = (line: Line) => Math.min(line.start + indent, line.text);
  const content = (line: Line, from: number) => {
    if (line.end > from) pieces.push({ start: from, end: line.end });
  };
  for (let i = 0; i < first; i++) {
    const line = lines[i]!;
    content(line, contentOf(line));
    pieces.push({ start: line.end, end: contentOf(lines[i + 1]!), text: '\n' });
  }
  let gap = '';
  let separator = '';
  let deeper = false;
  let last = lines[first]!;
  for (let i = first; i < stop; i++) {
    const line = lines[i]!;
    if (!isEmpty(line) && indentOf(line) < indent) sound = false;
    const more = indentOf(line) > indent || raw[line.text] === '\t';
    if (folded && !more && isEmpty(line)) {
      if (separator === '\n') gap += '\n';
      else separator = '\n';
      continue;
    }
    if (folded && more) {
      if (separator === ' ') separator = '\n';
      else if (!deeper && separator === '\n') separator = '\n\n';
    }
    const from = contentOf(line);
    if (gap || separator) pieces.push({ start: last.end, end: from, text: gap + separator });
    content(line, from);
    gap = '';
    separator = folded && !more ? ' ' : '\n';
    deeper = more;
    last = line;
  }
  chomp(pieces, lines, stop, header, contentOf);
  return { pieces, indent, sound };
}

function chomp(
  pieces: Piece[],
  lines: readonly Line[],
  stop: number,
  header: BlockHeader,
  contentOf: (line: Line) => number,
): void {
  const last = lines[stop - 1]!;
  if (header.chomp === '-') return;
  if (header.chomp === '' || stop === lines.length) {
    pieces.push({ start: last.end, end: last.next, text: '\n' });
    return;
  }
  let from = last.end;
  for (const line of lines.slice(stop)) {
    const to = contentOf(line);
    pieces.push({ start: from, end: to, text: '\n' });
    from = line.text;
  }
}
