import { expect, test } from 'vitest';
import { NO_FILES } from '../../core/language.ts';
import { lint } from '../../core/linter.ts';
import { sampleOf } from '../../core/sample.ts';
import { engineOf } from '../../dev/engine.ts';
import { rules } from '../../rules/index.ts';
import { SettingsFinder } from '../../workspace/settings.ts';

test.each([
  ['Dockerfile', undefined],
  ['images/latest/Dockerfile', undefined],
  ['contest/Dockerfile', undefined],
  ['Tests/a/Dockerfile', 'test'],
  ['tool/vendor/go.example.com/x/Dockerfile', 'test'],
  ['examples/tests/Dockerfile', 'test'],
  ['.devcontainer/Dockerfile', 'example'],
  ['docs/examples/web/Dockerfile', 'example'],
])('%s is there for %s', (path, sample) => {
  expect(sampleOf(path)).toBe(sample);
});

const severities = (path: string, given?: 'warning') => {
  const asked = {
    preset: 'all' as const,
    only: undefined,
    rules: given && new Map([['latest-tag', { severity: given, options: {} }]]),
  };
  const settings = new SettingsFinder(rules, asked).of(path, { config: undefined, root: '/r' });
  const text = 'FROM debian:latest\nEXPOSE 99999\n';
  const found = lint({ path, text }, { engine: engineOf(rules), settings, files: NO_FILES, today: '2026-11-21' })!;
  const of = (id: string) => found.diagnostics.find(({ rule }) => rule === id)?.severity;
  return [of('latest-tag'), of('invalid-port')];
};

test('findings in files of tests are advice, in those of examples what is wrong stays wrong', () => {
  expect(severities('/r/Dockerfile')).toEqual(['warning', 'error']);
  expect(severities('/r/test/Dockerfile')).toEqual(['info', 'info']);
  expect(severities('/r/examples/a/Dockerfile')).toEqual(['info', 'error']);
  // What is around the repository says nothing, and the configuration decides.
  expect(severities('/r/test/Dockerfile', 'warning')[0]).toBe('warning');
});
