import type { Severity } from '../../core/finding.ts';
import { type Formatter, messageWithHelp } from './format.ts';
import { openTag } from './xml.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  hint: 'info',
};

/** The XML of Checkstyle, which most build servers read: https://checkstyle.org/config_reporting.html */
export const formatCheckstyle: Formatter = ({ files }) => {
  const out = ['<?xml version="1.0" encoding="utf-8"?>', '<checkstyle version="4.3">'];
  for (const { path, problems } of files) {
    if (problems.length === 0) continue;
    out.push(`  ${openTag('file', { name: path })}>`);
    for (const problem of problems) {
      const { line, column } = problem.range.start;
      const severity = SEVERITIES[problem.severity];
      const source = `bakelint.${problem.rule}`;
      out.push(`    ${openTag('error', { line, column, severity, message: messageWithHelp(problem), source })}/>`);
    }
    out.push('  </file>');
  }
  return `${out.join('\n')}\n</checkstyle>\n`;
};
