import { expect, test } from 'vitest';
import { notLinear } from './linear.ts';
import { literalsOf, SIGNED } from './literals.ts';

/** A quarter of an hour: with LINEAR=full every repetition is unrolled. */
const TIMEOUT = 15 * 60_000;

test('every regular expression of the rules is linear', { timeout: TIMEOUT }, () => {
  const literals = literalsOf('rules');
  expect(literals.length).toBeGreaterThan(300);
  expect(notLinear(literals, SIGNED)).toEqual([]);
});
