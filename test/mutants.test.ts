/** The mutation run reads and switches guards rightly: otherwise its score says nothing. */
import { transformSync } from 'esbuild';
import { expect, test } from 'vitest';
import { switched, UNCACHED_MEMO } from '../dev/mutants/bundle.ts';
import { findMutants, type Mutant } from '../dev/mutants/find.ts';

const found = findMutants(file => file === 'core/path.ts' || file === 'rules/shared/latest-tag/rule.ts');

test('guards are found at their place, in the wanted files alone', () => {
  expect(new Set(found.map(({ file }) => file))).toEqual(new Set(['core/path.ts', 'rules/shared/latest-tag/rule.ts']));
  expect(found.length).toBeGreaterThan(8);
  for (const { original, mutated } of found) expect(mutated).not.toBe(original);
});

test('a source with all of its mutants in it is still a source', async () => {
  const { readFileSync } = await import('node:fs');
  for (const file of new Set(found.map(mutant => mutant.file))) {
    const here = found.map((mutant, number) => ({ ...mutant, number })).filter(mutant => mutant.file === file);
    expect(() => transformSync(switched(readFileSync(file, 'utf8'), here), { loader: 'ts' })).not.toThrow();
  }
});

test('one switch turns one mutant on, also where expressions stand in each other', () => {
  const text = 'return a > 1 && b;';
  const common: Omit<Mutant, 'start' | 'end' | 'original' | 'mutated'> = { kind: 'negated', file: '', line: 1 };
  const at = (original: string, mutated: string, number: number) => {
    const start = text.indexOf(original);
    return { ...common, original, mutated, number, start, end: start + original.length };
  };
  const mutants = [at('a > 1', 'a >= 1', 0), at('a > 1 && b', 'a > 1', 1), at('a > 1 && b', '!(a > 1 && b)', 2)];
  const run = new Function('a', 'b', switched(text, mutants)) as (a: number, b: boolean) => boolean;
  const results = [-1, 0, 1, 2].map(active => {
    Object.assign(globalThis, { __bakelintIsMutant: (number: number) => number === active });
    return [run(1, true), run(2, false)];
  });
  expect(results).toEqual([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ]);
});

test('what takes the place of the memos has all that they export', async () => {
  const { code } = transformSync(UNCACHED_MEMO, { format: 'esm' });
  const names = Object.keys(await import(`data:text/javascript,${encodeURIComponent(code)}`));
  expect(names.toSorted()).toEqual(Object.keys(await import('../core/memo.ts')).toSorted());
});
