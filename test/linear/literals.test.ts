import { expect, test } from 'vitest';
import { notLinear } from './linear.ts';
import { LAYERS, literalsOf, SIGNED } from './literals.ts';

/** A quarter of an hour: with LINEAR=full every repetition is unrolled. */
const TIMEOUT = 15 * 60_000;

test('every regular expression of the engine and the programs is linear', { timeout: TIMEOUT }, () => {
  const literals = literalsOf(...LAYERS.filter(layer => layer !== 'rules'));
  expect(literals.length).toBeGreaterThan(300);
  expect(notLinear(literals, SIGNED)).toEqual([]);
});

test('every signature is for a pattern that is there', () => {
  const labels = new Set(literalsOf(...LAYERS).map(({ label }) => label));
  expect(Object.keys(SIGNED).filter(label => !labels.has(label))).toEqual([]);
});
