import { expect, test } from 'vitest';
import { nearest } from '../../core/nearest.ts';

test.each([
  // One slip in three characters.
  ['inlin', 'inline'],
  ['Inlnie', 'inline'],
  ['abd', 'abc'],
  ['acb', 'abc'],
  ['cba', undefined],
  ['inlxyz', undefined],
  ['ab', 'abc'],
  ['execute_comand', 'execute_command'],
  ['exekute_kommandt', 'execute_command'],
  ['exekutte_kommandt', undefined],
  ['zzz', undefined],
])('%s', (word, meant) => {
  expect(nearest(word, ['inline', 'execute_command', 'abc'])).toBe(meant);
});

test('of two that are near the nearer one is meant, and a long word nothing', () => {
  expect(nearest('skripts', ['script', 'scripts'])).toBe('scripts');
  expect(nearest('a'.repeat(65), ['a'.repeat(65)])).toBeUndefined();
});
