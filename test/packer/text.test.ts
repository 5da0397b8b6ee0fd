import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../core/fixer.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { askGo } from '../hcl/oracle.ts';
import { read, value } from './read.ts';

/** Text without what makes a template, so that the Go parser's value is the text. */
const pieces = fc.constantFrom(
  'a',
  'é',
  '😀',
  ' ',
  '  ',
  '\\n',
  '\\t',
  '\\"',
  '\\\\',
  '\\u00e9',
  '$${x}',
  '%%{y}',
  '$',
  '%',
  '#',
  '{',
  "'",
  '//',
);
const quoted = fc.array(pieces, { maxLength: 8 }).map(list => `"${list.join('')}"`);
const lines = fc.constantFrom('a', '  b', '\tc', '', '    d "q"', '$${x}', 'é😀 \\n', '   ', '#!/bin/sh');
const heredoc = fc
  .tuple(fc.constantFrom('<<EOT', '<<-EOT'), fc.constantFrom('', '  ', '\t'), fc.array(lines, { maxLength: 5 }))
  .map(([open, indent, list]) => `${open}\n${list.map(line => `${indent}${line}\n`).join('')}${indent}EOT`);
const literals = fc.oneof(quoted, heredoc);
const document = (expression: string): string => `v = ${expression}\n`;

function attributeOf(text: string) {
  const { tree } = read(text);
  return tree.file.top.attribute('v')!.value;
}

/** Whether the Go parser would accept it: `$` and `{` that meet open an interpolation. */
const isSound = (text: string): boolean => read(text).tree.problems.length === 0;

describe('string-like values', () => {
  test('decode to what the Go parser decodes', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(literals, async expression => {
        const text = document(expression);
        const verdict = await askGo(text);
        if (!verdict.accepted || verdict.json === undefined) return;
        compared++;
        // The Go tool writes literal dollars as they are in the source.
        const expected = String((verdict.json as { v: unknown }).v)
          .replaceAll('$${', '${')
          .replaceAll('%%{', '%{');
        expect(attributeOf(text).asValue().source.text).toBe(expected);
        expect(attributeOf(text).literal).toBe(expected);
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  test('replacing a character by itself changes nothing', () => {
    fc.assert(
      fc.property(literals, expression => {
        const text = document(expression);
        const { source } = attributeOf(text).asValue();
        for (let i = 0; i < source.text.length; i++) {
          const edit = source.replace(i, i + 1, source.text[i]!);
          if (source.text[i] !== UNRESOLVED && isSound(text) && /^v = "[^$%]*"$/m.test(text))
            expect(edit).toBeDefined();
          if (edit) expect(applyEdits(text, [edit])).toBe(text);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('what is written comes back', () => {
    const words = fc.array(fc.constantFrom('a', 'é', '"', '\\', '\n', '${', '%{', '$', ' ', '{'), { maxLength: 6 });
    fc.assert(
      fc.property(
        literals,
        words.map(list => list.join('')),
        fc.nat(20),
        fc.nat(20),
        (expression, words, a, b) => {
          const text = document(expression);
          const { source } = attributeOf(text).asValue();
          const start = Math.min(a, source.text.length);
          const end = Math.min(start + b, source.text.length);
          const edit = source.replace(start, end, words);
          if (!edit || !isSound(text)) return;
          const after = attributeOf(applyEdits(text, [edit])).asValue().source.text;
          expect(after).toBe(source.text.slice(0, start) + words + source.text.slice(end));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('interpolations', () => {
  test('unknown ones are unresolved and references, known ones are filled in', () => {
    const { tree } = read('locals {\n  a = "one"\n  x = "${local.a}/${var.b}/{{ .Name }}/${upper("c")}"\n}\n');
    const shared = tree.module.local('x')!.value!.asValue();
    expect(shared.source.text).toBe(`one/${UNRESOLVED}/${UNRESOLVED}/C`);
    expect(shared.literal).toBeUndefined();
    expect(shared.parts.map(part => (typeof part === 'string' ? part : part.name))).toEqual([
      'local.a',
      '/',
      'var.b',
      '/',
      '{{ .Name }}',
      '/C',
    ]);
  });

  test('a reference knows where its variable is declared', () => {
    const text = 'variable "v" {}\nlocals {\n  x = "a${var.v}"\n}\n';
    const reference = read(text).tree.module.local('x')!.value!.asValue().parts[1];
    if (typeof reference !== 'object') throw new Error('no reference');
    expect(text.slice(reference.definition!.start, reference.definition!.end)).toBe('"v"');
    expect(text.slice(reference.span.start, reference.span.end)).toBe('var.v');
  });

  test('a filled-in text cannot be replaced in part', () => {
    const { source } = read('locals {\n  a = "one"\n  x = "${local.a}!"\n}\n').tree.module.local('x')!.value!.asValue();
    expect(source.text).toBe('one!');
    expect(source.replace(0, 1, 'x')).toBeUndefined();
    expect(source.replace(3, 4, '?')?.newText).toBe('?');
  });

  test('content keeps what plugins would fill in', () => {
    expect(value('"{{ x }}"').asContent().text).toBe('{{ x }}');
    expect(value('"{{ x }}"').asValue().source.text).toBe(UNRESOLVED);
    expect(value('"{{ x }}"').raw).toBe('{{ x }}');
  });

  test('directives with a known condition show their arm, others are one unresolved part', () => {
    expect(value('"a%{ if true }b%{ else }c%{ endif }d"').asValue().source.text).toBe('abd');
    expect(value('"a%{ if var.x }b%{ endif }d"').asValue().source.text).toBe(`a${UNRESOLVED}d`);
  });
});

describe('what functions make of what is written', () => {
  const variables = 'variable "host" {}\n';
  const textOf = (expression: string) => {
    const { tree } = read(`${variables}locals {\n  v = ${expression}\n}\n`);
    return tree.module.local('v')!.value!.asContent();
  };

  test('jsonencode is JSON with its values where they are', () => {
    const expression = '{ "a-b" = [var.host, 1, true, null], c = { d = "x${var.host}", e = "q\\"" }, f = upper("z") }';
    for (const written of [`jsonencode(${expression})`, `"\${jsonencode(${expression})}"`]) {
      const { text } = textOf(written);
      expect(text).toBe(`{"a-b":["${UNRESOLVED}",1,true,null],"c":{"d":"x${UNRESOLVED}","e":"q\\""},"f":"Z"}`);
      expect(JSON.parse(text)['a-b']).toHaveLength(4);
    }
    const source = textOf(`jsonencode({ hosts = ["tcp://0.0.0.0:2375", var.host] })`);
    const at = source.text.indexOf('tcp://');
    const { end, start } = source.spanOf(at, at + 'tcp://0.0.0.0:2375'.length);
    expect(
      `${variables}locals {\n  v = jsonencode({ hosts = ["tcp://0.0.0.0:2375", var.host] })`.slice(start, end),
    ).toBe('tcp://0.0.0.0:2375');
  });

  test.each([
    ['format("a=%s b=%05d 100%%", var.host, 3)', `a=${UNRESOLVED} b=${UNRESOLVED} 100%`],
    ['format("%s-%s", "x", "y")', 'x-y'],
    // Too few values, a pattern that is not known, values of a list.
    ['format("%s-%s", var.host)', UNRESOLVED],
    ['format(var.host, "a")', UNRESOLVED],
    ['format("%s %s", [var.host, "b"]...)', UNRESOLVED],
    ['jsonencode(var.host)', UNRESOLVED],
    ['jsonencode({ for key in ["a"] : key => var.host })', UNRESOLVED],
  ])('%s', (expression, expected) => {
    expect(textOf(expression).text).toBe(expected);
  });

  test('values in values end', () => {
    const deep = `jsonencode(${'['.repeat(60)}var.host${']'.repeat(60)})`;
    expect(textOf(deep).text).toBe(UNRESOLVED);
  });
});
