import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import ignore from 'ignore';
import { expect, test } from 'vitest';
import { decisivePattern, type GitPattern, readGitignore } from '../../workspace/gitignore.ts';
import { temporaryFolder } from '../host.ts';

/** Whether the patterns ignore a path, or take it back; `undefined` when none matches. */
function ignoredBy(
  patterns: readonly GitPattern[],
  path: readonly string[],
  isDirectory: boolean,
): boolean | undefined {
  const decisive = decisivePattern(patterns, path, isDirectory);
  return decisive && !decisive.negated;
}

const decides = (text: string, path: string): boolean | undefined =>
  ignoredBy(readGitignore(text), path.split('/').filter(Boolean), path.endsWith('/'));

test.each([
  ['a', 'a', true],
  ['a', 'x/a', true],
  ['a', 'ab', undefined],
  ['a', 'A', undefined],
  ['/a', 'a', true],
  ['/a', 'x/a', undefined],
  ['a/', 'a', undefined],
  ['a/', 'a/', true],
  ['a/', 'x/a/', true],
  ['a/b', 'a/b', true],
  ['a/b', 'x/a/b', undefined],
  ['a/b/', 'a/b/', true],
  ['**/b', 'b', true],
  ['**/b', 'a/b', true],
  ['a/**', 'a/', undefined],
  ['a/**', 'a/b/c', true],
  ['a/**/c', 'a/c', true],
  ['a/**/c', 'a/b/b/c', true],
  ['a**c', 'abc', true],
  ['**', 'a', true],
  ['*.md\n!README.md', 'README.md', false],
  ['*.md\n!README.md\n*.md', 'README.md', true],
  ['\\!a', '!a', true],
  ['\\#a', '#a', true],
  ['#a', '#a', undefined],
  ['a  ', 'a', true],
  ['a\\ ', 'a ', true],
  ['a\r\nb\r\n', 'b', true],
  ['\uFEFFa', 'a', true],
  ['/', 'a', undefined],
  ['!', 'a', undefined],
  ['', 'a', undefined],
  ['a?c', 'abc', true],
  ['a[bc]d', 'acd', true],
  ['a[!bc]d', 'acd', undefined],
])('%j and %s: %s', (text, path, expected) => {
  expect(decides(text, path)).toBe(expected);
});

const name = fc.constantFrom('a', 'b', 'ab', 'c.md');
const piece = fc.constantFrom('a', 'b', '*', 'a*', '?b', '**', '*.md', '[ab]');
const line = fc
  .tuple(
    fc.constantFrom('', '', '', '!'),
    fc.constantFrom('', '', '/'),
    fc.array(piece, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '/'),
  )
  .map(([sign, start, pieces, end]) => sign + start + pieces.join('/') + end);
const text = fc.array(line, { minLength: 1, maxLength: 4 }).map(lines => lines.join('\n'));
const path = fc.array(name, { minLength: 1, maxLength: 4 });

/** As a walk sees it: what is in an ignored directory is never looked at. */
function walked(text: string, parts: readonly string[]): boolean {
  const patterns = readGitignore(text);
  return parts.some((_, i) => ignoredBy(patterns, parts.slice(0, i + 1), i < parts.length - 1) === true);
}

test('agrees with a library', () => {
  fc.assert(
    fc.property(text, path, (text, parts) => {
      expect(walked(text, parts)).toBe(ignore({ ignorecase: false }).add(text).ignores(parts.join('/')));
    }),
    { numRuns: 5000 },
  );
});

const hasGit = spawnSync('git', ['--version']).status === 0;

test.skipIf(!hasGit)('agrees with git', () => {
  const folder = temporaryFolder('git');
  try {
    spawnSync('git', ['init', '-q', folder]);
    const cases = fc.sample(fc.tuple(text, fc.array(path, { minLength: 10, maxLength: 10 })), 150);
    for (const [text, paths] of cases) {
      writeFileSync(join(folder, '.gitignore'), text);
      const given = [...new Set(paths.map(parts => parts.join('/')))];
      const { stdout } = spawnSync('git', ['-c', 'core.ignorecase=false', 'check-ignore', '--no-index', '--stdin'], {
        cwd: folder,
        input: given.join('\n'),
        encoding: 'utf8',
      });
      const expected = new Set(stdout.split('\n').filter(Boolean));
      for (const one of given)
        expect([text, one, walked(text, one.split('/'))]).toEqual([text, one, expected.has(one)]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('hostile patterns cost little', () => {
  const started = performance.now();
  const patterns = readGitignore(`${'*a'.repeat(40)}b\n`.repeat(3000));
  expect(patterns).toHaveLength(2000);
  for (let i = 0; i < 20; i++) ignoredBy(patterns, ['a'.repeat(200)], false);
  expect(performance.now() - started).toBeLessThan(20_000);
});
