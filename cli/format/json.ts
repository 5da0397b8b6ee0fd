import { countOf, fixableOf, type Report } from '../report.ts';

/**
 * For programs: one object. Lines and columns count from 1, columns in UTF-16 code units. A diagnostic repeats
 * the path of its file, so that it can be read alone and compared with the paths of its related places.
 */
export function formatJson(report: Report): string {
  const files = report.files.map(({ path, language, problems }) => ({
    path,
    language,
    diagnostics: problems.map(({ rule, policies, severity, message, help, range, related, url, fixes }) => ({
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
      fixes: fixes.map(({ title, safety }) => ({ title, safety })),
    })),
  }));
  const { error, warning, info, hint } = countOf(report.files);
  const summary = {
    files: report.files.filter(file => file.language !== 'config').length,
    errors: error,
    warnings: warning,
    infos: info,
    hints: hint,
    fixable: fixableOf(report.files),
    fixed: report.fixed,
  };
  return `${JSON.stringify({ version: 1, files, summary }, null, 2)}\n`;
}
