import type { Severity } from '../../core/finding.ts';
import type { Position, Range } from '../../node/lines.ts';
import { type FileReport, lineAndColumn, type Problem, type ProblemFix } from '../report.ts';
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
      location: { path: fromRoot(file.path), range: rangeOf(file, problem.range) },
      severity: SEVERITIES[problem.severity],
      code: { value: problem.rule, url: problem.url },
      suggestions: suggestionsOf(file, problem),
    })),
  );
  const source = { name: 'bakelint', url: 'https://github.com/bakelint/bakelint' };
  return `${JSON.stringify({ source, diagnostics }, null, 2)}\n`;
};

/** A suggestion replaces one range of its own file: other fixes have none. */
function suggestionsOf(file: FileReport, { fixes }: Problem): readonly object[] {
  return fixes.flatMap(({ edits }: ProblemFix) => {
    const all = edits ?? [];
    return all.length === 1 && all[0]!.path === undefined
      ? [{ range: rangeOf(file, all[0]!.range), text: all[0]!.newText }]
      : [];
  });
}

function rangeOf({ byteColumns }: FileReport, { start, end }: Range): object {
  const inBytes = (place: Position): Position => ({
    line: place.line,
    column: byteColumns[lineAndColumn(place)] ?? place.column,
  });
  return { start: inBytes(start), end: inBytes(end) };
}
