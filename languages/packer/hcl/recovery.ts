/**
 * What the second pass guesses from indentation. It runs only on text that the Go parser rejects, so a wrong guess costs
 * a misplaced item in a file that Packer would not build anyway.
 */

import { NEWLINE } from './characters.ts';
import type { Cursor } from './cursor.ts';

/** A body that is being read; -1 is the indentation of the file itself. */
export interface OpenBody {
  readonly parent: OpenBody | undefined;
  /** The column at which its header's line starts. */
  readonly indent: number;
  /** The column at which its first item starts; undefined while there is none. */
  itemIndent: number | undefined;
}

/** Moves to the end of the line, in front of its line break. */
export function skipLine(c: Cursor): void {
  const code = c.text.charCodeAt(c.pos);
  if (code === NEWLINE) return;
  c.pos = Math.min(c.limit, c.lines.endOf(c.pos));
}

/** Whether the item at the cursor shows that the block around it was never closed. */
export function leavesBlock(c: Cursor, open: OpenBody): boolean {
  const column = c.lines.leadingColumn(c.pos);
  if (column === undefined) return false;
  if (c.lines.isTopLevel(c.pos)) return true;
  // The top level only contains Packer's own blocks, however badly the text is indented.
  if (open.parent === undefined || open.parent.indent < 0) return false;
  // A missing indentation only means something in a block that indents its items.
  if (open.itemIndent === undefined || open.itemIndent <= open.indent || column > open.indent) return false;
  const item = c.lines.itemAt(c.pos);
  return item === 'block' || (item === 'attribute' && column === open.parent.itemIndent);
}

/** Which block the `}` at the cursor closes: this one, one around it, or none (its header is missing). */
export function closingBrace(c: Cursor, open: OpenBody): 'own' | 'outer' | 'stray' {
  if (!c.recovering) return 'own';
  const column = c.lines.leadingColumn(c.pos);
  if (column === undefined) return 'own';
  const isNested = open.parent !== undefined && open.parent.indent >= 0;
  if (column < open.indent && isNested) return 'outer';
  return open.itemIndent !== undefined && open.itemIndent > open.indent && column >= open.itemIndent ? 'stray' : 'own';
}
