/** Lines that are no instructions because the one above them ended too early: a missing continuation, or an open quote. */
import type { Finding } from '../../core/finding.ts';
import type { Lines } from './lines.ts';
import { lineOf } from './lines.ts';
import type { Instruction } from './tree.ts';

/** Instructions that people write over several lines. */
const LONG = new Set<Instruction['kind']>(['run', 'env', 'label', 'copy', 'add', 'cmd', 'entrypoint', 'healthcheck']);
/** Lines that are searched for the quote that closes a string. */
const MOST_LINES = 1_000;

/** What such a line is part of. */
export interface Stray {
  readonly problem: Finding;
  /** The first line that can be read again. */
  readonly next: number;
}

/** What the unknown instruction on `line` belongs to, for the problem that it is; `undefined` when nothing shows that. */
export function strayLine(lines: Lines, line: number, above: Instruction, problem: Finding): Stray | undefined {
  const { text } = lines.source;
  const closing = closingLine(lines, line, above);
  const between = text.slice(above.span.end, lines.start(line));
  if (closing === undefined && (!LONG.has(above.kind) || above.heredocs.length > 0 || between.split('\n').length > 2))
    return undefined;
  const last = closing ?? line;
  return {
    next: last + 1,
    problem: {
      ...problem,
      message: `Line is outside the \`${above.keyword}\` that starts on line ${lineOf(lines, above.span.start) + 1}`,
      help:
        closing === undefined
          ? `End the line above with a backslash, or correct the keyword`
          : 'End the lines of the string with a backslash, or write the script as a heredoc',
      region: lines.source.spanOf(above.span.start, lines.end(last)),
      related: [{ message: `The \`${above.keyword}\` starts here`, span: above.keywordSpan }],
    },
  };
}

/** The line with the quote that the command above leaves open; `undefined` when it leaves none open, or none closes it. */
function closingLine(lines: Lines, from: number, above: Instruction): number | undefined {
  if (above.kind !== 'run' || above.json || above.heredocs.length > 0) return undefined;
  const quote = openQuote(above.rest.text);
  if (quote === undefined) return undefined;
  const { text } = lines.source;
  for (let line = from; line < Math.min(lines.count, from + MOST_LINES); line++) {
    const at = text.indexOf(quote, lines.start(line));
    if (at < 0) return undefined;
    if (at < lines.end(line)) return line;
  }
  return undefined;
}

/** The quote that a command never closes. */
function openQuote(command: string): string | undefined {
  let quote: string | undefined;
  for (let at = 0; at < command.length; at++) {
    const character = command[at]!;
    if (character === '\\' && quote !== "'") at++;
    else if (quote !== undefined) quote = character === quote ? undefined : quote;
    else if (character === '"' || character === "'") quote = character;
  }
  return quote;
}

/** A merge that was not finished, from the marker on `line`; `undefined` where there is none, or its end is missing. */
export function conflictAt(lines: Lines, line: number): Stray | undefined {
  const { source } = lines;
  const begins = (at: number, mark: string): boolean => source.text.startsWith(mark, lines.start(at));
  if (!begins(line, '<<<<<<< ')) return undefined;
  for (let last = line + 1; last < Math.min(lines.count, line + MOST_LINES); last++)
    if (begins(last, '>>>>>>> '))
      return {
        next: last + 1,
        problem: {
          message: 'Unresolved merge conflict',
          help: 'Keep one of the two sides, and remove the lines with the markers',
          span: source.spanOf(lines.start(line), lines.end(line)),
          region: source.spanOf(lines.start(line), lines.end(last)),
        },
      };
  return undefined;
}
