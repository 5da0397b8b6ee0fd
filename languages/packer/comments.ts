/** Comments and what a directive in them applies to. */
import type { Comment } from '../../core/build.ts';
import type { SourceText, Span } from '../../core/text.ts';
import type { Body, Expression, HclComment, HclFile, HclNode } from './hcl/ast.ts';

/** The comments of a file. After code a comment refers to its line, else to the next attribute, block, element or entry. */
export function commentsOf(file: HclFile, source: SourceText): readonly Comment[] {
  const { text } = source;
  const targets = new Map<number, HclNode>();
  collect(file.body, targets);
  const comments: Comment[] = [];
  /** The node after the comment that was read before, which is the next in the text. */
  let next: HclNode | undefined;
  let nextStart = -1;
  /** The start of the line of the comment that was read before. */
  let line = Number.POSITIVE_INFINITY;
  for (let i = file.comments.length - 1; i >= 0; i--) {
    const comment = file.comments[i]!;
    const after = skipWhitespace(text, comment.end);
    if (after !== nextStart) next = targets.get(after);
    nextStart = comment.start;
    if (comment.start < line) line = text.lastIndexOf('\n', comment.start - 1) + 1;
    if (comment.start === 0) line = 0;
    const target = lineBefore(text, line, comment.start, source) ?? (next && source.spanOf(next.start, next.end));
    comments.push({ text: textOf(comment, text), span: source.spanOf(comment.start, comment.end), target });
  }
  return comments.reverse();
}

function textOf({ end, start, style }: HclComment, text: string): string {
  if (style === 'hash') return text.slice(start + 1, end);
  return style === 'slashes' ? text.slice(start + 2, end) : text.slice(start + 2, end).replace(/\*\/$/, '');
}

function skipWhitespace(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r')) at++;
  return at;
}

/** The text between a line's start and a comment; `undefined` when it is whitespace. */
function lineBefore(text: string, line: number, start: number, source: SourceText): Span | undefined {
  let end = start;
  while (end > line && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  if (end === line) return undefined;
  let first = line;
  while (text[first] === ' ' || text[first] === '\t') first++;
  return source.spanOf(first, end);
}

function collect(body: Body, targets: Map<number, HclNode>): void {
  for (const item of body.items) {
    targets.set(item.start, item);
    if (item.kind === 'block') collect(item.body, targets);
    else collectIn(item.value, targets);
  }
}

function collectIn(expression: Expression, targets: Map<number, HclNode>): void {
  const element = (node: Expression): void => {
    targets.set(node.start, node);
    collectIn(node, targets);
  };
  if (expression.kind === 'tuple') expression.elements.forEach(element);
  else if (expression.kind === 'call') expression.args.forEach(element);
  else if (expression.kind === 'parentheses') collectIn(expression.expression, targets);
  else if (expression.kind === 'object') {
    for (const item of expression.items) {
      targets.set(item.start, item);
      collectIn(item.value, targets);
    }
  }
}
