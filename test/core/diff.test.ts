import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stepsBetween } from '../../core/diff.ts';

const items = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

/** The length of a longest common subsequence, the slow way. */
function common(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
  return table[0]![0]!;
}

it('leads from the first list to the second, and keeps as much as can be kept', () => {
  fc.assert(
    fc.property(items, items, (before, after) => {
      const steps = stepsBetween(before, after);
      const of = (sign: string) => steps.filter(step => step.sign === ' ' || step.sign === sign);
      expect(of('-').map(({ at }) => at)).toEqual(before.map((_, i) => i));
      expect(of('+').map(({ sign, at }) => (sign === '+' ? after : before)[at])).toEqual(after);
      expect(steps.filter(step => step.sign === ' ')).toHaveLength(common(before, after));
    }),
    { numRuns: 3000 },
  );
});

it('does not look for pairs where nearly everything differs', () => {
  const list = (sign: string) => ['same', ...Array.from({ length: 5_000 }, (_, i) => `${sign}${i}`), 'end'];
  const steps = stepsBetween(list('a'), list('b'));
  expect(steps.map(({ sign }) => sign).join('')).toBe(` ${'-'.repeat(5_000)}${'+'.repeat(5_000)} `);
});
