import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prefixIndex } from '../../facts/secrets/prefix-index.ts';

const piece = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '-', 'é'), maxLength: 60 });
const literal = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 1, maxLength: 4 });

test('finds what a search for each literal finds, in the order of their ends', () => {
  fc.assert(
    fc.property(fc.uniqueArray(literal, { minLength: 1, maxLength: 8 }), piece, (literals, text) => {
      const found: string[] = [];
      const ends: number[] = [];
      prefixIndex(literals)(text, (number, start) => {
        found.push(`${number} ${start}`);
        ends.push(start + literals[number]!.length);
      });
      const plain = text.replaceAll('A', 'a');
      const expected = literals.flatMap((wanted, number) =>
        Array.from({ length: text.length }, (_, start) => start)
          .filter(start => plain.startsWith(wanted, start))
          .map(start => `${number} ${start}`),
      );
      expect([...found].sort()).toEqual(expected.sort());
      expect(ends).toEqual([...ends].sort((a, b) => a - b));
    }),
  );
});
