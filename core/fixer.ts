import { withMerged } from './causes.ts';
import type { Diagnostic, Fix, FixSafety } from './finding.ts';
import type { Edit } from './text.ts';

/** How often {@link fixAll} lints again before it gives up on fixes that keep giving each other work. */
const MOST_ROUNDS = 10;

/** A round in which a fix is refused costs a lint for each of so many fixes; the others wait for the next one. */
const MOST_ALONE = 50;

/** A fix that is applied in a round. */
interface Chosen {
  /** The same for the same fix of the same text, wherever that has moved to. */
  readonly key: string;
  readonly edits: readonly Edit[];
}

/**
 * The fixes of one round: of each diagnostic the first allowed one, in the order of the document. A fix is taken whole or
 * not at all; one that touches an earlier one is left for the next round. None of the edits touch each other.
 */
function chooseFixes(
  text: string,
  diagnostics: readonly Diagnostic[],
  allowed: readonly FixSafety[],
  refused: ReadonlySet<string>,
): readonly Chosen[] {
  const chosen: Chosen[] = [];
  // Fixes are visited in document order, so only the last few accepted edits can touch a new one unless a fix spans far.
  const wanted = diagnostics.flatMap(found => {
    const fix = found.fixes.find(fix => allowed.includes(fix.safety));
    return fix ? [{ fix, found }] : [];
  });
  const taken = new Taken();
  for (const { fix, found } of [...wanted].sort((a, b) => startOf(a.fix) - startOf(b.fix))) {
    if (fix.edits.some(edit => edit.span.file !== undefined || !taken.isFree(edit))) continue;
    if (touchItself(fix)) continue;
    const { start, end } = found.span;
    const key = [found.rule, fix.title, text.slice(start, end), ...fix.edits.map(edit => edit.newText)].join('\0');
    if (refused.has(key)) continue;
    for (const edit of fix.edits) taken.add(edit);
    chosen.push({ key, edits: fix.edits });
  }
  return chosen;
}

/**
 * The rules that find more than before, of those findings that fail a run. A document that can be read better than
 * before (it has fewer syntax errors) may show more of what was in it all the time.
 */
export function newFindings(before: readonly Diagnostic[], after: readonly Diagnostic[]): readonly string[] {
  const [had, has] = [seriousByRule(before), seriousByRule(after)];
  const count = (counts: ReadonlyMap<string, number>, rule: string): number => counts.get(rule) ?? 0;
  if (count(has, SYNTAX) < count(had, SYNTAX)) return [];
  return [...has].filter(([rule, n]) => n > count(had, rule)).map(([rule]) => rule);
}

/** The rule of what cannot be read. */
const SYNTAX = 'syntax-error';

function seriousByRule(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of withMerged(diagnostics))
    if (severity === 'error' || severity === 'warning') counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
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

/** Lints and fixes until nothing more changes. A fix after which something new is found is not applied. */
export function fixAll(
  text: string,
  lintText: (text: string) => readonly Diagnostic[],
  allowed: readonly FixSafety[],
): string {
  return applyEdits(text, fixAllEdits(text, lintText, allowed));
}

/**
 * The edits of `text` that {@link fixAll} comes to, in order and without overlaps. They hold what fixes wrote and
 * nothing of the text that stays: an editor keeps its cursors, and no edit quotes the document.
 */
export function fixAllEdits(
  text: string,
  lintText: (text: string) => readonly Diagnostic[],
  allowed: readonly FixSafety[],
): readonly Edit[] {
  let pieces: readonly Piece[] = [{ start: 0, text, kept: true }];
  let current: Linted = { text, found: lintText(text) };
  const refused = new Set<string>();
  const earlier = new Map<string, readonly Piece[]>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const chosen = chooseFixes(current.text, current.found, allowed, refused);
    const { edits, after } = applied(current, chosen, lintText, refused);
    if (after.text === current.text && chosen.every(({ key }) => !refused.has(key))) break;
    earlier.set(current.text, pieces);
    // Fixes that undo each other end where they began to, so that a second run ends there too.
    const known = after.text === current.text ? undefined : earlier.get(after.text);
    if (known) return editsOf(known, text.length);
    pieces = editPieces(pieces, edits);
    current = after;
  }
  return editsOf(pieces, text.length);
}

/** A text and what is found in it. */
interface Linted {
  readonly text: string;
  readonly found: readonly Diagnostic[];
}

/** What becomes of a text by those fixes after which nothing new is found; the others are refused for good. */
function applied(
  before: Linted,
  chosen: readonly Chosen[],
  lintText: (text: string) => readonly Diagnostic[],
  refused: Set<string>,
): { readonly edits: readonly Edit[]; readonly after: Linted } {
  const attempt = (edits: readonly Edit[]): Linted | undefined => {
    const text = applyEdits(before.text, edits);
    const after = text === before.text ? before : { text, found: lintText(text) };
    return newFindings(before.found, after.found).length > 0 ? undefined : after;
  };
  const together = chosen.flatMap(({ edits }) => edits);
  const whole = attempt(together);
  if (whole) return { edits: together, after: whole };
  let edits: readonly Edit[] = [];
  let after = before;
  for (const one of chosen.slice(0, MOST_ALONE)) {
    const more = [...edits, ...one.edits];
    const next = attempt(more);
    if (next) [edits, after] = [more, next];
    else refused.add(one.key);
  }
  return { edits, after };
}

/** A part of the text between rounds: `kept` from the original, where it starts at `start`, or written by a fix. */
interface Piece {
  readonly start: number;
  readonly text: string;
  readonly kept: boolean;
}

/** The pieces after edits of the text that they make up together. */
function editPieces(pieces: readonly Piece[], edits: readonly Edit[]): Piece[] {
  const out: Piece[] = [];
  let index = 0;
  /** How much of `pieces[index]` is used up. */
  let into = 0;
  let at = 0;
  const advance = (to: number, keep: boolean): void => {
    while (at < to && index < pieces.length) {
      const piece = pieces[index]!;
      const length = Math.min(to - at, piece.text.length - into);
      if (keep && length > 0)
        out.push({
          start: piece.start + (piece.kept ? into : 0),
          text: piece.text.slice(into, into + length),
          kept: piece.kept,
        });
      at += length;
      into += length;
      if (into === piece.text.length) {
        index++;
        into = 0;
      }
    }
  };
  for (const { span, newText } of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    advance(span.start, true);
    if (newText !== '') out.push({ start: 0, text: newText, kept: false });
    advance(span.end, false);
  }
  advance(Number.POSITIVE_INFINITY, true);
  return out;
}

/** What is between the kept pieces, as edits of the original. */
function editsOf(pieces: readonly Piece[], length: number): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let written = '';
  const close = (start: number): void => {
    if (start > at || written !== '') edits.push({ span: { start: at, end: start }, newText: written });
    written = '';
  };
  for (const piece of pieces) {
    if (!piece.kept) {
      written += piece.text;
      continue;
    }
    close(piece.start);
    at = piece.start + piece.text.length;
  }
  close(length);
  return edits;
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

  /** The index of the first range that starts at or after `offset`. */
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
