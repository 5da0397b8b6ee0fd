import { type Step, stepsBetween } from '../core/diff.ts';
import type { Masks } from '../facts/secrets/masking/masks.ts';

/** A text and the parts of it that must not be shown. */
export interface Side {
  readonly text: string;
  readonly masks: Pick<Masks, 'shown'>;
}

interface Line {
  /** With its line break, for comparing. */
  readonly raw: string;
  /** Without, and without secrets, for showing. */
  readonly shown: string;
}

const CONTEXT = 3;

/** The change as a unified diff with three lines of context; secrets are masked, so it may not apply. */
export function unifiedDiff(path: string, before: Side, after: Side): string {
  const [a, b] = [linesOf(before), linesOf(after)];
  const steps = stepsBetween(
    a.map(line => line.raw),
    b.map(line => line.raw),
  );
  const out = [`--- a/${path}`, `+++ b/${path}`];
  for (const [from, to] of hunks(steps)) {
    const part = steps.slice(from, to);
    out.push(`@@ -${rangeOf('-', steps.slice(0, from), part)} +${rangeOf('+', steps.slice(0, from), part)} @@`);
    for (const { sign, at } of part) {
      const line = (sign === '+' ? b : a)[at]!;
      out.push(`${sign}${line.shown}`);
      if (!line.raw.endsWith('\n')) out.push('\\ No newline at end of file');
    }
  }
  return `${out.join('\n')}\n`;
}

/** Where a hunk begins and how long it is, on the side of what goes (`-`) or comes (`+`). */
function rangeOf(side: '-' | '+', above: readonly Step[], part: readonly Step[]): string {
  const count = (steps: readonly Step[]): number => steps.filter(({ sign }) => sign === ' ' || sign === side).length;
  const length = count(part);
  return `${count(above) + (length > 0 ? 1 : 0)}${length === 1 ? '' : `,${length}`}`;
}

function linesOf({ text, masks }: Side): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline + 1;
    lines.push({ raw: text.slice(start, end), shown: masks.shown(start, newline < 0 ? end : newline) });
    start = end;
  }
  return lines;
}

/** The ranges of steps to show: each change with its context, those that meet in one. */
function hunks(steps: readonly Step[]): [number, number][] {
  const out: [number, number][] = [];
  steps.forEach(({ sign }, i) => {
    if (sign === ' ') return;
    const last = out.at(-1);
    const [from, to] = [Math.max(0, i - CONTEXT), Math.min(steps.length, i + CONTEXT + 1)];
    if (last && from <= last[1]) last[1] = to;
    else out.push([from, to]);
  });
  return out;
}
