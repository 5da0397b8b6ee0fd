/** Arguments that were meant as the JSON form `["a", "b"]` and are not valid JSON. */

/** What was meant, and how sure that is. */
export interface RepairedForm {
  /** The words, in order. */
  readonly words: readonly string[];
  /** The words as a JSON list. */
  readonly json: string;
  /** `certain`: only quotes and commas are wrong. `likely`: a bracket, a quote or a backslash had to be guessed. */
  readonly sure: 'certain' | 'likely';
  /** What is wrong, for a message: "strings need double quotes". */
  readonly reason: string;
  /** What to do about it, for a help: "Add `]`". */
  readonly help: string;
}

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '”': '”', '‘': '’', '’': '’' };
const LONGEST = 4000;

/**
 * Reads a bracketed list with single or typographic quotes, additional commas, unquoted words, backslashes that are not
 * a JSON escape, or without its closing bracket. `undefined` when the text is not such a list, or when anything follows
 * it.
 */
export function repairedJsonForm(text: string): RepairedForm | undefined {
  if (text[0] !== '[' || text.length > LONGEST || /[\r\n]/.test(text)) return undefined;
  const words: string[] = [];
  const wrong = { quotes: false, comma: false, bare: false, bracket: false, backslash: false };
  let expectsComma = false;
  let at = 1;
  let closed = false;
  while (at < text.length) {
    const character = text[at]!;
    if (character === ' ' || character === '\t') at++;
    else if (character === ']') {
      closed = true;
      at++;
      break;
    } else if (character === ',') {
      if (!expectsComma) wrong.comma = true;
      expectsComma = false;
      at++;
    } else {
      if (expectsComma) return undefined;
      const close = QUOTES[character];
      const end = close === undefined ? endOfBareWord(text, at) : endOfQuoted(text, at, close);
      if (end < 0) return undefined;
      if (close === undefined) {
        wrong.bare = true;
        words.push(text.slice(at, end));
      } else {
        if (character !== '"') wrong.quotes = true;
        const inner = text.slice(at + 1, end - 1);
        const word = decoded(inner, character);
        if (!word) return undefined;
        if (word.guessed) wrong.backslash = true;
        words.push(word.text);
      }
      at = end;
      expectsComma = true;
    }
  }
  // A comma before the closing bracket.
  if (words.length > 0 && !expectsComma) wrong.comma = true;
  if (!closed) wrong.bracket = true;
  if (text.slice(at).trim() !== '' || words.length === 0) return undefined;
  const problem = problemOf(wrong);
  if (!problem) return undefined;
  const sure = wrong.bare || wrong.bracket || wrong.backslash ? 'likely' : 'certain';
  return { words, json: `[${words.map(word => JSON.stringify(word)).join(', ')}]`, sure, ...problem };
}

function problemOf(
  wrong: Readonly<Record<'quotes' | 'comma' | 'bare' | 'bracket' | 'backslash', boolean>>,
): Pick<RepairedForm, 'reason' | 'help'> | undefined {
  if (wrong.quotes) return { reason: 'strings need double quotes', help: 'Use `"` around every string' };
  if (wrong.bare) return { reason: 'unquoted strings', help: 'Put every string in double quotes' };
  if (wrong.backslash) return { reason: 'single backslash', help: 'Write every backslash twice' };
  if (wrong.bracket) return { reason: 'missing `]`', help: 'Add `]` at the end' };
  return wrong.comma ? { reason: 'extra comma', help: 'Remove the extra comma' } : undefined;
}

function endOfBareWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s,\]"'[]/.test(text[at]!)) at++;
  return at === from || text[at] === '"' || text[at] === "'" || text[at] === '[' ? -1 : at;
}

/** After the closing quote; -1 when there is none. */
function endOfQuoted(text: string, from: number, close: string): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === close) return at + 1;
  }
  return -1;
}

/** `undefined`: a backslash in quotes that JSON does not have, before anything but a quote, may mean anything. */
function decoded(inner: string, quote: string): { readonly text: string; readonly guessed: boolean } | undefined {
  if (!inner.includes('\\')) return { text: inner, guessed: false };
  if (quote !== '"') {
    const text = inner.replaceAll("\\'", "'");
    return text.includes('\\') ? undefined : { text, guessed: true };
  }
  try {
    return { text: JSON.parse(`"${inner}"`) as string, guessed: false };
  } catch {
    // One backslash that is not a JSON escape is a literal backslash, and then all of them are.
    return { text: inner, guessed: true };
  }
}
