import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits } from '../../core/fixer.ts';
import { Decoder, type Encode, overlaps, SourceText } from '../../core/text.ts';

/** Decodes `\x` to `x` and drops `\⏎` and a last lone `\`, as a small language of the test. */
function decode(parent: SourceText): SourceText {
  const encode: Encode = text => text.replace(/[\\\n]/g, character => `\\${character}`);
  const decoder = new Decoder(parent, encode);
  const { text } = parent;
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\') decoder.verbatim(i, i + 1);
    else {
      const next = text[i + 1] ?? '⏎';
      if (next !== '⏎') decoder.as(next, i, i + 2);
      i++;
    }
  }
  return decoder.done();
}
const expected = (text: string): string =>
  text.replace(/\\([\s\S]|$)/g, (_, next: string) => (next === '⏎' ? '' : next));

const written = fc.string({ unit: fc.constantFrom('a', 'b', '\\', '⏎', '\n', '"', '😀', ' ') });

test('decoded text is what the language says', () => {
  fc.assert(
    fc.property(written, text => {
      expect(decode(SourceText.document(text)).text).toBe(expected(text));
    }),
  );
});

test('replacing a character by itself changes nothing that is read', () => {
  fc.assert(
    fc.property(written, text => {
      const source = decode(SourceText.document(text));
      for (let i = 0; i < source.text.length; i++) {
        const edit = source.replace(i, i + 1, source.text[i]!);
        expect(edit).toBeDefined();
        expect(decode(SourceText.document(applyEdits(text, [edit!]))).text).toBe(source.text);
      }
    }),
  );
});

test('a replacement reads back as the text with the replacement, through slices and two layers', () => {
  fc.assert(
    fc.property(
      written,
      fc.nat(),
      fc.nat(),
      fc.string({ unit: fc.constantFrom('x', '\\', '\n') }),
      (text, a, b, newText) => {
        const twice = (document: string): SourceText => decode(decode(SourceText.document(document)));
        const source = twice(text);
        const from = a % (source.text.length + 1);
        const to = from + (b % (source.text.length - from + 1));
        const edit = source.slice(from, source.text.length).replace(0, to - from, newText);
        fc.pre(edit !== undefined);
        expect(twice(applyEdits(text, [edit!])).text).toBe(
          source.text.slice(0, from) + newText + source.text.slice(to),
        );
      },
    ),
  );
});

test('the span of a range holds the characters it came from', () => {
  const source = decode(SourceText.document('ab\\"c\\⏎d'));
  expect(source.text).toBe('ab"cd');
  expect(source.spanOf(2, 3)).toEqual({ start: 2, end: 4 });
  expect(source.spanOf(3, 5)).toEqual({ start: 4, end: 8 });
  expect(source.span).toEqual({ start: 0, end: 8 });
});

test('an insertion at a border lands behind what is there, one at the start of a slice in front of it', () => {
  const source = decode(SourceText.document('ab\\⏎cd'));
  expect(source.insert(2, 'X')?.span).toEqual({ start: 2, end: 2 });
  expect(source.slice(2, 4).insert(0, 'X')?.span).toEqual({ start: 4, end: 4 });
});

test('joined text maps into its parts and refuses what crosses them', () => {
  const document = SourceText.document('one two');
  const joined = SourceText.join([document.slice(0, 3), document.slice(4, 7)], '\n');
  expect(joined.text).toBe('one\ntwo');
  expect(joined.spanOf(4, 7)).toEqual({ start: 4, end: 7 });
  expect(joined.spanOf(0, 7)).toEqual({ start: 0, end: 7 });
  expect(joined.replace(4, 7, 'TWO')).toEqual({ span: { start: 4, end: 7 }, newText: 'TWO' });
  expect(joined.replace(2, 5, 'x')).toBeUndefined();
  expect(joined.insert(3, '!')).toEqual({ span: { start: 3, end: 3 }, newText: '!' });
});

test('text of another file carries its path', () => {
  const script = SourceText.document('echo hi', 'setup.sh');
  expect(script.slice(5, 7).span).toEqual({ start: 5, end: 7, file: 'setup.sh' });
  expect(overlaps({ start: 0, end: 9 }, script.span)).toBe(false);
});

test('text that was inserted or cannot be encoded is not written', () => {
  const parent = SourceText.document('abc');
  expect(new Decoder(parent, 'read-only').verbatim(0, 3).done().replace(0, 1, 'x')).toBeUndefined();
  const separated = new Decoder(parent).verbatim(0, 1).insert(' ', 1).verbatim(1, 3).done();
  expect(separated.text).toBe('a bc');
  expect(separated.replace(0, 3, 'x')).toBeUndefined();
  expect(separated.replace(2, 3, 'x')).toEqual({ span: { start: 1, end: 2 }, newText: 'x' });
});

test('an empty text can be filled in place', () => {
  const empty = new Decoder(SourceText.document('k = ""'), text => text, 5).done();
  expect(empty.insert(0, 'v')).toEqual({ span: { start: 5, end: 5 }, newText: 'v' });
  expect(empty.span).toEqual({ start: 5, end: 5 });
});

test('what is written is in the file that the text comes from', () => {
  const kickstart = SourceText.document('lang en\nrootpw --allow-ssh x\n', 'http/ks.cfg');
  const line = kickstart.slice(8, 28);
  const command = new Decoder(line, 'read-only').as('echo "PermitRootLogin yes" > f', 0, 20).done();
  expect(command.slice(6, 25).written).toBe('rootpw --allow-ssh x');
  expect(decode(SourceText.document('a \\"b')).slice(2, 3).written).toBe('\\"');
  const list = SourceText.document('[sudo, snap]');
  const joined = SourceText.join([list.slice(1, 5), list.slice(7, 11)], ' ');
  expect(joined.written).toBe('sudo\nsnap');
  expect(joined.slice(5, 9).written).toBe('snap');
});
