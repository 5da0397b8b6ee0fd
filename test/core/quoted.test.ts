import { expect, test } from 'vitest';
import { eitherOf, quoted } from '../../core/quoted.ts';
import { UNRESOLVED } from '../../core/text.ts';

test.each([
  ['app.tar.gz', '`app.tar.gz`'],
  ['x'.repeat(40), `\`${'x'.repeat(40)}\``],
  ['registry.example.com/platform/team/tools:2.1', '`…/platform/team/tools:2.1`'],
  [`https://example.com/${'x'.repeat(30)}`, `\`https://examp…${'x'.repeat(26)}\``],
  ['x/'.repeat(30), `\`…${'/x'.repeat(19)}/\``],
  [`app-${UNRESOLVED}.jar`, '`app-….jar`'],
  ['a\nb `c`', "`a b 'c'`"],
])('%j', (text, shown) => {
  expect(quoted(text)).toBe(shown);
});

test('what is shown is never longer than asked for', () => {
  for (const longest of [8, 20, 40]) expect(quoted('y'.repeat(500), longest)).toHaveLength(longest + 2);
});

test.each([
  [[], ''],
  [['a'], '`a`'],
  [['a', 'b'], '`a` or `b`'],
  [['a', 'b', 'c'], '`a`, `b` or `c`'],
])('%j', (values, shown) => {
  expect(eitherOf(values)).toBe(shown);
});
