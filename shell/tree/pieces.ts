/** What a text stands for, in pieces that keep the way back to what is written. */

/** How a piece is quoted, which decides how another text would be written in its place. */
export type QuoteStyle = 'bare' | 'single' | 'double' | 'ansi' | 'heredoc' | 'backquotes' | 'encoded';

/** A stretch of decoded text and the stretch of the written text that it stands for. */
export interface Piece {
  /** Where it starts in the decoded text, and how long it is there. */
  readonly at: number;
  readonly length: number;
  readonly start: number;
  readonly end: number;
  /** What `[start, end)` stands for as a whole; `undefined` when that is the written text itself. */
  readonly text: string | undefined;
  readonly style: QuoteStyle;
}

/** Collects pieces in order. */
export class Pieces {
  readonly list: Piece[] = [];
  private at = 0;

  verbatim(start: number, end: number, style: QuoteStyle): void {
    if (end > start) this.push(end - start, start, end, undefined, style);
  }

  as(text: string, start: number, end: number, style: QuoteStyle): void {
    this.push(text.length, start, end, text, style);
  }

  private push(length: number, start: number, end: number, text: string | undefined, style: QuoteStyle): void {
    this.list.push({ at: this.at, length, start, end, text, style });
    this.at += length;
  }
}

/** The decoded text. `written`: the text that the pieces' offsets count in. */
export function decodedText(written: string, pieces: readonly Piece[]): string {
  let text = '';
  for (const piece of pieces) text += piece.text ?? written.slice(piece.start, piece.end);
  return text;
}

/** Where an offset in decoded text is in the written one. At a border the earlier piece has it when `asEnd`. */
export function outerOffset(pieces: readonly Piece[], offset: number, asEnd: boolean): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle]!.at <= offset) low = middle;
    else high = middle - 1;
  }
  if (asEnd) while (low > 0 && pieces[low]!.at >= offset) low--;
  const piece = pieces[low]!;
  const into = offset - piece.at;
  if (piece.text === undefined) return piece.start + Math.min(into, piece.length);
  return into > 0 && (asEnd || into >= piece.length) ? piece.end : piece.start;
}
