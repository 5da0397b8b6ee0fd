/** A place as people count it: from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/**
 * The lines of a text, ended as editors end them: `\n`, `\r\n` or `\r`. A byte order mark counts in offsets and not in
 * columns: no editor shows it.
 */
export class Lines {
  private readonly starts: number[];

  constructor(readonly text: string) {
    this.starts = [text.startsWith('\uFEFF') ? 1 : 0];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) this.starts.push(i + 1);
    }
  }

  range({ start, end }: { readonly start: number; readonly end: number }): Range {
    return { start: this.position(start), end: this.position(Math.max(start, end)) };
  }

  position(offset: number): Position {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    const last = Math.min(offset, this.text.length);
    return { line: low + 1, column: Math.max(0, last - this.starts[low]!) + 1 };
  }

  /** Where a line's text begins and ends, without its line break. Lines count from 1. */
  bounds(line: number): { readonly start: number; readonly end: number } {
    const start = this.starts[line - 1] ?? this.text.length;
    let end = this.starts[line] ?? this.text.length;
    while (end > start && (this.text[end - 1] === '\n' || this.text[end - 1] === '\r')) end--;
    return { start, end };
  }
}
