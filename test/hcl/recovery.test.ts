import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHcl } from '../../languages/packer/hcl/index.ts';
import { templates } from './generate.ts';
import { attributesOf } from './walk.ts';

function paths(text: string): string[] {
  return attributesOf(parseHcl(text).body).map(({ path }) => path);
}

/** How many attributes on untouched lines keep their block path when one line is cut off at `column`. */
function keptAfterCut(
  text: string,
  lineStart: number,
  lineEnd: number,
  column: number,
): { kept: number; total: number } {
  const cut = lineStart + column;
  const removed = lineEnd - cut;
  const broken = text.slice(0, cut) + text.slice(lineEnd);
  const left = new Set(attributesOf(parseHcl(broken).body).map(({ path, node }) => `${node.start} ${path}`));
  let kept = 0;
  let total = 0;
  for (const { path, node } of attributesOf(parseHcl(text).body)) {
    if (node.start >= lineStart && node.start <= lineEnd) continue;
    total++;
    if (left.has(`${node.start > lineStart ? node.start - removed : node.start} ${path}`)) kept++;
  }
  return { kept, total };
}

describe('half-typed lines', () => {
  test('at least 95% of the attributes on untouched lines keep their block path', () => {
    let kept = 0;
    let total = 0;
    fc.assert(
      fc.property(templates, fc.double({ min: 0, max: 1, noNaN: true }), (text, where) => {
        expect(parseHcl(text).problems).toEqual([]);
        let start = 0;
        for (const line of text.split('\n')) {
          const end = start + line.length;
          if (line.length > 0) {
            const result = keptAfterCut(text, start, end, Math.floor(where * line.length));
            kept += result.kept;
            total += result.total;
          }
          start = end + 1;
        }
      }),
      { numRuns: 60 },
    );
    expect(total).toBeGreaterThan(10_000);
    expect(kept / total).toBeGreaterThan(0.95);
  });

  const AROUND = (line: string): string =>
    `source "qemu" "x" {\n  a = 1\n  ${line}\n  z = 2\n}\n\nbuild {\n  name = "b"\n}\n`;

  test.each([
    'b',
    'b =',
    'b = "half',
    'b = "half ${var.',
    'b = "half ${f(',
    'b = [',
    'b = ["x", "y',
    'b = f(1,',
    'b = (1 +',
    'b = x[',
    'b = var.',
    'b = {',
    'b = { c = ',
    'b = c ? 1',
    'b = c ? 1 :',
    'b = [for x in',
    'b = <<EOF',
    'b = <<-EOF\n    X=1\n    echo',
    'b = 1 /* never closed',
    'blk "lab',
    'blk "label"',
    'blk "label" {\n    inner = 1',
    '"quoted" = 1',
    '@',
    '}',
    'b = "${HOME:-/root}"',
    'b = 1 2 3',
  ])('%j leaves its neighbors alone', line => {
    const found = paths(AROUND(line));
    expect(found).toContain('/source qemu x/a');
    expect(found).toContain('/source qemu x/z');
    expect(found).toContain('/build/name');
  });

  test('a header without its brace still holds the lines below it', () => {
    expect(paths('build {\n  provisioner "shell"\n    inline = []\n  }\n  name = "b"\n}\n')).toEqual([
      '/build/provisioner shell/inline',
      '/build/name',
    ]);
    expect(paths('locals\n  a = 1\n}\n')).toEqual(['/locals/a']);
  });

  test('a closing brace that is missing costs only its own block', () => {
    expect(paths('build {\n  provisioner "a" {\n    x = 1\n  provisioner "b" {\n    y = 1\n  }\n}\n')).toEqual([
      '/build/provisioner a/x',
      '/build/provisioner b/y',
    ]);
    expect(paths('source "a" "b" {\n  x = 1\nbuild {\n  y = 1\n}\n')).toEqual(['/source a b/x', '/build/y']);
  });

  test('a header that is lost leaves its closing brace to nobody', () => {
    expect(paths('build {\n  a = 1\n\n    x = 1\n  }\n  b = 2\n}\n')).toContain('/build/b');
  });

  test('a badly indented block stays where its braces put it', () => {
    expect(paths('build {\n  a = \nprovisioner "x" {\n    y = 1\n  }\n  b = 2\n}\n')).toEqual([
      '/build/a',
      '/build/provisioner x/y',
      '/build/b',
    ]);
  });

  test('a heredoc does not run on to the marker of the next one', () => {
    const text = 'locals {\n  a = <<EOF\none\n  b = <<EOF\ntwo\nEOF\n}\n\nbuild {\n  c = \n}\n';
    expect(paths(text)).toEqual(['/locals/a', '/locals/b', '/build/c']);
  });

  test('an interpolation over lines is not mistaken for a half-typed one', () => {
    const { problems } = parseHcl('a = "${join(",", [\n  "x",\n])}"\nb = \n');
    expect(problems).toHaveLength(1);
  });
});

describe('problems', () => {
  test.each<[string, string, string, string | undefined]>([
    ['a = "x\nb = 1\n', 'Unclosed string', '"x', 'Add `"` before the end of the line'],
    ['a = <<EOF\nx\n', 'Unclosed heredoc', '<<EOF', 'Add a line that contains only `EOF`, and a line break'],
    ['a = <<EOF \nx\nEOF\n', 'Whitespace after a heredoc marker', ' ', 'Put the line break right after the marker'],
    ['a {\n  b = 1\n', 'Unclosed `a` block', 'a', 'Add `}`'],
    ['a = 1\na = 2\n', 'Duplicate attribute `a`', 'a', 'Remove one of them'],
    ['a = [1 2]\n', 'Expected `,` or `]` after this list element', '2', 'Separate elements with commas'],
    ['a = [1,\nb = 2\n', 'Unclosed list', '[', 'Add `]`'],
    ['a = "${HOME:-/}"\n', 'Expected `}` to close `${`', ':', 'Write `$${` for a literal `${`'],
    ['a = <<E\n${x\nE\n', 'Unclosed `${`', '${', 'Add `}`, or write `$${` for a literal `${`'],
    ['a = var.\n', 'Expected a name after `.`', '', 'Write the name, or remove the `.`'],
    ['ami_name\n', 'Expected `=` or `{` after `ami_name`', 'ami_name', 'Write `ami_name = value` or `ami_name { … }`'],
    [
      'a = "\\q"\n',
      'Invalid escape sequence',
      '\\q',
      'Write `\\\\` for a backslash, or use `\\n`, `\\r`, `\\t`, `\\"` or `\\uNNNN`',
    ],
    ['a = 1..2\n', 'Invalid number', '1..2', 'Write a decimal number such as `10`, `2.5` or `1e6`'],
  ])('%j', (text, message, at, help) => {
    const { problems } = parseHcl(text);
    expect(problems.map(problem => [problem.message, text.slice(problem.start, problem.end), problem.help])).toEqual([
      [message, at, help],
    ]);
  });

  test('repeat no name that may be a key', () => {
    const key = 'AKIA0123456789abcdef';
    const texts = ['KEY\n', 'KEY = 1\nKEY = 2\n', 'KEY {\n', 'KEY "x"\n', 'a = KEY(\n', 'a = <<KEY\nx\n'];
    for (const text of texts.map(one => one.replaceAll('KEY', key))) {
      const { problems } = parseHcl(text);
      expect(problems.length, text).toBeGreaterThan(0);
      expect(JSON.stringify(problems), text).not.toContain(key);
    }
  });

  test('both attributes of one name are kept', () => {
    expect(paths('a = 1\na = 2\n')).toEqual(['/a', '/a']);
  });
});
