import { expect, test } from 'vitest';
import type { FixSafety } from '../../core/finding.ts';
import { fixAll } from '../../core/fixer.ts';
import { lintAll, type Seed, seeds } from './documents.ts';

const fixedBy = (seed: Seed, allowed: readonly FixSafety[]): string =>
  fixAll(seed.text, text => lintAll(text, seed).diagnostics, allowed);
const brokenIn = (text: string, seed: Seed): number =>
  lintAll(text, seed).diagnostics.filter(({ rule }) => rule === 'syntax-error').length;

test.each([[['safe']], [['safe', 'suggested']]] as [FixSafety[]][])(
  '%s fixes of all rules together come to rest and break nothing',
  allowed => {
    for (const seed of seeds) {
      const fixed = fixedBy(seed, allowed);
      expect(brokenIn(fixed, seed), seed.name).toBeLessThanOrEqual(brokenIn(seed.text, seed));
      expect(fixedBy({ ...seed, text: fixed }, allowed), `${seed.name} changes again`).toBe(fixed);
    }
  },
);

test('a safe fix answers its finding and brings no other of its severity', () => {
  for (const seed of seeds) {
    const before = lintAll(seed.text, seed).diagnostics;
    const fixed = fixedBy(seed, ['safe']);
    if (fixed === seed.text) continue;
    const after = lintAll(fixed, seed).diagnostics;
    expect(
      after.filter(({ fixes }) => fixes.some(fix => fix.safety === 'safe')).map(({ rule }) => rule),
      seed.name,
    ).toEqual([]);
    const errors = (found: typeof before): number => found.filter(({ severity }) => severity === 'error').length;
    expect(errors(after), seed.name).toBeLessThanOrEqual(errors(before));
  }
});
