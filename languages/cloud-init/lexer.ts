/**
 * The flat pass over YAML text that comes before everything else: it bounds nesting and size, since the library's composer
 * recurses, and finds what PyYAML sees differently from the library.
 */
import { CST, Lexer } from 'yaml';
import { Decoder, type SourceText } from '../../core/text.ts';
import type { Explanation } from './yaml-errors.ts';

/** Deeper nesting is not read; indentation, flow brackets and chains of `- ` and `? ` count alike. */
const DEEPEST_NESTING = 128;
/** Directives (`%YAML 1.1`) that are read; each costs the library far more than a token. */
const MOST_DIRECTIVES = 100;
/** Text with more tokens than this is not read: some 40,000 lines. */
const MOST_TOKENS = 200_000;
/** Marks a line break in a quoted scalar whose lines are indented less than what contains it. */
export const BREAK_MARK = '\uE002';
/** Such scalars that are repaired in one document. */
const MOST_REPAIRED = 10;

/** For documents over a limit. */
export const TOO_LONG: Explanation = {
  message: 'Document is too long to be checked',
  help: 'Shorten it; clouds limit user-data to far less, often 16 KiB',
};
const TOO_DEEP: Explanation = {
  message: `Nested deeper than ${DEEPEST_NESTING} levels, so the document is not checked`,
  help: 'Reduce the nesting',
};

export interface Lexed {
  readonly tokens: readonly string[];
  /** The places of the comments, `#` included. */
  readonly comments: readonly { start: number; end: number }[];
  /** The first tab where PyYAML accepts none: between tokens, and in unquoted scalars. */
  readonly tab?: number;
  /** Where quotes and brackets start that do not close, as the library sees it. */
  readonly unclosed: readonly number[];
  /** Block scalars: where their indicators are, and where they end. */
  readonly blocks: readonly { readonly start: number; readonly end: number }[];
  /** Where a limit is exceeded, and which. */
  readonly refused?: { readonly at: number; readonly words: Explanation };
}

/** Lexes to the end, or to where a limit is exceeded. */
export function lex(text: string): Lexed {
  const tokens: string[] = [];
  const comments: { start: number; end: number }[] = [];
  const blocks: { start: number; end: number }[] = [];
  let blockStart = 0;
  /** The columns at which the open block collections started. */
  const columns: number[] = [];
  let flow = 0;
  /** Where the outermost open flow collection starts. */
  let flowStart = 0;
  let at = 0;
  let lineStart = 0;
  let leading = true;
  let scalar = false;
  let block = false;
  let directives = 0;
  let tab: number | undefined;
  const unclosed: number[] = [];
  for (const token of new Lexer().lex(text)) {
    tokens.push(token);
    if (!scalar && (token === CST.SCALAR || token === CST.DOCUMENT || token === CST.FLOW_END)) {
      scalar = token === CST.SCALAR;
      if (token === CST.FLOW_END && flow > 0) {
        unclosed.push(flowStart);
        flow = 0;
      }
      continue;
    }
    const type: CST.TokenType | null = scalar ? 'scalar' : CST.tokenType(token);
    scalar = false;
    const start = at;
    at += token.length;
    if (type === 'block-scalar-header') {
      block = true;
      blockStart = start;
    } else if (type === 'scalar') {
      if (block) blocks.push({ start: blockStart, end: at });
      else tab ??= tabIn(token, start);
      block = false;
    } else if (type === 'space') tab ??= tabIn(token, start);
    else if (isUnclosed(type, token)) unclosed.push(start);
    if (type === 'comment') comments.push({ start, end: at });
    else if (type === 'newline') {
      leading = true;
      lineStart = at;
    } else if (type === 'flow-map-start' || type === 'flow-seq-start') {
      if (flow++ === 0) flowStart = start;
    } else if (type === 'flow-map-end' || type === 'flow-seq-end') flow = Math.max(0, flow - 1);
    if (type !== 'space' && type !== 'comment' && type !== 'newline' && leading && flow === 0) {
      const column = start - lineStart;
      while (columns.length > 0 && columns.at(-1)! > column) columns.pop();
      if (columns.length === 0 || columns.at(-1)! < column) columns.push(column);
      leading =
        type === 'seq-item-ind' ||
        type === 'explicit-key-ind' ||
        type === 'map-value-ind' ||
        type === 'tag' ||
        type === 'anchor';
    }
    const newline = type !== 'newline' ? token.lastIndexOf('\n') : -1;
    if (newline >= 0) {
      lineStart = start + newline + 1;
      leading = true;
    }
    if (columns.length + flow > DEEPEST_NESTING)
      return { tokens, comments, unclosed, blocks, refused: { at: start, words: TOO_DEEP } };
    if (type === 'directive-line') directives++;
    if (tokens.length > MOST_TOKENS || directives > MOST_DIRECTIVES)
      return { tokens, comments, unclosed, blocks, refused: { at: start, words: TOO_LONG } };
  }
  return { tokens, comments, unclosed, blocks, ...(tab === undefined ? {} : { tab }) };
}

function tabIn(token: string, start: number): number | undefined {
  const at = token.indexOf('\t');
  return at < 0 ? undefined : start + at;
}

function isUnclosed(type: CST.TokenType | null, token: string): boolean {
  const quote = type === 'single-quoted-scalar' ? "'" : type === 'double-quoted-scalar' ? '"' : undefined;
  return quote !== undefined && (token.length === 1 || !token.endsWith(quote));
}

/**
 * The text with the line breaks in some quoted scalars and flow collections marked. PyYAML lets their lines start
 * anywhere; the library ends them at the first line that goes left of the key.
 */
export function withRepairedScalars(source: SourceText): SourceText {
  const { text } = source;
  let seen = text;
  let from = 0;
  for (let i = 0; i < MOST_REPAIRED; i++) {
    const start = lex(seen).unclosed.find(at => at >= from);
    if (start === undefined) break;
    const flow = seen[start] === '[' || seen[start] === '{';
    const end = flow ? closingBracket(seen, start) : closingQuote(seen, start);
    if (end === undefined) break;
    // Between the items of a flow collection a line break is equivalent to a space.
    seen = seen.slice(0, start) + seen.slice(start, end).replaceAll('\n', flow ? ' ' : BREAK_MARK) + seen.slice(end);
    from = end;
  }
  if (seen === text) return source;
  const decoder = new Decoder(source);
  let done = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (seen[at] === '\n') continue;
    decoder.verbatim(done, at).as(seen[at]!, at, at + 1);
    done = at + 1;
  }
  return decoder.verbatim(done, text.length).done();
}

/** The place after the bracket that closes the one at `start`; `undefined` when there is none, or a comment in between. */
function closingBracket(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at]!;
    if ((character === '"' || character === "'") && /[\s,:[{]/.test(text[at - 1]!)) {
      const end = closingQuote(text, at);
      if (end === undefined) return undefined;
      at = end - 1;
    } else if (character === '[' || character === '{') depth++;
    else if ((character === ']' || character === '}') && --depth === 0) return at + 1;
    else if (character === '#' && /\s/.test(text[at - 1]!)) return undefined;
  }
  return undefined;
}

/** After the quote that closes the one at `start`. */
function closingQuote(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== quote) return at + 1;
      at++;
    }
  }
  return undefined;
}
