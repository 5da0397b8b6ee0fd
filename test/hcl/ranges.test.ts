import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { parseHcl } from '../../languages/packer/hcl/index.ts';
import { documents, templates } from './generate.ts';
import { attributesOf, blocksOf, nodesOf } from './walk.ts';

let parser: Parser;

beforeAll(async () => {
  await Parser.init();
  const wasm = createRequire(import.meta.url).resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm');
  parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(wasm)));
});

interface Ranges {
  readonly attributes: string[];
  readonly blocks: string[];
  readonly values: string[];
}

/** What the tree-sitter grammar finds; undefined where it cannot read the text itself. */
function theirs(text: string): Ranges | undefined {
  const tree = parser.parse(text);
  if (!tree) return undefined;
  const ranges: Ranges = { attributes: [], blocks: [], values: [] };
  const visit = (node: Node): void => {
    if (node.type === 'attribute') {
      ranges.attributes.push(`${node.startIndex}-${node.endIndex}`);
      const value = node.namedChildren.find(child => child?.type === 'expression');
      if (value) ranges.values.push(`${value.startIndex}-${value.endIndex}`);
      return;
    }
    if (node.type === 'block') ranges.blocks.push(`${node.startIndex}-${node.endIndex}`);
    for (const child of node.namedChildren) if (child) visit(child);
  };
  const usable = !tree.rootNode.hasError;
  if (usable) visit(tree.rootNode);
  tree.delete();
  return usable ? ranges : undefined;
}

function ours(text: string): Ranges {
  const { body } = parseHcl(text);
  const range = (node: { start: number; end: number }): string => `${node.start}-${node.end}`;
  const attributes = attributesOf(body).map(({ node }) => node);
  return {
    attributes: attributes.map(range),
    blocks: blocksOf(body).map(range),
    values: attributes.map(({ value }) => range(value)),
  };
}

describe('node ranges', () => {
  test('attributes, blocks and values of templates stand where the tree-sitter grammar finds them', () => {
    fc.assert(
      fc.property(templates, text => {
        expect(ours(text)).toEqual(theirs(text));
      }),
      { numRuns: 200 },
    );
  });

  test('the same holds for any document that the grammar can read', () => {
    let compared = 0;
    fc.assert(
      fc.property(documents, text => {
        // The grammar knows no byte order mark, and no exponent without decimals.
        const expected = text.startsWith('\ufeff') || /[0-9]\.?[eE][0-9]/.test(text) ? undefined : theirs(text);
        if (!expected) return;
        compared++;
        expect(ours(text)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  test('every node stands within its parent', () => {
    fc.assert(
      fc.property(documents, text => {
        for (const { node, parent } of nodesOf(parseHcl(text).body)) {
          expect(node.start).toBeLessThanOrEqual(node.end);
          if (parent) expect([node.start >= parent.start, node.end <= parent.end]).toEqual([true, true]);
        }
      }),
    );
  });

  test('brackets, commas and braces are where the tree says', () => {
    const text = 'b "x" { # c\n  a = [1, "two",]\n  o = { k = 1, l : 2 }\n  f = g(1, 2...)\n}\n';
    const { body, comments } = parseHcl(text);
    const block = blocksOf(body)[0]!;
    expect([text[block.openBrace!], text[block.closeBrace!]]).toEqual(['{', '}']);
    expect(text.slice(block.header.start, block.header.end)).toBe('b "x"');
    expect(comments.map(({ start, end }) => text.slice(start, end))).toEqual(['# c']);
    const [list, object, call] = attributesOf(body).map(({ node }) => node.value);
    if (list?.kind !== 'tuple' || object?.kind !== 'object' || call?.kind !== 'call') throw new Error('other kinds');
    expect(list.commas.map(comma => text[comma!])).toEqual([',', ',']);
    expect(text[list.close!]).toBe(']');
    expect(object.items.map(item => [item.separator, item.comma === undefined])).toEqual([
      ['=', false],
      [':', true],
    ]);
    expect([text[object.close!], text[call.close!], call.expand]).toEqual(['}', ')', true]);
  });
});

describe('shape', () => {
  /** An expression with every operation in parentheses. */
  function grouped(source: string): string {
    const item = parseHcl(`a = ${source}\n`).body.items[0]!;
    const show = (node: unknown): string => {
      const e = node as Record<string, unknown> & { kind: string };
      if (e.kind === 'binary') return `(${show(e.left)}${e.operator}${show(e.right)})`;
      if (e.kind === 'unary') return `(${e.operator}${show(e.operand)})`;
      if (e.kind === 'conditional') return `(${show(e.condition)}?${show(e.whenTrue)}:${show(e.whenFalse)})`;
      if (e.kind === 'traversal')
        return `<${show(e.source)}${(e.steps as { kind: string }[]).map(s => `|${s.kind}`).join('')}>`;
      return String(e.kind === 'variable' ? e.name : e.kind === 'number' ? e.text : e.kind);
    };
    return item.kind === 'attribute' ? show(item.value) : '';
  }

  test.each([
    ['1 + 2 * 3 - 4', '((1+(2*3))-4)'],
    ['a || b && c == d < e', '(a||(b&&(c==(d<e))))'],
    ['1 - 2 - 3', '((1-2)-3)'],
    ['-a + !b', '((-a)+(!b))'],
    ['a ? b : c ? d : e', '(a?b:(c?d:e))'],
    ['a == b ? 1 : 2', '((a==b)?1:2)'],
    ['-a.b', '(-<a|attribute-step>)'],
    [
      'a.b[0].1.*.c[*].d',
      '<a|attribute-step|index-step|legacy-index-step|attribute-splat|attribute-step|full-splat|attribute-step>',
    ],
  ])('%s', (source, expected) => {
    expect(grouped(source)).toBe(expected);
  });

  test('directives nest', () => {
    const { body } = parseHcl('a = "x%{ if c }y%{ for k, v in m }${v}%{ endfor }%{ else }z%{ endif }"\n');
    const value = attributesOf(body)[0]!.node.value;
    expect(value).toMatchObject({
      kind: 'template',
      parts: [
        { kind: 'text', text: 'x' },
        {
          kind: 'if',
          condition: { kind: 'variable', name: 'c' },
          whenTrue: [
            { kind: 'text', text: 'y' },
            {
              kind: 'for-directive',
              keyName: { text: 'k' },
              valueName: { text: 'v' },
              parts: [{ kind: 'interpolation' }],
            },
          ],
          whenFalse: [{ kind: 'text', text: 'z' }],
        },
      ],
    });
  });
});
