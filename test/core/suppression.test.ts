import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Comment } from '../../core/build.ts';
import type { Diagnostic } from '../../core/finding.ts';
import { Suppressions } from '../../core/suppression.ts';
import { overlaps, type Span } from '../../core/text.ts';

const span: fc.Arbitrary<Span> = fc
  .tuple(fc.nat(40), fc.nat(12), fc.constantFrom(undefined, undefined, 'other'))
  .map(([start, length, file]) => ({ start, end: start + length, ...(file === undefined ? {} : { file }) }));
const name = fc.constantFrom('a', 'b', 'c');

test('a directive silences what overlaps its target and bears its name, and is used when it does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ name, target: span, everywhere: fc.boolean() }), { maxLength: 12 }),
      fc.array(fc.record({ rule: name, at: span }), { maxLength: 12 }),
      (directives, findings) => {
        const suppressions = new Suppressions(
          directives.map(({ name, target, everywhere }, i): Comment => {
            const text = `bakelint ${everywhere ? 'ignore-file' : 'ignore'} ${name}: because`;
            return { text, target, span: { start: i, end: i + 1 } } as Comment;
          }),
        );
        const used = new Set<number>();
        for (const { rule, at } of findings) {
          const applying = directives.flatMap((one, i) =>
            one.name === rule && (one.everywhere || overlaps(one.target, at)) ? [i] : [],
          );
          for (const i of applying) used.add(i);
          expect(suppressions.silences({ rule, span: at } as Diagnostic, [])).toBe(applying.length > 0);
        }
        // Directives that say the same of the same place count as one.
        const place = ({ name, target, everywhere }: (typeof directives)[number]): string =>
          everywhere ? name : JSON.stringify([name, target]);
        const usedPlaces = new Set([...used].map(i => place(directives[i]!)));
        const unused = directives.flatMap((one, i) => (usedPlaces.has(place(one)) ? [] : [i]));
        expect(suppressions.unused.map(({ span }) => span.start)).toEqual(unused);
      },
    ),
    { numRuns: 2000 },
  );
});

test('directives of other tools silence findings by their aliases', () => {
  const silences = (text: string, aliases: readonly string[]): boolean =>
    new Suppressions([{ text, span: { start: 0, end: 1 }, target: { start: 2, end: 9 } } as Comment]).silences(
      { rule: 'r', span: { start: 3, end: 4 } } as Diagnostic,
      aliases,
    );
  expect(silences('hadolint ignore=DL3008,DL3009', ['buildkit:X', 'hadolint:DL3009'])).toBe(true);
  expect(silences('hadolint ignore=DL3008', ['hadolint:DL3009'])).toBe(false);
  expect(silences('kics-scan ignore-line', ['kics:any'])).toBe(true);
  expect(silences('kics-scan ignore-line', ['checkov:any'])).toBe(false);
  expect(silences('check=skip=all', ['buildkit:X'])).toBe(true);
});
