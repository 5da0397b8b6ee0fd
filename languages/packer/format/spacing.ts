/** Where `packer fmt` writes a space between two tokens of a line. */
import type { Token, TokenKind } from './tokens.ts';

/** 1 for what opens a bracket or sequence, -1 for what closes one. */
export function bracketChange({ kind }: Token): -1 | 0 | 1 {
  if (kind === 'open' || kind === 'open-sequence') return 1;
  return kind === 'close' || kind === 'close-sequence' ? -1 : 0;
}

/** Whether there is a space between `token` and `after`; `before` is the token before both in its cell of the line. */
export function isSpaced(before: Token | undefined, token: Token, after: Token): boolean {
  if (after.kind === 'newline' || STARTS_TEXT.has(token.kind) || ENDS_TEXT.has(after.kind)) return false;
  if (token.kind === 'name' && after.text === '(') return false;
  if (GLUED.has(token.text) || GLUED.has(after.text)) return false;
  if (after.text === ',' || after.text === '...') return false;
  if (token.text === ',') return true;
  // `in` of a `for`, and not something that is indexed.
  if (token.text === 'in' && before?.kind === 'name') return true;
  if (after.text === '[' && (token.kind === 'name' || token.kind === 'number' || bracketChange(token) < 0))
    return false;
  if (token.text === '!') return false;
  if (token.text === '-') return before !== undefined && !NEGATED_AFTER.has(before.text);
  return isSpacedBracket(token, after);
}

const STARTS_TEXT: ReadonlySet<TokenKind> = new Set(['text', 'open-quote', 'open-heredoc']);
const ENDS_TEXT: ReadonlySet<TokenKind> = new Set(['text', 'close-quote', 'close-heredoc']);

const GLUED: ReadonlySet<string> = new Set(['.', '::']);

/** A `-` after these is a sign; after anything else it subtracts, at the start of a sequence too. */
const NEGATED_AFTER: ReadonlySet<string> = new Set([
  ...['(', '[', '{', '=', ':', ',', '?', '!'],
  ...['+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', '&&', '||'],
]);

/** Braces have spaces inside of them, other brackets do not. */
function isSpacedBracket(token: Token, after: Token): boolean {
  const opensBrace = isBrace(token, '{');
  const closesBrace = isBrace(after, '}');
  if (opensBrace || closesBrace) return !(opensBrace && closesBrace);
  if (isBrace(after, '{') && token.kind === 'open-sequence') return true;
  if (isBrace(token, '}') && after.kind === 'close-sequence') return true;
  if (token.kind === 'close-sequence' && after.kind === 'open-sequence') return false;
  return bracketChange(token) <= 0 && bracketChange(after) >= 0;
}

/** A brace that belongs to no `${ … }`. */
function isBrace({ kind, text }: Token, brace: '{' | '}'): boolean {
  return text === brace && (kind === 'open' || kind === 'close');
}
