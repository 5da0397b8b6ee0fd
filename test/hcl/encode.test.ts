import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOLE } from '../../core/text.ts';
import { encodeQuoted, heredocEncoder, parseHcl, type Template } from '../../languages/packer/hcl/index.ts';
import { attributesOf, literalOf } from './walk.ts';

function templateOf(text: string): Template {
  const value = attributesOf(parseHcl(text).body)[0]!.node.value;
  if (value.kind !== 'template') throw new Error('not a template');
  return value;
}

const edges = { before: '', after: '' };
const tricky = fc
  .array(fc.constantFrom('$', '%', '{', '}', '"', '\\', '\n', '\t', ' ', 'a', 'é', '😀', '\u0000', '~', 'E'), {
    maxLength: 12,
  })
  .map(list => list.join(''));

describe('quoted strings', () => {
  test('what is written reads back as itself', () => {
    fc.assert(
      fc.property(fc.oneof(tricky, fc.string({ unit: 'grapheme' })), text => {
        const source = `a = "${encodeQuoted(text, edges)}"\n`;
        expect(parseHcl(source).problems).toEqual([]);
        expect(literalOf(templateOf(source))).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  test('what is written between other characters opens no sequence with them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', '$', '%', 'a'),
        tricky,
        fc.constantFrom('', '{x}', 'a', '${x}'),
        (before, text, after) => {
          if (before !== '' && after.startsWith('{') && text === '') return;
          const next = after.startsWith('${') ? HOLE : after.slice(0, 1);
          const written = encodeQuoted(text, { before, after: next });
          if (written === undefined) return;
          const { parts } = templateOf(`a = "${before}${written}${after}"\n`);
          const tail = next === HOLE ? '' : after;
          expect(parts.map(part => (part.kind === 'text' ? part.text : '')).join('')).toBe(before + text + tail);
          expect(parts.filter(part => part.kind !== 'text')).toHaveLength(next === HOLE ? 1 : 0);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('half a character and a hole cannot be written', () => {
    expect(encodeQuoted('\ud83d', edges)).toBeUndefined();
    expect(encodeQuoted(HOLE, edges)).toBeUndefined();
    expect(encodeQuoted('', { before: '$', after: '{' })).toBeUndefined();
  });
});

describe('heredocs', () => {
  const flush = templateOf('a = <<-EOT\n    one\n      two\n  EOT\n');

  test('new lines get the indentation that is removed', () => {
    expect(flush.heredoc?.indent).toBe('    ');
    expect(heredocEncoder(flush)('x\n  y\n\nz', edges)).toBe('x\n      y\n\n    z');
    expect(heredocEncoder(templateOf('a = <<EOT\n  one\nEOT\n'))('x\ny', edges)).toBe('x\ny');
  });

  test('what is written in front of a line reads back', () => {
    fc.assert(
      fc.property(tricky, text => {
        const written = heredocEncoder(flush)(`${text}.`, { before: '\n', after: 'o' });
        if (written === undefined) return;
        const source = `a = <<-EOT\n    ${written}one\n      two\n  EOT\n`;
        expect(parseHcl(source).problems).toEqual([]);
        expect(literalOf(templateOf(source))).toBe(`${text}.one\n  two\n`);
      }),
      { numRuns: 1000 },
    );
  });

  test('what a heredoc cannot hold is not written', () => {
    const encode = heredocEncoder(flush);
    expect(encode('a\rb', edges)).toBeUndefined();
    expect(encode('a\n EOT\nb', edges)).toBeUndefined();
    expect(encode('a$', { before: '', after: '{' })).toBeUndefined();
    expect(encode('{', { before: '$', after: '' })).toBeUndefined();
    expect(encode('${a}', edges)).toBe('$${a}');
    expect(heredocEncoder(templateOf('a = "x"\n'))('y', edges)).toBeUndefined();
  });
});
