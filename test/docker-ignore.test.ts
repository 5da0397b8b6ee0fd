import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDockerIgnore } from '../languages/dockerfile/docker-ignore.ts';

const ignores = (text: string, path: string) => readDockerIgnore(text, '.dockerignore')!.ignores(path);

describe('what a .dockerignore keeps out', () => {
  test.each([
    ['node_modules', 'node_modules', true],
    ['node_modules', 'node_modules/a/b', true],
    ['node_modules', 'web/node_modules', false],
    ['**/node_modules', 'web/node_modules/a', true],
    ['**/node_modules', 'node_modules', true],
    ['/build/', 'build/x', true],
    ['./build/../dist', 'dist', true],
    ['*.md', 'README.md', true],
    ['*.md', 'docs/README.md', false],
    ['**.md', 'docs/a/README.md', true],
    ['docs/**', 'docs/a/b', true],
    ['docs/**', 'docs', false],
    ['docs/**/*.md', 'docs/x.md', true],
    ['*\n!src', 'src/main.go', false],
    ['*\n!src', 'other', true],
    ['*\n!src\nsrc/*.tmp', 'src/a.tmp', true],
    ['!a\na', 'a', true],
    ['# a\n\n  b  ', 'b', true],
    ['# a', 'a', false],
    ['a?c', 'abc', true],
    ['[a-c]x', 'bx', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['a', './a', true],
    ['a', '/x/../a', true],
    ['a', 'A', false],
    ['.', 'a', false],
  ])('%j and %s', (text, path, expected) => expect(ignores(text, path)).toBe(expected));

  test('an exception below keeps a folder', () => {
    const some = readDockerIgnore('dist\n!dist/app.js', 'x')!;
    expect([some.ignores('dist'), some.ignoresAll('dist'), some.ignoresAll('dist/other')]).toEqual([true, false, true]);
    expect(readDockerIgnore('dist\n!**/*.js', 'x')!.ignoresAll('dist')).toBe(false);
    expect(readDockerIgnore('dist\n!src', 'x')!.ignoresAll('dist')).toBe(true);
  });

  test('what is not understood says nothing', () => {
    expect(readDockerIgnore('a**b', 'x')).toBeUndefined();
    expect(readDockerIgnore('a\n'.repeat(2000), 'x')).toBeUndefined();
  });

  test('agrees with regular expressions made as Docker makes them', () => {
    const segment = fc.constantFrom('a', 'b', 'ab', '*', 'a*', '?', '**');
    const pattern = fc.tuple(fc.boolean(), fc.array(segment, { minLength: 1, maxLength: 4 }));
    const path = fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 4 }), path, (patterns, parts) => {
        let expected = false;
        for (const [exception, segments] of patterns) {
          const expression = new RegExp(
            `^${segments
              .join('/')
              .replace(/\*\*\/|\*\*|\*|\?/g, sign =>
                sign === '**/' ? '(?:.*/)?' : sign === '**' ? '.*' : sign === '*' ? '[^/]*' : '[^/]',
              )}$`,
          );
          const matched = parts.some((_, i) => expression.test(parts.slice(0, i + 1).join('/')));
          if (matched) expected = !exception;
        }
        const text = patterns.map(([exception, segments]) => (exception ? '!' : '') + segments.join('/')).join('\n');
        expect(ignores(text, parts.join('/'))).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
