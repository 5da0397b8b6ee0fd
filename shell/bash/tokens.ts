/** What the scanner hands on: tokens with offsets in the text that was scanned. */
import type { Expansion } from '../../core/shell-tree.ts';

export interface WordToken {
  readonly kind: 'word';
  readonly start: number;
  end: number;
  /** The token before it in the same list; -1 for the first. */
  readonly previous: number;
  /** The index of the first token behind it that does not stand inside it. */
  next: number;
  readonly expansions: Expansion[];
  /** Contents of backquotes; the parser never sees them. */
  readonly backquotes: Backquote[];
  /** Has quotes, escapes or expansions, so that its raw text is not its value. */
  special: boolean;
  quoted: boolean;
  /** The shell's grammar reads it: `if`, `{`, `done`. */
  reserved: boolean;
}

/** The text between two backquotes. */
export interface Backquote {
  readonly start: number;
  readonly end: number;
  /** Inside double quotes `\"` is an escape too. */
  readonly inDouble: boolean;
}

export interface RedirectToken {
  readonly kind: 'redirect';
  readonly start: number;
  end: number;
  readonly previous: number;
  next: number;
  readonly operator: string;
  readonly descriptor: number | undefined;
  target: WordToken | undefined;
  heredoc: HeredocToken | undefined;
}

export interface HeredocToken {
  readonly delimiter: string;
  readonly quoted: boolean;
  /** `<<-`: leading tabs are not part of the body. */
  readonly stripTabs: boolean;
  /** The body's lines as they stand; both 0 until they have been read. */
  start: number;
  end: number;
}

export interface OperatorToken {
  readonly kind: 'operator';
  readonly start: number;
  readonly end: number;
  readonly previous: number;
  readonly next: number;
}

export type Token = WordToken | RedirectToken | OperatorToken;

export interface Scan {
  /** In the order they start; a word is followed by the tokens of the substitutions inside it. */
  readonly tokens: readonly Token[];
  /** Text of the same length in which only the grammar is left: every word is `xxx`, quotes and redirections are gone. */
  readonly mask: string;
  /** Redirections of a whole `{ … }`, `( … )`, loop or condition, by the offset where that ends. */
  readonly trailing: ReadonlyMap<number, readonly RedirectToken[]>;
  /** Something was left open, or the nesting is too deep to be read. */
  readonly broken: boolean;
  /** The nesting is too deep: the mask is of no use. */
  readonly tooDeep: boolean;
}
