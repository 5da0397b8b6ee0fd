/** The escapes of `$'…'`: https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html */

const SIMPLE: Record<string, string> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};
const NUMERIC = /\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|c([\x20-\x7e]))/y;

/**
 * The character that the escape at `i` stands for and where it ends. A byte above 0x7F, which is a part of a
 * character at best, and a NUL, which ends the text for the shell, read as U+FFFD.
 */
export function escapeAt(raw: string, i: number): { text: string; end: number } {
  const next = raw[i + 1] ?? '';
  const simple = SIMPLE[next];
  if (simple !== undefined) return { text: simple, end: i + 2 };
  NUMERIC.lastIndex = i;
  const found = NUMERIC.exec(raw);
  if (!found) return { text: raw.slice(i, i + 2), end: Math.min(raw.length, i + 2) };
  const [whole, octal, hex, short, long, control] = found;
  const end = i + whole.length;
  if (control !== undefined) return { text: String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f), end };
  const byte =
    octal !== undefined ? Number.parseInt(octal, 8) & 0xff : hex !== undefined ? Number.parseInt(hex, 16) : -1;
  const code = byte >= 0 ? byte : Number.parseInt(short ?? long ?? '0', 16);
  if (code === 0 || (byte > 0x7f && byte >= 0) || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
    return { text: '\uFFFD', end };
  return { text: String.fromCodePoint(code), end };
}
