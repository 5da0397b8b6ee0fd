/** How a language writes words. */
import type { ShellDialect } from '../../core/script.ts';
import type { Encode } from '../../core/text.ts';
import type { WordNode } from './nodes.ts';
import type { Piece, QuoteStyle } from './pieces.ts';

/** What was decoded at last: text that stays as it is keeps its spelling. */
export type Decoded = () => string | undefined;

export interface Quoting {
  readonly dialect: ShellDialect;
  /** What a word stands for, piece by piece. */
  pieces(word: WordNode): readonly Piece[];
  /** Encoders for the parts of one word, by how they are quoted. `raw`: the text that the word is written in. */
  encoders(raw: string, decoded: Decoded): (style: QuoteStyle) => Encode;
  /** How a word that is empty would be written, and the length of the quote in front of it. */
  opening(raw: string, at: number): { readonly style: QuoteStyle; readonly length: number };
}
