/** What characters are to the shell. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_03 */

/** Part of a word like a letter. */
export const PLAIN = 0;
/** Ends a word, wherever it is without quotes. */
export const ENDS = 1;
/** Has to be looked at. */
export const SPECIAL = 2;

const KINDS = new Uint8Array(128);
for (const c of ' \t\n;|&)') KINDS[c.charCodeAt(0)] = ENDS;
for (const c of '\r<>(\\\'"$`{') KINDS[c.charCodeAt(0)] = SPECIAL;
const UNRESOLVED = 0xe000;

/** The kind of a UTF-16 code unit in the middle of a word. */
export function kindOf(code: number): number {
  return code < 128 ? KINDS[code]! : code === UNRESOLVED ? SPECIAL : PLAIN;
}

/** Whether an operator or a space starts at `i`, or the text ends there, so that a word ends in front of it. */
export function endsWord(text: string, i: number, limit: number): boolean {
  if (i >= limit) return true;
  const c = text[i]!;
  return c === '\r' ? i + 1 < limit && text[i + 1] === '\n' : ' \t\n;|&)(<>'.includes(c);
}
