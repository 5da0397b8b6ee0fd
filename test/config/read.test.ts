import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONFIG_NAMES, LONGEST_CONFIG, readConfig } from '../../core/config/read.ts';
import { NO_CONFIG } from '../../core/config/resolve.ts';
import { flag, oneOf, stringList, wholeNumber } from '../../core/options.ts';
import { defineBuildRule } from '../../core/rule.ts';

const base = {
  summary: 'Something is wrong',
  policies: ['G2'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile'],
  since: '2026.11',
  check: () => [],
} as const;
const rules = [
  defineBuildRule({ ...base, id: 'unpinned-base-image' }),
  defineBuildRule({
    ...base,
    id: 'latest-tag',
    aliases: ['hadolint:DL3007'],
    options: {
      allowedImages: stringList('Images that may float.'),
      strict: flag('Whether.', false),
      most: wholeNumber('How many.', 3, 1),
      mode: oneOf('Which.', ['a', 'b'], 'a'),
    },
  }),
];
const read = (text: string) => readConfig(text, rules);
/** The problems as the text each is at and what it says. */
const problems = (text: string) =>
  read(text).problems.map(({ span, message }) => `${text.slice(span.start, span.end)} -> ${message}`);

const FULL = `\uFEFF# what we want
extends: [recommended, strict]
ruleset: 2026.10
preview: true
rules:
  unpinned-base-image: off
  latest-tag:
    severity: error
    allowed-images: [alpine, "debian"]
    strict: true
    most: 5
    mode: b
images:
  kind: golden
  owner-keys: [Owner]
  trusted-registries: [ghcr.io]
  targets: [app]
  cloud-init-version: 22.10
overrides:
  - files: ["dev/**"]
    rules: { latest-tag: hint }
    images: { kind: ci-runner }
ignore: [vendor]
`;

describe('a configuration', () => {
  it('is read in full', () => {
    const { config, problems } = read(FULL);
    expect(problems).toEqual([]);
    expect(config).toEqual({
      presets: ['recommended', 'strict'],
      ruleset: '2026.10',
      preview: true,
      rules: new Map([
        ['unpinned-base-image', { severity: 'off', options: {} }],
        [
          'latest-tag',
          { severity: 'error', options: { allowedImages: ['alpine', 'debian'], strict: true, most: 5, mode: 'b' } },
        ],
      ]),
      images: {
        kind: 'golden',
        ownerKeys: ['owner'],
        trustedRegistries: ['ghcr.io'],
        targets: ['app'],
        cloudInitVersion: '22.10',
      },
      overrides: [
        {
          files: ['dev/**'],
          rules: new Map([['latest-tag', { severity: 'hint', options: {} }]]),
          images: { kind: 'ci-runner' },
        },
      ],
      ignore: ['vendor'],
    });
  });

  it('is read from JSON with tabs', () => {
    const { config, problems } = read(
      '{\n\t"$schema": "x",\n\t"extends": "all",\n\t"rules": {\n\t\t"latest-tag": "off"\n\t}\n}\n',
    );
    expect(problems).toEqual([]);
    expect(config.presets).toEqual(['all']);
    expect(config.rules.get('latest-tag')?.severity).toBe('off');
  });

  it.each(['', '\n', '# nothing yet\n', 'rules:\n', 'overrides:\nignore:\n'])('may be empty: %j', text => {
    expect(read(text)).toEqual({ config: NO_CONFIG, problems: [] });
  });

  it('has the names that hosts look for', () => {
    expect(CONFIG_NAMES).toEqual(['.bakelint.yaml', '.bakelint.yml', '.bakelint.json']);
  });
});

describe('what is wrong is said where it stands', () => {
  it.each([
    [
      'rules: { unpinned-base-imag: off }',
      'unpinned-base-imag -> `unpinned-base-imag` is no rule; did you mean `unpinned-base-image`?',
    ],
    ['rules: { DL3007: off }', 'DL3007 -> `DL3007` is no rule; did you mean `latest-tag`?'],
    [
      'rules: { "hadolint:DL3007": off }',
      '"hadolint:DL3007" -> `hadolint:DL3007` is no rule; did you mean `latest-tag`?',
    ],
    ['rules: { latest-tag: warn }', 'warn -> `warn` is not known here; did you mean `warning`?'],
    ['rules: { qwertyuiop: off }', 'qwertyuiop -> `qwertyuiop` is no rule.'],
    ['extend: strict', 'extend -> `extend` is no key of a Bakelint configuration; did you mean `extends`?'],
    ['extends: stric', 'stric -> `stric` is not known here; did you mean `strict`?'],
    [
      'extends: https://example.com/x.yaml',
      'https://example.com/x.yaml -> Expected one of `recommended`, `strict`, `all`.',
    ],
    ['extends: {}', '{} -> Expected one of `recommended`, `strict`, `all`, or a list of these.'],
    ['ruleset: newest', 'newest -> Expected something like `2026.11`.'],
    ['preview: yes', 'yes -> Expected `true` or `false`.'],
    ['rules: { latest-tag: true }', 'true -> Expected one of `off`, `error`, `warning`, `info`, `hint`.'],
    ['rules: { latest-tag: eror }', 'eror -> `eror` is not known here; did you mean `error`?'],
    ['rules: { latest-tag: { most: 0 } }', '0 -> Expected a number of at least 1.'],
    ['rules: { latest-tag: { most: 1.5 } }', '1.5 -> Expected a whole number.'],
    ['rules: { latest-tag: { stric: true } }', 'stric -> `stric` is no option of `latest-tag`; did you mean `strict`?'],
    ['rules: { latest-tag: { allowed-images: alpine } }', 'alpine -> Expected a list.'],
    ['rules: [latest-tag]', '[latest-tag] -> Expected keys with values.'],
    ['ignore: [1, a]', '1 -> Expected a text.'],
    ['overrides: [{ rules: {} }]', '{ rules: {} } -> `files` is missing here, so this has no effect.'],
    ['images: { kind: goldn }', 'goldn -> `goldn` is not known here; did you mean `golden`?'],
    ['just some prose', 'just some prose -> Expected keys with values.'],
    ['preview: true\npreview: false', 'preview -> `preview` is said twice; the first one holds.'],
    ['? [a]\n: b', '[a] -> Expected a key of a Bakelint configuration.'],
    ['ignore: &a [x]\noverrides: *a', '*a -> Aliases are not followed in a configuration: write the value out.'],
    ['<<: { preview: true }', '<< -> `<<` is no key of a Bakelint configuration.'],
    ['preview:\n  - ', '-  -> Expected `true` or `false`.'],
  ])('%j', (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  it('and the rest holds', () => {
    const { config, problems } = read(
      FULL.replace('kind: golden', 'kind: 7').replace('most: 5', 'most: many').replace('"debian"', '[]'),
    );
    expect(problems).toHaveLength(3);
    expect(config.images).toEqual({
      ownerKeys: ['owner'],
      trustedRegistries: ['ghcr.io'],
      targets: ['app'],
      cloudInitVersion: '22.10',
    });
    expect(config.rules.get('latest-tag')).toEqual({
      severity: 'error',
      options: { allowedImages: ['alpine'], strict: true, mode: 'b' },
    });
  });

  it('broken YAML keeps what can be read', () => {
    const { config, problems } = read('preview: true\nrules: {\n');
    expect(problems.length).toBeGreaterThan(0);
    expect(config.preview).toBe(true);
  });

  it('a tag is a problem and nothing more', () => {
    expect(problems('ignore: [!!js/function "x"]').length).toBe(1);
  });
});

describe('a hostile configuration', () => {
  it('cannot reach a prototype', () => {
    for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
      const text = `${key}: { polluted: true }\nrules:\n  ${key}: off\n  latest-tag: { ${key}: 1 }\nimages: { ${key}: { kind: golden } }\npreview: true\n`;
      const { config, problems } = read(text);
      expect(problems).toHaveLength(4);
      expect(config.preview).toBe(true);
      expect(config.rules.size).toBe(1);
      expect(config.images).toEqual({});
      expect(Object.keys(config.rules.get('latest-tag')!.options)).toEqual([]);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    ['brackets', '['.repeat(40_000)],
    ['brackets behind a key', `rules: ${'{a: '.repeat(20_000)}`],
    ['dashes', '- '.repeat(40_000)],
    ['question marks', '? '.repeat(40_000)],
    ['indentation', Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['dashes by line', Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}-`).join('\n')],
  ])('does not nest its way out: %s', (_, text) => {
    const { config, problems } = read(text);
    expect(problems.map(problem => problem.message)).toEqual([
      'This is nested too deep, so the configuration is not read.',
    ]);
    expect(config).toEqual(NO_CONFIG);
  });

  it('is not read when it is endless', () => {
    expect(problems(`# ${'x'.repeat(LONGEST_CONFIG)}`).length).toBe(1);
  });

  it('reports no more than anyone reads', () => {
    expect(problems(Array.from({ length: 5000 }, (_, i) => `k${i}: 1`).join('\n')).length).toBe(100);
  });

  it('that bombs with aliases is refused at the first alias', () => {
    const bomb = [
      'a: &a [x]',
      ...'bcdefghi'.split('').map((name, i) => `${name}: &${name} [${`*${'abcdefgh'[i]},`.repeat(9)}]`),
      'ignore: *i',
    ].join('\n');
    const { config } = read(bomb);
    expect(config).toEqual(NO_CONFIG);
  });

  it('never throws, and its problems stand in the file', () => {
    const bit = fc.constantFrom(
      ...'abc-:?&*!#{}[],"\'|> \n\t%@`0\r\u{1F600}'.split(''),
      'rules',
      'latest-tag',
      'extends: ',
      '\n  ',
      '- ',
      '---\n',
      '<<: ',
      '~',
      'off',
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 60 }), bits => {
        const text = bits.join('');
        for (const { span } of read(text).problems) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.start).toBeLessThanOrEqual(span.end);
          expect(span.start).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
