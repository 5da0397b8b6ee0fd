import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixAll } from '../../core/fixer.ts';
import { issuesAgainst, type SchemaIssue, schemaIssues } from '../../languages/cloud-init/modules/check.ts';
import { exampleOf, describe as inWords, keyText, pathText } from '../../languages/cloud-init/modules/describe.ts';
import { cloudCfg, userData } from '../../languages/cloud-init/modules/keys.ts';
import type { Key, MapType, Type } from '../../languages/cloud-init/modules/types.ts';
import { isOlder } from '../../languages/cloud-init/modules/versions.ts';
import { cut, parse } from './support.ts';

const issuesOf = (body: string, path?: string): readonly SchemaIssue[] =>
  schemaIssues(parse(`#cloud-config\n${body}`, path));
/** Those that say that something is wrong, and not only old or new. */
const wrong = (body: string, path?: string): string[] => wrongIn(issuesOf(body, path));
const wrongIn = (issues: readonly SchemaIssue[]): string[] =>
  issues
    .filter(({ kind }) => kind !== 'deprecated-key' && kind !== 'deprecated-value' && kind !== 'young-key')
    .map(issue => `${issue.kind} ${pathText(issue.path)}`);

/** Text in each of the forms that keys ask for. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/octal/, '0644'],
  [/URL/, 'https://example.com/'],
  [/bytes/, '2G'],
  [/minutes/, '+5'],
  [/colon/, 'ada:RANDOM'],
  [/module/, 'write-files'],
  [/commas/, 'web,prod'],
];

/** Values that a type takes; JSON is YAML, so `JSON.stringify` writes them down. */
function values(type: Type): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'text':
      if (type.values) return fc.constantFrom(...type.values);
      if (type.form) return fc.constant(FORMS.find(([words]) => words.test(type.form!.words))?.[1]);
      return fc.string({ unit: fc.constantFrom('a', 'Z', '0', ' ', ':', '#', 'é'), minLength: 1, maxLength: 8 });
    case 'number':
      return fc.integer({ min: type.least ?? -5, max: type.most ?? 99 });
    case 'bool':
      return type.only === undefined ? fc.boolean() : fc.constant(type.only);
    case 'null':
      return fc.constant(null);
    case 'any':
      return fc.constantFrom<unknown>('x', 1, true, null, ['a'], { a: 1 });
    case 'list': {
      const least = Math.max(type.least, 1);
      return fc.array(values(type.items), { minLength: least, maxLength: Math.min(type.most, least + 2) });
    }
    case 'old':
    case 'tolerated':
      return values(type.type);
    case 'one of':
      return fc.oneof(...type.types.filter(option => option.kind !== 'tolerated').map(values));
    default:
      return maps(type);
  }
}
function maps(type: MapType): fc.Arbitrary<unknown> {
  const required = type.required.map(row => row[0]!);
  const others: Record<string, fc.Arbitrary<unknown>> = type.others ? { site1: values(type.others) } : {};
  const keys = Object.fromEntries(Object.entries(type.keys).map(([name, key]) => [name, values(key.type)]));
  // Held against the keys of the network's own format.
  if (type.keys.network && type.keys.identity) keys.network = fc.constant({ version: 2, ethernets: {} });
  const all: Record<string, fc.Arbitrary<unknown>> = { ...others, ...keys };
  return fc
    .subarray(Object.keys(all), {
      maxLength: Math.min(6, Object.keys(all).length),
      minLength: Math.min(1, Object.keys(all).length),
    })
    .chain(some => fc.record(Object.fromEntries([...new Set([...required, ...some])].map(name => [name, all[name]!]))));
}

describe('every key', () => {
  for (const [name, key] of Object.entries(cloudCfg().keys)) {
    const path = Object.hasOwn(userData().keys, name) ? undefined : 'etc/cloud/cloud.cfg';
    test(`${name} takes what it says it takes`, () => {
      fc.assert(
        fc.property(values(key.type), value => {
          expect(wrong(`${JSON.stringify(name)}: ${JSON.stringify(value)}\n`, path)).toEqual([]);
        }),
        { numRuns: 40 },
      );
    });
  }

  test('refuses a mapping where it takes none, and says so once', () => {
    for (const [name, { type }] of Object.entries(userData().keys)) {
      const kinds = kindsOf(type);
      if (kinds.has('map') || kinds.has('any')) continue;
      expect(wrong(`${name}: {a: b}\n`)).toEqual([`wrong-type ${name}`]);
    }
  });
});

function kindsOf(type: Type): Set<string> {
  if (type.kind === 'old') return kindsOf(type.type);
  if (type.kind === 'tolerated') return new Set();
  return new Set(type.kind === 'one of' ? type.types.flatMap(option => [...kindsOf(option)]) : [type.kind]);
}
function* keysIn(type: Type, path: string): Generator<{ name: string; key: Key; map: MapType; path: string }> {
  if (type.kind === 'old') yield* keysIn(type.type, path);
  if (type.kind === 'one of') for (const option of type.types) yield* keysIn(option, path);
  if (type.kind === 'list') yield* keysIn(type.items, path);
  if (type.kind !== 'map') return;
  for (const [name, key] of Object.entries(type.keys)) {
    yield { name, key, map: type, path: `${path}.${name}` };
    yield* keysIn(key.type, `${path}.${name}`);
  }
  if (type.others) yield* keysIn(type.others, `${path}.*`);
}
const everyKey = [...keysIn(cloudCfg(), '')];

describe('what is written down', () => {
  test('new names of renamed keys stand beside the old ones and take the same', () => {
    const renames = everyKey.filter(({ key }) => key.deprecated?.use !== undefined);
    expect(renames.length).toBeGreaterThan(20);
    for (const { key, map, path } of renames) {
      const other = map.keys[key.deprecated!.use!];
      expect(other, path).toBeDefined();
      for (const kind of kindsOf(other!.type)) expect(kindsOf(key.type), path).toContain(kind);
      expect(key.deprecated!.since, path).toMatch(/^\d\d\.\d$/);
    }
  });

  test('examples are right: read as YAML, each fits its own key', () => {
    for (const { name, key, path } of everyKey) {
      const example = exampleOf(name, key);
      if (example === undefined) continue;
      const type: MapType = {
        kind: 'map',
        keys: { [name]: key },
        required: [],
        requiredBy: undefined,
        others: undefined,
        filled: false,
      };
      const tree = parse(`#cloud-config\n${example.slice(1, -1)}\n`);
      expect(tree.problems, path).toEqual([]);
      expect(wrongIn(issuesAgainst(tree, type)), `${path}: ${example}`).toEqual([]);
    }
  });

  test('every type can be said in words', () => {
    for (const { key, path } of everyKey) expect(inWords(key.type), path).toMatch(/^.{2,200}[^.]$/);
  });
});

describe('holding a document against the keys', () => {
  test('what a template fills in fits everywhere', () => {
    const body = 'packages: ${a}\nruncmd:\n%{ for x in y }\n  - ${x}\n%{ endfor }\nusers:\n  - ${u}\n${k}: 1\n';
    expect(wrong(body, 'x.tftpl')).toEqual([]);
  });

  test('an alias is looked through once, however often it stands there', () => {
    const bomb = Array.from({ length: 30 }, (_, i) => `  a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`).join('');
    expect(
      wrong(`salt_minion:\n  conf: {}\nchef: &c\n  nope: 1\npuppet: *c\nx: &x\n  a0: &a0 [1]\n${bomb}runcmd: *a30\n`),
    ).toEqual(['unknown-key chef.nope', 'unknown-key puppet.nope', 'wrong-type runcmd[0][0]']);
  });

  test('actions of the installer for disks may have keys that are not listed, but no misspelled ones', () => {
    const action = '{id: a, type: partition, device: d, multipath: m, grub-device: true, size: 1G}';
    expect(wrong(`autoinstall:\n  version: 1\n  storage:\n    config:\n      - ${action}\n`)).toEqual([
      'unknown-key autoinstall.storage.config[0].grub-device',
    ]);
  });

  test('issues in one document are bounded', () => {
    const body = Array.from({ length: 10_000 }, (_, i) => `nothing_${i}: 1\n`).join('');
    expect(issuesOf(body)).toHaveLength(1_000);
  });

  test('other dialects and other forms have none', () => {
    expect(issuesOf('coreos: {}\nnope: 1\n')).toEqual([]);
    expect(schemaIssues(parse('#!/bin/sh\nnope: 1\n'))).toEqual([]);
  });

  test('lines that are no YAML are not taken for keys', () => {
    expect(wrong('runcmd:\n  - a\nstray line\n')).toEqual([]);
  });
});

test('paths and names for messages hold no more than plain words', () => {
  expect(pathText(['users', 0, 'sudo'])).toBe('users[0].sudo');
  expect(pathText(['yum_repos', 'a b c'])).toBe('yum_repos.…');
  expect(keyText(`k${'0123456789'.repeat(2)}`)).toBeUndefined();
});

test('versions are compared by number', () => {
  expect(isOlder('22.10', '22.2')).toBe(false);
  expect(isOlder('9.1', '22.2')).toBe(true);
  expect(isOlder('22.2', '22.2.1')).toBe(false);
  expect(isOlder(undefined, '22.2')).toBe(false);
});

describe('repairs of text that is no YAML', () => {
  const repaired = (text: string): string =>
    fixAll(
      text,
      now =>
        parse(now).problems.map(problem => ({
          ...problem,
          rule: 'syntax-error',
          severity: 'error' as const,
          help: problem.help,
          related: [],
          fixes: (problem.fixes ?? []).filter(fix => fix !== undefined),
          url: '',
        })),
      ['safe', 'suggested'],
    );

  test('tabs become spaces', () => {
    expect(repaired('#cloud-config\nruncmd:\n\t- echo a\n\t- echo b\n')).toBe(
      '#cloud-config\nruncmd:\n  - echo a\n  - echo b\n',
    );
  });

  test('a heredoc at the margin goes back into its block', () => {
    const text =
      '#cloud-config\nruncmd:\n  - |\n    cat > /a <<EOF\n[x]\n\n  b\nEOF\n    chmod 600 /a\nhostname: web\n';
    const fixed = repaired(text);
    expect(parse(fixed).problems).toEqual([]);
    expect(fixed).toBe(
      '#cloud-config\nruncmd:\n  - |\n    cat > /a <<EOF\n    [x]\n\n      b\n    EOF\n    chmod 600 /a\nhostname: web\n',
    );
  });

  test('a heredoc that never ends, or is half inside, is left alone', () => {
    for (const text of [
      '#cloud-config\nruncmd:\n  - |\n    cat <<EOF\nfoo\n',
      '#cloud-config\nruncmd:\n  - |\n    cat <<EOF\n    foo\nbar\nEOF\n',
    ])
      expect(repaired(text)).toBe(text);
  });

  test('an item that is indented between dash and key is pointed at', () => {
    const text = '#cloud-config\nusers:\n  - name: a\n   groups: sudo\n';
    const [problem] = parse(text).problems;
    expect(problem?.message).toContain('indented less than the item above');
    expect(cut(text, problem?.span)).toMatch(/^g/);
  });
});
