/** One report for each file: several templates may run the same script, and a seed may be linted on its own as well. */
import { type FileReport, type Problem, type RelatedLocation, rangeKey } from './report.ts';

/** The reports with those of the same file joined, in the order in which the files come up first. */
export function mergedByFile(reports: readonly FileReport[]): readonly FileReport[] {
  const byPath = new Map<string, FileReport>();
  for (const report of reports) {
    const before = byPath.get(report.path);
    byPath.set(report.path, before ? merged(before, report) : report);
  }
  return byPath.size === reports.length ? reports : [...byPath.values()];
}

/** What a file's own language says of it comes before what others say of the script in it. */
function merged(a: FileReport, b: FileReport): FileReport {
  const isBehind = a.language === 'script' && b.language !== 'script';
  const [first, second] = isBehind ? [b, a] : [a, b];
  const problems = new Map<string, Problem>();
  for (const problem of [...first.problems, ...second.problems]) {
    const key = `${problem.rule} ${rangeKey(problem.range)} ${problem.message}`;
    const known = problems.get(key);
    problems.set(key, known ? { ...known, related: withRelated(known, problem) } : problem);
  }
  const inOrder = [...problems.values()].sort(
    (a, b) =>
      a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
  return { ...first, problems: inOrder, byteColumns: { ...first.byteColumns, ...second.byteColumns } };
}

/** Places that one finding shows of all documents together; more are no help. */
const MOST_RELATED = 6;

function withRelated(known: Problem, other: Problem): readonly RelatedLocation[] {
  const key = ({ path, message, range }: RelatedLocation): string => `${path} ${range && rangeKey(range)} ${message}`;
  const shown = new Set(known.related.map(key));
  const more = other.related.filter(one => !shown.has(key(one)));
  return [...known.related, ...more].slice(0, Math.max(known.related.length, MOST_RELATED));
}
