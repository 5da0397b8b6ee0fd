/** Go's regular expressions, held against JavaScript's where both mean the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesOf } from '../../languages/packer/evaluate/regex.ts';

const texts = (pattern: string, text: string): string[] | undefined =>
  matchesOf(pattern, text, 'all')?.matches.map(({ start, end }) => [...text].slice(start, end).join(''));

describe('matches', () => {
  test.each([
    ['^ami-', 'ami-1', ['ami-']],
    ['^ami-', 'x-ami-1', []],
    ['^[a-z0-9-]{3,5}$', 'ab-1', ['ab-1']],
    ['^[a-z0-9-]{3,5}$', 'ab-1-2', []],
    ['(?i)^WEB$', 'web', ['web']],
    ['(?i:w)eb', 'Web WEB', ['Web']],
    ['a|ab', 'ab', ['a']],
    ['(?:a|ab)(?:c|bcd)', 'abcd', ['abcd']],
    ['a+?', 'aaa', ['a', 'a', 'a']],
    ['x*', 'axb', ['', 'x', '']],
    ['\\bweb\\b', 'web-1 webs', ['web']],
    ['[[:alpha:]_]+', 'a_b 1', ['a_b']],
    ['[[:^digit:]]', '1a', ['a']],
    ['[^\\d]', '1a', ['a']],
    ['[]a]+', 'a]', ['a]']],
    ['[a-]+', 'a-', ['a-']],
    ['(?s).', '\n', ['\n']],
    ['.', '\n', []],
    ['(?m)^b$', 'a\nb\nc', ['b']],
    ['b$', 'b\n', []],
    ['\\.\\x2e\\x{2E}', '...', ['...']],
    ['é+', 'éé', ['éé']],
    ['a{', 'a{', ['a{']],
    ['(?P<n>a)(b)?', 'a', undefined],
    ['(?P<n>a)', 'a', ['a']],
    ['', 'ab', ['', '', '']],
  ])('%s in %j', (pattern, text, found) => expect(texts(pattern, text)).toEqual(found));

  test.each([
    '(?=a)',
    '(?!a)',
    '(?<=a)b',
    '(a)\\1',
    'a**',
    'a{2}{3}',
    '{2}',
    '*a',
    '(a',
    'a)',
    '[a',
    '[b-a]',
    '\\y',
    '\\',
    'a{1001}',
    '(?:a{1000}){1000}',
    '\\pL',
    '(?i)é',
  ])('%s is not read', pattern => expect(matchesOf(pattern, 'a', 1)).toBeUndefined());

  test('no expression takes long', () => {
    const started = performance.now();
    expect(texts('^(a+)+$', `${'a'.repeat(5_000)}b`)).toEqual([]);
    matchesOf('(a|a?|.*)*b', 'a'.repeat(50_000), 'all');
    matchesOf('(?:(?:a{10}){10}){10}', 'a'.repeat(100_000), 'all');
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '\\b', '^', '$', '(?:a|b)', '(?:a|)', '1');
const pattern = fc
  .array(fc.tuple(atom, fc.constantFrom('', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,}')), {
    maxLength: 5,
  })
  .map(pieces => pieces.map(([one, count]) => (/^(?:\\b|\^|\$)$/.test(one) ? one : one + count)).join(''));
const alternatives = fc.array(pattern, { minLength: 1, maxLength: 3 }).map(all => all.join('|'));

test('what both engines find is the same', () =>
  fc.assert(
    fc.property(alternatives, fc.stringMatching(/^[ab1 ]{0,12}$/), (expression, text) => {
      const wanted = new RegExp(expression).exec(text)?.[0];
      const found = matchesOf(expression, text, 1);
      expect(found?.matches.map(({ start, end }) => text.slice(start, end))[0]).toEqual(wanted);
    }),
    { numRuns: 2_000 },
  ));
