/** Splits an instruction's text into flags and words. Ranges are offsets in that text. */
import { Decoder, type SourceText } from '../../core/text.ts';
import { type EscapeCharacter, isSpace, skipSpace } from './lines.ts';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Whether the character separates words where quotes have no meaning (FROM, COPY, EXPOSE …): ASCII whitespace only. */
export function isAsciiSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0a);
}

/** Words between ASCII whitespace; quotes and escapes have no meaning. */
export function plainWords(text: string, from = 0): Range[] {
  const words: Range[] = [];
  for (let at = from; at < text.length; ) {
    while (at < text.length && isAsciiSpace(text.charCodeAt(at))) at++;
    const start = at;
    while (at < text.length && !isAsciiSpace(text.charCodeAt(at))) at++;
    if (at > start) words.push({ start, end: at });
  }
  return words;
}

/** Words of ENV, LABEL and ARG: whitespace inside quotes and after the escape character belongs to the word. */
export function quotedWords(text: string, mark: EscapeCharacter): Range[] {
  const words: Range[] = [];
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const start = at;
    let quote = '';
    for (; at < text.length; at++) {
      const character = text[at]!;
      if (quote === '' && isSpace(text.charCodeAt(at))) break;
      if (character === mark && quote !== "'") at++;
      else if (quote === '' ? character === '"' || character === "'" : character === quote)
        quote = quote === '' ? character : '';
    }
    at = Math.min(at, text.length);
    words.push({ start, end: at });
  }
  return words;
}

/** A word that starts with `--`, without quotes and escapes. */
export interface FlagWord extends Range {
  readonly decoded: SourceText;
}

/**
 * The flags before an instruction's arguments, and where the arguments start. A single `--` ends them. In flags the
 * escape character is always a backslash, regardless of the directive.
 */
export function flagWords(
  source: SourceText,
  from: number,
): { readonly flags: readonly FlagWord[]; readonly rest: number } {
  const { text } = source;
  const flags: FlagWord[] = [];
  for (;;) {
    const start = skipSpace(text, from);
    if (!text.startsWith('--', start)) return { flags, rest: start };
    const decoder = new Decoder(source, encodeFlag, start);
    let quote = '';
    let plain = start;
    let at = start;
    for (; at < text.length; at++) {
      const character = text[at]!;
      if (quote === '' && isSpace(text.charCodeAt(at))) break;
      const ends = quote === '' ? character === '"' || character === "'" : character === quote;
      if (!ends && character !== '\\') continue;
      decoder.verbatim(plain, at);
      if (ends) quote = quote === '' ? character : '';
      else {
        // The character after the backslash is literal; at the end of the line there is none.
        const length = at + 1 < text.length ? 2 : 1;
        if (length === 2) decoder.as(text[at + 1]!, at, at + 2);
        at += length - 1;
      }
      plain = at + 1;
    }
    at = Math.min(at, text.length);
    decoder.verbatim(plain, at);
    const decoded = decoder.done();
    if (decoded.text === '--') return { flags, rest: skipSpace(text, at) };
    flags.push({ start, end: at, decoded });
    from = at;
  }
}

/** Edits of flags add no quotes; text that needs them is not written. */
function encodeFlag(text: string): string | undefined {
  return /[\s'"\\]/.test(text) ? undefined : text;
}
