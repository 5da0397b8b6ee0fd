import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decoder, SourceText, UNRESOLVED } from '../../core/text.ts';
import { encodeQuoted, heredocEncoder, parseHcl, type Template } from '../../languages/packer/hcl/index.ts';
import { attributesOf, literalOf } from './walk.ts';

function templateOf(text: string): Template {
  const value = attributesOf(parseHcl(text).body)[0]!.node.value;
  if (value.kind !== 'template') throw new Error('not a template');
  return value;
}

const edges = { before: '', after: '', start: 0, end: 0, parentStart: 0, parentEnd: 0 };
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
    let compared = 0;
    fc.assert(
      fc.property(
        fc.constantFrom('', '$', '%', 'a'),
        tricky,
        fc.constantFrom('', '{x}', 'a', '${x}'),
        (before, text, after) => {
          if (before !== '' && after.startsWith('{') && text === '') return;
          const next = after.startsWith('${') ? UNRESOLVED : after.slice(0, 1);
          const written = encodeQuoted(text, { ...edges, before, after: next });
          if (written === undefined) return;
          compared++;
          const { parts } = templateOf(`a = "${before}${written}${after}"\n`);
          const tail = next === UNRESOLVED ? '' : after;
          expect(parts.map(part => (part.kind === 'text' ? part.text : '')).join('')).toBe(before + text + tail);
          expect(parts.filter(part => part.kind !== 'text')).toHaveLength(next === UNRESOLVED ? 1 : 0);
        },
      ),
      { numRuns: 1000 },
    );
    expect(compared).toBeGreaterThan(300);
  });

  test('half a character and an unresolved part cannot be written', () => {
    expect(encodeQuoted('\ud83d', edges)).toBeUndefined();
    expect(encodeQuoted(UNRESOLVED, edges)).toBeUndefined();
    expect(encodeQuoted('', { ...edges, before: '$', after: '{' })).toBeUndefined();
  });
});

/** The decoded text of an attribute's heredoc or string with its way back, `filling` for what is not literal. */
function sourceTextOf(text: string, filling = UNRESOLVED): SourceText {
  const template = templateOf(text);
  const encode = template.heredoc ? heredocEncoder(template, text) : encodeQuoted;
  const decoder = new Decoder(SourceText.document(text), encode, template.content.start);
  for (const part of template.parts) {
    if (part.kind !== 'text') {
      decoder.as(filling, part.start, part.end);
      continue;
    }
    let at = 0;
    for (const run of part.runs) {
      const piece = part.text.slice(at, at + run.length);
      if (run.verbatim) decoder.verbatim(run.start, run.end);
      else decoder.as(piece, run.start, run.end);
      at += run.length;
    }
  }
  return decoder.done();
}

/** Applies a replacement; undefined when it cannot be written. */
function replaced(text: string, start: number, end: number, by: string, filling = UNRESOLVED): string | undefined {
  const edit = sourceTextOf(text, filling).replace(start, end, by);
  return edit && text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
}

describe('heredocs', () => {
  const flush = 'a = <<-EOT\n    one\n      two\n    three\n  EOT\n';

  test('new lines get the indentation that is removed', () => {
    expect(replaced(flush, 0, 3, 'x\n  y\n\nz')).toBe(
      'a = <<-EOT\n    x\n      y\n\n    z\n      two\n    three\n  EOT\n',
    );
    expect(replaced('a = <<EOT\n  one\nEOT\n', 2, 5, 'x\ny')).toBe('a = <<EOT\n  x\ny\nEOT\n');
  });

  test('a line is deleted with its indentation', () => {
    expect(replaced(flush, 4, 10, '')).toBe('a = <<-EOT\n    one\n    three\n  EOT\n');
  });

  test('an edit that would change what `<<-` removes is not written', () => {
    const one = 'a = <<-EOT\n    one\n      two\n  EOT\n';
    expect(replaced(one, 0, 4, '')).toBeUndefined();
    expect(replaced(one, 0, 1, ' o')).toBeUndefined();
    expect(replaced(one, 0, 1, 'O')).toBe('a = <<-EOT\n    One\n      two\n  EOT\n');
  });

  test('what a heredoc cannot hold is not written', () => {
    const text = 'a = <<-EOT\n  $one{\n  EOT\n';
    expect(replaced(text, 1, 2, 'a\rb')).toBeUndefined();
    expect(replaced(text, 1, 2, 'a\n EOT\nb')).toBeUndefined();
    expect(replaced(text, 1, 4, 'a$')).toBeUndefined();
    expect(replaced(text, 1, 4, '{')).toBeUndefined();
    expect(replaced(text, 1, 4, '${a}')).toBe('a = <<-EOT\n  $$${a}{\n  EOT\n');
    expect(heredocEncoder(templateOf('a = "x"\n'), 'a = "x"\n')('y', edges)).toBeUndefined();
  });
});

describe('any template', () => {
  const lines = fc.array(
    fc.tuple(fc.constantFrom('', ' ', '    ', '\t'), fc.constantFrom('', 'a', '$', '$${x}', '{b}', '${v}c', 'd ${v}')),
    { maxLength: 5 },
  );
  const heredocs = fc
    .tuple(fc.constantFrom('<<', '<<-'), lines)
    .map(([opener, list]) => `a = ${opener}EOT\n${list.map(line => `${line.join('')}\n`).join('')}  EOT\n`);
  const strings = fc
    .array(fc.constantFrom('a', ' ', '$', '{', '\\n', '\\"', '$${', '${v}', '%%{', '\\u00e9'), { maxLength: 8 })
    .map(list => `a = "${list.join('')}"\n`)
    .filter(text => parseHcl(text).problems.length === 0);

  test('what is replaced reads back in its place, or is not written', () => {
    let written = 0;
    fc.assert(
      fc.property(
        fc.oneof(heredocs, strings),
        fc.nat(30),
        fc.nat(6),
        tricky,
        // The value of an interpolation may itself look like anything.
        fc.constantFrom(UNRESOLVED, '', 'v', ' \n', '{', '$'),
        (text, from, length, by, filling) => {
          const before = sourceTextOf(text, filling).text;
          const start = Math.min(from, before.length);
          const end = Math.min(start + length, before.length);
          const result = replaced(text, start, end, by, filling);
          if (result === undefined) return;
          written++;
          expect(parseHcl(result).problems).toEqual([]);
          expect(sourceTextOf(result, filling).text).toBe(before.slice(0, start) + by + before.slice(end));
        },
      ),
      { numRuns: 3000 },
    );
    expect(written).toBeGreaterThan(500);
  });

  test('a character replaced by itself changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(heredocs, strings), text => {
        const { text: decoded } = sourceTextOf(text);
        for (let at = 0; at < decoded.length; at++) {
          const result = replaced(text, at, at + 1, decoded[at]!);
          if (result !== undefined) expect(sourceTextOf(result).text).toBe(decoded);
        }
      }),
    );
  });
});
