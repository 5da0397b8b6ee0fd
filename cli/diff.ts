import { masked } from './secrets.ts';

/** A text and the parts of it that must not be shown. */
export interface Side {
  readonly text: string;
  readonly secrets: readonly { readonly start: number; readonly end: number }[];
}

interface Line {
  /** With its line break, for comparing. */
  readonly raw: string;
  /** Without, and without secrets, for showing. */
  readonly shown: string;
}

const CONTEXT = 3;
/** More differing lines than this are shown as one removed and one added block: finding pairs costs their square. */
const MOST_EDITS = 1000;

/** The change as a unified diff with three lines of context; secrets are masked, so it may not apply. */
export function unifiedDiff(path: string, before: Side, after: Side): string {
  const [a, b] = [linesOf(before), linesOf(after)];
  const steps = script(a, b);
  const out = [`--- a/${path}`, `+++ b/${path}`];
  for (const [from, to] of hunks(steps)) {
    const part = steps.slice(from, to);
    const at = (side: 'a' | 'b') =>
      steps.slice(0, from).filter(step => step.sign === ' ' || step.sign === (side === 'a' ? '-' : '+')).length;
    const long = (side: 'a' | 'b') =>
      part.filter(step => step.sign === ' ' || step.sign === (side === 'a' ? '-' : '+')).length;
    const range = (side: 'a' | 'b') =>
      `${at(side) + (long(side) > 0 ? 1 : 0)}${long(side) === 1 ? '' : `,${long(side)}`}`;
    out.push(`@@ -${range('a')} +${range('b')} @@`);
    for (const { sign, line } of part) {
      out.push(`${sign}${line.shown}`);
      if (!line.raw.endsWith('\n')) out.push('\\ No newline at end of file');
    }
  }
  return `${out.join('\n')}\n`;
}

interface Step {
  readonly sign: ' ' | '-' | '+';
  readonly line: Line;
}

function linesOf({ text, secrets }: Side): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline + 1;
    lines.push({ raw: text.slice(start, end), shown: masked(text, start, newline < 0 ? end : newline, secrets) });
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

function script(a: readonly Line[], b: readonly Line[]): Step[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head]!.raw === b[head]!.raw) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail)!.raw === b.at(-1 - tail)!.raw) tail++;
  const same = (lines: readonly Line[]): Step[] => lines.map(line => ({ sign: ' ', line }));
  const middle = shortest(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return [...same(a.slice(0, head)), ...middle, ...same(tail > 0 ? a.slice(-tail) : [])];
}

/** The shortest way from `a` to `b`: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986). */
function shortest(a: readonly Line[], b: readonly Line[]): Step[] {
  const removed = (line: Line): Step => ({ sign: '-', line });
  const added = (line: Line): Step => ({ sign: '+', line });
  const trace: Map<number, number>[] = [];
  let reached = new Map([[1, 0]]);
  for (let d = 0; d <= Math.min(a.length + b.length, MOST_EDITS); d++) {
    const next = new Map(reached);
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (next.get(k - 1) ?? -1) < (next.get(k + 1) ?? -1));
      let x = down ? (next.get(k + 1) ?? 0) : (next.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x]!.raw === b[x - k]!.raw) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return wayBack([...trace, reached], a, b);
    }
    trace.push(reached);
    reached = next;
  }
  return [...a.map(removed), ...b.map(added)];
}

function wayBack(trace: readonly Map<number, number>[], a: readonly Line[], b: readonly Line[]): Step[] {
  const out: Step[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = trace.length - 1; d >= 0; d--) {
    const reached = trace[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1));
    const from = down ? k + 1 : k - 1;
    const startX = d === 0 ? 0 : (reached.get(from) ?? 0);
    const startY = d === 0 ? 0 : startX - from;
    while (x > startX && y > startY) {
      out.push({ sign: ' ', line: a[--x]! });
      y--;
    }
    if (d === 0) break;
    if (down) out.push({ sign: '+', line: b[--y]! });
    else out.push({ sign: '-', line: a[--x]! });
  }
  return out.reverse();
}
