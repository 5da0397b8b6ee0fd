import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { SourceText, UNRESOLVED } from '../../core/text.ts';
import { maskTemplates } from '../../languages/cloud-init/masking.ts';
import { asScalar, at } from '../../languages/cloud-init/nodes.ts';
import type { YamlNode } from '../../languages/cloud-init/tree.ts';
import { parseYaml } from '../../languages/cloud-init/yaml.ts';

/** Every written scalar of our tree, keys included, in the order of the file. */
function ours(node: YamlNode | undefined): SourceText[] {
  if (node?.kind === 'scalar' || node?.kind === 'null') return node.written.text === '' ? [] : [node.text];
  if (node?.kind === 'seq') return node.items.flatMap(ours);
  return node?.kind === 'map' ? node.entries.flatMap(({ key, value }) => [...ours(key), ...ours(value)]) : [];
}
/** The same of the library's. */
function theirs(node: unknown): string[] {
  if (isScalar(node)) return node.range && node.range[1] > node.range[0] ? [node.source ?? ''] : [];
  if (isSeq(node)) return node.items.flatMap(theirs);
  return isMap(node) ? node.items.flatMap(pair => [...theirs(pair.key), ...theirs(pair.value)]) : [];
}
function oracle(text: string): string[] | undefined {
  const document = parseDocument(text, {
    version: '1.1',
    merge: true,
    uniqueKeys: false,
    strict: false,
    keepSourceTokens: true,
  });
  return document.errors.length > 0 ? undefined : theirs(document.contents);
}

const line = (alphabet: readonly string[], maxLength = 8) =>
  fc.array(fc.constantFrom(...alphabet), { maxLength }).map(parts => parts.join(''));
const WORDS = ['a', 'b c', 'é', '😀', '#', ' #', ':', "'", "''", '"', '\\', ' ', '  ', '-', '$', '{', ',', '0', 'yes'];
const newline = fc.constantFrom('\n', '\r\n');

/** Lines under a header with every indicator; lines may be blank, deeper, or start with a tab. */
const block = fc
  .record({
    style: fc.constantFrom('|', '>'),
    chomp: fc.constantFrom('', '-', '+'),
    explicit: fc.constantFrom('', '2', '3'),
    comment: fc.constantFrom('', ' # why'),
    lines: fc.array(
      fc.record({
        deeper: fc.constantFrom('', '', '', ' ', '  ', '\t'),
        blank: fc.constantFrom(false, false, true),
        text: line(WORDS),
      }),
      { maxLength: 7 },
    ),
    tail: fc.array(fc.constantFrom('', ' ', '  ', '      '), { maxLength: 3 }),
    eol: newline,
  })
  .map(({ style, chomp, explicit, comment, lines, tail, eol }) => {
    const indent = ' '.repeat(explicit === '3' ? 3 : 2);
    const body = lines.map(({ deeper, blank, text }) => (blank ? deeper.trim() : indent + deeper + text));
    return `${style}${explicit}${chomp}${comment}${eol}${[...body, ...tail].map(each => each + eol).join('')}`;
  });
const inline = (quote: string, words: readonly string[]) =>
  fc
    .tuple(fc.array(line(words), { minLength: 1, maxLength: 4 }), newline, fc.constantFrom('  ', ' \t', '      '))
    .map(([lines, eol, indent]) => `${quote}${lines.join(eol + indent)}${quote}${eol}`);
const single = inline("'", [...WORDS.filter(word => word !== "'"), '\t']);
const double = inline(
  '"',
  [...WORDS, '\t', '\\n', '\\t', '\\"', '\\\\', '\\x41', '\\u00e9', '\\U0001F600', '\\ ', '\\\n   ', '\\/'].filter(
    word => word !== '"' && word !== '\\',
  ),
);
const plain = inline('', WORDS);
const scalar = fc.oneof(block, single, double, plain);
const document = fc
  .tuple(fc.constantFrom('', '\uFEFF', '# c\n'), scalar, scalar, fc.boolean())
  .map(([start, first, second, list]) =>
    list ? `${start}k:\n- ${first}\n- ${second}\nz: 1\n` : `${start}a: ${first}\nb: ${second}\nz: 1\n`,
  );

describe('decoded scalars', () => {
  test('equal what the library decodes', () => {
    let compared = 0;
    fc.assert(
      fc.property(document, text => {
        const expected = oracle(text);
        if (!expected) return;
        compared++;
        expect(ours(parseYaml(SourceText.document(text)).document).map(source => source.text)).toEqual(expected);
      }),
      { numRuns: 4_000 },
    );
    expect(compared).toBeGreaterThan(1_000);
  });

  test('replacing a character by itself changes nothing', () => {
    fc.assert(
      fc.property(document, text => {
        for (const source of ours(parseYaml(SourceText.document(text)).document))
          for (let i = 0; i < source.text.length; i++) {
            const edit = source.replace(i, i + 1, source.text[i]!);
            if (edit) expect(text.slice(edit.span.start, edit.span.end)).toBe(edit.newText);
          }
      }),
      { numRuns: 1_000 },
    );
  });

  test('what is written reads as asked, and nothing else changes', () => {
    let written = 0;
    fc.assert(
      fc.property(document, fc.nat(), fc.nat(), line([...WORDS, '\n', '\t'], 4), (text, from, length, replacement) => {
        if (!oracle(text)) return;
        const sources = ours(parseYaml(SourceText.document(text)).document);
        const before = sources.map(source => source.text);
        sources.forEach((source, i) => {
          const start = from % (source.text.length + 1);
          const end = Math.min(source.text.length, start + (length % 4));
          const edit = source.replace(start, end, replacement);
          if (!edit) return;
          written++;
          const after = text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
          const wanted = source.text.slice(0, start) + replacement + source.text.slice(end);
          expect(oracle(after)).toEqual(before.map((each, j) => (i === j ? wanted : each)));
        });
      }),
      { numRuns: 4_000 },
    );
    expect(written).toBeGreaterThan(1_000);
  });
});

describe('writing', () => {
  const replaced = (text: string, find: string, by: string, ...path: (string | number)[]) => {
    const source = asScalar(at(parseYaml(SourceText.document(text)).document, ...path))!.text;
    const start = source.text.indexOf(find);
    const edit = source.replace(start, start + find.length, by);
    return edit && text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
  };

  test('a line put into a literal block is indented', () => {
    expect(replaced('a:\n  - |\n    one\n    two\nb: 1\n', 'two', 'x\ny', 'a', 0)).toBe(
      'a:\n  - |\n    one\n    x\n    y\nb: 1\n',
    );
    expect(replaced('a: |\n  one\n\n  two\n', 'one\n\ntwo\n', 'p\n\nq\n', 'a')).toBe('a: |\n  p\n\n  q\n');
  });
  test('quotes are doubled or escaped', () => {
    expect(replaced("a: 'x y'", 'y', "it's", 'a')).toBe("a: 'x it''s'");
    expect(replaced('a: "x y"', 'y', 'say "z"\n\\', 'a')).toBe('a: "x say \\"z\\"\\n\\\\"');
  });
  test.each([
    ['a: x y', 'y', 'b: c'],
    ['a: x y', 'y', '#c'],
    ['a: x y', 'x y', 'yes'],
    ['a: x y', 'x y', '12'],
    ['a: x y', 'x', '*x'],
    ['a: x y', 'y', 'y\nz'],
    ['a: >\n  x y\n', 'y', 'y\nz'],
    ['a: |\n  x\n', 'x', ' x'],
    ["a: 'x y'", 'y', '\u0007'],
    ['a: x y', 'y', UNRESOLVED],
  ])('%j refuses %j → %j', (text, find, by) => {
    expect(replaced(text, find, by, 'a')).toBeUndefined();
  });
  test('a plain scalar in a flow collection may hold less', () => {
    expect(replaced('a: [x y]', 'y', 'y, z', 'a', 0)).toBeUndefined();
    expect(replaced('a: x y', 'y', 'y, z', 'a')).toBe('a: x y, z');
  });
  test('a boolean is replaced by a boolean only', () => {
    expect(replaced('a: yes', 'yes', 'false', 'a')).toBe('a: false');
    expect(replaced('a: yes', 'yes', 'maybe', 'a')).toBeUndefined();
  });
});

describe('masked text', () => {
  test('each expression is one unresolved part with a span', () => {
    const text = 'a: "x ${y}${z} w"\nb: |\n  echo $${HOME} ${q}\n';
    const { document } = parseYaml(maskTemplates(SourceText.document(text), ['terraform']).text);
    const first = asScalar(at(document, 'a'))!;
    expect(first.text.text).toBe(`x ${UNRESOLVED} w`);
    const span = first.text.spanOf(2, 3);
    expect(text.slice(span.start, span.end)).toBe('${y}${z}');
    const second = asScalar(at(document, 'b'))!.text;
    expect(second.text).toBe(`echo \${HOME} ${UNRESOLVED}\n`);
    const home = second.spanOf(5, 12);
    expect(text.slice(home.start, home.end)).toBe('$${HOME}');
  });
});
