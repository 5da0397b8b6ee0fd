import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coversPath, matchesGlob } from '../../core/glob.ts';

test.each([
  ['*.hcl', 'a/b/x.hcl', true],
  ['*.hcl', 'x.hcl.bak', false],
  ['images/*', 'images/a', true],
  ['images/*', 'images/a/b', false],
  ['images/**', 'images/a/b', true],
  ['**/Dockerfile', 'Dockerfile', true],
  ['**/Dockerfile', 'a/b/Dockerfile', true],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['/top', 'top', true],
  ['/top', 'a/top', false],
  ['top', 'a/top', true],
  ['top', 'top/a', false],
  ['top/', 'top/a/b', true],
  ['top/', 'a/top/b', true],
  ['top/', 'a/top', false],
  ['a/top/', 'a/top/b', true],
  ['a/top/', 'b/a/top/b', false],
  ['[a-c]?.txt', 'b1.txt', true],
  ['[!a-c]?.txt', 'b1.txt', false],
  ['\\*', '*', true],
  ['\\*', 'x', false],
])('%s against %s: %s', (pattern, path, matches) => {
  expect(matchesGlob(pattern, path)).toBe(matches);
});

test.each([
  ['vendor', 'vendor', true],
  ['vendor', 'vendor/a/b', true],
  ['vendor', 'a/vendor/b', true],
  ['vendor', 'vendors/a', false],
  ['/vendor', 'vendor/a', true],
  ['/vendor', 'a/vendor/b', false],
  ['vendor/', 'vendor/a', true],
  ['vendor/', 'a/vendor/b', true],
  ['vendor/', 'vendor', false],
  ['vendor/**', 'vendor', true],
  ['vendor/*', 'vendor', false],
  ['vendor/*', 'vendor/a/b', true],
  ['a/b', 'a/b/c', true],
  ['a/b', 'x/a/b', false],
  ['**/b', 'a/b/c', true],
  ['*.hcl', 'a/x.hcl', true],
  ['', 'a', false],
  ['/', 'a', false],
])('%s covers %s: %s', (pattern, path, covers) => {
  expect(coversPath(pattern, path, false)).toBe(covers);
});

test('a slash at the end asks for a folder', () => {
  expect([coversPath('vendor/', 'a/vendor', true), coversPath('a/b/', 'a/b', true)]).toEqual([true, true]);
});

/** The same language as a regular expression: an oracle for short inputs. */
const oracle = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replace(/\*/g, '[^/]*')}$`).test(path);

test('stars mean what they mean as a regular expression', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), minLength: 1, maxLength: 8 });
  const names = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(letters, names, (pattern, name) => {
      fc.pre(!pattern.includes('**'));
      expect(matchesGlob(`/${pattern}`, name)).toBe(oracle(pattern, name));
    }),
    { numRuns: 2000 },
  );
});
