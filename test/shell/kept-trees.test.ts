import { expect, test } from 'vitest';
import { Kept } from '../../shell/kept-trees.ts';

const counted = (): { kept: Kept<string>; computed: () => number } => {
  let times = 0;
  const kept = new Kept<string>(1_000, 10_000, key => {
    times++;
    return key.toUpperCase();
  });
  return { kept, computed: () => times };
};
const texts = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, i) => `text ${from + i} `.padEnd(80, 'x'));

test('what fits is computed once', () => {
  const { kept, computed } = counted();
  for (let round = 0; round < 5; round++) for (const text of texts(10)) expect(kept.get(text)).toBe(text.toUpperCase());
  expect(computed()).toBe(10);
});

test('what comes once takes no room for long', () => {
  const { kept, computed } = counted();
  for (const text of texts(500)) kept.get(text);
  const before = computed();
  for (const text of texts(500).slice(0, 450)) kept.get(text);
  expect(computed() - before).toBeGreaterThan(400);
});

test('where more comes again and again, more is kept', () => {
  const { kept, computed } = counted();
  for (let round = 0; round < 4; round++) for (const text of texts(60)) kept.get(text);
  const before = computed();
  for (let round = 0; round < 10; round++) for (const text of texts(60)) kept.get(text);
  expect(computed()).toBe(before);
});
