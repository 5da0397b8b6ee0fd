import { describe, expect, test } from 'vitest';
import { table } from '../../dev/secrets/table.ts';
import { judge } from '../../facts/secrets/judge.ts';

const rows = table();

/** The share of rows of each group with the right verdict that must not be fallen short of. */
const FLOORS: Readonly<Record<string, number>> = {
  format: 1,
  opaque: 0.99,
  default: 1,
  url: 1,
  'weak url': 1,
  weak: 1,
  hash: 1,
  placeholder: 1,
  declared: 1,
  'harmless name': 1,
  'harmless value': 1,
  trap: 1,
};

const share = (part: number, all: number) => (all === 0 ? 1 : part / all);

describe('the labelled table', () => {
  test('has 2,000 rows and is the same twice', () => {
    expect(rows.length).toBeGreaterThanOrEqual(2000);
    // Compared as booleans: a failing comparison of rows would print them.
    expect(JSON.stringify(table()) === JSON.stringify(rows)).toBe(true);
    expect(JSON.stringify(table(2)) === JSON.stringify(rows)).toBe(false);
  });

  test.each(Object.entries(FLOORS))('%s rows get the right verdict', (group, floor) => {
    const mine = rows.filter(row => row.group === group);
    const right = mine.filter(row => judge(row)?.kind === row.expected);
    expect(mine.length).toBeGreaterThan(0);
    expect(share(right.length, mine.length)).toBeGreaterThanOrEqual(floor);
  });

  test('every group has a floor', () => {
    expect([...new Set(rows.map(row => row.group))].filter(group => FLOORS[group] === undefined)).toEqual([]);
  });

  test.each(['secret', 'weak-credential', 'password-hash', 'placeholder', 'declared'] as const)(
    '%s: recall and precision',
    kind => {
      const wanted = rows.filter(row => row.expected === kind);
      const given = rows.filter(row => judge(row)?.kind === kind);
      const both = given.filter(row => row.expected === kind).length;
      expect(share(both, wanted.length)).toBeGreaterThanOrEqual(0.995);
      expect(share(both, given.length)).toBeGreaterThanOrEqual(0.995);
    },
  );
});
