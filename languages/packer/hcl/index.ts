/** The HCL2 parser: {@link parseHcl} for reading, {@link encodeQuoted} and {@link heredocEncoder} for writing. */
import type { HclFile } from './ast.ts';
import { type Cursor, cursorAt, STRICT_FAILURE } from './cursor.ts';
import { parseFileBody } from './structure.ts';

export type * from './ast.ts';
export { encodeQuoted, heredocEncoder } from './encode.ts';

/**
 * Parses a file as Packer's own parser does (hclsyntax of https://github.com/hashicorp/hcl). Never throws. A strict pass
 * reads valid text; only where it fails does a second pass keep what it can, guessing from lines and indentation.
 * Costs time linear in the length of the text.
 */
export function parseHcl(text: string): HclFile {
  const sound = new Set<number>();
  return pass(cursorAt(text, false, sound)) ?? pass(cursorAt(text, true, sound))!;
}

function pass(c: Cursor): HclFile | undefined {
  try {
    const body = parseFileBody(c);
    const problems = [...c.problems].sort((a, b) => a.start - b.start);
    return { body, problems, comments: c.comments };
  } catch (error) {
    if (error === STRICT_FAILURE) return undefined;
    throw error;
  }
}
