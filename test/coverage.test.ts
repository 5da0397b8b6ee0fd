import { expect, test } from 'vitest';
import { PACKER_CHECKS } from '../dev/coverage/packer.ts';
import { unanswered } from '../dev/coverage/page.ts';
import { rules } from '../rules/index.ts';

test('every concern of the other linters has a rule or a reason', () => {
  expect(unanswered(rules).map(({ concern }) => concern)).toEqual([]);
});

test('every check of Packer has rules that exist, or a reason', () => {
  const ids = new Set(rules.map(({ id }) => id));
  for (const { check, rules: own, why } of PACKER_CHECKS) {
    expect(own.length > 0 || why !== undefined, check).toBe(true);
    expect(
      own.filter(id => !ids.has(id)),
      check,
    ).toEqual([]);
  }
});
