/** The table of cloud-init's keys: what is wrong in it, and what a schema has that it lacks. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CloudInitKeysData, Keys } from '../data/cloud-init-keys.json';
import { compareNetwork, type JsonSchema } from '../dev/refresh/cloud-init/compare.ts';
import { compareVersions, type Release } from '../dev/refresh/cloud-init/history.ts';
import { CLOUD_INIT_KEYS } from '../dev/refresh/cloud-init.ts';

const folder = mkdtempSync(join(tmpdir(), 'bakelint-cloud-init-'));
afterAll(() => rmSync(folder, { recursive: true }));

const table = (keys: Keys, more: Partial<CloudInitKeysData> = {}): CloudInitKeysData => ({
  source: 'somewhere',
  date: '2026-01-01',
  version: '26.1',
  types: {},
  modules: { cc_one: keys },
  base: {},
  cloudCfg: {},
  autoinstall: { keys: {} },
  network: { v1: { keys: {} }, v2: {}, device: {}, devices: {} },
  removed: {},
  describedLater: [],
  moduleNames: [],
  ...more,
});

/** What is reported of a key `a` with this type in the table and this schema. */
async function lacking(type: Keys[string], schema: object, more: Partial<CloudInitKeysData> = {}) {
  const place = join(folder, 'schema.json');
  const { $defs, ...own } = schema as { readonly $defs?: object };
  writeFileSync(place, JSON.stringify({ $defs, allOf: [{ type: 'object', properties: { a: own } }] }));
  return (await CLOUD_INIT_KEYS.refresh(table({ a: type }, more), { place, date: undefined })).report;
}

describe('what the schema has and the table lacks', () => {
  it('a key at the top', async () => {
    const place = join(folder, 'top.json');
    const $defs = { cc_two: { properties: { b: { type: 'string' }, autoinstall: { type: 'object' } } } };
    writeFileSync(place, JSON.stringify({ $defs, allOf: [{ $ref: '#/$defs/cc_two' }], properties: { a: {}, c: {} } }));
    const { report } = await CLOUD_INIT_KEYS.refresh(table({ a: 'text' }, { base: { c: 'any' } }), {
      place,
      date: undefined,
    });
    expect(report).toEqual(['b: missing']);
  });

  it.each<[name: string, type: Keys[string], schema: object, expected: readonly string[]]>([
    ['the same', 'text', { type: 'string' }, []],
    ['whatever it is', 'any', { type: ['string', 'object'], properties: { x: {} } }, []],
    ['another type', 'text', { type: 'boolean' }, ['a: takes boolean']],
    ['one more type', 'text', { type: ['string', 'null', 'integer'] }, ['a: takes null', 'a: takes number']],
    ['an alternative', 'text', { oneOf: [{ type: 'string' }, { type: 'array' }] }, ['a: takes array']],
    ['all alternatives', { oneOf: ['int', 'nothing'] }, { anyOf: [{ type: 'integer' }, { type: 'null' }] }, []],
    ['a value', { values: ['x'] }, { type: 'string', enum: ['x', 'y'] }, ['a: takes "y"']],
    ['a value of any text', 'text', { enum: ['x'] }, []],
    ['a value that is a boolean', { values: ['x'] }, { enum: ['x', false] }, ['a: takes false']],
    ['a value that has the form', { pattern: '^[0-9]$', says: 'a digit' }, { enum: ['1', '12'] }, ['a: takes "12"']],
    ['a key', { keys: { x: 'text' } }, { properties: { x: { type: 'string' }, y: {} } }, ['a.y: missing']],
    [
      'a deprecated key',
      { keys: {} },
      { properties: { y: { deprecated: true, deprecated_version: '22.1' } } },
      ['a.y: missing (deprecated since 22.1)'],
    ],
    ['a type of a key', { keys: { x: 'text' } }, { properties: { x: { type: 'number' } } }, ['a.x: takes number']],
    ['keys of any name', { keys: {}, others: 'any' }, { properties: { y: { type: 'string' } } }, []],
    [
      'no keys of any name',
      { keys: { x: 'text' } },
      { additionalProperties: { type: 'string' } },
      ['a: takes keys of any name'],
    ],
    ['what those hold', { map: 'text' }, { patternProperties: { '^.+$': { type: 'null' } } }, ['a.*: takes null']],
    [
      'keys that a pattern lists',
      { keys: { x_1: 'text' } },
      { patternProperties: { '^x_.$': { type: 'null' } } },
      ['a.x_1: takes null'],
    ],
    [
      'a key that is listed beside a pattern',
      { keys: { x: 'text' } },
      {
        properties: { x: { type: 'string' } },
        patternProperties: { x: { type: ['string', 'null'] } },
      },
      ['a: takes keys of any name'],
    ],
    ['items', { list: 'text' }, { items: { type: 'boolean' } }, ['a[]: takes boolean']],
    ['items by place', { list: 'text' }, { items: [{ type: 'string' }, { type: 'null' }] }, ['a[]: takes null']],
    ['a required key', { keys: { x: 'text' } }, { properties: { x: {} }, required: ['x'] }, ['a.x: is required']],
    [
      'a required row',
      { keys: { x: 'text', y: 'text' }, required: [['x', 'y']] },
      {
        properties: { x: {}, y: {} },
        required: ['x'],
      },
      [],
    ],
    [
      'what only one form requires',
      { keys: { x: 'text', y: 'text' } },
      {
        properties: { x: {}, y: {} },
        oneOf: [{ required: ['x'] }, { required: ['y'] }],
      },
      [],
    ],
    [
      'a deprecation',
      { type: 'text', since: '20.1' },
      { type: 'string', deprecated: true, deprecated_version: '22.1' },
      ['a: string is deprecated since 22.1'],
    ],
    [
      'another version',
      { type: 'text', deprecated: { since: '22.2', instead: 'b' } },
      {
        type: 'string',
        deprecated: true,
        deprecated_version: '22.1',
      },
      ['a: string is deprecated since 22.1'],
    ],
    [
      'a deprecated form',
      { oneOf: ['bool', { old: 'text', since: '22.1', instead: 'b' }] },
      {
        oneOf: [{ type: 'boolean' }, { type: 'string', deprecated: true, deprecated_version: '22.1' }],
      },
      [],
    ],
    [
      'what is in a deprecated form',
      { old: { map: 'nothing' }, since: '22.1', instead: 'b' },
      {
        type: 'object',
        patternProperties: { '.': { type: 'null', deprecated: true, deprecated_version: '22.1' } },
      },
      [],
    ],
    ['behind a reference', 'text', { $defs: { b: { type: 'null' } }, $ref: '#/$defs/b' }, ['a: takes null']],
  ])('%s', async (_, type, schema, expected) => {
    expect(await lacking(type, schema)).toEqual(expected);
  });

  it('by the names of types', async () => {
    const types = { pet: { keys: { name: 'text' } }, number: 'text' } as const;
    const schema = { properties: { name: { type: 'string' }, age: {} } };
    expect(await lacking('pet', schema, { types })).toEqual(['a.age: missing']);
    expect(await lacking({ keys: 'pet', others: 'any' }, schema, { types })).toEqual([]);
  });

  it('dates a table that lacks nothing', async () => {
    const place = join(folder, 'dated.json');
    writeFileSync(place, JSON.stringify({ properties: { a: { type: 'string' } } }));
    const dated = async (data: CloudInitKeysData) =>
      (await CLOUD_INIT_KEYS.refresh(data, { place, date: '2026-08-21' })).data.date;
    expect(await dated(table({ a: 'text' }))).toBe('2026-08-21');
    expect(await dated(table({ a: 'bool' }))).toBe('2026-01-01');
  });
});

describe('the table', () => {
  it('is sorted by module', async () => {
    const modules = { cc_b: { b: 'text' }, cc_a: { z: 'text', a: 'text' } };
    const { data } = await CLOUD_INIT_KEYS.refresh(table({}, { modules, moduleNames: ['b', 'a'] }), undefined);
    expect(Object.entries(data.modules).map(([name, keys]) => [name, Object.keys(keys)])).toEqual([
      ['cc_a', ['z', 'a']],
      ['cc_b', ['b']],
    ]);
    expect(data.moduleNames).toEqual(['a', 'b']);
  });

  it.each<[keys: Keys, more: Partial<CloudInitKeysData>, expected: readonly string[]]>([
    [{ a: 'text' }, {}, []],
    [{ a: 'text' }, { base: { a: 'text' } }, ['a occurs twice']],
    [{ a: 'pet' }, {}, ['the type pet does not exist']],
    [{ a: { list: { map: { keys: 'pet' } } } }, {}, ['the type pet does not exist']],
    [{}, { types: { pet: 'text' } }, ['unused type pet']],
    [{ a: { keys: { x: 'any' }, others: 'pet' } }, { types: { pet: 'text' } }, []],
    [{}, { modules: { runcmd: {} } }, ['runcmd is not a module']],
    [{}, { date: '' }, ['invalid date']],
    [{ a: { type: 'text', since: '2.x' } }, {}, ['cc_one.a has an invalid version in `since`']],
    [
      { a: { type: 'text', deprecated: { since: 'old', instead: 'b' } } },
      {},
      ['cc_one.a is deprecated since an invalid version'],
    ],
    [
      { a: { type: 'text', deprecated: { since: '22.1', use: 'b' } } },
      {},
      ['cc_one.a is replaced by b, which does not exist'],
    ],
    [{ a: { keys: { x: { type: 'text', deprecated: { since: '22.1', use: 'y' } }, y: 'text' } } }, {}, []],
    [{ a: { list: { pattern: '(', says: '' } } }, {}, ['cc_one.a has a pattern that does not compile']],
    [
      { a: { oneOf: [{ old: 'text', since: '', instead: '' }] } },
      {},
      ['cc_one.a has a deprecated form with an invalid version'],
    ],
  ])('%j', (keys, more, expected) => {
    expect(CLOUD_INIT_KEYS.problems(table(keys, more))).toEqual(expected);
  });
});

describe('what the schemas of the releases say', () => {
  const release = (version: string, properties: object): Release => ({ version, schema: { properties } as JsonSchema });
  const said = (releases: readonly Release[], keys: Keys, more: Partial<CloudInitKeysData> = {}) =>
    compareVersions(releases, table(keys, more));
  const text = { type: 'string' };

  it.each<[name: string, keys: Keys, more: Partial<CloudInitKeysData>, expected: readonly string[]]>([
    ['nothing of keys that it does not have', { a: 'text' }, {}, []],
    ['a version', { a: 'text', b: 'text' }, {}, ['b: since 23.1, the table says nothing']],
    ['the same version', { a: 'text', b: { type: 'text', since: '23.1' } }, {}, []],
    ['another version', { b: { type: 'text', since: '22.4' } }, {}, ['b: since 23.1, the table says 22.4']],
    ['an older key', { b: 'text' }, { describedLater: ['b'] }, []],
    [
      'a key that is there',
      { a: { type: 'text', since: '23.1' } },
      {},
      ['a: since 22.2 at the latest, the table says 23.1'],
    ],
    ['an exception for nothing', {}, { describedLater: ['x'] }, ['x: in no schema, but in `describedLater`']],
  ])('%s', (_, keys, more, expected) => {
    expect(said([release('22.2', { a: text }), release('23.1', { a: text, b: text })], keys, more)).toEqual(expected);
  });

  it('a key that is gone', () => {
    const releases = [release('22.2', { a: { properties: { b: text } } }), release('22.3', {}), release('22.4', {})];
    expect(said(releases, {})).toEqual(['a: gone since 22.3']);
    expect(said(releases, {}, { removed: { a: { since: '22.3' } } })).toEqual([]);
  });

  it('what is inside has the version of what it is in, and a spelling that is deprecated at once none', () => {
    const inner = { type: 'object', properties: { b: text, 'b-c': { ...text, deprecated: true } } };
    const releases = [release('22.2', {}), release('22.3', { a: { oneOf: [{ type: 'array', items: inner }, inner] } })];
    const keys: Keys = { a: { type: { list: { keys: { b: 'text', 'b-c': 'text' } } }, since: '22.3' } };
    expect(said(releases, keys)).toEqual([]);
    expect(said(releases, { a: { type: { map: { keys: { b: 'text' } } }, since: '22.2' } })).toEqual([
      'a: since 22.3, the table says 22.2',
    ]);
  });
});

describe('the network', () => {
  it.each<[version: 1 | 2, schema: object, expected: readonly string[]]>([
    [1, { properties: { network: { properties: { version: { type: 'integer' } } } } }, ['network v1.version: missing']],
    [
      2,
      { properties: { ethernets: { patternProperties: { '^.+$': { properties: { x: {} } } } } } },
      ['network v2.ethernets.*.x: missing'],
    ],
    [
      2,
      { properties: { ethernets: { patternProperties: { '^.+$': { properties: { mtu: { type: 'integer' } } } } } } },
      [],
    ],
  ])('of version %i', (version, schema, expected) => {
    const data = table(
      {},
      { network: { v1: { keys: {} }, v2: {}, device: { mtu: 'int' }, devices: { ethernets: {} } } },
    );
    expect(compareNetwork(version, schema as JsonSchema, data)).toEqual(expected);
  });
});
