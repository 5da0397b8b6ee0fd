import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic, FixSafety, Severity } from '../../core/finding.ts';
import { fixAll, fixAllEdits, newFindings } from '../../core/fixer.ts';

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

test('ends where fixes that undo each other began to, so that a second run changes nothing', () => {
  const OTHERS: Readonly<Record<string, string>> = { start: 'one', one: 'three', three: 'five', five: 'one' };
  const look = (text: string) => [diagnostic([[1, text.length - 1, OTHERS[text.slice(1, -1)]!]])];
  expect(fixAll('(start)', look, ['safe'])).toBe('(one)');
  expect(fixAllEdits('(one)', look, ['safe'])).toEqual([]);
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

describe('a fix after which something new is found', () => {
  const found = (rule: string, edit: [number, number, string] | undefined, severity: Severity): Diagnostic => ({
    ...diagnostic([edit ?? [0, 0, '']], 'safe'),
    rule,
    severity,
    ...(edit ? {} : { fixes: [] }),
  });
  /** `a` wants to be `b`, `x` wants to be `y`; a `y` is a finding of its own. */
  const lint =
    (severity: Severity) =>
    (text: string): Diagnostic[] =>
      [...text].flatMap((character, i) =>
        character === 'a'
          ? [found('no-a', [i, i + 1, 'b'], 'info')]
          : character === 'x'
            ? [found('no-x', [i, i + 1, 'y'], 'error')]
            : character === 'y'
              ? [found('no-y', undefined, severity)]
              : [],
      );

  test('is refused, and the others are applied', () => {
    expect(fixAll('axa-xa', lint('warning'), ['safe'])).toBe('bxb-xb');
    expect(fixAll('axa-xa', lint('error'), ['safe'])).toBe('bxb-xb');
  });

  test('is applied where what is found fails no run', () => {
    expect(fixAll('axa', lint('info'), ['safe'])).toBe('byb');
  });

  test('is asked about with a bounded number of lints', () => {
    let lints = 0;
    const counted = (text: string): Diagnostic[] => {
      lints++;
      return lint('warning')(text);
    };
    expect(fixAll(`${'x'.repeat(500)}a`, counted, ['safe'])).toContain('x');
    expect(lints).toBeLessThan(600);
  });

  test('counts by rule, where a document can be read better too', () => {
    const one = found('one', undefined, 'error');
    const two = found('two', undefined, 'warning');
    const broken = found('syntax-error', undefined, 'error');
    expect(newFindings([one], [one, one, two])).toEqual(['one', 'two']);
    expect(newFindings([one, one], [one])).toEqual([]);
    expect(newFindings([one], [found('two', undefined, 'info')])).toEqual([]);
    expect(newFindings([broken], [one, two])).toEqual([]);
    expect(newFindings([broken], [broken, broken])).toEqual(['syntax-error']);
  });
});
