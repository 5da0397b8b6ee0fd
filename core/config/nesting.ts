import { Lexer } from 'yaml';

/** Marks that the lexer puts between tokens and that are not in the text. */
const VIRTUAL = new Set(['\u0002', '\u0018', '\u001f']);

/**
 * Where a YAML text first nests deeper than `most` collections, or `undefined` when it never does. Composing a deeper
 * one could exhaust the stack, so this looks at tokens alone. Block collections are counted by their columns.
 */
export function tooDeep(text: string, most: number): number | undefined {
  let at = 0;
  let column = 0;
  let flow = 0;
  let lead = true;
  const columns: number[] = [];
  for (const token of new Lexer().lex(text)) {
    if (VIRTUAL.has(token)) continue;
    const blank = token.trim() === '';
    if (token === '[' || token === '{') flow++;
    else if ((token === ']' || token === '}') && flow > 0) flow--;
    // `- - - a` opens three collections on one line; a key or scalar after them is in one more.
    if (!blank && lead && flow === 0) {
      while (columns.length > 0 && columns.at(-1)! >= column) columns.pop();
      columns.push(column);
      lead = token === '-' || token === '?' || token === ':';
    }
    if (flow + columns.length > most) return at;
    at += token.length;
    const newline = token.lastIndexOf('\n');
    column = newline < 0 ? column + token.length : token.length - newline - 1;
    if (newline >= 0) lead = true;
  }
  return undefined;
}
