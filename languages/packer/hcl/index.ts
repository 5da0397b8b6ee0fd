/** The HCL2 parser: {@link parseHcl} for reading, {@link encodeQuoted} and {@link heredocEncoder} for writing. */
import type { HclFile, HclProblem } from './ast.ts';
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
    const problems = causes([...c.problems].sort((a, b) => a.start - b.start));
    return { body, problems, comments: c.comments };
  } catch (error) {
    if (error === STRICT_FAILURE) return undefined;
    throw error;
  }
}

/**
 * The problems without those that follow from others: a string or bracket that is never closed takes the bracket that
 * closes what is around it.
 */
function causes(problems: readonly HclProblem[]): HclProblem[] {
  const found: HclProblem[] = [];
  for (const [i, problem] of problems.entries()) {
    const around = found.at(-1);
    if (around && problem.start < around.until) continue;
    found.push(problem.unclosed ? innermost(problems, i) : problem);
  }
  return found;
}

/** The last thing that is not closed in what is not closed from the one at `i` on, with the region of all of them. */
function innermost(problems: readonly HclProblem[], i: number): HclProblem {
  let inner = problems[i]!;
  for (let at = i + 1; at < problems.length && problems[at]!.start < inner.until; at++) {
    const { unclosed, until } = problems[at]!;
    if (unclosed) inner = { ...problems[at]!, until: Math.max(until, inner.until) };
  }
  return inner;
}
