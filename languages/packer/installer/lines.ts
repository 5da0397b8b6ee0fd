/** Lines and words of the files that installers read. */
import { Decoder, type SourceText } from '../../../core/text.ts';

/** Longer lines are not read. In UTF-16 code units. */
const LONGEST_LINE = 20_000;

/** The lines of a text without their ends. */
export function* linesOf(text: SourceText): Generator<SourceText> {
  for (let start = 0; start < text.text.length; ) {
    const newline = text.text.indexOf('\n', start);
    const end = newline < 0 ? text.text.length : newline;
    const last = text.text[end - 1] === '\r' ? end - 1 : end;
    if (last - start <= LONGEST_LINE) yield text.slice(start, Math.max(start, last));
    start = end + 1;
  }
}

/** The lines of a text, those that end in a backslash joined with the next. */
export function* joinedLines(text: SourceText): Generator<SourceText> {
  let decoder: Decoder | undefined;
  let length = 0;
  for (let start = 0; start < text.text.length; ) {
    const newline = text.text.indexOf('\n', start);
    const end = newline < 0 ? text.text.length : newline;
    const last = text.text[end - 1] === '\r' ? end - 1 : end;
    const isContinued = text.text[last - 1] === '\\' && last > start;
    const stop = isContinued ? last - 1 : last;
    length += stop - start;
    if (isContinued || decoder) (decoder ??= new Decoder(text)).verbatim(start, stop);
    if (!isContinued) {
      if (length <= LONGEST_LINE) yield decoder ? decoder.done() : text.slice(start, stop);
      decoder = undefined;
      length = 0;
    }
    start = end + 1;
  }
  if (decoder && length <= LONGEST_LINE) yield decoder.done();
}

/** The words of a line as a shell splits them, without their quotes; a `#` in front of a word ends the line. */
export function wordsOf(line: SourceText): readonly SourceText[] {
  const { text } = line;
  const words: SourceText[] = [];
  for (let at = 0; at < text.length; ) {
    if (/\s/.test(text[at]!)) {
      at++;
      continue;
    }
    if (text[at] === '#') break;
    const decoder = new Decoder(line, 'read-only', at);
    let from = at;
    while (at < text.length && !/\s/.test(text[at]!)) {
      const quote = text[at]!;
      const close = quote === '"' || quote === "'" ? text.indexOf(quote, at + 1) : -1;
      if (close > 0) {
        decoder.verbatim(from, at).verbatim(at + 1, close);
        at = from = close + 1;
      } else at++;
    }
    words.push(decoder.verbatim(from, at).done());
  }
  return words;
}
