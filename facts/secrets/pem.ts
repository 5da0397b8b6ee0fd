/** The bodies of armored keys, read character by character because a header line may precede them. */

/** How far a body is read; the largest RSA key in use has about 13 KB. */
const WINDOW = 32 * 1024;
/** Fewer characters of base64 than this are an ellipsis in a manual, not a key. */
const LEAST = 64;

const isBase64 = (code: number) =>
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 43 ||
  code === 47 ||
  code === 61;

/** One header of RFC 1421 or OpenPGP armor, or of a PuTTY key: `Proc-Type: 4,ENCRYPTED`. */
const HEADER = /[A-Za-z][A-Za-z-]{1,24}: [^\r\n\\]{0,160}/y;

/**
 * The end of an armored body (its `-----END …-----` included) that begins at `from`, right after the first line; undefined when it
 * holds fewer than 64 characters of base64. White space, backslash-n and line continuations do not count, so a key
 * in a JSON string or an `echo` is found too.
 */
export function armoredEnd(text: string, from: number): number | undefined {
  const stop = Math.min(text.length, from + WINDOW);
  let count = 0;
  let end = from;
  let i = from;
  let lineStart = true;
  while (i < stop) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13) {
      lineStart = true;
      i++;
    } else if (code === 32 || code === 9) {
      i++;
    } else if (code === 92) {
      // `\n` inside a string, or a backslash that continues the line.
      const next = text.charCodeAt(i + 1);
      const escaped = next === 110 || next === 114;
      if (escaped) lineStart = true;
      i += escaped ? 2 : 1;
    } else if (lineStart && count < LEAST && matchAt(HEADER, text, i) > i) {
      i = matchAt(HEADER, text, i);
    } else if (isBase64(code)) {
      lineStart = false;
      count++;
      i++;
      end = i;
    } else break;
  }
  if (count < LEAST) return undefined;
  const marker = matchAt(/(?:\\[nr]|[ \t\r\n\\]){0,64}-----END [A-Za-z0-9 -]{1,40}-----/y, text, end);
  return marker > end ? marker : end;
}

/** Where a sticky pattern ends when tried at `at`; `at` itself when it does not match. */
function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
