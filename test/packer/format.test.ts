/** Formatting, compared with `packer fmt` where it is installed. What is written by hand was recorded from Packer 1.6.6. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../core/fixer.ts';
import { packerEditor } from '../../languages/packer/editor/index.ts';
import { formatGaps } from '../../languages/packer/format/format.ts';
import { tokensOf } from '../../languages/packer/format/tokens.ts';
import { parseHcl } from '../../languages/packer/hcl/index.ts';
import { documents, templates } from '../hcl/generate.ts';
import { temporaryFolder } from '../host.ts';
import { read } from './read.ts';

const formatted = (text: string, path?: string): string =>
  applyEdits(text, packerEditor.format!(read(text, {}, path).build));

const HEREDOC = ['a = <<EOT', '  left ${ var.x  } alone', '    EOT', 'bb = 1', ''];

/** What is written, and what `packer fmt` makes of it. */
const CASES: readonly (readonly [what: string, before: readonly string[], after: readonly string[]])[] = [
  ['indentation', ['a {', 'b {', '      c = 1', '  }', '}'], ['a {', '  b {', '    c = 1', '  }', '}']],
  ['tabs', ['a {', '\tb =\t1', '}'], ['a {', '  b = 1', '}']],
  ['columns of =', ['a = 1', 'bbb  = 2', '', 'cc = 3'], ['a   = 1', 'bbb = 2', '', 'cc = 3']],
  [
    'columns end at a value that goes on',
    ['a = 1', 'bbb = {', 'c = 1', '}', 'dd = 2'],
    ['a = 1', 'bbb = {', '  c = 1', '}', 'dd = 2'],
  ],
  ['columns of comments', ['a = 1 # x', 'bb = "two" // y', 'c = 3'], ['a  = 1     # x', 'bb = "two" // y', 'c  = 3']],
  [
    'comments of a line',
    ['a {', '# x', '      // y', '/* z', 'z */', '}'],
    ['a {', '  # x', '  // y', '  /* z', 'z */', '}'],
  ],
  ['a comment before a name', ['/* c */ b=1', 'x=2'], ['/* c */ b = 1', 'x         = 2']],
  ['comments inside', ['w = /* in */ 2 /* after */'], ['w = /* in */ 2 /* after */']],
  [
    'lists',
    ['a=[1,2 , 3 ]', 'b=[', '1,', '[2,', '3],', ']'],
    ['a = [1, 2, 3]', 'b = [', '  1,', '  [2,', '  3],', ']'],
  ],
  ['objects', ['a={b=1,c:2}', 'd={ }'], ['a = { b = 1, c : 2 }', 'd = {}']],
  ['blocks', ['a "b"   c{', '}', 'd { }', 'e {f=1}'], ['a "b" c {', '}', 'd {}', 'e { f = 1 }']],
  [
    'brackets in one line',
    ['a = foo({', 'b = 1', '})', 'c = foo({', 'd = 1 })'],
    ['a = foo({', '  b = 1', '})', 'c = foo({', 'd = 1 })'],
  ],
  ['signs', ['a = -  1', 'b = 2 -1', 'c = x == - 1 ? - 2: -x'], ['a = -1', 'b = 2 - 1', 'c = x == -1 ? -2 : -x']],
  ['operators', ['a = b>=c&&d||e!=f%2/3*4'], ['a = b >= c && d || e != f % 2 / 3 * 4']],
  ['calls', ['a = foo (1,b ...)'], ['a = foo(1, b...)']],
  ['steps', ['a = b [0] . c [ * ]', 'd = [ 1 ] [0]', 'e = "x"[0]'], ['a = b[0].c[*]', 'd = [1][0]', 'e = "x" [0]']],
  [
    'for',
    ['a=[for k,v in[1]:v if v!=1]', 'b={for k in (x):k=>k...}'],
    ['a = [for k, v in [1] : v if v != 1]', 'b = { for k in(x) : k => k... }'],
  ],
  ['strings', ['a = "x  ${ b }-${~ c( 1 ) ~} %{ if d }y%{ endif }"'], ['a = "x  ${b}-${~c(1)~} %{if d}y%{endif}"']],
  ['braces in strings', ['a = "${{}}${ {b=1} }"'], ['a = "${ {} }${ { b = 1 } }"']],
  ['text that looks like code', ['a = "b=c , { $${ x } \\"d  e\\""'], ['a = "b=c , { $${ x } \\"d  e\\""']],
  ['heredocs', HEREDOC, ['a  = <<EOT', '  left ${var.x} alone', '    EOT', 'bb = 1', '']],
  [
    'a heredoc in a block',
    ['a {', 'b = <<-E', ' x', '  E', 'c = 1', '}'],
    ['a {', '  b = <<-E', ' x', '  E', '  c = 1', '}'],
  ],
  ['wide characters', ['é = 1', '日本 = 2', 'bbb = 3'], ['é   = 1', '日本  = 2', 'bbb = 3']],
  ['blank lines', ['', '  ', 'a = 1  ', '', ''], ['', '', 'a = 1', '', '']],
  ['CRLF', ['a=1\r', 'bb = 2 \r', ''], ['a  = 1\r', 'bb = 2\r', '']],
  ['no line break at the end', ['a =  1'], ['a = 1']],
];

/** Versions before 1.7 write `! x`, reject `::`, and replace a byte order mark without anything after it by spaces. */
const ALIKE = /!(?!=)|::|^\ufeff\s*$/;

/** What `packer fmt` makes of texts that it can parse, or undefined where it is not installed. */
function packerFormats(texts: readonly string[]): readonly string[] | undefined {
  const folder = join(temporaryFolder('fmt'), 'templates');
  mkdirSync(folder);
  const path = (i: number): string => join(folder, `${i}.pkr.hcl`);
  for (const [i, text] of texts.entries()) writeFileSync(path(i), text);
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', PACKER_CONFIG_DIR: folder };
  const { error, stdout, stderr } = spawnSync('packer', ['fmt', folder], { encoding: 'utf8', env });
  const results = texts.map((text, i) =>
    `${stdout}${stderr}`.includes(`parse HCL ${path(i)}\n`) ? text : readFileSync(path(i), 'utf8'),
  );
  rmSync(folder, { recursive: true });
  return error ? undefined : results;
}

const hasPacker = packerFormats([]) !== undefined;

describe('packer fmt', () => {
  it.each(CASES)('%s', (_, before, after) => {
    expect(formatted(before.join('\n'))).toBe(after.join('\n'));
  });

  it.skipIf(!hasPacker)('makes the same of what is written by hand', () => {
    const texts = CASES.map(([, before]) => before.join('\n'));
    expect(packerFormats(texts)).toEqual(CASES.map(([, , after]) => after.join('\n')));
  });

  it.skipIf(!hasPacker)('makes the same of generated templates', () => {
    const texts = [...fc.sample(documents, 400), ...fc.sample(templates, 100)].filter(text => !ALIKE.test(text));
    const wanted = packerFormats(texts)!;
    expect(wanted.filter((text, i) => text !== texts[i]).length).toBeGreaterThan(100);
    for (const [i, text] of texts.entries()) expect(formatted(text), text).toBe(wanted[i]);
  });

  it('writes ! next to its operand, as versions since 1.7 do', () => {
    expect(formatted('a = ! b && !c\n')).toBe('a = !b && !c\n');
  });
});

const apply = (text: string): string =>
  applyEdits(
    text,
    formatGaps(text).map(({ start, end, spaces }) => ({ span: { start, end }, newText: ' '.repeat(spaces) })),
  );

describe('formatting', () => {
  it('changes nothing but blanks, and a second time nothing', () => {
    const isSame = (text: string): void => {
      expect(parseHcl(text).problems).toEqual([]);
      const once = apply(text);
      expect(tokensOf(once).map(token => token.text)).toEqual(tokensOf(text).map(token => token.text));
      expect(once.replaceAll(/[ \t\ufeff]/g, '')).toBe(text.replaceAll(/[ \t\ufeff]/g, ''));
      expect(parseHcl(once).problems).toEqual([]);
      expect(apply(once)).toBe(once);
    };
    fc.assert(fc.property(documents, isSame), { numRuns: 400 });
    fc.assert(fc.property(templates, isSame), { numRuns: 100 });
  });

  it.each([
    ['a file with a syntax error', 'a  =  1\nb {\n', undefined],
    ['JSON', '{ "variable":   {} }\n', '/p/a.pkr.json'],
    ['a template of Packer 1.6', '{ "builders":   [{ "type": "null" }] }\n', '/p/a.json'],
  ])('leaves alone %s', (_, text, path) => {
    expect(formatted(text, path)).toBe(text);
  });

  it('is for variables files too', () => {
    expect(formatted('a=1\nbb=2\n', '/p/a.pkrvars.hcl')).toBe('a  = 1\nbb = 2\n');
  });

  it('takes time that is linear in the length', () => {
    const text = `a {\n${'b = [for x in { c = "d${e}" } : x] # f\n'.repeat(20_000)}}\n`;
    expect(apply(text).length).toBeGreaterThan(text.length);
  });
});
