/** Text that was meant as the JSON form `["a", "b"]` and is none. */

/** What was meant, and how sure that is. */
export interface RepairedForm {
  /** The words, in order. */
  readonly words: readonly string[];
  /** In JSON. */
  readonly json: string;
  /** `certain`: only quotes and commas are wrong. `likely`: a bracket, a quote or a backslash had to be guessed. */
  readonly sure: 'certain' | 'likely';
  /** What is wrong, for a message: "it has single quotes". */
  readonly reason: string;
}

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '”': '”', '‘': '’', '’': '’' };
const LONGEST = 4000;

/**
 * Reads a bracketed list with single or typographic quotes, missing or additional commas, bare words or backslashes that JSON does not
 * know. `undefined` when the text is no such list, or something follows it.
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
  // A comma in front of the closing bracket.
  if (words.length > 0 && !expectsComma) wrong.comma = true;
  if (!closed) wrong.bracket = true;
  if (text.slice(at).trim() !== '' || words.length === 0) return undefined;
  const reason = reasonOf(wrong);
  if (reason === undefined) return undefined;
  const sure = wrong.bare || wrong.bracket || wrong.backslash ? 'likely' : 'certain';
  return { words, json: `[${words.map(word => JSON.stringify(word)).join(', ')}]`, sure, reason };
}

function reasonOf(wrong: Readonly<Record<'quotes' | 'comma' | 'bare' | 'bracket' | 'backslash', boolean>>) {
  if (wrong.quotes) return 'JSON has only double quotes';
  if (wrong.bare) return 'in JSON every word stands in double quotes';
  if (wrong.backslash) return 'in JSON a backslash is written twice';
  if (wrong.bracket) return 'the closing bracket is missing';
  return wrong.comma ? 'there is a comma too many' : undefined;
}

function endOfBareWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !/[\s,\]"'[]/.test(text[at]!)) at++;
  return at === from || text[at] === '"' || text[at] === "'" || text[at] === '[' ? -1 : at;
}

/** Behind the closing quote; -1 when there is none. */
function endOfQuoted(text: string, from: number, close: string): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === close) return at + 1;
  }
  return -1;
}

/** `undefined`: a backslash in quotes that JSON does not have may mean anything but the quote behind it. */
function decoded(inner: string, quote: string): { readonly text: string; readonly guessed: boolean } | undefined {
  if (!inner.includes('\\')) return { text: inner, guessed: false };
  if (quote !== '"') {
    const text = inner.replaceAll("\\'", "'");
    return text.includes('\\') ? undefined : { text, guessed: true };
  }
  try {
    return { text: JSON.parse(`"${inner}"`) as string, guessed: false };
  } catch {
    // Backslashes that JSON does not know stand for themselves, and then all of them do.
    return { text: inner, guessed: true };
  }
}
