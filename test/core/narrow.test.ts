import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../core/fixer.ts';
import { narrowed } from '../../core/narrow.ts';

const text = fc
  .array(fc.constantFrom('a', 'bc', 'secret', ' ', '\n', '\r\n', '[', ']', '"', ',', '😀', '\ud83d', 'é'), {
    maxLength: 30,
  })
  .map(parts => parts.join(''));

describe('a narrowed edit', () => {
  it('does what the edit does, in order and without touching itself', () => {
    fc.assert(
      fc.property(text, text, fc.nat(60), fc.nat(60), (document, newText, a, b) => {
        const [start, end] = [a, b].map(at => Math.min(at, document.length)).sort((x, y) => x - y) as [number, number];
        const edit = { span: { start, end }, newText };
        const edits = narrowed(document, edit);
        expect(applyEdits(document, edits)).toBe(applyEdits(document, [edit]));
        for (const [i, { span }] of edits.entries()) {
          expect(span.start).toBeGreaterThanOrEqual(start);
          expect(span.end).toBeLessThanOrEqual(end);
          if (i > 0) expect(span.start).toBeGreaterThan(edits[i - 1]!.span.end);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves out what stays', () => {
    const document = 'RUN [ "x", "value"';
    const edits = narrowed(document, { span: { start: 4, end: document.length }, newText: '["x", "value"]' });
    expect(edits).toEqual([
      { span: { start: 5, end: 6 }, newText: '' },
      { span: { start: 18, end: 18 }, newText: ']' },
    ]);
    expect(narrowed(document, { span: { start: 0, end: 3 }, newText: 'RUN' })).toEqual([]);
  });
});
