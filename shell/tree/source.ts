/** A text that commands are read from: a whole script, or one that is inside another (`sh -c '…'`). */
import type { InnerText } from './nodes.ts';
import { outerOffset, type Piece } from './pieces.ts';
import type { Quoting } from './quoting.ts';

/** Where the text of an inner script comes from. */
export interface Origin {
  readonly parent: Source;
  /** The part of the parent's text that it is written in. */
  readonly node: InnerText;
  /** What its text is made of, in offsets of the parent's text. */
  readonly pieces: readonly Piece[];
}

export class Source {
  constructor(
    readonly text: string,
    /** How its words are quoted, and in which language. */
    readonly quoting: Quoting,
    /** `undefined` for the whole script. */
    readonly origin?: Origin,
  ) {}

  /** Where a part of the text is in the text of the whole script. */
  outside(start: number, end: number): { readonly start: number; readonly end: number } {
    const { origin } = this;
    if (!origin) return { start, end };
    const { parent, pieces, node } = origin;
    if (pieces.length === 0) return parent.outside(node.start, node.start);
    const empty = start === end;
    const from = outerOffset(pieces, start, empty && start > 0);
    const to = empty ? from : outerOffset(pieces, end, true);
    return parent.outside(from, Math.max(from, to));
  }
}
