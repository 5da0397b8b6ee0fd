import type { Severity } from '../../core/finding.ts';
import type { Lines, Position, Range } from '../../node/lines.ts';
import type { FileReport, Problem, ProblemFix } from '../report.ts';
import { type Formatter, messageWithHelp } from './format.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: 'ERROR',
  warning: 'WARNING',
  info: 'INFO',
  hint: 'INFO',
};

/**
 * The diagnostics of reviewdog, with fixes as suggestions:
 * https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto. Columns count UTF-8 bytes.
 */
export const formatRdjson: Formatter = ({ files }, { fromRoot }) => {
  const diagnostics = files.flatMap(file =>
    file.problems.map(problem => ({
      message: messageWithHelp(problem),
      location: { path: fromRoot(file.path), range: rangeOf(file.lines, problem.range) },
      severity: SEVERITIES[problem.severity],
      code: { value: problem.rule, url: problem.url },
      suggestions: suggestionsOf(file, problem),
    })),
  );
  const source = { name: 'bakelint', url: 'https://github.com/bakelint/bakelint' };
  return `${JSON.stringify({ source, diagnostics }, null, 2)}\n`;
};

/** A suggestion replaces one range: fixes with several edits have none. */
function suggestionsOf({ lines }: FileReport, { fixes }: Problem): readonly object[] {
  return fixes.flatMap(({ edits }: ProblemFix) => {
    const all = edits() ?? [];
    return all.length === 1 ? [{ range: rangeOf(lines, all[0]!.range), text: all[0]!.newText }] : [];
  });
}

function rangeOf(lines: Lines, { start, end }: Range): object {
  return { start: inBytes(lines, start), end: inBytes(lines, end) };
}

/** The place with its column in bytes. A file that was not read has one place, its beginning. */
function inBytes(lines: Lines, { line, column }: Position): Position {
  const { start, end } = lines.bounds(line);
  const before = lines.text.slice(start, Math.min(end, start + column - 1));
  return { line, column: Buffer.byteLength(before, 'utf8') + 1 };
}
