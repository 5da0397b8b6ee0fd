import { expect, test } from 'vitest';
import { CANDIDATES } from '../../dev/coverage/candidates.ts';
import { KINDS } from '../../dev/coverage/cloud-init.ts';
import { ruleDirectories } from '../../dev/engine.ts';

test('every concern has rules that exist, or a reason, and comes once', () => {
  const known = new Set(ruleDirectories().map(({ id }) => id));
  for (const { id, rules, why } of CANDIDATES) {
    expect(
      rules.filter(rule => !known.has(rule)),
      id,
    ).toEqual([]);
    expect(rules.length > 0, id).toBe(why === undefined);
  }
  expect(new Set(CANDIDATES.map(({ id }) => id)).size).toBe(CANDIDATES.length);
});

test('every kind has rules that exist, or a reason', () => {
  const known = new Set(ruleDirectories().map(({ id }) => id));
  for (const { kind, rules, why } of Object.values(KINDS).flat()) {
    expect(
      rules.filter(rule => !known.has(rule)),
      kind,
    ).toEqual([]);
    expect(rules.length > 0, kind).toBe(why === undefined);
  }
});
