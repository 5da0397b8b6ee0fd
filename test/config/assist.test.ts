/** Completion and hovers in configurations. `‸` marks the cursor. */
import { describe, expect, it } from 'vitest';
import { configCompletions, configHover } from '../../core/config/assist.ts';
import { configSchema } from '../../core/config/schema.ts';
import { rules } from '../../rules/index.ts';

const schema = configSchema(rules);
const complete = (marked: string, isJson = false) =>
  configCompletions(marked.replace('‸', ''), marked.indexOf('‸'), { schema, isJson });
const labels = (marked: string, isJson = false): string[] => complete(marked, isJson).map(({ label }) => label);
/** The text after a completion was taken. */
const taken = (marked: string, label: string, isJson = false): string => {
  const { replaces, snippet } = complete(marked, isJson).find(one => one.label === label)!;
  const text = marked.replace('‸', '');
  return text.slice(0, replaces.start) + snippet + text.slice(replaces.end);
};
const hover = (marked: string, isJson = false): string | undefined =>
  configHover(marked.replace('‸', ''), marked.indexOf('‸'), { schema, isJson, urlOf: rule => `https://x/${rule}` })
    ?.markdown;

const TOP = ['$schema', 'extends', 'ruleset', 'preview', 'rules', 'images', 'overrides', 'ignore'];
const SEVERITIES = ['off', 'error', 'warning', 'info', 'hint'];

describe('completion in YAML', () => {
  it.each([
    ['‸', TOP],
    ['extends: all\nru‸', TOP],
    ['extends: ‸', ['recommended', 'strict', 'all']],
    ['extends: [strict, ‸', ['recommended', 'strict', 'all']],
    ['extends:\n  - ‸', ['recommended', 'strict', 'all']],
    ['preview: ‸', ['true', 'false']],
    ['rules:\n  latest-tag: ‸', SEVERITIES],
    ['rules:\n  missing-user: off\n\n  # c\n  latest-tag: war‸', SEVERITIES],
    ['rules:\n  latest-tag:\n    severity: ‸', SEVERITIES],
    ['images:\n  kind: ‸', ['application', 'golden', 'appliance', 'vagrant', 'ci-runner']],
    [
      'images:\n  ‸',
      [
        'kind',
        'owner-keys',
        'trusted-registries',
        'targets',
        'cloud-init-version',
        'owner',
        'purpose',
        'refresh',
        'retirement',
      ],
    ],
    ['overrides:\n  - ‸', ['files', 'rules', 'images']],
    ['overrides:\n- files: [a]\n  ‸', ['files', 'rules', 'images']],
    ['overrides:\n  - files: [a]\n    rules:\n      latest-tag: ‸', SEVERITIES],
    [
      'overrides:\n  - files: [a]\n    images:\n      kind: go‸',
      ['application', 'golden', 'appliance', 'vagrant', 'ci-runner'],
    ],
    ['ruleset: ‸', []],
    ['# ‸', []],
  ])('%j', (marked, expected) => expect(labels(marked)).toEqual(expected));

  it('offers rules with their severities, and what they are about', () => {
    const offered = complete('rules:\n  lat‸');
    expect(offered).toHaveLength(rules.length);
    expect(offered.find(({ label }) => label === 'latest-tag')).toMatchObject({
      detail: 'off, error, warning, info, hint',
      documentation: expect.stringMatching(/\.$/),
    });
    expect(taken('rules:\n  lat‸\n', 'latest-tag')).toBe('rules:\n  latest-tag: ${1|off,error,warning,info,hint|}\n');
    expect(taken('rules:\n  lat‸est: off\n', 'latest-tag')).toBe('rules:\n  latest-tag: off\n');
    expect(taken('ru‸', 'rules')).toBe('rules:\n  $0');
    expect(taken('ign‸', 'ignore')).toBe('ignore: [$1]');
  });
});

describe('completion in JSON', () => {
  it.each([
    ['{ ‸', TOP],
    ['{ "extends": "all", "ru‸" }', TOP],
    ['{ "extends": ‸ }', ['recommended', 'strict', 'all']],
    ['{ "extends": ["str‸', ['recommended', 'strict', 'all']],
    ['{\n  "rules": {\n    "missing-user": "off",\n    "latest-tag": "‸"', SEVERITIES],
    ['{ "overrides": [{ "files": ["a"], "‸', ['files', 'rules', 'images']],
    ['‸', []],
  ])('%j', (marked, expected) => expect(labels(marked, true)).toEqual(expected));

  it('writes quotes where there are none', () => {
    expect(taken('{ "extends": ‸ }', 'all', true)).toBe('{ "extends": "all" }');
    expect(taken('{ "extends": "‸" }', 'all', true)).toBe('{ "extends": "all" }');
    expect(taken('{ ru‸ }', 'rules', true)).toBe('{ "rules": $0 }');
    expect(taken('{ "preview": ‸ }', 'true', true)).toBe('{ "preview": true }');
  });
});

describe('hover', () => {
  it('says what a key and a rule are', () => {
    expect(hover('rules:\n  lat‸est-tag: off\n')).toMatch(
      /^.+\.\n\nSeverity \(default: `\w+`\)\.\n\nOne of `off`, .*\n\n\[Documentation\]\(https:\/\/x\/latest-tag\)$/,
    );
    expect(hover('ext‸ends: all\n')).toBe(
      'Presets to start from (default: `recommended`).\n\nOne of `recommended`, `strict`, `all`.',
    );
    expect(hover('{ "images": { "ki‸nd": "golden" } }', true)).toContain('Purpose of the images.');
    expect(hover('rules:\n  nothing‸: off\n')).toBeUndefined();
    expect(hover('extends: al‸l\n')).toBeUndefined();
  });
});

describe('any text', () => {
  it('is answered wherever the cursor is', () => {
    const text = 'rules:\n  - a: [\n {"x": "\\\n  latest-tag:\n   severity: \n- - b:\n}]\n';
    for (let offset = 0; offset <= text.length; offset++)
      for (const isJson of [false, true]) {
        expect(() => configCompletions(text, offset, { schema, isJson })).not.toThrow();
        expect(() => configHover(text, offset, { schema, isJson, urlOf: String })).not.toThrow();
      }
  });
});
