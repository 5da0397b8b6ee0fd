import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repairedJsonForm } from '../../languages/dockerfile/json-repair.ts';

/** Words that need no escape in any quotes. */
const plain = fc.string({ unit: fc.constantFrom(...'abz09 -=,[]{}$#'), maxLength: 8 });
const blank = fc.constantFrom('', ' ', '\t ');

describe('what was meant as JSON', () => {
  test('a list of words is read whatever quotes stand around each', () => {
    const quotes = fc.constantFrom(["'", "'"], ['“', '”'], ['"', '"'], ['‘', '’']);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(plain, quotes, blank), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (words, more) => {
          const inner = words.map(([word, [open, close], space]) => `${space}${open}${word}${close}${space}`).join(',');
          const text = `[${inner}${more ? ',' : ''}]`;
          const repaired = repairedJsonForm(text);
          if (!more && words.every(([, [open]]) => open === '"')) expect(repaired).toBeUndefined();
          else {
            expect(repaired?.words).toEqual(words.map(([word]) => word));
            expect(JSON.parse(repaired!.json)).toEqual(repaired!.words);
            expect(repaired!.sure).toBe('certain');
          }
        },
      ),
    );
  });

  test('what is JSON already needs no repair, and any text is taken', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), words => {
        expect(repairedJsonForm(JSON.stringify(words))).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'[]"\',\\ ab“”') }), text => {
        const repaired = repairedJsonForm(`[${text}`);
        if (repaired) expect(JSON.parse(repaired.json)).toEqual(repaired.words);
      }),
    );
  });

  test.each([
    ['["a", "b"', ['a', 'b'], 'likely'],
    ['[npm, start]', ['npm', 'start'], 'likely'],
    [String.raw`["c:\dir\x.exe"]`, [String.raw`c:\dir\x.exe`], 'likely'],
    [String.raw`['it\'s']`, ["it's"], 'likely'],
    ['["a",,"b"]', ['a', 'b'], 'certain'],
  ])('%s', (text, words, sure) => {
    expect(repairedJsonForm(text)).toMatchObject({ words, sure });
  });

  test.each(['["a" "b"]', '["a"] && b', '[]', '[ -f x ]', '[a "b"]', "['a", 'a, b', String.raw`['a\n']`])(
    'not %s',
    text => {
      expect(repairedJsonForm(text)).toBeUndefined();
    },
  );
});
