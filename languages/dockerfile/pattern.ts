/** The patterns of `${name#pattern}`, `${name%pattern}` and `${name/pattern/text}`: `*`, `?` and escaped characters. */

/** Longer values and patterns are not matched, and the result is unknown. This bounds the cost of a match. */
const LONGEST = 256;

type Piece = '*' | '?' | { readonly literal: string };

function pieces(pattern: string): Piece[] {
  const out: Piece[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === '\\' && at + 1 < pattern.length) out.push({ literal: pattern[++at]! });
    else if (character === '*' || character === '?') out.push(character);
    else out.push({ literal: character });
  }
  return out;
}

/** For each end offset, whether the pattern matches `value[start, end)`. */
function matchesFrom(value: string, start: number, pattern: readonly Piece[]): boolean[] {
  let reach: boolean[] = new Array(value.length + 1).fill(false);
  reach[start] = true;
  for (const piece of pattern) {
    const next: boolean[] = new Array(value.length + 1).fill(false);
    for (let at = start; at <= value.length; at++) {
      if (piece === '*') next[at] = reach[at]! || (at > start && next[at - 1]!);
      else if (at > start) next[at] = reach[at - 1]! && (piece === '?' || piece.literal === value[at - 1]);
    }
    reach = next;
  }
  return reach;
}

const tooLong = (value: string, pattern: string) => value.length > LONGEST || pattern.length > LONGEST;

/** `${name#pattern}`, longest match for `##`; `undefined` when it is too long. */
export function withoutPrefix(value: string, pattern: string, longest: boolean): string | undefined {
  if (tooLong(value, pattern)) return undefined;
  const ends = matchesFrom(value, 0, pieces(pattern));
  const end = longest ? ends.lastIndexOf(true) : ends.indexOf(true);
  return end < 0 ? value : value.slice(end);
}

/** `${name%pattern}`, longest match for `%%`. */
export function withoutSuffix(value: string, pattern: string, longest: boolean): string | undefined {
  if (tooLong(value, pattern)) return undefined;
  const reversed = [...pieces(pattern)].reverse();
  const backwards = reverse(value);
  const ends = matchesFrom(backwards, 0, reversed);
  const end = longest ? ends.lastIndexOf(true) : ends.indexOf(true);
  return end < 0 ? value : value.slice(0, value.length - end);
}

/** `${name/pattern/text}`, every match for `//`; matches are the longest ones. */
export function replaced(value: string, pattern: string, text: string, all: boolean): string | undefined {
  // It is not documented what a backslash or a dollar sign means in the replacement.
  if (tooLong(value, pattern) || /[\\$]/.test(text)) return undefined;
  if (pattern === '') return undefined;
  const parts = pieces(pattern);
  let out = '';
  let at = 0;
  while (at < value.length) {
    const end = matchesFrom(value, at, parts).lastIndexOf(true);
    if (end > at) {
      out += text;
      at = end;
      if (!all) break;
    } else out += value[at++]!;
  }
  return out + value.slice(at);
}

function reverse(text: string): string {
  let out = '';
  for (let at = text.length - 1; at >= 0; at--) out += text[at];
  return out;
}
