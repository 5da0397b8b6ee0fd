/**
 * The format that `packer fmt` gives a file: https://developer.hashicorp.com/packer/docs/commands/fmt. It changes spaces
 * within lines, and nothing else: the indentation, the spaces between tokens, the columns of `=` and of comments.
 */
import type { HclNode } from '../hcl/ast.ts';
import { bracketChange, isSpaced } from './spacing.ts';
import { type Token, tokensOf } from './tokens.ts';

/** So many spaces instead of the text of a range. */
export interface Gap extends HclNode {
  readonly spaces: number;
}

/**
 * A line in up to three cells: `name`, `= value` and a comment, as the tokens from `start` to `assign`, `comment` and `end`.
 * A heredoc is on one line with what is before it.
 */
interface Line {
  readonly start: number;
  readonly assign: number;
  readonly comment: number;
  readonly end: number;
}

/** The gaps that are to be changed in a text without syntax errors, in order. Costs time linear in its length. */
export function formatGaps(text: string): readonly Gap[] {
  const tokens = tokensOf(text);
  const lines = linesOf(tokens);
  /** How many spaces are before each token. */
  const spaces = new Array<number>(tokens.length).fill(0);
  for (const { start, assign, comment, end } of lines) {
    space(tokens, spaces, start, assign);
    space(tokens, spaces, assign, comment);
    space(tokens, spaces, comment, end);
  }
  indent(tokens, lines, spaces);
  align(tokens, lines, spaces, ({ assign, comment }) => (assign < comment ? assign : undefined));
  align(tokens, lines, spaces, ({ comment, end }) => (comment < end ? comment : undefined));
  return changed(text, tokens, spaces);
}

function linesOf(tokens: readonly Token[]): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const [i, { kind, text }] of tokens.entries()) {
    const ends = kind === 'newline' || (kind === 'comment' && text.endsWith('\n')) || i === tokens.length - 1;
    if (!ends) continue;
    lines.push(lineOf(tokens, start, i + 1));
    start = i + 1;
  }
  return lines;
}

function lineOf(tokens: readonly Token[], start: number, end: number): Line {
  const comment = end - start > 1 && tokens[end - 1]!.kind === 'comment' ? end - 1 : end;
  let assign = start + 1;
  while (assign < comment && !isEquals(tokens[assign]!)) assign++;
  // A value whose brackets are open at the end of its line is not aligned with others.
  return { start, assign: brackets(tokens, assign, comment) === 0 ? Math.min(assign, comment) : comment, comment, end };
}

function isEquals({ kind, text }: Token): boolean {
  return kind === 'operator' && text === '=';
}

/** How many more brackets are opened than closed. */
function brackets(tokens: readonly Token[], start: number, end: number): number {
  let open = 0;
  for (let i = start; i < end; i++) open += bracketChange(tokens[i]!);
  return open;
}

/** Sets the spaces between the tokens of a cell. */
function space(tokens: readonly Token[], spaces: number[], start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const before = i - 2 < start ? undefined : tokens[i - 2];
    spaces[i] = isSpaced(before, tokens[i - 1]!, tokens[i]!) ? 1 : 0;
  }
}

/** Sets the spaces at the start of each line: two for each line before it that leaves brackets open. */
function indent(tokens: readonly Token[], lines: readonly Line[], spaces: number[]): void {
  /** For each of these lines, how many of its brackets are still open. */
  const open: number[] = [];
  for (const { start, assign, comment } of lines) {
    if (tokens[start]!.kind === 'newline') continue;
    let change = brackets(tokens, start, heredocIn(tokens, start, assign));
    change += brackets(tokens, assign, heredocIn(tokens, assign, comment));
    for (let left = -change; left > 0 && open.length > 0; ) {
      const closed = Math.min(left, open[open.length - 1]!);
      left -= closed;
      open[open.length - 1]! -= closed;
      if (open[open.length - 1] === 0) open.pop();
    }
    spaces[start] = 2 * open.length;
    if (change > 0) open.push(change);
  }
}

/** The first heredoc in a range of tokens, or the end of the range. */
function heredocIn(tokens: readonly Token[], start: number, end: number): number {
  for (let i = start; i < end; i++) if (tokens[i]!.kind === 'open-heredoc') return i;
  return end;
}

/** Gives a cell the same column in lines that follow each other and have it. */
function align(
  tokens: readonly Token[],
  lines: readonly Line[],
  spaces: number[],
  cellOf: (line: Line) => number | undefined,
): void {
  let together: { readonly cell: number; readonly width: number }[] = [];
  const close = (): void => {
    const widest = together.reduce((most, { width }) => Math.max(most, width), 0);
    for (const { cell, width } of together) spaces[cell] = widest - width + 1;
    together = [];
  };
  for (const line of lines) {
    const cell = cellOf(line);
    if (cell === undefined) close();
    else together.push({ cell, width: widthOf(tokens, spaces, line.start, cell) });
  }
  close();
}

function widthOf(tokens: readonly Token[], spaces: readonly number[], start: number, end: number): number {
  let width = 0;
  for (let i = start; i < end; i++) width += spaces[i]! + characters(tokens[i]!.text);
  return width;
}

const graphemes = new Intl.Segmenter('en');
const ASCII = /^[\t\n\x20-\x7e]*$/;

/** The number of characters as a reader sees them: `é` is one in each of its spellings. */
function characters(text: string): number {
  if (ASCII.test(text)) return text.length;
  let count = 0;
  for (const _ of graphemes.segment(text)) count++;
  return count;
}

function changed(text: string, tokens: readonly Token[], spaces: readonly number[]): readonly Gap[] {
  const gaps: Gap[] = [];
  let start = 0;
  for (const [i, token] of tokens.entries()) {
    const count = spaces[i]!;
    if (text.slice(start, token.start) !== ' '.repeat(count)) gaps.push({ start, end: token.start, spaces: count });
    start = token.end;
  }
  return gaps;
}
