import type { Diagnostic, Fix, FixSafety } from './finding.ts';
import type { Edit } from './text.ts';

/** How often {@link fixAll} lints again before it gives up on fixes that keep giving each other work. */
const MOST_ROUNDS = 10;

/**
 * Applies to `text` the first allowed fix of each diagnostic, in the order of the document. A fix is applied whole or
 * not at all; one that touches an earlier one is left for the next round. Returns the text itself when nothing applies.
 */
export function applyFixes(text: string, diagnostics: readonly Diagnostic[], allowed: readonly FixSafety[]): string {
  const chosen: Edit[] = [];
  // Fixes are visited in document order, so only the last few accepted edits can touch a new one unless a fix spans far.
  const wanted = diagnostics.flatMap(({ fixes }) => fixes.find(fix => allowed.includes(fix.safety)) ?? []);
  const taken = new Taken();
  for (const fix of [...wanted].sort((a, b) => startOf(a) - startOf(b))) {
    if (fix.edits.some(edit => edit.span.file !== undefined || !taken.isFree(edit))) continue;
    if (touchItself(fix)) continue;
    for (const edit of fix.edits) taken.add(edit);
    chosen.push(...fix.edits);
  }
  return applyEdits(text, chosen);
}

/** The text after edits that do not overlap, in any order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { span, newText } of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    pieces.push(text.slice(at, span.start), newText);
    at = span.end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** Lints and fixes until nothing more changes. */
export function fixAll(
  text: string,
  lintText: (text: string) => readonly Diagnostic[],
  allowed: readonly FixSafety[],
): string {
  let current = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = applyFixes(current, lintText(current), allowed);
    if (next === current) break;
    current = next;
  }
  return current;
}

const startOf = (fix: Fix): number => Math.min(...fix.edits.map(edit => edit.span.start));

function touchItself(fix: Fix): boolean {
  const sorted = [...fix.edits].sort((a, b) => a.span.start - b.span.start);
  return sorted.some((edit, i) => i > 0 && edit.span.start < sorted[i - 1]!.span.end);
}

/** The ranges that accepted edits occupy, sorted; a new one may touch none of them, not even at its border. */
class Taken {
  private readonly ranges: { start: number; end: number }[] = [];

  isFree({ span }: Edit): boolean {
    const next = this.ranges[this.indexOf(span.start)];
    const previous = this.ranges[this.indexOf(span.start) - 1];
    return (!previous || previous.end < span.start) && (!next || span.end < next.start);
  }

  add({ span }: Edit): void {
    this.ranges.splice(this.indexOf(span.start), 0, { start: span.start, end: span.end });
  }

  /** The index of the first range that starts at or behind `offset`. */
  private indexOf(offset: number): number {
    let low = 0;
    let high = this.ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ranges[middle]!.start < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
