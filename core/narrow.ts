/**
 * Edits as small as can be. A fix may rewrite a whole instruction to change its brackets; what an editor or a
 * report is given says only what changes, so that cursors stay and no text is repeated that need not be, a secret for one.
 */
import type { Edit } from './text.ts';

/** Longer comparisons than this many pairs of words are not made: the edit is then cut at its two ends alone. */
const MOST_PAIRS = 250_000;

/** Edits that together do to `text` what `edit` does, none touching another; empty when it changes nothing. */
export function narrowed(text: string, edit: Edit): readonly Edit[] {
  const before = words(text.slice(edit.span.start, edit.span.end));
  const after = words(edit.newText);
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const room = Math.min(before.length, after.length) - head;
  while (tail < room && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const start = edit.span.start + lengthOf(before.slice(0, head));
  return compared(start, before.slice(head, before.length - tail), after.slice(head, after.length - tail));
}

/** What stays between two lists of words is a longest common subsequence; the rest becomes edits from `start` on. */
function compared(start: number, before: readonly string[], after: readonly string[]): readonly Edit[] {
  const edits: Edit[] = [];
  let from = start;
  let to = start;
  let written = '';
  const close = (): void => {
    if (to > from || written !== '') edits.push({ span: { start: from, end: to }, newText: written });
    written = '';
  };
  const common = before.length * after.length <= MOST_PAIRS ? commonLengths(before, after) : (): number => 0;
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j] && common(i, j) > 0) {
      close();
      to += before[i]!.length;
      from = to;
      i++;
      j++;
    } else if (j >= after.length || (i < before.length && common(i + 1, j) >= common(i, j + 1)))
      to += before[i++]!.length;
    else written += after[j++]!;
  }
  close();
  return edits;
}

/** The length of the longest common subsequence of what is left from `i` and `j` on. */
function commonLengths(before: readonly string[], after: readonly string[]): (i: number, j: number) => number {
  const width = after.length + 1;
  const table = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      table[i * width + j] =
        before[i] === after[j]
          ? table[(i + 1) * width + j + 1]! + 1
          : Math.max(table[(i + 1) * width + j]!, table[i * width + j + 1]!);
  return (i, j) => table[i * width + j]!;
}

const words = (text: string): readonly string[] => text.match(/\w+|\s+|[^\w\s]/gu) ?? [];
const lengthOf = (parts: readonly string[]): number => parts.reduce((sum, part) => sum + part.length, 0);
