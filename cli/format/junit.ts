import { type FileReport, lineAndColumn, type Problem } from '../report.ts';
import { type Formatter, messageWithHelp } from './format.ts';
import { escapeMarkup, openTag } from './xml.ts';

/**
 * The XML of JUnit, for pipelines that show test reports: a suite for each file, a test for each finding. Errors and
 * warnings are failures; a file without findings is one test that passes.
 */
export const formatJunit: Formatter = ({ files }) => {
  const tests = files.reduce((sum, file) => sum + Math.max(1, file.problems.length), 0);
  const failures = files.reduce((sum, file) => sum + file.problems.filter(isFailure).length, 0);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `${openTag('testsuites', { name: 'bakelint', tests, failures })}>`,
    ...files.flatMap(suiteOf),
    '</testsuites>',
    '',
  ].join('\n');
};

const isFailure = ({ severity }: Problem): boolean => severity === 'error' || severity === 'warning';

function suiteOf({ path, problems }: FileReport): string[] {
  const failures = problems.filter(isFailure).length;
  const suite = openTag('testsuite', { name: path, tests: Math.max(1, problems.length), failures, errors: 0 });
  const tests =
    problems.length === 0
      ? [`    ${openTag('testcase', { name: 'bakelint', classname: path })}/>`]
      : problems.flatMap(problem => testOf(path, problem));
  return [`  ${suite}>`, ...tests, '  </testsuite>'];
}

function testOf(path: string, problem: Problem): string[] {
  const { rule, severity, message, range, url } = problem;
  const where = `${path}:${lineAndColumn(range.start)}`;
  const test = openTag('testcase', { name: `${rule} at ${lineAndColumn(range.start)}`, classname: path });
  const text = escapeMarkup(`${where}: ${severity}: ${messageWithHelp(problem)} ${url}`);
  const content = isFailure(problem)
    ? `      ${openTag('failure', { message, type: severity })}>${text}</failure>`
    : `      <system-out>${text}</system-out>`;
  return [`    ${test}>`, content, '    </testcase>'];
}
