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
  read(text).problems.map(({ span, message, help }) => `${text.slice(span.start, span.end)} -> ${message} (${help})`);

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

describe('problems are reported where they are', () => {
  it.each([
    [
      'rules: { unpinned-base-imag: off }',
      'unpinned-base-imag -> Unknown rule `unpinned-base-imag` (Did you mean `unpinned-base-image`?)',
    ],
    ['rules: { DL3007: off }', 'DL3007 -> Unknown rule `DL3007` (Did you mean `latest-tag`?)'],
    [
      'rules: { "hadolint:DL3007": off }',
      '"hadolint:DL3007" -> Unknown rule `hadolint:DL3007` (Did you mean `latest-tag`?)',
    ],
    ['rules: { latest-tag: warn }', 'warn -> Invalid value `warn` for `latest-tag` (Did you mean `warning`?)'],
    ['rules: { qwertyuiop: off }', 'qwertyuiop -> Unknown rule `qwertyuiop` (Run `bakelint rules` for the list)'],
    ['preset: strict', 'preset -> Unknown key `preset` (Did you mean `extends`?)'],
    ['extend: strict', 'extend -> Unknown key `extend` (Did you mean `extends`?)'],
    ['extends: stric', 'stric -> Invalid value `stric` for `extends` (Did you mean `strict`?)'],
    [
      'extends: https://example.com/x.yaml',
      'https://example.com/x.yaml -> Invalid value for `extends` (Use `recommended`, `strict` or `all`)',
    ],
    ['extends: {}', '{} -> Invalid value for `extends` (Use `recommended`, `strict` or `all`, or a list of these)'],
    ['ruleset: newest', 'newest -> Invalid value for `ruleset` (Use a value such as `2026.11`)'],
    ['preview: yes', 'yes -> Invalid value for `preview` (Use `true` or `false`)'],
    [
      'rules: { latest-tag: true }',
      'true -> Invalid value for `latest-tag` (Use `off`, `error`, `warning`, `info` or `hint`)',
    ],
    ['rules: { latest-tag: eror }', 'eror -> Invalid value `eror` for `latest-tag` (Did you mean `error`?)'],
    ['rules: { latest-tag: { most: 0 } }', '0 -> Invalid value for `most` (Use an integer of at least 1)'],
    ['rules: { latest-tag: { most: 1.5 } }', '1.5 -> Invalid value for `most` (Use an integer of at least 1)'],
    [
      'rules: { latest-tag: { stric: true } }',
      'stric -> Unknown option `stric` in `latest-tag` (Did you mean `strict`?)',
    ],
    [
      'rules: { latest-tag: { allowed-images: alpine } }',
      'alpine -> Invalid value for `allowed-images` (Use a list of strings)',
    ],
    ['rules: [latest-tag]', '[latest-tag] -> Invalid value for `rules` (Use a mapping of keys to values)'],
    ['ignore: [1, a]', '1 -> Invalid value for `ignore` (Use a string)'],
    [
      'overrides: [{ rules: {} }]',
      '{ rules: {} } -> Missing key `files` (Add it; without it this entry has no effect)',
    ],
    ['images: { kind: goldn }', 'goldn -> Invalid value `goldn` for `kind` (Did you mean `golden`?)'],
    ['just some prose', 'just some prose -> Configuration is not a mapping (Write `key: value` lines)'],
    ['preview: true\npreview: false', 'preview -> Duplicate key `preview` (Remove it; the first one is used)'],
    ['? [a]\n: b', '[a] -> Key in the configuration is not a string (Write a plain name)'],
    ['ignore: &a [x]\noverrides: *a', '*a -> YAML alias in `overrides` (Write the value out)'],
    [
      '<<: { preview: true }',
      '<< -> Unknown key `<<` (Use `$schema`, `extends`, `ruleset`, `preview`, `rules`, `images`, `overrides` or `ignore`)',
    ],
    ['preview:\n  - ', '-  -> Invalid value for `preview` (Use `true` or `false`)'],
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

  it.each([
    ['{ "extends": "all",\n', 'Unclosed `{` (Add `}`)'],
    ['ignore: [a,\n', 'Unclosed `[` (Add `]`)'],
    ['ruleset: "2026.11\n', 'Unclosed quote (Add the closing quote)'],
    [
      'rules:\n  latest-tag: off\n preview: true\n',
      'Indentation differs from the lines above (Align keys of the same level)',
    ],
    ['rules:\n\tlatest-tag: off\n', 'Tab in the indentation (Indent with spaces)'],
    ['preview: true\nextends\n', 'Key without a colon (Write `key: value`)'],
  ])('broken YAML is explained: %j', (text, problem) => {
    const said = read(text).problems.map(({ help, message }) => `${message} (${help})`);
    expect(said).toContain(problem);
    for (const line of said) expect(line).not.toContain('undefined');
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
      'Configuration is ignored: nested deeper than 32 levels',
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
