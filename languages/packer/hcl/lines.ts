import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  EQUALS,
  GREATER,
  identifierEnd,
  isSpace,
  LESS,
  MINUS,
  NEWLINE,
  OPEN_BRACE,
  QUOTE,
  RETURN,
  SPACE,
  TAB,
} from './characters.ts';

/** The blocks that Packer knows at the top of a file; one at column 0 closes every block above it. */
const TOP_LEVEL = new Set([
  'variable',
  'variables',
  'locals',
  'local',
  'source',
  'build',
  'packer',
  'data',
  'communicator',
  'hcp_packer_registry',
]);

/** How many columns a tab moves on; only compared with other lines of the same file. */
const TAB_WIDTH = 4;

/** What a line starts like. */
export type LineItem = 'attribute' | 'block' | undefined;

/** What the recovery pass asks about lines. Answers are found on demand and cost no more than the line is long. */
export class LineIndex {
  private lineStart = 0;
  private lineEnd = -1;
  private indexed = false;
  private readonly closers = new Map<string, number[]>();
  private readonly openers = new Map<string, number[]>();
  private readonly headers: number[] = [];

  constructor(private readonly text: string) {}

  /** Where the line that holds `pos` ends, in front of its line break. */
  endOf(pos: number): number {
    this.load(pos);
    const end = this.lineEnd;
    return end > pos && end < this.text.length && this.text.charCodeAt(end - 1) === RETURN ? end - 1 : end;
  }

  /** The column of the first character that is not whitespace on the line of `pos`. */
  indentOf(pos: number): number {
    this.load(pos);
    return this.columnOf(this.skipWhitespace(this.lineStart));
  }

  /** The column of `pos` when only whitespace precedes it on its line; undefined otherwise. */
  leadingColumn(pos: number): number | undefined {
    this.load(pos);
    return this.skipWhitespace(this.lineStart) >= pos ? this.columnOf(pos) : undefined;
  }

  /** Whether the line at `pos`, its first character that is not whitespace, starts like an attribute or a block. */
  itemAt(pos: number): LineItem {
    const { text } = this;
    let at = identifierEnd(text, pos, text.length);
    if (at === pos) return undefined;
    for (;;) {
      at = this.skipWhitespace(at);
      const code = text.charCodeAt(at);
      if (code === OPEN_BRACE) return 'block';
      if (code === EQUALS) {
        const next = text.charCodeAt(at + 1);
        return next === EQUALS || next === GREATER ? undefined : 'attribute';
      }
      if (code === QUOTE) {
        at++;
        while (at < text.length && text.charCodeAt(at) !== QUOTE && text.charCodeAt(at) !== NEWLINE) at++;
        if (text.charCodeAt(at) !== QUOTE) return undefined;
        at++;
      } else {
        const end = identifierEnd(text, at, text.length);
        if (end === at) return undefined;
        at = end;
      }
    }
  }

  /** Whether a block of Packer's top level starts at `pos` and at column 0, its header possibly unfinished. */
  isTopLevel(pos: number): boolean {
    const { text } = this;
    if (pos > 0 && text.charCodeAt(pos - 1) !== NEWLINE) return false;
    const end = identifierEnd(text, pos, text.length);
    if (end === pos || !TOP_LEVEL.has(text.slice(pos, end))) return false;
    const next = text.charCodeAt(this.skipWhitespace(end));
    return next === OPEN_BRACE || next === QUOTE;
  }

  /** The first character of the line at `lineStart` when it starts like an item, otherwise -1. */
  barrierIn(lineStart: number): number {
    const at = this.skipWhitespace(lineStart);
    return this.itemAt(at) !== undefined || this.isTopLevel(at) ? at : -1;
  }

  /** Whether the next non-blank line is indented deeper than `column`, or closes a block at that column. */
  opensBody(pos: number, column: number): boolean {
    const at = this.nextContent(pos);
    if (at >= this.text.length) return false;
    const next = this.columnOf(at);
    return next > column || (next === column && this.text.charCodeAt(at) === CLOSE_BRACE);
  }

  /** Whether the next non-blank line is indented deeper than `column` and starts like an item. */
  opensItems(pos: number, column: number): boolean {
    const at = this.nextContent(pos);
    return at < this.text.length && this.columnOf(at) > column && this.itemAt(at) !== undefined;
  }

  /**
   * Where the content of a heredoc must end that starts at `bodyStart` and has no closing line of its own: undefined
   * when it has one. A closing line after the header of a top-level block, or after an attribute that opens a heredoc
   * with the same marker, belongs to another heredoc.
   */
  heredocFence(bodyStart: number, marker: string, openerIndent: number): number | undefined {
    this.index();
    const close = firstFrom(this.closers.get(marker), bodyStart);
    const header = firstFrom(this.headers, bodyStart);
    const rival = firstFrom(this.openers.get(marker), bodyStart);
    if (close !== undefined && close < (header ?? Infinity) && close < (rival ?? Infinity)) return undefined;
    const { text } = this;
    let at = bodyStart;
    while (at < text.length) {
      const first = this.skipWhitespace(at);
      const column = this.columnFrom(at, first);
      const code = text.charCodeAt(first);
      if (column < openerIndent && (code === CLOSE_BRACE || code === CLOSE_BRACKET)) return at;
      if (this.isTopLevel(first) || (column === openerIndent && this.itemAt(first) !== undefined)) return at;
      const end = text.indexOf('\n', at);
      if (end < 0) break;
      at = end + 1;
    }
    return text.length;
  }

  private nextContent(pos: number): number {
    const { text } = this;
    let at = pos;
    while (at < text.length && isSpace(text.charCodeAt(at))) at++;
    return at;
  }

  /** Finds, once, the lines that could close a heredoc, open one, or start a top-level block. */
  private index(): void {
    if (this.indexed) return;
    this.indexed = true;
    const { text } = this;
    let at = 0;
    while (at < text.length) {
      const newline = text.indexOf('\n', at);
      const end = newline < 0 ? text.length : newline;
      const first = this.skipWhitespace(at);
      const word = identifierEnd(text, first, end);
      if (word > first) {
        let rest = word;
        while (rest < end && isSpace(text.charCodeAt(rest))) rest++;
        if (rest === end) push(this.closers, text.slice(first, word), at);
        else if (text.charCodeAt(rest) === EQUALS) {
          const marker = this.heredocMarker(rest + 1, end);
          if (marker) push(this.openers, marker, at);
        }
        if (this.isTopLevel(first)) this.headers.push(at);
      }
      at = end + 1;
    }
  }

  private heredocMarker(pos: number, end: number): string {
    const { text } = this;
    let at = this.skipWhitespace(pos);
    if (text.charCodeAt(at) !== LESS || text.charCodeAt(at + 1) !== LESS) return '';
    at += text.charCodeAt(at + 2) === MINUS ? 3 : 2;
    return text.slice(at, identifierEnd(text, at, end));
  }

  private load(pos: number): void {
    if (pos >= this.lineStart && pos <= this.lineEnd) return;
    const end = this.text.indexOf('\n', pos);
    this.lineStart = pos === 0 ? 0 : this.text.lastIndexOf('\n', pos - 1) + 1;
    this.lineEnd = end < 0 ? this.text.length : end;
  }

  private skipWhitespace(pos: number): number {
    let at = pos;
    // A byte order mark is not part of the first line's indentation.
    if (at === 0 && this.text.charCodeAt(0) === 0xfeff) at = 1;
    for (;;) {
      const code = this.text.charCodeAt(at);
      if (code !== SPACE && code !== TAB) return at;
      at++;
    }
  }

  private columnOf(pos: number): number {
    this.load(pos);
    return this.columnFrom(this.lineStart, pos);
  }

  private columnFrom(start: number, end: number): number {
    let column = 0;
    for (let at = start; at < end; at++) {
      const code = this.text.charCodeAt(at);
      if (code === TAB) column += TAB_WIDTH - (column % TAB_WIDTH);
      else if (code !== 0xfeff) column++;
    }
    return column;
  }
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** The first element of an ascending list that is at least `from`. */
function firstFrom(sorted: readonly number[] | undefined, from: number): number | undefined {
  if (!sorted) return undefined;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}
