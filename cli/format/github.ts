import type { Severity } from '../../core/finding.ts';
import { compact } from './compact.ts';
import { bySeverity, type FormatContext, type Formatter, inOnePiece, type Located, messageWithHelp } from './format.ts';
import { harmless } from './terminal.ts';

/**
 * Workflow commands, which GitHub Actions shows as annotations:
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message.
 * A step shows this many of each kind; the rest is printed for the log.
 */
const MOST_OF_A_KIND = 10;

const KINDS: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

export const formatGithub: Formatter = (report, context) => {
  const counts = { error: 0, warning: 0, notice: 0 };
  const shown: string[] = [];
  const rest: Located[] = [];
  for (const located of bySeverity(report)) {
    const kind = KINDS[located.problem.severity];
    if (counts[kind]++ < MOST_OF_A_KIND) shown.push(commandFor(kind, located, context));
    else rest.push(located);
  }
  if (rest.length === 0) return shown.join('');
  const files = rest.map(({ file, problem }) => ({ ...file, problems: [problem] }));
  const list = inOnePiece(compact)({ ...report, files }, context);
  return `${shown.join('')}::group::${rest.length} more findings\n${list}::endgroup::\n`;
};

function commandFor(kind: string, { file, problem }: Located, { fromRoot }: FormatContext): string {
  const { start, end } = problem.range;
  const properties: Record<string, string | number> = {
    file: fromRoot(file.path),
    line: start.line,
    endLine: end.line,
    // Columns are for annotations of one line.
    ...(start.line === end.line ? { col: start.column, endColumn: Math.max(start.column, end.column - 1) } : {}),
    title: `bakelint: ${problem.rule}`,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${kind} ${list.join(',')}::${escapeData(messageWithHelp(problem))}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { '%': '%25', '\r': '%0D', '\n': '%0A', ':': '%3A', ',': '%2C' };

/** As the toolkit of GitHub's own actions escapes them. */
const escapeData = (text: string): string => harmless(text).replace(/[%\r\n]/g, one => ESCAPES[one]!);
const escapeProperty = (text: string): string => harmless(text).replace(/[%\r\n:,]/g, one => ESCAPES[one]!);
