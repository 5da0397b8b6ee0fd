import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { engineOf } from '../../dev/engine.ts';
import { RULE_GROUPS } from '../../dev/rules-index.mjs';
import { findingLines, SNAPSHOTS, snapshots } from '../../dev/snapshot.ts';
import { rules } from '../../rules/index.ts';

const found = snapshots(await engineOf(rules));

/** The findings of a snapshot, each under the name of its document: `latest-tag 3 bad: 1:6-1:7 warning latest-tag`. */
const entries = (text: string): string[] =>
  text
    .trimEnd()
    .split(/\n(?=\S)/)
    .flatMap(entry => {
      const [document, ...findings] = entry.split('\n');
      return findings.length === 0 ? [document!] : findings.map(line => `${document}: ${line.trim()}`);
    });

/** What one side has and the other has not: `- ` recorded, `+ ` found. */
function difference(recorded: string, now: string): string[] {
  const [before, after] = [new Set(entries(recorded)), new Set(entries(now))];
  return [
    ...[...before].filter(entry => !after.has(entry)).map(entry => `- ${entry}`),
    ...[...after].filter(entry => !before.has(entry)).map(entry => `+ ${entry}`),
  ].toSorted((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
}

test('every group has a snapshot, and there is no other', () => {
  expect([...found.keys()].toSorted()).toEqual(RULE_GROUPS);
  expect(readdirSync(SNAPSHOTS).toSorted()).toEqual(RULE_GROUPS.map(group => `${group}.txt`));
});

test.each(RULE_GROUPS)('the findings in the examples of %s are the recorded ones', group => {
  const recorded = readFileSync(`${SNAPSHOTS}/${group}.txt`, 'utf8');
  const message = 'If the change is meant, run `npm run dev -- snapshot` and read the difference';
  expect(difference(recorded, found.get(group)!), message).toEqual([]);
  expect(found.get(group), message).toBe(recorded);
});

test('a finding is a line with its place, severity and rule', () => {
  const common = { message: '', help: undefined, related: [], fixes: [], url: '' };
  const lines = findingLines('FROM a\nRUN b\n', [
    { ...common, rule: 'two', severity: 'info', span: { start: 7, end: 12 } },
    { ...common, rule: 'one', severity: 'error', span: { start: 0, end: 8 } },
    { ...common, rule: 'later', severity: 'hint', span: { start: 13, end: 13 } },
  ]);
  expect(lines).toEqual(['1:1-2:2 error one', '2:1-2:6 info two', '3:1-3:1 hint later']);
});
