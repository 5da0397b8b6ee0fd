import type { Severity } from '../core/finding.ts';
import type { FoundConfig } from '../node/config.ts';
import { Lines } from '../node/lines.ts';
import type { FileReport, Problem } from './report.ts';

/** Where both are explained; rules have pages of their own. */
export const HOST_RULES_URL =
  'https://github.com/bakelint/bakelint/blob/main/docs/command-line.md#findings-of-the-command-line-itself';

/** What the command line itself finds: not in rule lists, and nothing turns it off. */
export const HOST_RULES = {
  'unreadable-file': { severity: 'warning', summary: 'A file cannot be read as text, so it is not linted' },
  'invalid-config': { severity: 'error', summary: 'A configuration says something that has no meaning' },
} as const satisfies Record<string, { severity: Severity; summary: string }>;
export type HostRule = keyof typeof HOST_RULES;

/** Why a file is not linted. */
export type Unreadable = 'binary' | 'utf-16' | 'invalid' | 'too-large' | 'not-plain';

const WHY: Readonly<Record<Exclude<Unreadable, 'too-large'>, string>> = {
  binary: 'This file contains NUL bytes, so it is no text and is not linted.',
  'utf-16': 'This file is UTF-16 text; it is linted once it is saved as UTF-8.',
  invalid: 'This file is not valid UTF-8, so it is not linted.',
  'not-plain': 'This is no plain file, so it is not linted.',
};

/** The report of a file that has no text. */
export function unreadable(
  path: string,
  language: FileReport['language'],
  why: Unreadable | { readonly reason: string },
  maxFileSize: number,
): FileReport {
  const message =
    typeof why === 'object'
      ? `This file cannot be opened (${why.reason}), so it is not linted.`
      : why === 'too-large'
        ? `This file is larger than ${sizeText(maxFileSize)}, so it is not linted (\`--max-file-size\` sets the limit).`
        : WHY[why];
  const lines = new Lines('');
  return {
    path,
    language,
    lines,
    secrets: [],
    problems: [problem('unreadable-file', message, { start: 0, end: 0 }, lines)],
  };
}

/** The report of a configuration; without problems when there are none. */
export function configReport(path: string, { text, problems }: FoundConfig): FileReport {
  const lines = new Lines(text);
  return {
    path,
    language: 'config',
    lines,
    secrets: [],
    problems: problems.map(({ message, span }) => problem('invalid-config', message, span, lines)),
  };
}

function problem(
  rule: HostRule,
  message: string,
  span: { readonly start: number; readonly end: number },
  lines: Lines,
): Problem {
  const { severity } = HOST_RULES[rule];
  return {
    rule,
    policies: [],
    severity,
    message,
    help: undefined,
    range: lines.range(span),
    span,
    related: [],
    fixes: [],
    url: HOST_RULES_URL,
  };
}

function sizeText(bytes: number): string {
  for (const [unit, size] of [
    ['GB', 1024 ** 3],
    ['MB', 1024 ** 2],
    ['KB', 1024],
  ] as const)
    if (bytes >= size && Number.isInteger((bytes / size) * 10)) return `${bytes / size} ${unit}`;
  return `${bytes} bytes`;
}
