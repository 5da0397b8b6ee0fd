/**
 * Edits as small as can be. A fix may rewrite a whole instruction to change its brackets; what an editor or a
 * report is given says only what changes, so that cursors stay and no text is repeated that need not be, a secret for one.
 */
import { stepsBetween } from './diff.ts';
import type { Edit } from './text.ts';

/** Edits that together do to `text` what `edit` does, none touching another; empty when it changes nothing. */
export function narrowed(text: string, edit: Edit): readonly Edit[] {
  const before = words(text.slice(edit.span.start, edit.span.end));
  const after = words(edit.newText);
  const edits: Edit[] = [];
  let from = edit.span.start;
  let to = from;
  let written = '';
  const close = (): void => {
    if (to > from || written !== '') edits.push({ span: { start: from, end: to }, newText: written });
    written = '';
  };
  for (const { sign, at } of stepsBetween(before, after)) {
    if (sign === '+') written += after[at]!;
    else if (sign === '-') to += before[at]!.length;
    else {
      close();
      to += before[at]!.length;
      from = to;
    }
  }
  close();
  return edits;
}

const words = (text: string): readonly string[] => text.match(/\w+|\s+|[^\w\s]/gu) ?? [];
