/** The HCL2 parser: {@link parseHcl} for reading, {@link encodeQuoted} and {@link heredocEncoder} for writing. */
import type { Expression, HclFile, HclProblem, TemplatePart } from './ast.ts';
import { type Cursor, cursorAt, failHere, peek, STRICT_FAILURE } from './cursor.ts';
import { parseExpression } from './expressions.ts';
import { parseFileBody } from './structure.ts';
import { parseBare } from './templates.ts';

export type * from './ast.ts';
export { encodeQuoted, heredocEncoder, jsonEncoder } from './encode.ts';

/**
 * Parses a file as Packer's own parser does (hclsyntax of https://github.com/hashicorp/hcl). Never throws. A strict pass
 * reads valid text; only where it fails does a second pass keep what it can, guessing from lines and indentation.
 * Costs time linear in the length of the text.
 */
export function parseHcl(text: string): HclFile {
  const { comments, problems, result } = twoPasses(text, 0, parseFileBody);
  return { body: result, problems, comments };
}

/** What a string outside of HCL holds, and the problems in it. */
export interface Parsed<T> {
  readonly result: T;
  readonly problems: readonly HclProblem[];
}

/** A text as a template without delimiters, `depth` levels below the top of its file. Never throws. */
export function parseTemplateText(text: string, depth: number): Parsed<readonly TemplatePart[]> {
  return twoPasses(text, depth, parseBare);
}

/** A text as one expression. Never throws. */
export function parseExpressionText(text: string, depth: number): Parsed<Expression> {
  return twoPasses(text, depth, c => {
    c.newlines = false;
    const expression = parseExpression(c);
    if (peek(c) >= 0) failHere(c, 'Unexpected text after the expression', 'Remove it');
    return expression;
  });
}

type Read<T> = (c: Cursor) => T;

function twoPasses<T>(text: string, depth: number, read: Read<T>): Parsed<T> & Pick<HclFile, 'comments'> {
  const sound = new Set<number>();
  const at = (recovering: boolean): Cursor => ({ ...cursorAt(text, recovering, sound), depth });
  return pass(at(false), read) ?? pass(at(true), read)!;
}

function pass<T>(c: Cursor, read: Read<T>): (Parsed<T> & Pick<HclFile, 'comments'>) | undefined {
  try {
    const result = read(c);
    const problems = causes([...c.problems].sort((a, b) => a.start - b.start));
    return { result, problems, comments: c.comments };
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
