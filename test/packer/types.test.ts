import { describe, expect, test } from 'vitest';
import { fits, isType, type Type, typeOf } from '../../languages/packer/types.ts';
import { read, value } from './read.ts';

function typeIn(text: string) {
  const { tree } = read(`variable "x" {\n  type = ${text}\n}\n`);
  return typeOf(tree.module.variable('x')!.block!.attribute('type')!.value.expression);
}
function type(text: string): Type {
  const found = typeIn(text);
  if (!found || !isType(found)) throw new Error(`no type: ${text}`);
  return found;
}

describe('reading a type', () => {
  test.each([
    'string',
    'any',
    'list(any)',
    'set(list(number))',
    'map(object({ a = string, "b" = optional(bool) }))',
    'tuple([string, number])',
    'tuple([])',
    '(number)',
  ])('%s is one', text => {
    expect(isType(typeIn(text)!)).toBe(true);
  });

  test.each([
    ['"string"', 'quoted'],
    ['"list(string)"', 'quoted'],
    ['str', 'unknown-name'],
    ['array(string)', 'unknown-name'],
    ['list', 'element-missing'],
    ['map()', 'element-missing'],
    ['list(string, number)', 'malformed'],
    ['string(8)', 'malformed'],
    ['object(string)', 'malformed'],
    ['tuple(string)', 'malformed'],
    ['8', 'malformed'],
    ['map(list)', 'element-missing'],
    ['object({ a = strin })', 'unknown-name'],
  ])('%s is none: %s', (text, reason) => {
    expect(typeIn(text)).toMatchObject({ reason });
  });
});

describe('what fits a type', () => {
  // As `packer validate` answers.
  test.each([
    ['number', '"x"', false],
    ['number', '"1.5e3"', true],
    ['bool', '"1"', true],
    ['bool', '1', false],
    ['bool', '"yes"', false],
    ['string', 'true', true],
    ['string', '["x"]', false],
    ['string', '{}', false],
    ['list(string)', '"x"', false],
    ['list(number)', '["1", "x"]', false],
    ['list(string)', '{}', false],
    ['set(string)', '["1", 2, true]', true],
    ['map(string)', '["x"]', false],
    ['map(string)', '{ a = 1, b = ["x"] }', false],
    ['map(string)', '{ a = 1 }', true],
    ['tuple([string, number])', '["a"]', false],
    ['tuple([string, number])', '["a", "1"]', true],
    ['object({ a = string, b = optional(number) })', '{ a = "x" }', true],
    ['object({ a = string })', '{ b = "x" }', false],
    ['number', 'null', true],
    ['any', '[{}]', true],
  ])('%s = %s: %s', (wanted, given, expected) => {
    expect(fits(value(given).literal!, type(wanted))).toBe(expected);
  });
});
