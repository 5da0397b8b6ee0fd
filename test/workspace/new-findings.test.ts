import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../core/finding.ts';
import { newFindings } from '../../workspace/new-findings.ts';

/** A text with a finding at every `!`. */
const linted = (text: string) => ({
  text,
  diagnostics: [...text.matchAll(/!/g)].map(
    ({ index }) => ({ rule: 'r', message: 'm', span: { start: index, end: index + 1 } }) as unknown as Diagnostic,
  ),
});
const found = (before: string, now: string): number[] =>
  [...newFindings(linted(now), linted(before))].map(({ span }) => now.slice(0, span.start).split('\n').length);

describe('new findings', () => {
  it.each([
    ['a!\nb', 'a!\nb', []],
    ['a!\nb', 'x\n\n  a!\nb', []],
    ['a!\nb', 'a!\nb!', [2]],
    ['a!', 'a !', [1]],
    ['a!\na!', 'a!\na!\na!', [3]],
    ['a!!', 'a!!!', [1, 1, 1]],
    ['', 'a!', [1]],
  ])('from %j to %j: lines %j', (before, now, lines) => expect(found(before, now)).toEqual(lines));
});
