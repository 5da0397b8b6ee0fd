import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UNRESOLVED } from '../../core/text.ts';
import { lintAll, type Seed, seeds } from './documents.ts';

/** What breaks parsers: half of things, things twice, and characters that mean something. */
const SCRAPS = [
  '\\',
  '\n',
  '\r\n',
  '\r',
  '"',
  "'",
  '`',
  '${',
  '}',
  '{',
  '[',
  ']',
  '<<EOF',
  '<<-',
  ':',
  '- ',
  '#',
  '\t',
  '%{',
  '|',
  '>',
  '&',
  '*',
  '\0',
  '\uFEFF',
  '\u2028',
  '😀',
  '\uD800',
  '=',
  ',',
  '$(',
  ')',
];

interface Change {
  readonly kind: 'delete' | 'double' | 'insert' | 'cut';
  readonly at: number;
  readonly length: number;
  readonly scrap: string;
}

const change = fc.record({
  kind: fc.constantFrom('delete' as const, 'double' as const, 'insert' as const, 'cut' as const),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(30),
  scrap: fc.constantFrom(...SCRAPS),
});

function changed(text: string, { kind, at, length, scrap }: Change): string {
  const from = Math.floor(at * text.length);
  const to = Math.min(text.length, from + length);
  switch (kind) {
    case 'delete':
      return text.slice(0, from) + text.slice(to);
    case 'double':
      return text.slice(0, to) + text.slice(from);
    case 'insert':
      return text.slice(0, from) + scrap + text.slice(from);
    case 'cut':
      return text.slice(0, from);
  }
}

function sound(text: string, seed: Seed): void {
  const { diagnostics, failures } = lintAll(text, seed);
  expect(failures.map(({ rule, error }) => `${rule}: ${String(error)}`)).toEqual([]);
  for (const { rule, message, span, related, fixes } of diagnostics) {
    expect(message.length, rule).toBeGreaterThan(10);
    expect(message.includes(UNRESOLVED), `${rule} says what it does not know`).toBe(false);
    const spans = [
      span,
      ...related.map(place => place.span),
      ...fixes.flatMap(fix => fix.edits.map(edit => edit.span)),
    ];
    for (const { start, end, file } of spans) {
      if (file !== undefined) continue;
      expect(start, rule).toBeGreaterThanOrEqual(0);
      expect(end, rule).toBeGreaterThanOrEqual(start);
      expect(end, rule).toBeLessThanOrEqual(text.length);
    }
  }
}

test('there are documents in every language', () => {
  for (const language of ['dockerfile', 'packer', 'cloud-init'])
    expect(seeds.filter(seed => seed.language === language).length).toBeGreaterThan(20);
});

test('every rule survives every document, and its places lie inside', () => {
  for (const seed of seeds) sound(seed.text, seed);
});

test('every rule survives documents that were broken on purpose', () => {
  fc.assert(
    fc.property(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 4 }), (seed, changes) => {
      sound(changes.reduce(changed, seed.text), seed);
    }),
    { numRuns: 2500 },
  );
});

test('every rule survives a document in another language', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...seeds),
      fc.constantFrom('dockerfile' as const, 'packer' as const, 'cloud-init' as const),
      (seed, language) => {
        sound(seed.text, { ...seed, language });
      },
    ),
    { numRuns: 300 },
  );
});

test('the same text gives the same findings', () => {
  for (const seed of seeds.slice(0, 200))
    expect(lintAll(seed.text, seed).diagnostics).toEqual(lintAll(seed.text, seed).diagnostics);
});
