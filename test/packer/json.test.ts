import { expect, test } from 'vitest';
import { jsonProblem } from '../../languages/packer/json/problem.ts';

const VALID = ['{}', '[]', ' {"a": [1, -2.5e3, true, null, "x\\n\\u00e9"], "b": {"c": ""}} ', '"x"', '0'];
const INVALID = [
  '',
  // Refused by Packer as well: `packer validate` of a file with a byte order mark.
  '\uFEFF{}',
  '{',
  '{"a": 1,}',
  '[1,]',
  '{"a" 1}',
  '{a: 1}',
  "{'a': 1}",
  '{"a": 01}',
  '{"a": "x',
  '{"a": "\t"}',
  '{"a": "\\x"}',
  '// no\n{}',
  '{} {}',
  '{]',
  '[}',
  '}',
  '{"a": 1 "b": 2}',
  '{"a": tru}',
  '{"a":}',
  '[1 2]',
  '{,}',
];

test.each(VALID)('accepts %s', text => {
  expect(jsonProblem(text)).toBeUndefined();
  JSON.parse(text);
});

test.each(INVALID)('rejects %s', text => {
  expect(() => JSON.parse(text)).toThrow();
  const problem = jsonProblem(text);
  expect(problem).toBeDefined();
  expect(problem!.start).toBeLessThanOrEqual(problem!.end);
});

test('agrees with the engine on every text with one character less or changed', () => {
  const text = '{"source": {"null": {"x": {"n": [1, 2.5, -3e2], "s": "a\\"b", "t": true, "u": null}}}, "v": []}';
  for (let i = 0; i < text.length; i++) {
    for (const insert of ['', ',', '"', '}', '[', ' ', 'x', '0', '\\', '\n']) {
      const changed = text.slice(0, i) + insert + text.slice(i + 1);
      let valid = true;
      try {
        JSON.parse(changed);
      } catch {
        valid = false;
      }
      expect([changed, jsonProblem(changed) === undefined]).toEqual([changed, valid]);
    }
  }
});

test('says where a trailing comma is', () => {
  const text = '{\n  "build": {"sources": ["source.null.x"],}\n}';
  expect(jsonProblem(text)).toMatchObject({ start: text.indexOf('}'), message: 'Trailing comma in JSON' });
});

test('deep nesting ends', () => {
  expect(jsonProblem('['.repeat(100_000))).toMatchObject({ message: 'The JSON is nested too deeply' });
});
