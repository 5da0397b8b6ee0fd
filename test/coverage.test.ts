import { expect, test } from 'vitest';
import { unanswered } from '../dev/coverage/page.ts';
import { rules } from '../rules/index.ts';

test('every concern of the other linters has a rule or a reason', () => {
  expect(unanswered(rules).map(({ concern }) => concern)).toEqual([]);
});
