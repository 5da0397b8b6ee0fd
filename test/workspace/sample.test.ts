import { expect, test } from 'vitest';
import { NO_FILES } from '../../core/language.ts';
import { lint } from '../../core/linter.ts';
import type { Preset } from '../../core/presets.ts';
import { sampleOf } from '../../core/sample.ts';
import { engineOf } from '../../dev/engine.ts';
import { rules } from '../../rules/index.ts';
import { SettingsFinder } from '../../workspace/settings.ts';

test.each([
  ['Dockerfile', undefined],
  ['images/latest/Dockerfile', undefined],
  ['contest/Dockerfile', undefined],
  ['Tests/a/Dockerfile', 'test'],
  ['tool/vendor/go.example.com/x/Dockerfile', 'vendored'],
  ['tests/third_party/x/Dockerfile', 'vendored'],
  ['services/vendor/Dockerfile', undefined],
  ['images/test-images/web/Dockerfile', 'test'],
  ['internal/suites/web/Dockerfile', 'test'],
  ['parser/testfiles/env/Dockerfile', 'test'],
  ['Dockerfile.e2e', 'test'],
  ['docker/test-web.dockerfile', 'test'],
  ['docker/latest.dockerfile', undefined],
  ['.ci/Dockerfile', 'example'],
  ['.examples/web/Dockerfile', 'example'],
  ['archived/web/Dockerfile', 'retired'],
  ['templates_old/web/Dockerfile', 'retired'],
  ['deprecated-images/web/Dockerfile', 'retired'],
  ['find-unused/Dockerfile', undefined],
  ['check-eol/Dockerfile', undefined],
  ['web/Dockerfile.old', 'retired'],
  ['household/web/Dockerfile', undefined],
  ['legacy/web/Dockerfile', 'example'],
  ['targets/vulnerable-ssh/Dockerfile', 'example'],
  ['vulnerability-scanner/Dockerfile', undefined],
  ['archive/web/Dockerfile', 'example'],
  ['unmaintained/web/Dockerfile', 'retired'],
  ['OLD/web/Dockerfile', 'retired'],
  ['older/web/Dockerfile', undefined],
  ['web/user-data.yaml.example', 'example'],
  ['web/sample-user-data.yaml', undefined],
  ['builder/EOL/web/Dockerfile', 'retired'],
  ['examples/tests/Dockerfile', 'test'],
  ['.devcontainer/Dockerfile', 'example'],
  ['docs/examples/web/Dockerfile', 'example'],
  ['docs/Dockerfile', undefined],
  ['doc/sources/user-data', 'example'],
])('%s is there for %s', (path, sample) => {
  expect(sampleOf(path)).toBe(sample);
});

const severities = (path: string, { given, preset = 'all' }: { given?: 'warning'; preset?: Preset } = {}) => {
  const asked = {
    preset,
    only: undefined,
    rules: given && new Map([['latest-tag', { severity: given, options: {} }]]),
  };
  const settings = new SettingsFinder(rules, asked).of(path, { config: undefined, root: '/r' });
  const text = 'FROM debian:latest\nEXPOSE 99999\nCMD ["app"]\n';
  const found = lint({ path, text }, { engine: engineOf(rules), settings, files: NO_FILES, today: '2026-11-21' })!;
  const of = (id: string) => found.diagnostics.find(({ rule }) => rule === id)?.severity;
  return [of('latest-tag'), of('missing-user'), of('invalid-port')];
};

test('findings in files of tests are advice, in those of examples what is wrong stays wrong', () => {
  expect(severities('/r/Dockerfile')).toEqual(['warning', 'warning', 'error']);
  expect(severities('/r/test/Dockerfile')).toEqual(['info', 'info', 'info']);
  expect(severities('/r/examples/a/Dockerfile')).toEqual(['info', 'info', 'error']);
  // What is around the repository says nothing, and the configuration decides.
  expect(severities('/r/test/Dockerfile', { given: 'warning' })[0]).toBe('warning');
});

test('advice about tests, and minor advice about examples, is not recommended', () => {
  const preset = 'recommended';
  expect(severities('/r/Dockerfile', { preset })).toEqual(['warning', 'info', 'error']);
  expect(severities('/r/test/Dockerfile', { preset })).toEqual([undefined, undefined, 'info']);
  expect(severities('/r/examples/a/Dockerfile', { preset })).toEqual(['info', undefined, 'error']);
});

test('of the files of other projects only secrets are reported', () => {
  expect(severities('/r/vendor/a/Dockerfile')).toEqual([undefined, undefined, undefined]);
  const settings = new SettingsFinder(rules, { preset: 'all', only: undefined, rules: undefined });
  const path = '/r/vendor/a/Dockerfile';
  const text = 'FROM debian:latest\nCOPY id_rsa /root/.ssh/\n';
  const found = lint(
    { path, text },
    {
      engine: engineOf(rules),
      settings: settings.of(path, { config: undefined, root: '/r' }),
      files: NO_FILES,
      today: '2026-11-21',
    },
  )!;
  expect(found.diagnostics.map(({ rule, severity }) => [rule, severity])).toEqual([['secret-file-copied', 'warning']]);
});
