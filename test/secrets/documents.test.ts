import { beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../core/linter.ts';
import { engineOf } from '../../dev/engine.ts';
import { opaque, PLANTS } from '../../dev/secrets/documents.ts';
import { isFound, measure, type Tally } from '../../dev/secrets/measure.ts';
import { seeded } from '../../dev/secrets/random.ts';
import { rules } from '../../rules/index.ts';

let engine: Engine;
let tallies: readonly Tally[];
beforeAll(async () => {
  engine = engineOf(rules);
  tallies = measure(engine, 3, 11);
});

describe('generated build files', () => {
  const random = seeded(5);
  // Named by what is around the secret, never by the secret.
  const places = PLANTS.map(
    plant => [`${plant.language} ${plant.text.slice(plant.text.indexOf('\n') + 1)}`, plant] as const,
  );

  test.each(places)('a secret is found in %s', (_, plant) => {
    expect(isFound(engine, plant, opaque(random))).toBe(true);
  });

  test('there are a thousand of them', () => {
    expect(tallies.reduce((sum, { all }) => sum + all, 0)).toBeGreaterThan(1000);
  });

  test('tokens of every format are found, and nothing is found in what only looks like it', () => {
    expect(tallies.filter(({ right, all }) => right < all).map(({ group }) => group)).toEqual([]);
  });
});
