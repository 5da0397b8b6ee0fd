import type { Severity } from '../../core/finding.ts';
import { fingerprintsOf } from '../fingerprint.ts';
import { type Formatter, messageWithHelp } from './format.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: 'critical',
  warning: 'major',
  info: 'minor',
  hint: 'info',
};

/** A Code Quality report of GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export const formatGitlab: Formatter = ({ files }, { fromRoot }) => {
  const issues = files.flatMap(file => {
    const path = fromRoot(file.path);
    const fingerprints = fingerprintsOf(file, path);
    return file.problems.map(problem => ({
      description: messageWithHelp(problem),
      check_name: problem.rule,
      fingerprint: fingerprints.get(problem)!.finding,
      severity: SEVERITIES[problem.severity],
      location: { path, lines: { begin: problem.range.start.line, end: problem.range.end.line } },
    }));
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
};
