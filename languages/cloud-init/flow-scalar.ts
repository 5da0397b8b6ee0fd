/** Reads the scalars that are written on a line: plain, in single and in double quotes, folded over lines or not. */
import type { Piece } from './piece.ts';

/** A scalar without quotes. */
export function readPlain(raw: string): readonly Piece[] {
  return unfold(raw, 0, raw.length, (start, end) => [{ start, end }]);
}

/** With its quotes; `undefined` when the closing one is missing. */
export function readSingle(raw: string): readonly Piece[] | undefined {
  if (raw.length < 2 || !raw.endsWith("'")) return undefined;
  return unfold(raw, 1, raw.length - 1, (start, end) => {
    const pieces: Piece[] = [];
    let from = start;
    for (let quote = raw.indexOf("''", from); quote >= 0 && quote + 2 <= end; quote = raw.indexOf("''", from)) {
      if (quote > from) pieces.push({ start: from, end: quote });
      pieces.push({ start: quote, end: quote + 2, text: "'" });
      from = quote + 2;
    }
    if (end > from) pieces.push({ start: from, end });
    return pieces;
  });
}

/** Joins lines: spaces around a line break are dropped, one break is a space, each further one a newline. */
function unfold(raw: string, start: number, end: number, line: (start: number, end: number) => Piece[]): Piece[] {
  const pieces: Piece[] = [];
  let lineStart = start;
  let empty = 0;
  let written = start;
  for (;;) {
    const found = raw.indexOf('\n', lineStart);
    const last = found < 0 || found >= end;
    const first = lineStart === start;
    let from = lineStart;
    let to = last ? end : raw[found - 1] === '\r' && found > lineStart ? found - 1 : found;
    if (!first) while (from < to && isBlank(raw, from)) from++;
    if (!last) while (to > from && isBlank(raw, to - 1)) to--;
    if (first || last || to > from) {
      if (!first) pieces.push({ start: written, end: from, text: empty > 0 ? '\n'.repeat(empty) : ' ' });
      for (const piece of line(from, to)) pieces.push(piece);
      written = to;
      empty = 0;
    } else empty++;
    if (last) return pieces;
    lineStart = found + 1;
  }
}

function isBlank(raw: string, at: number): boolean {
  return raw[at] === ' ' || raw[at] === '\t';
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '\t': '\t',
};

/** With its quotes; `undefined` when the closing one is missing. */
export function readDouble(raw: string): readonly Piece[] | undefined {
  const end = raw.length - 1;
  if (end < 1 || raw[end] !== '"') return undefined;
  const pieces: Piece[] = [];
  let from = 1;
  const special = (start: number, stop: number, text: string) => {
    if (start > from) pieces.push({ start: from, end: start });
    if (text !== '' || stop > start) pieces.push({ start, end: stop, text });
    from = stop;
  };
  let at = 1;
  while (at < end) {
    const character = raw[at];
    if (character === '\\') {
      const { text, to } = readEscape(raw, at, end);
      special(at, to, text);
      at = to;
    } else if (character === '\n' || (character === '\r' && raw[at + 1] === '\n')) {
      const start = trimmedEnd(raw, at, from);
      const { text, to } = readBreaks(raw, at, end);
      special(start, to, text);
      at = to;
    } else at++;
  }
  if (end > from) pieces.push({ start: from, end });
  return pieces;
}

function trimmedEnd(raw: string, end: number, floor: number): number {
  let at = end;
  while (at > floor && isBlank(raw, at - 1)) at--;
  return at;
}

/** A line break with all whitespace after it. */
function readBreaks(raw: string, start: number, end: number): { text: string; to: number } {
  let to = raw[start] === '\r' ? start + 2 : start + 1;
  let breaks = 0;
  while (to < end) {
    if (raw[to] === '\n') breaks++;
    else if (!isBlank(raw, to) && !(raw[to] === '\r' && raw[to + 1] === '\n')) break;
    to++;
  }
  return { text: breaks > 0 ? '\n'.repeat(breaks) : ' ', to };
}

function readEscape(raw: string, start: number, end: number): { text: string; to: number } {
  const next = raw[start + 1] ?? '';
  const simple = ESCAPES[next];
  if (simple !== undefined && start + 1 < end) return { text: simple, to: start + 2 };
  if (next === '\n' || (next === '\r' && raw[start + 2] === '\n')) {
    let to = start + (next === '\n' ? 2 : 3);
    while (to < end && isBlank(raw, to)) to++;
    return { text: '', to };
  }
  const length = next === 'x' ? 2 : next === 'u' ? 4 : next === 'U' ? 8 : 0;
  const digits = raw.slice(start + 2, Math.min(start + 2 + length, end));
  const code =
    length > 0 && digits.length === length && /^[0-9a-fA-F]+$/.test(digits) ? Number.parseInt(digits, 16) : -1;
  // An invalid escape stays unchanged; the library reports it.
  if (code < 0 || code > 0x10ffff)
    return { text: raw.slice(start, Math.min(start + 2, end)), to: Math.min(start + 2, end) };
  return { text: String.fromCodePoint(code), to: start + 2 + length };
}
