/** A stretch of decoded text; without `text` it is the raw stretch, unchanged. Offsets count in the raw text. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text?: string;
}
