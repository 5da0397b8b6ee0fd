/** What a report keeps of a line, so that the document can be let go: secrets are masked in it. */
import { copied } from '../core/copy.ts';
import { MASK, type Masks } from '../facts/secrets/masking/masks.ts';
import type { Lines, Range } from '../node/lines.ts';

/** A line, or the part of a long one around a finding. */
export interface Excerpt {
  /** Where it begins in its line, in UTF-16 code units. */
  readonly from: number;
  /** What is shown, and of what is not its length. */
  readonly pieces: readonly (string | number)[];
}

/** Of longer lines only what is near a finding is kept, in UTF-16 code units. No terminal is as wide. */
export const LONGEST_KEPT = 2_000;
/** What is kept before a finding in a long line. */
const BEFORE = 100;

/** Excerpts of one document: findings in the same line share one. */
export class Excerpts {
  private readonly known = new Map<string, Excerpt>();

  constructor(
    private readonly lines: Lines,
    private readonly masks: Pick<Masks, 'within'>,
  ) {}

  /** The line that a finding begins in; `undefined` where no text is known. */
  at({ start }: Range): Excerpt | undefined {
    const { lines } = this;
    if (lines.text === '') return undefined;
    const bounds = lines.bounds(start.line);
    const isLong = bounds.end - bounds.start > LONGEST_KEPT;
    // Findings in the same stretch of a long line share one, so that very many of them stay cheap.
    const stretch = isLong ? Math.floor((start.column - 1) / LONGEST_KEPT) : 0;
    const key = `${start.line} ${stretch}`;
    let found = this.known.get(key);
    if (!found) {
      const begin = Math.min(bounds.end, bounds.start + stretch * LONGEST_KEPT);
      const from = stretch > 0 ? this.wholeCharacter(begin - BEFORE) : bounds.start;
      found = this.excerpt(bounds.start, from, Math.min(bounds.end, begin + 2 * LONGEST_KEPT));
      this.known.set(key, found);
    }
    return found;
  }

  private excerpt(line: number, start: number, end: number): Excerpt {
    const { text } = this.lines;
    const pieces: (string | number)[] = [];
    let at = start;
    for (const hidden of this.masks.within(start, end)) {
      const to = Math.min(end, hidden.end);
      if (hidden.start > at) pieces.push(copied(text.slice(at, hidden.start)));
      pieces.push(to - Math.max(at, hidden.start));
      at = to;
    }
    if (at < end) pieces.push(copied(text.slice(at, end)));
    return { from: start - line, pieces };
  }

  /** The offset, moved back where it would cut a surrogate pair in two. */
  private wholeCharacter(at: number): number {
    const code = this.lines.text.charCodeAt(at);
    return at > 0 && code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
  }
}

/** The text of an excerpt as it may be shown. */
export function shownText({ pieces }: Excerpt): string {
  return pieces.map(piece => (typeof piece === 'string' ? piece : MASK)).join('');
}
