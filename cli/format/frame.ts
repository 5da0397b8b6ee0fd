import { MASK } from '../../facts/secrets/masking/masks.ts';
import type { Range } from '../../node/lines.ts';
import type { Excerpt } from '../excerpt.ts';
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
 * The line that a range begins in, at most about `width` columns of it, with `sign`s below the range. Secrets are
 * masked, and no character does anything but show itself.
 */
export function frameOf(excerpt: Excerpt, range: Range, sign: string, width: number): Frame {
  const { from } = excerpt;
  const { text, hidden } = unfolded(excerpt);
  const column = (place: number): number => Math.max(0, Math.min(text.length, place - 1 - from));
  const mark = {
    start: column(range.start.column),
    end: range.end.line > range.start.line ? text.length : column(range.end.column),
  };
  const lead = Math.min(LEAD, width >> 1);
  const start = wholeCharacter(text, mark.start + from > width - lead ? Math.max(0, mark.start - lead) : 0);
  let line = start + from > 0 ? '…' : '';
  let marks = ' '.repeat(line.length);
  let columns = line.length;
  let marked = 0;
  let next = hidden.findIndex(secret => secret.end > start);
  const put = (shown: string, size: number, from: number, to: number): void => {
    line += shown;
    columns += size;
    const touched = from < mark.end && to > mark.start;
    if (touched) marked += size;
    if (touched || from < mark.start) marks += (touched ? sign : ' ').repeat(size);
  };
  for (let at = start; at < text.length; ) {
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

/** The line with something in place of what is hidden, so that columns count, and where that is. */
function unfolded({ pieces }: Excerpt): { text: string; hidden: readonly { start: number; end: number }[] } {
  let text = '';
  const hidden: { start: number; end: number }[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'number') hidden.push({ start: text.length, end: text.length + piece });
    text += typeof piece === 'string' ? piece : ' '.repeat(piece);
  }
  return { text, hidden };
}

/** The offset, moved back where it would cut a surrogate pair in two. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return at > 0 && code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
