import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHcl } from '../../languages/packer/hcl/index.ts';
import { documents, mutations, templates } from './generate.ts';
import { nodesOf } from './walk.ts';

/** Parses and checks what must hold for any text: every range is in the text and problems are in order. */
function check(text: string): void {
  const { body, problems, comments } = parseHcl(text);
  for (const { node } of [...nodesOf(body), ...problems.map(node => ({ node })), ...comments.map(node => ({ node }))]) {
    if (!(node.start >= 0 && node.start <= node.end && node.end <= text.length))
      throw new Error(`range ${node.start}-${node.end} in ${text.length} characters: ${JSON.stringify(node)}`);
  }
  expect(problems.map(problem => problem.start)).toEqual(problems.map(problem => problem.start).sort((a, b) => a - b));
}

describe('any text', () => {
  test('arbitrary text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), check), { numRuns: 1000 });
  });

  test('text made of what means something in HCL', () => {
    const pieces = fc.constantFrom(
      'a',
      ' ',
      '\n',
      '"',
      '${',
      '%{',
      '}',
      '{',
      '[',
      ']',
      '(',
      ')',
      '=',
      '<<E\n',
      'E\n',
      '/*',
      '#',
      ',',
      '.',
      'for ',
      'if ',
      '~',
      '\\',
      '1',
      '\r',
      '?',
      ':',
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 40 }).map(list => list.join('')),
        check,
      ),
      { numRuns: 3000 },
    );
  });

  test('mutated documents and templates', () => {
    fc.assert(fc.property(mutations(fc.oneof(documents, templates)), check), { numRuns: 1000 });
  });
});

describe('hostile text', () => {
  const UNITS = [
    '[',
    '{',
    '(',
    '!',
    '-',
    '?',
    '${',
    '"${',
    '"',
    'a{',
    'a {\n',
    'a={',
    'a=[\n',
    'a=<<E\n',
    '1?',
    '%{if a}',
    '%{endif}',
    '/*',
    'a[',
    'a.',
    'f(',
    '1+',
    '[for x in ',
    '\\',
    '$',
    '\n',
    'a "b" ',
    '}\n',
    'a="${[\n',
    '::',
    'a::',
    '😀',
    '\r',
  ];
  const OPENINGS = ['', 'a = ', 'a = "', 'a = <<E\n', 'a = ['];

  test.each(UNITS)('%j repeated to 100,000 characters', unit => {
    for (const opening of OPENINGS) {
      const { body, problems } = parseHcl(opening + unit.repeat(100_000 / unit.length));
      expect(problems.length).toBeLessThanOrEqual(1000);
      // A consumer may walk the tree recursively.
      nodesOf(body);
    }
  });

  test.each([
    ['[', ']'],
    ['(', ')'],
    ['{ a = ', ' }'],
    ['"${', '}"'],
    ['f(', ')'],
    ['-', ''],
    ['%{ if true }', '%{ endif }'],
  ])('nesting by %j is capped at 200 levels', (open, close) => {
    const quote = open.startsWith('%') ? '"' : '';
    const nested = (levels: number): string => `a = ${quote}${open.repeat(levels)}1${close.repeat(levels)}${quote}\n`;
    expect(parseHcl(nested(60)).problems).toEqual([]);
    expect(parseHcl(nested(1000)).problems).not.toEqual([]);
    if (open === '[' || open === '(') {
      expect(parseHcl(nested(199)).problems).toEqual([]);
      expect(parseHcl(nested(200)).problems[0]?.message).toBe('Nested more than 200 levels deep');
    }
  });

  test('a chain of operators is capped, a list of them is not', () => {
    expect(parseHcl(`a = 1${' + 1'.repeat(200)}\n`).problems).toEqual([]);
    expect(parseHcl(`a = 1${' + 1'.repeat(201)}\n`).problems).toHaveLength(1);
    expect(parseHcl(`a = [${'1 + 1, '.repeat(1000)}]\n`).problems).toEqual([]);
  });

  test('operators nested in brackets count together', () => {
    const chain = (inner: string): string => `(${inner})${' + 1'.repeat(150)}`;
    expect(parseHcl(`a = ${chain('1')}\n`).problems).toEqual([]);
    expect(parseHcl(`a = ${chain(chain('1'))}\n`).problems).not.toEqual([]);
  });
});
