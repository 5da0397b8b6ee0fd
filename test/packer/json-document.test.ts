/** HCL written as JSON: https://github.com/hashicorp/hcl/blob/main/json/spec.md */
import { describe, expect, test } from 'vitest';
import { only } from '../../core/config/resolve.ts';
import { fixAll } from '../../core/fixer.ts';
import { NO_FILES } from '../../core/language.ts';
import { lint } from '../../core/linter.ts';
import { engineOf } from '../../dev/engine.ts';
import { insertAttribute, insertBlock, removeBlock } from '../../languages/packer/edits.ts';
import type { Evaluated, PackerBlock } from '../../languages/packer/tree.ts';
import { rules } from '../../rules/index.ts';
import { read } from './read.ts';

const PATH = '/p/main.pkr.json';
const tree = (text: string, others?: Record<string, string>, path = PATH) => read(text, others, path).tree;
const shown = ({ attributes, labels, type }: PackerBlock): string =>
  [type, ...labels.map(label => label.text), `{${attributes.map(({ name }) => name).join(' ')}}`].join(' ');
const blocks = (text: string): string[] => tree(text).file.top.blocks().map(shown);

describe('bodies', () => {
  test.each<[what: string, text: string, expected: string[]]>([
    ['labels as nested objects', '{"source": {"docker": {"a": {"image": "x"}}}}', ['source docker a {image}']],
    [
      'several labels of one type',
      '{"source": {"docker": {"a": {}, "b": {"pull": false}}, "null": {"c": {}}}}',
      ['source docker a {}', 'source docker b {pull}', 'source null c {}'],
    ],
    ['arrays of blocks', '{"build": [{"name": "a"}, {"sources": []}]}', ['build {name}', 'build {sources}']],
    [
      'arrays at every level',
      '[{"source": [{"docker": [{"a": [{"image": "x"}, {}]}]}]}, {"build": {}}]',
      ['source docker a {image}', 'source docker a {}', 'build {}'],
    ],
    ['null is no block', '{"build": null, "source": {"null": {"b": null}}, "locals": {"a": 1}}', ['locals {a}']],
    ['no object is no block', '[]', []],
    ['the key // is a comment', '{"//": "note", "build": {"//": 1, "name": "a"}}', ['build {name}']],
    ['keys with escapes', '{"b\\u0075ild": {"n\\u0061me": "a"}}', ['build {name}']],
  ])('%s', (_what, text, expected) => {
    expect(blocks(text)).toEqual(expected);
    expect(tree(text).problems).toEqual([]);
  });

  test('what is a block in a component is decided by its schema', () => {
    const text = JSON.stringify({
      source: {
        'amazon-ebs': {
          a: { source_ami_filter: { filters: { name: 'x' } }, tags: { Name: 'a' }, tag: [{ key: 'k' }] },
        },
        'made-up': { b: { source_ami_filter: {} } },
      },
    });
    const [known, unknown] = tree(text).file.top.blocks();
    expect(known!.blocks().map(shown)).toEqual(['source_ami_filter {filters}', 'tag {key}']);
    expect(known!.attribute('tags')?.value.entry('Name')?.value.text).toBe('a');
    expect([unknown!.blocks(), unknown!.attribute('source_ami_filter')?.value.kind]).toEqual([[], 'object']);
  });

  test('a component is known by the key of its plugin', () => {
    const text = JSON.stringify({
      packer: { required_plugins: { aws: { source: 'github.com/hashicorp/amazon', version: '~> 1.3' } } },
      source: { 'aws-ebs': { a: { source_ami_filter: {} } } },
    });
    expect(tree(text).file.top.blocks('source')[0]!.blocks().map(shown)).toEqual(['source_ami_filter {}']);
  });

  test('builds with provisioners, sequences of post-processors and dynamic blocks', () => {
    const text = JSON.stringify({
      build: {
        sources: ['source.null.a'],
        source: { 'null.b': { name: 'c' } },
        provisioner: [{ shell: { inline: ['true'] } }, { file: [{ source: 'a' }, { source: 'b' }] }],
        'post-processors': [{ 'post-processor': [{ manifest: {} }, { checksum: {} }] }],
        dynamic: { provisioner: { for_each: ['x'], labels: ['shell'], content: { inline: ['date'] } } },
      },
    });
    const build = tree(text).module.builds[0]!;
    expect(build.sources.map(({ name, type }) => `${type}.${name}`)).toEqual(['null.a', 'null.b']);
    expect(build.provisioners.map(({ dynamic, type }) => [type, dynamic])).toEqual([
      ['shell', false],
      ['file', false],
      ['file', false],
      ['shell', true],
    ]);
    expect(build.postProcessors.map(group => group.map(({ type }) => type))).toEqual([['manifest', 'checksum']]);
  });

  test('every block starts at a place of its own', () => {
    const text = '{"build": [{}, {}], "source": {"null": {"a": [{}, {}], "b": {}}}}';
    const starts = tree(text)
      .file.top.blocks()
      .map(({ span }) => span.start);
    expect(new Set(starts).size).toBe(5);
  });

  test.each([
    ['{"build": "x"}', 'A block in JSON is an object', '"x"'],
    ['{"build": {"provisioner": [1]}}', 'A block in JSON is an object', '[1]'],
    ['"x"', 'This JSON is not an object', '"x"'],
    ['{"source": {"null": null}}', 'A block in JSON is an object', 'null'],
    ['{"locals": {"a": {"x": 1, "x": 2}}}', 'Duplicate key', '"x"'],
    ['{"build": {"name": "a", "name": "b"}}', 'Duplicate attribute', '"name"'],
    ['{"locals": {"a": "x ${var.} y"}}', 'Expected an attribute name after `.`', ''],
    ['{"locals": {"a": "x ${var.b y"}}', undefined, undefined],
  ])('%s has a problem', (text, message, at) => {
    const [problem] = tree(text).problems;
    expect(problem).toBeDefined();
    if (message === undefined) return;
    if (at !== '')
      expect([problem!.message, text.slice(problem!.span.start, problem!.span.end)]).toEqual([message, at]);
  });

  test('of broken JSON what is before the break is read', () => {
    const broken = tree('{"variable": {"a": {}}, "source": {"null": {"b": {"x": 1,}}}, "build": {}}');
    expect(broken.file.top.blocks().map(shown)).toEqual(['variable a {}', 'source null b {x}']);
    expect(broken.problems).toHaveLength(1);
    expect(broken.module.complete).toBe(false);
  });
});

describe('strings', () => {
  const local = (json: string, others = ''): Evaluated =>
    tree(`{"locals": {"x": ${json}}${others}}`).module.local('x')!.value!;

  test.each<[json: string, expected: unknown]>([
    ['"plain"', 'plain'],
    ['""', ''],
    ['"a\\n\\"b\\" \\u00e9 \\ud83d\\ude00 \\/ \\\\"', 'a\n"b" é 😀 / \\'],
    ['"\\\\n"', '\\n'],
    ['"$${HOME} 100%%{ $"', '${HOME} 100%{ $'],
    ['"${upper(\\"a\\\\tb\\")}!"', 'A\tB!'],
    ['"${1 + 2}"', 3],
    ['"%{ if true }yes%{ else }no%{ endif }"', 'yes'],
    ['[1, true, null, "a"]', [1, true, null, 'a']],
    ['-1.5e2', -150],
    ['"${[for x in [\\"a\\"] : upper(x)][0]}"', 'A'],
  ])('%s', (json, expected) => {
    expect(local(json).literal).toEqual(expected);
  });

  test('keys of objects are templates too', () => {
    const value = local('{"a${1 + 1}": "b", "c": {"//": 1}}');
    expect(value.entries.map(({ key }) => key)).toEqual(['a2', 'c']);
    expect(value.entry('c')?.value.entries.map(({ key }) => key)).toEqual(['//']);
  });

  test('names are found at their places, escapes in front or not', () => {
    const text = '{"locals": {"x": "\\"\\u0041\\n${upper(\\"${var.a}\\")} ${local.b}", "b": 1}, "variable": {"a": {}}}';
    const { module } = tree(text);
    expect(module.references.map(({ name, span }) => [name, text.slice(span.start, span.end)])).toEqual([
      ['var.a', 'var.a'],
      ['local.b', 'local.b'],
    ]);
    expect(module.variable('a')?.uses).toHaveLength(1);
  });

  test('the text of a value maps back to the document', () => {
    const text = '{"locals": {"x": "say \\"curl\\" now"}}';
    const { source } = tree(text).module.local('x')!.value!.asValue();
    const at = source.text.indexOf('curl');
    const { end, start } = source.spanOf(at, at + 4);
    expect(text.slice(start, end)).toBe('curl');
    expect(source.replace(at, at + 4, 'a "b"\n\\ ${c}')?.newText).toBe('a \\"b\\"\\n\\\\ $${c}');
    expect(source.replace(at, at + 4, 'x$')).toBeUndefined();
  });

  test('in the code of a string, strings are written twice', () => {
    const text = '{"locals": {"x": "${upper(\\"curl\\")}"}}';
    const { expression, source } = tree(text).module.local('x')!.value!;
    const part = expression.kind === 'template' ? expression.parts[0] : undefined;
    const call = part?.kind === 'interpolation' && part.expression.kind === 'call' ? part.expression : undefined;
    const inner = tree(text).module.read(call!.args[0]!, source).asValue().source;
    expect(inner.replace(0, 4, 'a "b"')?.newText).toBe('a \\\\\\"b\\\\\\"');
  });

  test('the type of a variable is an expression', () => {
    const { module, problems } = tree('{"variable": {"a": {"type": "map(list(string))", "default": {}}}}');
    expect([module.variable('a')?.type, problems]).toEqual(['map(list(string))', []]);
  });

  test('strings of a variables file are literal', () => {
    const { file, kind } = tree('{"a": "${var.x}", "b": ["$${y}"]}', {}, '/p/x.pkrvars.json');
    expect(kind).toBe('variables');
    expect(file.top.attributes.map(({ value }) => value.literal)).toEqual(['${var.x}', ['$${y}']]);
  });
});

describe('modules', () => {
  test('files of both forms are read together', () => {
    const hcl = 'source "null" "a" {\n  communicator = var.how\n}\nbuild {\n  sources = ["null.a"]\n}\n';
    const others = {
      '/p/variables.pkr.json': '{"variable": {"how": {}}}',
      '/p/x.auto.pkrvars.json': '{"how": "none"}',
    };
    const { module } = read(hcl, others).tree;
    expect(module.complete).toBe(true);
    expect(module.references.map(({ name, undeclared }) => [name, undeclared])).toEqual([
      ['var.how', false],
      ['source.null.a', false],
    ]);
    expect(module.sources[0]!.block.attribute('communicator')?.value.byDefault).toBe('none');
    const json = read(others['/p/variables.pkr.json'], { '/p/main.pkr.hcl': hcl }, '/p/variables.pkr.json').tree;
    expect(json.module.variable('how')?.uses).toHaveLength(1);
  });
});

describe('edits', () => {
  test('blocks in JSON are not edited as HCL', () => {
    const { file } = tree('{\n  "build": {\n    "name": "a"\n  }\n}');
    const build = file.top.block('build')!;
    expect([insertAttribute(build, 'x', '1'), insertBlock(file.top, 'x {}'), removeBlock(build)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('every fix leaves JSON that is readable', () => {
    const text = `${JSON.stringify(
      {
        packer: { required_plugins: { docker: { version: '>= 1.0.0', source: 'github.com/hashicorp/docker' } } },
        variable: { api_token: { default: 'x' }, unused: { type: 'strin' } },
        source: { 'amazon-ebs': { a: { ami_name: 'web', encrypt_boot: false, tags: { Name: 'a' } } } },
        build: {
          sources: ['source.amazon-ebs.a', 'amazon-ebs.b'],
          provisioner: [{ shell: { inline: ['apt-get update && apt-get install "curl"', 'echo ${HOME}'] } }],
        },
      },
      undefined,
      2,
    )}\n`;
    const settings = only(rules);
    const relint = (changed: string) =>
      lint(
        { path: PATH, text: changed, language: 'packer' },
        { engine: engineOf(rules), settings, files: NO_FILES, today: '2026-11-21' },
      )!.diagnostics;
    const found = relint(text);
    expect(found.some(({ fixes }) => fixes.length > 0)).toBe(true);
    const fixed = fixAll(text, relint, ['safe', 'suggested']);
    expect(fixed).not.toBe(text);
    expect(() => JSON.parse(fixed) as unknown).not.toThrow();
    expect(fixed).toContain('install -y --no-install-recommends');
  });
});

test('deep and long JSON is read in bounded depth', () => {
  const deep = `{"locals": {"a": ${'['.repeat(400)}${']'.repeat(400)}, "b": 1}}`;
  expect(tree(deep).module.local('b')?.value?.literal).toBe(1);
  expect(tree(deep).problems).toEqual([]);
  expect(tree(`{"locals": ${'{"a":'.repeat(100_000)}`).problems).toHaveLength(1);
});
