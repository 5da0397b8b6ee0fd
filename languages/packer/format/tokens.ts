/** The tokens of an HCL file with everything that is written between them. */
import {
  BACKSLASH,
  CLOSE_BRACE,
  DOLLAR,
  HASH,
  identifierEnd,
  isDigit,
  LESS,
  MINUS,
  NEWLINE,
  OPEN_BRACE,
  PERCENT,
  QUOTE,
  RETURN,
  SLASH,
  SPACE,
  STAR,
  TAB,
  TILDE,
} from '../hcl/characters.ts';
import { numberEnd } from '../hcl/cursor.ts';
import { closingMarker } from '../hcl/templates.ts';

/**
 * `open-sequence` and `close-sequence` are the ends of `${ … }` and `%{ … }`. A comment that ends with its line includes the
 * line break. Text of templates between sequences is one token, whatever is in it.
 */
export type TokenKind =
  | 'newline'
  | 'comment'
  | 'name'
  | 'number'
  | 'operator'
  | 'open'
  | 'close'
  | 'open-sequence'
  | 'close-sequence'
  | 'open-quote'
  | 'close-quote'
  | 'open-heredoc'
  | 'close-heredoc'
  | 'text';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a reader is in: code up to the end or to a `}`, or the text of a template. */
type Mode =
  | { readonly kind: 'code'; open: number }
  | { readonly kind: 'quoted' }
  | { readonly kind: 'heredoc'; readonly marker: string; lineStarts: boolean };

/** The tokens of a text that {@link parseHcl} found no problem in. Costs time linear in its length. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const modes: Mode[] = [{ kind: 'code', open: 0 }];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const take = (kind: TokenKind, end: number): void => {
    if (end > at) tokens.push({ kind, text: text.slice(at, end), start: at, end });
    at = end;
  };
  while (at < text.length) {
    const mode = modes[modes.length - 1]!;
    if (mode.kind === 'code') {
      const code = text.charCodeAt(at);
      if (code === SPACE || code === TAB) {
        at++;
        continue;
      }
      const [kind, end] = codeToken(text, at, mode, modes.length > 1);
      take(kind, end);
      if (kind === 'open-quote') modes.push({ kind: 'quoted' });
      else if (kind === 'close-sequence') modes.pop();
      else if (kind === 'open-heredoc') modes.push({ kind: 'heredoc', marker: markerIn(text, end), lineStarts: true });
      continue;
    }
    const end = textEnd(text, at, mode);
    take('text', end);
    if (mode.kind === 'heredoc' && mode.lineStarts) {
      take('close-heredoc', closingMarker({ text, limit: text.length }, at, mode.marker));
      modes.pop();
    } else if (text.charCodeAt(at) === QUOTE) {
      take('close-quote', at + 1);
      modes.pop();
    } else if (at < text.length) {
      take('open-sequence', at + (text.charCodeAt(at + 2) === TILDE ? 3 : 2));
      modes.push({ kind: 'code', open: 0 });
    }
  }
  return tokens;
}

/** The token of code at an offset, which is no space or tab, and where it ends. */
function codeToken(
  text: string,
  at: number,
  mode: Extract<Mode, { kind: 'code' }>,
  inSequence: boolean,
): readonly [kind: TokenKind, end: number] {
  const code = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  if (code === NEWLINE) return ['newline', at + 1];
  if (code === RETURN && next === NEWLINE) return ['newline', at + 2];
  if (code === HASH || (code === SLASH && next === SLASH)) return ['comment', lineEnd(text, at)];
  if (code === SLASH && next === STAR) return ['comment', text.indexOf('*/', at + 2) + 2];
  if (code === QUOTE) return ['open-quote', at + 1];
  if (isDigit(code)) return ['number', numberEnd({ text, limit: text.length }, at)];
  const name = identifierEnd(text, at, text.length);
  if (name > at) return ['name', name];
  if (inSequence && mode.open === 0) {
    if (code === CLOSE_BRACE) return ['close-sequence', at + 1];
    if (code === TILDE && next === CLOSE_BRACE) return ['close-sequence', at + 2];
  }
  if (code === LESS && next === LESS) {
    const end = heredocStart(text, at);
    if (end > at) return ['open-heredoc', end];
  }
  if (code === OPEN_BRACE) mode.open++;
  else if (code === CLOSE_BRACE) mode.open--;
  if ('([{'.includes(text[at]!)) return ['open', at + 1];
  if (')]}'.includes(text[at]!)) return ['close', at + 1];
  return ['operator', at + (OPERATORS.find(one => text.startsWith(one, at))?.length ?? 1)];
}

/** The operators of more than one character. */
const OPERATORS = ['...', '==', '!=', '>=', '<=', '=>', '&&', '||', '::'];

/** Behind the line break of the line with `at`. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** The end of the `<<MARKER` at an offset and its line break; the offset itself when it opens no heredoc. */
function heredocStart(text: string, at: number): number {
  const start = at + (text.charCodeAt(at + 2) === MINUS ? 3 : 2);
  const end = identifierEnd(text, start, text.length);
  const broken = text.charCodeAt(end) === RETURN ? end + 1 : end;
  return end > start && text.charCodeAt(broken) === NEWLINE ? broken + 1 : at;
}

/** The marker of the line that ends at an offset and opens a heredoc. */
function markerIn(text: string, end: number): string {
  const opener = text.slice(text.lastIndexOf('<<', end) + 2, end).trimEnd();
  return opener.startsWith('-') ? opener.slice(1) : opener;
}

/** Where the text of a template ends: at a sequence, a closing quote, or the line with the closing marker. */
function textEnd(text: string, from: number, mode: Exclude<Mode, { kind: 'code' }>): number {
  let at = from;
  while (at < text.length) {
    if (mode.kind === 'heredoc') {
      if (mode.lineStarts && closingMarker({ text, limit: text.length }, at, mode.marker) >= 0) return at;
      mode.lineStarts = false;
    }
    const code = text.charCodeAt(at);
    if (mode.kind === 'quoted' && code === QUOTE) return at;
    if (mode.kind === 'quoted' && code === BACKSLASH) at++;
    else if (code === DOLLAR || code === PERCENT) {
      if (text.charCodeAt(at + 1) === OPEN_BRACE) return at;
      // `$${` is text.
      if (text.charCodeAt(at + 1) === code && text.charCodeAt(at + 2) === OPEN_BRACE) at += 2;
    } else if (code === NEWLINE && mode.kind === 'heredoc') mode.lineStarts = true;
    at++;
  }
  return text.length;
}
