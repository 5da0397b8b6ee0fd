/** What fixes promise, over every document of every page, as it is written and as it might have been. */
import { expect, test } from 'vitest';
import type { FixSafety } from '../../core/finding.ts';
import { fixAll } from '../../core/fixer.ts';
import { faultsOf, faultsTogether } from '../../dev/fixes/prove.ts';
import { lintAll, type Seed, seeds } from './documents.ts';
import { variantsOf } from './variants.ts';

/** Each document as it is, and one of its variants: the next document of the same kind gets the next one. */
const documents: readonly Seed[] = seeds.flatMap((seed, i) => {
  const [written, ...others] = variantsOf(seed);
  const other = others[i % others.length];
  return [written!, ...(other ? [other] : [])].map(({ name, text }) => ({
    ...seed,
    name: `${seed.name}, ${name}`,
    text,
  }));
});

const linter =
  (seed: Seed) =>
  (text: string): ReturnType<typeof lintAll> =>
    lintAll(text, seed);
const fixedBy = (seed: Seed, allowed: readonly FixSafety[]): string =>
  fixAll(seed.text, text => lintAll(text, seed).diagnostics, allowed);

test('a fix alone: a safe one changes nothing that the file says, and none brings a finding or a line break', () => {
  const faults = documents.flatMap(seed =>
    faultsOf(seed.text, linter(seed)).map(
      ({ rule, safety, title, what }) => `${rule}: ${what} by the ${safety} fix "${title}" in ${seed.name}`,
    ),
  );
  expect(faults).toEqual([]);
});

test('all fixes together come to rest and bring no finding', () => {
  const faults = seeds.flatMap(seed =>
    faultsTogether(seed.text, linter(seed)).map(({ safety, what }) => `${what} by all ${safety} fixes in ${seed.name}`),
  );
  expect(faults).toEqual([]);
});

test('a safe fix answers its finding', () => {
  for (const seed of seeds) {
    const fixed = fixedBy(seed, ['safe']);
    if (fixed === seed.text) continue;
    const left = lintAll(fixed, seed).diagnostics.filter(({ fixes }) => fixes.some(fix => fix.safety === 'safe'));
    expect(
      left.map(({ rule }) => rule),
      seed.name,
    ).toEqual([]);
  }
});

test('there are variants of every kind', () => {
  const names = new Set(documents.map(({ name }) => name.replace(/^.*, /, '')));
  expect(names).toEqual(new Set(['as written', 'CRLF', 'BOM', 'escape', 'continued', 'heredoc']));
});
