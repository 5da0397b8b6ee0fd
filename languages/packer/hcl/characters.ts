/** The characters that HCL's grammar names, and the classes of characters it uses. */

export const TAB = 9;
export const NEWLINE = 10;
export const RETURN = 13;
export const SPACE = 32;
export const BANG = 33;
export const QUOTE = 34;
export const HASH = 35;
export const DOLLAR = 36;
export const PERCENT = 37;
export const AMPERSAND = 38;
export const OPEN_PAREN = 40;
export const CLOSE_PAREN = 41;
export const STAR = 42;
export const PLUS = 43;
export const COMMA = 44;
export const MINUS = 45;
export const DOT = 46;
export const SLASH = 47;
export const COLON = 58;
export const LESS = 60;
export const EQUALS = 61;
export const GREATER = 62;
export const QUESTION = 63;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const PIPE = 124;
export const CLOSE_BRACE = 125;
export const TILDE = 126;

const UNDERSCORE = 95;
const ID_START = /^\p{ID_Start}/u;
const ID_CONTINUE = /^\p{ID_Continue}/u;

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether Go's `unicode.IsSpace` accepts a character; it differs from JavaScript's `\s` (U+0085, U+FEFF). */
export function isSpace(code: number): boolean {
  if (code < 128) return code === SPACE || (code >= 9 && code <= 13);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Whether an identifier can start at `at`. */
export function startsIdentifier(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === UNDERSCORE;
  return code >= 128 && ID_START.test(text.slice(at, at + 2));
}

/** The end of the identifier that starts at `at`, or `at` when none does. Hyphens belong to identifiers. */
export function identifierEnd(text: string, at: number, limit: number): number {
  if (at >= limit || !startsIdentifier(text, at)) return at;
  let end = at;
  while (end < limit) {
    const code = text.charCodeAt(end);
    if (code < 128) {
      const ok =
        (code >= 97 && code <= 122) ||
        (code >= 65 && code <= 90) ||
        isDigit(code) ||
        code === UNDERSCORE ||
        code === MINUS;
      if (!ok) break;
      end++;
    } else {
      if (!ID_CONTINUE.test(text.slice(end, end + 2))) break;
      end += text.codePointAt(end)! > 0xffff ? 2 : 1;
    }
  }
  return end;
}
