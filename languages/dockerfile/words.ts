/** How the builder cuts an instruction's text into flags and words. Ranges are offsets in the text that was cut. */
import { Decoder, type SourceText } from '../../core/text.ts';
import { type EscapeCharacter, isSpace, skipSpace } from './lines.ts';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Whether the character separates words where quotes mean nothing (FROM, COPY, EXPOSE …): ASCII blanks only. */
export function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d && code !== 0x0a);
}

/** Words between blanks; quotes and escapes do not hold them together. */
export function blankWords(text: string, from = 0): Range[] {
  const words: Range[] = [];
  for (let at = from; at < text.length; ) {
    while (at < text.length && isBlank(text.charCodeAt(at))) at++;
    const start = at;
    while (at < text.length && !isBlank(text.charCodeAt(at))) at++;
    if (at > start) words.push({ start, end: at });
  }
  return words;
}

/** Words of ENV, LABEL and ARG: blanks inside quotes and behind the escape character belong to the word. */
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

/** A word that starts with `--`, quotes and escapes removed. */
export interface FlagWord extends Range {
  readonly decoded: SourceText;
}

/**
 * The flags in front of an instruction's arguments, and where the arguments start. A lone `--` ends them. In flags the
 * escape is always a backslash, whatever the directive says.
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
        // The character behind the backslash stands for itself; at the end of the line there is none.
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

/** Flags are written without quotes of their own; what would need them is left to the author. */
function encodeFlag(text: string): string | undefined {
  return /[\s'"\\]/.test(text) ? undefined : text;
}
