import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../core/config/read.ts';
import { configSchema, optionKey, type Schema } from '../../core/config/schema.ts';
import { nearest } from '../../core/nearest.ts';
import { flag, oneOf, stringList, wholeNumber } from '../../core/options.ts';
import { defineBuildRule, severityIn } from '../../core/rule.ts';
import { rules as realRules } from '../../rules/index.ts';

const rules = [
  defineBuildRule({
    id: 'a-rule',
    summary: 'Something is wrong',
    policies: ['G2'],
    category: 'size',
    severity: 'info',
    preset: 'strict',
    languages: ['packer'],
    since: '2026.11',
    options: {
      someNames: stringList('Names.'),
      on: flag('On.', true),
      most: wholeNumber('Most.', 1),
      mode: oneOf('Mode.', ['x', 'y'], 'x'),
    },
    check: () => [],
  }),
];

describe('the schema', () => {
  const validate = new Ajv({ allowUnionTypes: true, strictTypes: false }).compile(configSchema(rules));

  // JSON, so that the schema library and our reader look at the same document.
  it.each([
    {},
    { extends: 'strict' },
    { extends: ['strict', 'all'] },
    { extends: 'x' },
    { ruleset: '2026.11' },
    { ruleset: '26' },
    { preview: 1 },
    { rules: { 'a-rule': 'off' } },
    { rules: { 'a-rule': 'of' } },
    { rules: { b: 'off' } },
    { rules: { 'a-rule': { severity: 'hint', 'some-names': ['x'], on: false, most: 0, mode: 'y' } } },
    { rules: { 'a-rule': { someNames: ['x'] } } },
    { rules: { 'a-rule': { most: -1 } } },
    { rules: { 'a-rule': { mode: 'z' } } },
    { images: { kind: 'golden', 'cloud-init-version': '22' } },
    { images: { kind: 'goldener' } },
    { overrides: [{ files: ['*'], images: { targets: ['x'] } }] },
    { overrides: [{ rules: {} }] },
    { ignore: ['x', 1] },
  ])('agrees with the reader on %j', document => {
    expect(readConfig(JSON.stringify(document), rules).problems.length === 0).toBe(validate(document));
  });

  const known = [
    '$schema',
    'title',
    'description',
    'default',
    'type',
    'enum',
    'pattern',
    'examples',
    'minimum',
    'items',
    'properties',
    'additionalProperties',
    'required',
    'anyOf',
  ];
  const walk = (schema: Schema): void => {
    expect(Object.keys(schema).filter(key => !known.includes(key))).toEqual([]);
    for (const inner of [...Object.values(schema.properties ?? {}), ...(schema.anyOf ?? [])]) walk(inner);
    if (schema.items) walk(schema.items);
  };

  it('holds only keywords that the reader checks', () => walk(configSchema(rules)));

  it('knows the keywords of every real rule, and takes its defaults', () => {
    walk(configSchema(realRules));
    const defaults = realRules.map(rule => [
      rule.id,
      {
        severity: severityIn(rule),
        ...Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [optionKey(name), option.default])),
      },
    ]);
    const { config, problems } = readConfig(JSON.stringify({ rules: Object.fromEntries(defaults) }), realRules);
    expect(problems).toEqual([]);
    expect(config.rules.size).toBe(realRules.length);
  });

  it('writes options in kebab case', () => {
    expect(optionKey('someNames')).toBe('some-names');
    expect(optionKey('allowed')).toBe('allowed');
  });
});

describe('nearest', () => {
  it.each([
    ['formt', 'format'],
    ['fromat', 'format'],
    ['Format', 'format'],
    ['quite', 'quiet'],
    ['zzz', undefined],
    ['x'.repeat(10_000), undefined],
  ])('%s', (word, meant) => {
    expect(nearest(word, ['quiet', 'format', 'fix'])).toBe(meant);
  });
});
