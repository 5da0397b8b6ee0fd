import { expect, test } from 'vitest';
import { saysSame } from '../../core/repeated-help.ts';

test.each([
  ['Write `udp`', 'Change it to `udp`', true],
  ['Did you mean `packages`?', 'Rename it to `packages`', true],
  ["Write a string: `'0755'`", "Write `'0755'`", true],
  ['Remove `sudo`', 'Remove `sudo`', true],
  ['Use `python:3.13` here too', 'Use `python:3.13`', false],
  ['Set it to `true`, and use SSH keys', 'Set it to `true`', false],
  ['Remove `sudo`', 'Add `sudo`', false],
  ['Use `tcp`, `udp` or `sctp`', 'Change it to `udp`', false],
])('help %j and fix %j', (help, title, same) => {
  expect(saysSame(help, title)).toBe(same);
});
