import { countOf, type FileReport, fixableOf, lintedCount, type Report } from '../report.ts';
import type { Formatter, PartFormatter } from './format.ts';

/** For programs: one object, described by `docs/report.schema.json`. */
export const formatJson: Formatter = report => {
  const files = report.files.map(file => ({
    path: file.path,
    language: file.language,
    diagnostics: diagnosticsOf(file),
  }));
  return `${JSON.stringify({ version: 1, files, summary: summaryOf(report) }, null, 2)}\n`;
};

/** For programs that read lines: an object for each problem, the last one is the summary. */
export const jsonLines: PartFormatter = {
  file: file =>
    diagnosticsOf(file)
      .map(one => `${JSON.stringify({ kind: 'diagnostic', language: file.language, ...one })}\n`)
      .join(''),
  end: report => `${JSON.stringify({ kind: 'summary', ...summaryOf(report) })}\n`,
};

/**
 * Lines and columns count from 1, columns in UTF-16 code units. A diagnostic repeats the path of its file, so that it
 * can be read alone and compared with the paths of its related places.
 */
function diagnosticsOf({ path, problems }: FileReport): readonly object[] {
  return problems.map(({ rule, policies, severity, message, help, range, related, url, fixes }) => ({
    path,
    rule,
    policy: policies[0] ?? '',
    policies,
    severity,
    message,
    help: help ?? null,
    range,
    related: related.map(({ message, path, range }) => ({ message, path, range: range ?? null })),
    url,
    fixes: fixes.map(({ title, safety, edits }) => ({ title, safety, edits: edits ?? null })),
  }));
}

function summaryOf({ files, fixed, known }: Report): object {
  const { error, warning, info, hint } = countOf(files);
  return {
    files: lintedCount(files),
    errors: error,
    warnings: warning,
    infos: info,
    hints: hint,
    fixable: fixableOf(files),
    fixed,
    known,
  };
}
