import { MASK, type Masks } from '../../facts/secrets/masking/masks.ts';
import type { Lines } from '../../node/lines.ts';
import { harmless, widthOf } from './terminal.ts';

/** A line of the file and the marks below it, of the same width up to the end of the marks. */
export interface Frame {
  readonly line: string;
  readonly marks: string;
}

const TAB = '  ';
/** What precedes the marked part when a line is too long to be shown from its beginning. */
const LEAD = 30;

/**
 * The line that a span begins in, at most about `width` columns of it, with `sign`s below the span. Secrets are masked,
 * and no character does anything but show itself.
 */
export function frameOf(
  { lines, masks }: { readonly lines: Lines; readonly masks: Pick<Masks, 'within'> },
  span: { start: number; end: number },
  sign: string,
  width: number,
): Frame {
  const { text } = lines;
  const bounds = lines.bounds(lines.position(span.start).line);
  const mark = { start: Math.min(span.start, bounds.end), end: Math.min(span.end, bounds.end) };
  const lead = Math.min(LEAD, width >> 1);
  const start = wholeCharacter(text, mark.start - bounds.start > width - lead ? mark.start - lead : bounds.start);
  const hidden = masks.within(start, bounds.end);
  let line = start > bounds.start ? '…' : '';
  let marks = ' '.repeat(line.length);
  let columns = line.length;
  let marked = 0;
  let next = 0;
  const put = (shown: string, size: number, from: number, to: number): void => {
    line += shown;
    columns += size;
    const touched = from < mark.end && to > mark.start;
    if (touched) marked += size;
    if (touched || from < mark.start) marks += (touched ? sign : ' ').repeat(size);
  };
  for (let at = start; at < bounds.end; ) {
    if (columns >= width) {
      line += '…';
      break;
    }
    const secret = hidden[next];
    if (secret && at >= secret.start) {
      // A secret that began before this piece of the line is masked from here on.
      put(MASK, MASK.length, Math.max(start, secret.start), secret.end);
      at = Math.max(at, secret.end);
      next++;
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(at)!);
    const to = at + character.length;
    if (character === '\t') put(TAB, TAB.length, at, to);
    else put(harmless(character), widthOf(harmless(character)), at, to);
    at = to;
  }
  if (marked === 0) marks = `${marks.slice(0, columns)}${sign}`;
  return { line, marks };
}

/** The offset, moved back where it would cut a surrogate pair in two. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return at > 0 && code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
