/** Messages are short, say what to do, and use the words of the field: what holds so far, and never less. */
import { beforeAll, describe, expect, test } from 'vitest';
import { engineOf } from '../dev/engine.ts';
import { type Measure, measure, messagesShown, type Shown } from '../dev/messages/measure.ts';
import { markersIn } from '../dev/messages/phrases.ts';
import { rules } from '../rules/index.ts';

/**
 * What holds now (`npm run dev -- messages` prints it). Tighten a limit when the messages have become better, never
 * loosen one. The aim: a median of 60, a 90th percentile of 90, and nothing for the rest.
 */
const LIMITS = {
  median: 47,
  ninetieth: 63,
  longest: 107,
  longHelp: 0,
  /** Rules with a finding that has neither help nor a fix. */
  helplessRules: 3,
  /** Messages, with their help, titles and related messages, in which a phrase of `dev/messages/phrases.ts` appears. */
  marked: 4,
  markedSummaries: 1,
};

let shown: readonly Shown[];
let totals: Measure;
beforeAll(async () => {
  shown = messagesShown(engineOf(rules), rules);
  totals = measure(shown, rules);
});

test('every rule is measured', () => {
  expect(new Set(shown.map(({ rule }) => rule))).toEqual(new Set(rules.map(({ id }) => id)));
});

describe('messages', () => {
  test('are short', () => {
    expect(totals.median).toBeLessThanOrEqual(LIMITS.median);
    expect(totals.ninetieth).toBeLessThanOrEqual(LIMITS.ninetieth);
    expect(totals.longest).toBeLessThanOrEqual(LIMITS.longest);
  });

  test('come with what to do', () => {
    expect(totals.helpless.length, totals.helpless.join(', ')).toBeLessThanOrEqual(LIMITS.helplessRules);
    expect(totals.longHelp).toBeLessThanOrEqual(LIMITS.longHelp);
  });

  test('use the words of the field', () => {
    const marked = shown.filter(({ markers }) => markers.length > 0).map(({ rule, markers }) => `${rule}: ${markers}`);
    expect(totals.marked, marked.join('\n')).toBeLessThanOrEqual(LIMITS.marked);
    expect(totals.markedSummaries).toBeLessThanOrEqual(LIMITS.markedSummaries);
  });
});

test.each([
  ['`node:latest` is whatever was pushed last.', ['whatever', 'full stop']],
  ['This is no name of an image, and the builder refuses it', ['is no', 'refuses']],
  ['This stands here a second time', ['stands']],
  ['`whatever.` stays behind the colon', ['behind']],
  ['`node:latest` is a moving tag', []],
  ['`cat` is no longer needed before a blank line', []],
])('%s', (message, markers) => {
  expect(markersIn(message)).toEqual(markers);
});
