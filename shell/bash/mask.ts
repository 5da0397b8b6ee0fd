/**
 * A copy of a script of the same length in which everything but the grammar is blank or `x`. Pieces are written in
 * the order of the text, so that building it costs one pass.
 */
export class Mask {
  private readonly pieces: { start: number; end: number; fill: string }[] = [];

  constructor(private readonly text: string) {}

  /** How many pieces there are, for {@link cut} and {@link change}. */
  get length(): number {
    return this.pieces.length;
  }

  /** Writes `fill`, one character repeated or a text of exactly this length. `apart`: a piece of its own. */
  fill(start: number, end: number, fill: string, apart = false): void {
    if (end <= start) return;
    const last = this.pieces.at(-1);
    if (!apart && last && last.end === start && last.fill === fill && fill.length === 1) last.end = end;
    else this.pieces.push({ start, end, fill });
  }

  /** Forgets the pieces from the `length`-th on, and what stands behind `from` in the one before. */
  cut(length: number, from: number): void {
    this.pieces.length = length;
    const last = this.pieces.at(-1);
    if (last && last.end > from) last.end = Math.max(last.start, from);
  }

  /** Gives the `index`-th piece another fill. */
  change(index: number, fill: string): void {
    const piece = this.pieces[index];
    if (piece) piece.fill = fill;
  }

  toString(): string {
    const out: string[] = [];
    let at = 0;
    for (const { start, end, fill } of this.pieces) {
      out.push(this.text.slice(at, start), fill.length === 1 ? fill.repeat(end - start) : fill);
      at = end;
    }
    out.push(this.text.slice(at));
    return out.join('');
  }
}
