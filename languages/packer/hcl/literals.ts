import type { TextPart, TextRun } from './ast.ts';
import { isSpace, NEWLINE } from './characters.ts';

/**
 * Literal text of a template while it is being read: in a heredoc one per line, because the Go parser strips whitespace and
 * indentation line by line, before neighboring literals become one.
 */
export interface Literal {
  readonly kind: 'literal';
  text: string;
  runs: TextRun[];
  readonly start: number;
  readonly end: number;
}

/** Collects the text and the runs of one literal. */
export class LiteralBuilder {
  private text = '';
  private readonly runs: TextRun[] = [];
  private from: number;

  constructor(
    private readonly source: string,
    private readonly start: number,
  ) {
    this.from = start;
  }

  /** `decoded` replaces the source from `at` to `end`; the text read before it is verbatim. */
  escape(decoded: string, at: number, end: number): void {
    this.verbatimTo(at);
    this.text += decoded;
    this.runs.push({ length: decoded.length, start: at, end, verbatim: false });
    this.from = end;
  }

  /** The literal up to `end`; undefined when it is empty. */
  done(end: number): Literal | undefined {
    if (end === this.start) return undefined;
    this.verbatimTo(end);
    return { kind: 'literal', text: this.text, runs: this.runs, start: this.start, end };
  }

  private verbatimTo(end: number): void {
    if (end === this.from) return;
    this.text += this.source.slice(this.from, end);
    this.runs.push({ length: end - this.from, start: this.from, end, verbatim: true });
  }
}

/** The number of whitespace characters (as in Go) at the start of a text. */
function leadingWhitespace(text: string): number {
  let count = 0;
  while (count < text.length && isSpace(text.charCodeAt(count))) count++;
  return count;
}

/** Removes the whitespace at the start, for a `~}` before the literal. */
export function stripFront(literal: Literal): void {
  dropFront(literal, leadingWhitespace(literal.text));
}

/** Removes the whitespace at the end, for a `${~` after the literal. */
export function stripBack(literal: Literal): void {
  let keep = literal.text.length;
  while (keep > 0 && isSpace(literal.text.charCodeAt(keep - 1))) keep--;
  if (keep === literal.text.length) return;
  literal.text = literal.text.slice(0, keep);
  const runs: TextRun[] = [];
  let at = 0;
  for (const run of literal.runs) {
    const stays = Math.max(0, Math.min(run.length, keep - at));
    at += run.length;
    if (stays === run.length) runs.push(run);
    else if (stays === 0) runs.push({ ...run, length: 0, verbatim: false });
    else {
      const middle = run.start + stays;
      runs.push({ length: stays, start: run.start, end: middle, verbatim: true });
      runs.push({ length: 0, start: middle, end: run.end, verbatim: false });
    }
  }
  literal.runs = runs;
}

function dropFront(literal: Literal, count: number): void {
  if (count === 0) return;
  literal.text = literal.text.slice(count);
  const runs: TextRun[] = [];
  let left = count;
  for (const run of literal.runs) {
    const gone = Math.min(run.length, left);
    left -= gone;
    if (gone === 0) runs.push(run);
    else if (gone === run.length) runs.push({ ...run, length: 0, verbatim: false });
    else {
      const middle = run.start + gone;
      runs.push({ length: 0, start: run.start, end: middle, verbatim: false });
      runs.push({ length: run.length - gone, start: middle, end: run.end, verbatim: true });
    }
  }
  literal.runs = runs;
}

/**
 * Removes the smallest indentation of all lines, for `<<-`; returns it as written in the first line that has it.
 * Blank lines neither count nor lose anything; an interpolation at the start of a line makes the indentation 0.
 * `parts` contains everything between the markers: literals, and other parts between them.
 */
export function removeIndentation(parts: readonly { readonly kind: string }[]): string {
  let smallest = Number.POSITIVE_INFINITY;
  let lineStarts = true;
  const lines: Literal[] = [];
  for (const part of parts) {
    const literal = part.kind === 'literal' ? (part as Literal) : undefined;
    if (lineStarts) {
      lineStarts = false;
      if (!literal) smallest = 0;
      else {
        const width = leadingWhitespace(literal.text);
        if (width < literal.text.length || !endsLine(literal)) {
          smallest = Math.min(smallest, width);
          lines.push(literal);
        }
      }
    }
    if (literal && endsLine(literal)) lineStarts = true;
  }
  const first = lines[0];
  if (!first || smallest === 0) return '';
  const indent = first.text.slice(0, smallest);
  for (const literal of lines) dropFront(literal, smallest);
  return indent;
}

function endsLine(literal: Literal): boolean {
  return literal.text.charCodeAt(literal.text.length - 1) === NEWLINE;
}

/** Neighboring literals as one part. Adjacent verbatim runs become one; a line break includes the indentation that `<<-` removes after it. */
export function joinLiterals(literals: readonly Literal[]): TextPart {
  const first = literals[0]!;
  const last = literals[literals.length - 1]!;
  if (literals.length === 1)
    return { kind: 'text', text: first.text, runs: first.runs, start: first.start, end: first.end };
  const runs: TextRun[] = [];
  let open: TextRun | undefined;
  let openEnd = 0;
  const close = () => {
    if (open && openEnd > open.start)
      runs.push({ length: openEnd - open.start, start: open.start, end: openEnd, verbatim: true });
    open = undefined;
  };
  let endsWithBreak = false;
  for (const literal of literals) {
    for (const run of literal.runs) {
      // Removed indentation belongs to the line break before it: both are deleted together.
      const isIndentation = open !== undefined && endsWithBreak && run.length === 0 && openEnd === run.start;
      endsWithBreak = false;
      if (isIndentation) {
        openEnd--;
        close();
        runs.push({ length: 1, start: openEnd, end: run.end, verbatim: false });
        openEnd = run.end;
        continue;
      }
      if (!open || !run.verbatim || openEnd !== run.start) {
        close();
        if (run.verbatim) open = run;
        else runs.push(run);
      }
      openEnd = run.end;
    }
    endsWithBreak = endsLine(literal);
  }
  close();
  return {
    kind: 'text',
    text: literals.map(literal => literal.text).join(''),
    runs,
    start: first.start,
    end: last.end,
  };
}
