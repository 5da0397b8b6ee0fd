import { expect, test } from 'vitest';
import { memo, memoOfTwo } from '../../core/memo.ts';

test('an answer is computed once for each object, `undefined` too', () => {
  const asked: string[] = [];
  const length = memo(({ name }: { readonly name: string }) => {
    asked.push(name);
    return name === '' ? undefined : name.length;
  });
  const [one, empty] = [{ name: 'one' }, { name: '' }];
  expect([length(one), length(empty), length(one), length(empty)]).toEqual([3, undefined, 3, undefined]);
  expect(asked).toEqual(['one', '']);
});

test('an object keeps the answers of many functions', () => {
  const many = Array.from({ length: 50 }, (_, i) => memo((_: object) => i));
  const key = {};
  for (let round = 0; round < 2; round++) expect(many.map(one => one(key))).toEqual(many.map((_, i) => i));
});

test('a copy of an object has no answers, and nothing of them is seen', () => {
  const name = memo((one: { readonly name: string }) => one.name);
  const first = { name: 'first' };
  name(first);
  expect(name({ ...first, name: 'second' })).toBe('second');
  expect(first).toStrictEqual({ name: 'first' });
  expect(JSON.stringify(first)).toBe('{"name":"first"}');
});

test('a function that asks for itself on the way has one answer', () => {
  const made = memo((key: { depth: number }): object => {
    if (key.depth++ === 0) made(key);
    return {};
  });
  const key = { depth: 0 };
  expect(made(key)).toBe(made(key));
});

test('an answer about two objects is kept for each pair', () => {
  let calls = 0;
  const sum = memoOfTwo(({ a }: { a: number }, { b }: { b: number }) => {
    calls++;
    return a + b;
  });
  const [one, two, ten] = [{ a: 1 }, { a: 2 }, { b: 10 }];
  expect([sum(one, ten), sum(two, ten), sum(one, ten), sum(one, { b: 10 })]).toEqual([11, 12, 11, 11]);
  expect(calls).toBe(3);
});
