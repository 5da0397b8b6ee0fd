import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Diagnostic, FixSafety } from '../../core/finding.ts';
import { fixAll } from '../../core/fixer.ts';

function diagnostic(edits: readonly [number, number, string][], safety: FixSafety = 'safe'): Diagnostic {
  return {
    rule: 'r',
    severity: 'warning',
    message: 'm',
    help: undefined,
    span: { start: edits[0]![0], end: edits[0]![1] },
    related: [],
    url: '',
    fixes: [{ title: 't', safety, edits: edits.map(([start, end, newText]) => ({ span: { start, end }, newText })) }],
  };
}

/** One round: nothing is found in the text that the fixes give. */
function applyFixes(text: string, diagnostics: readonly Diagnostic[], allowed: readonly FixSafety[]): string {
  let round = 0;
  return fixAll(text, () => (round++ === 0 ? diagnostics : []), allowed);
}

test('applies fixes that stand apart and leaves the later of two that touch', () => {
  expect(applyFixes('abcdef', [diagnostic([[0, 1, 'A']]), diagnostic([[3, 4, 'D']])], ['safe'])).toBe('AbcDef');
  expect(applyFixes('abcdef', [diagnostic([[0, 2, 'X']]), diagnostic([[1, 3, 'Y']])], ['safe'])).toBe('Xcdef');
  expect(applyFixes('abc', [diagnostic([[1, 1, 'X']]), diagnostic([[1, 1, 'Y']])], ['safe'])).toBe('aXbc');
});

test('applies a fix whole or not at all', () => {
  const both = diagnostic([
    [4, 5, 'E'],
    [1, 2, 'B'],
  ]);
  expect(applyFixes('abcdef', [diagnostic([[0, 2, 'X']]), both], ['safe'])).toBe('Xcdef');
  expect(applyFixes('abcdef', [both], ['safe'])).toBe('aBcdEf');
});

test('leaves a fix whose own edits touch each other, and one that changes another file', () => {
  const twice = diagnostic([
    [0, 2, 'X'],
    [1, 3, 'Y'],
  ]);
  expect(applyFixes('abcdef', [twice, diagnostic([[4, 5, 'E']])], ['safe'])).toBe('abcdEf');
  const one = diagnostic([[0, 1, 'X']]);
  const elsewhere = {
    ...one,
    fixes: one.fixes.map(fix => ({
      ...fix,
      edits: fix.edits.map(edit => ({ ...edit, span: { ...edit.span, file: '/other' } })),
    })),
  };
  expect(applyFixes('abc', [elsewhere], ['safe'])).toBe('abc');
});

test('applies only what is allowed', () => {
  const suggested = diagnostic([[0, 1, 'X']], 'suggested');
  expect(applyFixes('abc', [suggested], ['safe'])).toBe('abc');
  expect(applyFixes('abc', [suggested], ['safe', 'suggested'])).toBe('Xbc');
});

test('never applies two edits to one place', () => {
  const edits = fc.array(fc.tuple(fc.nat(20), fc.nat(3)), { maxLength: 30 });
  fc.assert(
    fc.property(edits, places => {
      const text = 'abcdefghijklmnopqrstuvwx';
      // Every fix removes its range; what is left is the text without the union of the chosen ranges, each character in order.
      const out = applyFixes(
        text,
        places.map(([start, length]) => diagnostic([[start, start + length, '']])),
        ['safe'],
      );
      expect([...out].every((character, i) => i === 0 || out[i - 1]! < character)).toBe(true);
    }),
  );
});

test('repeats until nothing changes, and stops when fixes feed each other', () => {
  const shrink = (text: string): Diagnostic[] => (text.length > 3 ? [diagnostic([[0, 1, '']])] : []);
  expect(fixAll('abcdef', shrink, ['safe'])).toBe('def');
  const grow = (text: string): Diagnostic[] => [diagnostic([[text.length, text.length, 'x']])];
  expect(fixAll('', grow, ['safe'])).toBe('xxxxxxxxxx');
});
