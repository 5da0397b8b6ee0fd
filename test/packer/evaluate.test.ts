import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Data } from '../../languages/packer/tree.ts';
import { local, read, value } from './read.ts';

/** Data without maps, for comparing. */
function plain(data: Data | undefined): unknown {
  if (data instanceof Map) return Object.fromEntries([...data].map(([key, item]) => [key, plain(item as Data)]));
  return Array.isArray(data) ? data.map(item => plain(item as Data)) : data;
}

describe('certain values', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['"a${1 + 1}b"', 'a2b'],
    ['"${true}"', true],
    ['!false', true],
    ['7 % 4 == 3 && 2 > 1', true],
    ['"1" == 1', false],
    ['true ? "a" : 1', 'a'],
    ['false ? "a" : 1', '1'],
    ['[1, 2][1]', 2],
    ['{ a = { "b c" = 3 } }.a["b c"]', 3],
    ['[{ n = 1 }, { n = 2 }][*].n', [1, 2]],
    ['[{ n = 1 }, { n = 2 }].*.n', [1, 2]],
    ['[for i, v in ["a", "b"] : "${i}${v}"]', ['0a', '1b']],
    ['{ for k, v in { b = 1, a = 2 } : upper(k) => v if v > 1 }', { A: 2 }],
    ['{ for v in ["a", "b", "a"] : v => v... }', { a: ['a', 'a'], b: ['b'] }],
    ['"%{ if 1 > 2 }yes%{ else }no%{ endif }"', 'no'],
    ['"%{ for v in ["a", "b"] }${v};%{ endfor }"', 'a;b;'],
    ['<<-EOT\n    a\n      b\n    EOT\n', 'a\n  b\n'],
    ['merge({ a = 1 }, { a = 2, b = 3 })', { a: 2, b: 3 }],
    ['concat(["a"], [], ["b"])', ['a', 'b']],
    ['join("-", ["a", "b"])', 'a-b'],
    ['split(",", "a,b")', ['a', 'b']],
    ['replace("a.b.c", ".", "-")', 'a-b-c'],
    ['format("%s-%03d%%", "x", 7)', 'x-007%'],
    ['formatlist("%s.sh", ["a", "b"])', ['a.sh', 'b.sh']],
    ['lookup({ a = "x" }, "b", "y")', 'y'],
    ['coalesce("", "b")', 'b'],
    ['can(regex("^ami-[0-9a-f]{4}$", "ami-12ab"))', true],
    ['can(regex("^ami-", "img-1"))', false],
    ['can((regex("a", 5)))', false],
    ['!can(tonumber("five"))', true],
    ['can(tonumber("5"))', true],
    ['regex("[0-9]+", "v12")', '12'],
    ['length(regexall("(a)", "banana"))', 3],
    ['element(["a", "b"], 3)', 'b'],
    ['flatten([["a"], [["b"]]])', ['a', 'b']],
    ['compact(["a", "", "b"])', ['a', 'b']],
    ['distinct(["a", "b", "a"])', ['a', 'b']],
    ['keys({ b = 1, a = 2 })', ['a', 'b']],
    ['values({ b = 1, a = 2 })', [2, 1]],
    ['zipmap(["a"], [1])', { a: 1 }],
    ['substr("abcdef", -3, 2)', 'de'],
    ['trimprefix("v1.2", "v")', '1.2'],
    ['trim("--a-", "-")', 'a'],
    ['jsonencode({ b = [1, true, null], a = "<" })', '{"a":"\\u003c","b":[1,true,null]}'],
    ['base64decode(base64encode("hello"))', 'hello'],
    ['contains(["a"], "a")', true],
    ['length("héé")', 3],
    ['tonumber("12")', 12],
    ['range(3)', [0, 1, 2]],
    ['concat(["a"], ["b", "c"]...)', undefined],
    ['max([3, 9, 4]...)', 9],
  ])('%s', (expression, expected) => {
    expect(plain(value(expression).literal)).toEqual(expected);
  });

  test('through locals, in any order and file', () => {
    const x = local('locals {\n  x = "${local.a}-${local.b.c}"\n  a = "one"\n}\n', {
      '/p/other.pkr.hcl': 'local "b" {\n  expression = { c = "two" }\n}\n',
    });
    expect(x.literal).toBe('one-two');
  });
});

describe('unknown values', () => {
  test.each([
    'timestamp()',
    'uuidv4()',
    'env("HOME")',
    'vault("a", "b")',
    'file("x")',
    'regex("a", "b")',
    'no_such_function()',
    'data.amazon-ami.a.id',
    'build.ID',
    'packer.version',
    'path.root',
    'local.missing',
    '[1][5]',
    '{ a = 1 }.b',
    '1 / 0',
    '"a" + 1',
    '"{{ timestamp }}"',
    '"web-{{isotime}}"',
    'each.value',
  ])('%s', expression => {
    expect(value(expression).literal).toBeUndefined();
    expect(value(expression).text).toBeUndefined();
  });

  test('circles end', () => {
    const x = local('locals {\n  x = local.y\n  y = concat(local.x, [local.x])\n}\n');
    expect(x.literal).toBeUndefined();
    expect(x.items.length).toBeLessThan(5);
    expect(x.complete).toBe(false);
  });

  test('growth ends', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `  a${i + 1} = "\${local.a${i}}\${local.a${i}}"`);
    expect(local(`locals {\n  a0 = "0123456789"\n${lines.join('\n')}\n  x = local.a60\n}\n`).literal).toBeUndefined();
    const lists = Array.from({ length: 60 }, (_, i) => `  a${i + 1} = concat(local.a${i}, local.a${i})`);
    const x = local(`locals {\n  a0 = ["a"]\n${lists.join('\n')}\n  x = local.a60\n}\n`);
    expect(x.literal).toBeUndefined();
    expect(x.items.length).toBeLessThan(10_000);
    expect(x.complete).toBe(false);
  });

  test('long chains of locals do not exhaust the stack', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `  a${i + 1} = local.a${i}`);
    const x = local(`locals {\n  a0 = ["a"]\n${lines.join('\n')}\n  x = local.a20000\n}\n`);
    expect(x.literal).toBeUndefined();
    expect(x.items).toEqual([]);
    expect(x.dependsOnVariable).toBe(false);
  });
});

describe('variables', () => {
  const template = 'variable "v" {\n  default = "d"\n}\nlocals {\n  x = "a-${var.v}"\n}\n';

  test('are never certain, but have a value by default', () => {
    const x = local(template);
    expect(x.literal).toBeUndefined();
    expect(x.kind).toBe('string');
    expect(x.byDefault).toBe('a-d');
    expect(x.dependsOnVariable).toBe(true);
    expect(x.assumingDefaults.literal).toBe('a-d');
  });

  test('*.auto.pkrvars.hcl wins over the default, other variables files do not count', () => {
    expect(local(template, { '/p/a.auto.pkrvars.hcl': 'v = "e"\n' }).byDefault).toBe('a-e');
    expect(local(template, { '/p/a.pkrvars.hcl': 'v = "e"\n' }).byDefault).toBe('a-d');
  });

  test('names may hold hyphens', () => {
    expect(local('variable "a-b" {\n  default = 1\n}\nlocals {\n  x = var.a-b\n}\n').byDefault).toBe(1);
  });

  test('both arms of an unknown condition', () => {
    const with_ = (arms: string): unknown => local(`variable "v" {}\nlocals {\n  x = var.v ? ${arms}\n}\n`).literal;
    expect(with_('"a" : "a"')).toBe('a');
    expect(with_('"a" : "b"')).toBeUndefined();
  });

  test('three states of a boolean', () => {
    const { tree } = read(
      'source "a" "b" {\n  t = true\n  f = "false"\n  u = var.x\n  n = "no"\n}\nvariable "x" {\n  default = true\n}\n',
    );
    const block = tree.module.sources[0]!.block;
    expect(['t', 'f', 'u', 'n'].map(name => block.attribute(name)?.value.bool)).toEqual([
      true,
      false,
      undefined,
      undefined,
    ]);
    expect(block.attribute('u')?.value.assumingDefaults.bool).toBe(true);
  });
});

describe('elements', () => {
  test('stand where they are written, also behind locals, merge and concat', () => {
    const text = 'locals {\n  common = { Owner = "a", Team = "b" }\n  x = merge(local.common, { Team = var.t })\n}\n';
    const x = local(text);
    expect(x.complete).toBe(true);
    expect(x.entries.map(({ key, span }) => [key, text.slice(span.start, span.end)])).toEqual([
      ['Owner', 'Owner = "a"'],
      ['Team', 'Team = var.t'],
    ]);
    expect(x.entry('Owner')?.value.literal).toBe('a');
    expect(x.entry('Team')?.value.literal).toBeUndefined();
  });

  test('are not complete when a part is unknown', () => {
    const x = local('locals {\n  x = merge(var.tags, { a = 1 })\n}\nvariable "tags" {\n  default = { b = 2 }\n}\n');
    expect(x.complete).toBe(false);
    expect(x.entries.map(({ key }) => key)).toEqual(['a']);
    expect(x.assumingDefaults.complete).toBe(true);
    expect(x.assumingDefaults.entries.map(({ key }) => key)).toEqual(['b', 'a']);
  });

  test('of computed lists stand where they are computed', () => {
    const text = 'locals {\n  x = [for s in ["a", "b"] : "${s}.sh"]\n}\n';
    const x = local(text);
    expect(x.items.map(item => item.asValue().literal)).toEqual(['a.sh', 'b.sh']);
    expect(text.slice(x.items[1]!.span.start, x.items[1]!.span.end)).toBe('[for s in ["a", "b"] : "${s}.sh"]');
  });
});

describe('soundness', () => {
  // Whatever is certain without knowing the variables holds for every value they can have.
  const leaves = fc.constantFrom(
    'var.a',
    'var.b',
    '"x"',
    '"a"',
    '1',
    '2',
    'true',
    'false',
    '""',
    '[]',
    '["x"]',
    '{ k = "x" }',
  );
  const { expression } = fc.letrec<{ expression: string }>(tie => ({
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaves,
      fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `"${'$'}{${a}}-${'$'}{${b}}"`),
      fc
        .tuple(tie('expression'), fc.constantFrom('==', '!=', '&&', '||', '+', '<'), tie('expression'))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
      fc.array(tie('expression'), { maxLength: 3 }).map(items => `[${items.join(', ')}]`),
      tie('expression').map(item => `{ k = ${item} }`),
      tie('expression').map(item => `[for v in ${item} : v]`),
      fc
        .tuple(
          fc.constantFrom(
            'concat',
            'merge',
            'coalesce',
            'contains',
            'lookup',
            'join',
            'length',
            'upper',
            'distinct',
            'compact',
            'flatten',
            'jsonencode',
            'keys',
          ),
          fc.array(tie('expression'), { minLength: 1, maxLength: 3 }),
        )
        .map(([name, args]) => `${name}(${args.join(', ')})`),
      tie('expression').map(item => `${item}[0]`),
    ),
  }));
  const values = fc.constantFrom('"x"', '"a"', '"true"', 'true', 'false', '1', '0', '["x", "y"]', '{ k = "z" }', '"q"');

  test('an unknown input never yields a value that it could change', () => {
    fc.assert(
      fc.property(expression, values, values, (text, a, b) => {
        const certain = value(text);
        const given = local(
          `variable "a" {\n  default = ${a}\n}\nvariable "b" {\n  default = ${b}\n}\nlocals {\n  x = ${text}\n}\n`,
        );
        if (certain.literal !== undefined && given.byDefault !== undefined)
          expect(plain(given.assumingDefaults.literal)).toEqual(plain(certain.literal));
        if (text === 'var.a' || text === 'var.b') expect(certain.literal).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });
});
