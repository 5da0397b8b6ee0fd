import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Body, Expression } from '../../languages/packer/hcl/index.ts';
import { parseHcl } from '../../languages/packer/hcl/index.ts';
import { documents, templates } from './generate.ts';
import { askGo } from './oracle.ts';
import { literalOf, nodesOf } from './walk.ts';

/** The oracle writes a literal `${` as `$${`, so that it differs from an interpolation. */
function asJson(text: string): string {
  return text.replace(/([$%])\{/g, '$1$1{');
}

function at(json: unknown, key: string): unknown {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[key] : undefined;
}

/** Pairs of what we and the Go parser make of every number and every string without interpolations. */
function compareBody(body: Body, json: unknown, pairs: [unknown, unknown][]): void {
  const counts = new Map<string, number>();
  for (const item of body.items) {
    if (item.kind === 'attribute') {
      compareValue(item.value, at(json, item.name.text), pairs);
      continue;
    }
    const path = [item.type.text, ...item.labels.map(label => label.text)];
    const key = path.join('\0');
    const index = counts.get(key) ?? 0;
    counts.set(key, index + 1);
    const blocks = path.reduce(at, json);
    if (Array.isArray(blocks)) compareBody(item.body, blocks[index], pairs);
  }
}

function compareValue(value: Expression, json: unknown, pairs: [unknown, unknown][]): void {
  const text = literalOf(value);
  if (text !== undefined) pairs.push([asJson(text), json]);
  else if (value.kind === 'number') pairs.push([value.value, json]);
  else if (value.kind === 'tuple' && Array.isArray(json)) {
    for (const [i, element] of value.elements.entries()) compareValue(element, json[i], pairs);
  } else if (value.kind === 'object') {
    for (const { key, value: inner } of value.items) {
      const name = key.kind === 'variable' ? key.name : undefined;
      if (name !== undefined) compareValue(inner, at(json, name), pairs);
    }
  }
}

async function compare(text: string): Promise<[unknown, unknown][]> {
  const pairs: [unknown, unknown][] = [];
  const verdict = await askGo(text);
  if (verdict.accepted && verdict.json !== undefined) compareBody(parseHcl(text).body, verdict.json, pairs);
  return pairs;
}

async function decoded(value: string): Promise<string | undefined> {
  const text = `a = ${value}\n`;
  for (const [ours, go] of await compare(text)) expect(ours).toBe(go);
  const item = parseHcl(text).body.items[0];
  return item?.kind === 'attribute' ? literalOf(item.value) : undefined;
}

describe('decoding', () => {
  test.each([
    ['"a\\tb\\n\\"c\\" \\\\ \\u00e9\\U0001F600"', 'a\tb\n"c" \\ é😀'],
    ['"$${a} %%{b} $$$${c} $ $$ %"', '${a} %{b} $$${c} $ $$ %'],
    ['<<E\n  a\n\tb \\n "q"\n  E', '  a\n\tb \\n "q"\n'],
    ['<<-E\n    a\n      b\n   c\n  E', ' a\n   b\nc\n'],
    ['<<-E\n   a\n  \n    b\n\nE', 'a\n  \n b\n\n'],
    ['<<-E\n\ta\n  b\nE', 'a\n b\n'],
    ['<<-E\n  $a\n   $${b}\nE', '$a\n ${b}\n'],
    ['<<E\r\nx\r\ny\r\nE', 'x\r\ny\r\n'],
    ['<<-E\nE', ''],
    ['""', ''],
  ])('%j', async (value, text) => {
    expect(await decoded(value)).toBe(text);
  });

  test('interpolations count as content when `<<-` looks for the smallest indentation', () => {
    const { body } = parseHcl('a = <<-E\n    ${x}\n      b\n  E\nc = <<-E\n${x}\n  b\nE\n');
    const texts = body.items.map(item =>
      item.kind === 'attribute' && item.value.kind === 'template'
        ? item.value.parts.map(part => (part.kind === 'text' ? part.text : '_')).join('')
        : '',
    );
    expect(texts).toEqual(['_\n  b\n', '_\n  b\n']);
  });

  test('strip markers take the blanks of one line of a heredoc, and all blanks of a string', async () => {
    for (const text of [
      'a = "x \\n ${~ 1 ~} \\t\\n y"\n',
      'a = <<E\nx\n\n ${~ 1 ~} \n\n y\nE\n',
      'a = <<-E\n  x\n  ${~ 1 ~}\n  y\nE\n',
    ]) {
      const item = parseHcl(text).body.items[0]!;
      const value = item.kind === 'attribute' && item.value.kind === 'template' ? item.value : undefined;
      const ours = value!.parts.map(part => (part.kind === 'text' ? part.text : '1')).join('');
      const verdict = await askGo(text);
      expect(ours).toBe(verdict.accepted && at(verdict.json, 'a'));
    }
  });
});

describe('generated documents', () => {
  test('strings, heredocs and numbers mean what they mean to the Go parser', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(documents, templates), async text => {
        for (const [ours, go] of await compare(text)) {
          expect(ours).toEqual(go);
          compared++;
        }
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  test('runs add up to the text they decode to and stand in order within their part', () => {
    fc.assert(
      fc.property(documents, text => {
        for (const { node } of nodesOf(parseHcl(text).body)) {
          if (!('runs' in node && 'text' in node)) continue;
          const { runs, text: whole } = node as unknown as {
            runs: { length: number; start: number; end: number; verbatim: boolean }[];
            text: string;
          };
          let read = 0;
          let before = node.start;
          for (const run of runs) {
            expect(run.start).toBeGreaterThanOrEqual(before);
            if (run.verbatim) expect(text.slice(run.start, run.end)).toBe(whole.slice(read, read + run.length));
            read += run.length;
            before = run.end;
          }
          expect(read).toBe(whole.length);
          expect(before).toBeLessThanOrEqual(node.end);
        }
      }),
    );
  });
});
