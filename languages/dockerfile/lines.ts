/** Physical lines, and what BuildKit reads as whitespace and comments. */
import type { SourceText, Span } from '../../core/text.ts';

export type EscapeCharacter = '\\' | '`';

/** Whitespace as BuildKit defines it: that of Unicode, with U+0085 and without the byte order mark. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** The first offset from `start` on that is not whitespace, `end` at most. */
export function skipSpace(text: string, start: number, end = text.length): number {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The offset after the last character before `end` that is not whitespace, `start` at least. */
export function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

/** The source without whitespace around it. */
export function trimmed(source: SourceText): SourceText {
  const { text } = source;
  const start = skipSpace(text, 0);
  const end = trimEnd(text, start, text.length);
  return start === 0 && end === text.length ? source : source.slice(start, end);
}

/** The physical lines of a document. Only a line feed ends a line; carriage returns before it belong to the break. */
export class Lines {
  /** Where each line starts; a byte order mark is not part of the first. */
  readonly starts: readonly number[];
  private byText: Map<string, number[]> | undefined;

  constructor(readonly source: SourceText) {
    const { text } = source;
    const starts = [text.charCodeAt(0) === 0xfeff ? 1 : 0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    // A line break at the end of the text does not start another line.
    if (starts.length > 1 && starts.at(-1) === text.length) starts.pop();
    this.starts = starts;
  }

  get count(): number {
    return this.starts.length;
  }

  start(line: number): number {
    return this.starts[line] ?? this.source.text.length;
  }

  /** Where the line's text ends, without its line break. */
  end(line: number): number {
    const { text } = this.source;
    const start = this.start(line);
    let end = this.next(line);
    if (end > start && text.charCodeAt(end - 1) === 0x0a) end--;
    while (end > start && text.charCodeAt(end - 1) === 0x0d) end--;
    return end;
  }

  /** Where the next line starts. */
  next(line: number): number {
    return this.starts[line + 1] ?? this.source.text.length;
  }

  /**
   * The first line from `from` on whose whole text is `text`, with `tabs` regardless of leading tabs; `undefined` when
   * there is none. An index makes any number of calls cost one pass over the document.
   */
  find(text: string, tabs: boolean, from: number): number | undefined {
    this.byText ??= this.index();
    const candidates = this.byText.get(text) ?? [];
    let low = 0;
    let high = candidates.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (candidates[middle]! < from) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < candidates.length; i++) {
      const line = candidates[i]!;
      if (tabs || this.end(line) - this.start(line) === text.length) return line;
    }
    return undefined;
  }

  private index(): Map<string, number[]> {
    const byText = new Map<string, number[]>();
    for (let line = 0; line < this.count; line++) {
      const end = this.end(line);
      let start = this.start(line);
      while (start < end && this.source.text.charCodeAt(start) === 0x09) start++;
      // A delimiter is a word; longer lines are not indexed.
      if (end - start > LONGEST_DELIMITER) continue;
      const key = this.source.text.slice(start, end);
      const known = byText.get(key);
      if (known) known.push(line);
      else byText.set(key, [line]);
    }
    return byText;
  }
}

/** Heredocs with a longer delimiter count as unclosed. */
const LONGEST_DELIMITER = 500;

/** Whether the line is a comment, also inside an instruction. */
export function isComment(text: string, start: number, end: number): boolean {
  const at = skipSpace(text, start, end);
  return at < end && text[at] === '#';
}

/** The physical line that holds the offset. */
export function lineOf(lines: Lines, offset: number): number {
  let low = 0;
  let high = lines.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines.start(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The span of the line's text, without its line break. */
export function lineSpan(lines: Lines, line: number): Span {
  return lines.source.spanOf(lines.start(line), lines.end(line));
}
