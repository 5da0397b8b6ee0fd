/** A release that has an end. What counts as the end is in the notes of `data/end-of-life.json`. */
export interface Ending {
  /** `Node.js` */
  readonly product: string;
  /** `16` */
  readonly cycle: string;
  /** The last day of support, `2023-09-11`. */
  readonly date: string;
}

/** An ending that a string names: `matched` are the half-open offsets of the words in that string that name it. */
export interface EndOfLife extends Ending {
  readonly matched: readonly [start: number, end: number];
}
