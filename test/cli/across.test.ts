/** Findings that show only across files: the same however the files are linted. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../host.ts';
import { runIn, write } from './real.ts';

const FILES = {
  'compose.yaml': 'services:\n  api: {build: api}\n  web: {build: web}\n',
  'api/Dockerfile': 'FROM python:3.11-slim\n',
  'web/Dockerfile': 'FROM python:3.13-slim\n',
};
const FOUND =
  'api/Dockerfile:1:6: info: `python:3.11-slim` is older than `3.13-slim` in `web/Dockerfile` [base-version-drift]\n';

function repository(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder('across');
  mkdirSync(join(root, '.git'));
  write(root, files);
  return root;
}

const RULE = ['--rule', 'base-version-drift', '--format', 'compact'];
const found = async (root: string, ...args: readonly string[]): Promise<string> => {
  const { out, err } = await runIn(root, ...RULE, ...args);
  expect(err).toBe('');
  return out;
};

test('a file gets the same findings whatever else is named', async () => {
  const root = repository(FILES);
  expect(await found(root)).toBe(FOUND);
  expect(await found(root, 'api/Dockerfile')).toBe(FOUND);
  expect(await found(root, 'api')).toBe(FOUND);
  expect(await found(root, 'web', 'api')).toBe(FOUND);
  expect(await found(root, '--shard', '1/2')).toBe(FOUND);
  expect(await found(join(root, 'web'), '../api/Dockerfile')).toBe(`../${FOUND}`);
});

test('a file alone, and one that is named outside of a repository, gets none', async () => {
  expect(await found(repository({ Dockerfile: FILES['api/Dockerfile'] }))).toBe('');
  const root = temporaryFolder('across');
  write(root, FILES);
  expect(await found(root, 'api/Dockerfile')).toBe('');
  expect(await found(root, '.')).toBe(FOUND);
});

test('only rules that ask read other files: not those of the preset recommended', async () => {
  const root = repository(FILES);
  const linted = async (...args: string[]) => (await runIn(root, '--format', 'json', ...args)).out;
  expect(await linted()).not.toContain('base-version-drift');
  expect(await linted('--preset', 'strict')).toContain('base-version-drift');
  write(root, { 'api/.bakelint.yaml': 'rules:\n  base-version-drift: warning\n' });
  expect(await linted('web')).not.toContain('base-version-drift');
  expect(await linted('api')).toContain('base-version-drift');
});

test('comments, configurations and a baseline leave it out', async () => {
  const root = repository(FILES);
  write(root, { 'api/Dockerfile': '# bakelint ignore base-version-drift\nFROM python:3.11-slim\n' });
  expect(await found(root)).toBe('');
  write(root, { ...FILES, '.bakelint.yaml': 'extends: strict\nignore: [web]\n' });
  expect(await found(root)).toBe('');
  rmSync(join(root, '.bakelint.yaml'));
  expect((await runIn(root, 'baseline', 'create', '--rule', 'base-version-drift')).code).toBe(0);
  expect(await found(root, '--baseline=.bakelint-baseline.json')).toBe('');
});

test('a comment is unused only where the other files were read', async () => {
  const unused = async (root: string) =>
    (
      await runIn(
        root,
        '--preset',
        'all',
        '--select',
        'unused-ignore,base-version-drift',
        '--format',
        'compact',
        'api/Dockerfile',
      )
    ).out;
  const files = { ...FILES, 'api/Dockerfile': '# bakelint ignore base-version-drift\nFROM python:3.13-slim\n' };
  expect(await unused(repository(files))).toContain('Unused ignore comment');
  const outside = temporaryFolder('across');
  write(outside, files);
  expect(await unused(outside)).toBe('');
});

test('a repository in a repository is on its own', async () => {
  const root = repository(FILES);
  mkdirSync(join(root, 'web/.git'));
  expect(await found(root)).toBe('');
});

test('what is cached is forgotten when another file changes', async () => {
  const root = repository(FILES);
  const cache = `--cache=${temporaryFolder('across')}`;
  expect([await found(root, cache), await found(root, cache)]).toEqual([FOUND, FOUND]);
  write(root, { 'web/Dockerfile': 'FROM python:3.12-slim\n' });
  const later = FOUND.replace('3.13', '3.12');
  expect([await found(root, cache), await found(root, cache)]).toEqual([later, later]);
  write(root, { 'compose.yaml': 'services:\n  web: {build: web}\n' });
  expect([await found(root, cache), await found(root, cache)]).toEqual(['', '']);
});

describe('--changed', () => {
  const committed = (files: Readonly<Record<string, string>>): string => {
    const root = temporaryFolder('across');
    write(root, files);
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: root });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'x');
    return root;
  };

  test('reports what a change of another file brings, and nothing that was there', async () => {
    const root = committed({ ...FILES, 'web/Dockerfile': 'FROM python:3.11-slim\n' });
    expect(await found(root, '--changed')).toBe('');
    write(root, { 'web/Dockerfile': 'FROM python:3.13-slim\n' });
    expect(await found(root, '--changed')).toBe(FOUND);
    const there = committed(FILES);
    write(there, { 'web/Dockerfile': '# Above.\nFROM python:3.13-slim\n', 'README.md': 'x' });
    expect(await found(there, '--changed')).toBe('');
  });
});

test('circles, the same name twice and very many stages end', async () => {
  const stages = Array.from({ length: 1_500 }, (_, i) => `FROM ${i === 0 ? 'alpine:3.21' : `s${i - 1}`} AS s${i}\n`);
  const root = repository({
    'compose.yaml':
      'services:\n  a: {build: a, image: "x/a:1.2"}\n  b: {build: b, image: "x/a:1.2"}\n  c: {build: c, image: "x/c:1"}\n  d: {build: d}\n',
    'build.sh': 'docker build -t x/c:2 c\ndocker tag x/c:2 x/a:1.3\ndocker tag x/a:1.3 x/c:2\n',
    'a/Dockerfile': 'FROM x/c:1\nFROM b AS a\nFROM a AS b\n',
    'b/Dockerfile': 'FROM x/a:1.1\nCOPY --from=x/b:3 / /\n',
    'c/Dockerfile': 'FROM x/c:2 AS c\nFROM c AS c\n',
    'd/Dockerfile': stages.join(''),
    'e/Dockerfile': 'FROM alpine:3.23\n',
  });
  symlinkSync('..', join(root, 'a/up'));
  const { code, out } = await runIn(root, '--preset', 'strict', '--format', 'json', '--fail-on', 'never');
  const { summary, files } = JSON.parse(out);
  expect([code, summary.files]).toEqual([0, 5]);
  expect(JSON.stringify(files)).not.toContain('internal-error');
});
