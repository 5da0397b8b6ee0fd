import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHcl } from '../../languages/packer/hcl/index.ts';
import { documents, mutations, templates } from './generate.ts';
import { askGo } from './oracle.ts';

/** Our verdict next to the Go parser's, in a form that shows both when they differ. */
async function verdicts(text: string): Promise<{ ours: string; go: string }> {
  const verdict = await askGo(text);
  const { problems } = parseHcl(text);
  return { ours: problems.length === 0 ? 'accepts' : 'rejects', go: verdict.accepted ? 'accepts' : 'rejects' };
}

const VALID = {
  'a byte order mark': '\ufeffa = 1\n',
  'line breaks of Windows': 'a = 1\r\nb {\r\n}\r\n',
  'no line break at the end': 'a = 1',
  'a hyphen in a name': 'a-b- = x-y.z-1\n',
  'letters of other scripts in a name': 'größe = naïve.日本\n',
  'an empty block on a line': 'a {}',
  'an attribute in a block on a line': 'a { b = 1 }\nc = 1\n',
  'bare and quoted labels': 'a "x" y "z" {\n}\n',
  'an escaped sequence in a label': 'a "$${x}" {}\n',
  'a comment as the line break': 'a = 1 # x\nb = 2 // y\n',
  'a comment over lines between items': 'a = 1 /* \n */\nb = 2\n',
  'a comment over lines in front of a value': 'a = /*\n*/ 1\n',
  'a comment in front of a block of one line': 'a { /* c */ b = 1 }\n',
  'a comment at the end of the text': '# x',
  'a carriage return in a comment': '# x\ry\na = 1\n',
  'line breaks in brackets': 'a = [\n1\n,\n2\n]\nb = (\n1\n+\n2\n)\nc = f(\n1\n)\nd = x[\n0\n]\n',
  'line breaks in an interpolation': 'a = "${\n1\n}"\n',
  'a conditional over lines in parentheses': 'a = (x\n? 1\n: 2)\n',
  'an object with commas and line breaks': 'a = {b = 1,\n\nc = 2\nd : 3,}\n',
  'keys of every kind': 'a = {b = 1, "c" = 2, (d) = 3, e.f = 4, 5 = 6}\n',
  'a trailing comma in a list and a call': 'a = [1,]\nb = f(1,)\n',
  'an expanded argument': 'a = f(x...)\nb = f(1...)\n',
  'a function with a namespace': 'a = b::c(1)\nd = b :: c (1)\n',
  'a keyword called': 'a = true(1)\n',
  'for-expressions over lines': 'a = {\nfor k,\nv in y:\n k=>v...\nif x}\nb = [\nfor x in y: x]\n',
  'names that start like keywords': 'a = [forest]\nb = {iffy = 1}\nc = nullable\n',
  'signs and operators': 'a = -x.y + !z * -1 - -2\nb = 1 == 2 && 3 != 4 || 5 <= 6\n',
  'every kind of step': 'a = b.c[0].0.d[*].e["f"].*.g.0[1]\n',
  'a full splat with blanks': 'a = b[ * ].c\n',
  'a step on a value': 'a = [1].0\nb = "x".y\nc = {d = 1}.d\n',
  numbers: 'a = 00012\nb = 1e5\nc = 1.e5\nd = 1.5E-3\ne = 0e99999999999\n',
  'a huge exponent within 32 bits': 'a = 1e2147483600\n',
  'dollars in front of a brace': 'a = "$$${x}"\nb = "$$$${x}"\nc = "%%%{x}"\nd = "$"\ne = "$$"\nf = "%$"\n',
  'every escape': 'a = "\\n\\r\\t\\"\\\\\\u00e9\\U0001F600"\n',
  'control characters in a string': 'a = "\u0000\u0001\u007f"\n',
  'a heredoc with an indented marker': 'a = <<E\nx\n  E\t\n',
  'a heredoc whose marker is a foreign word': 'a = <<-é\nx\né\n',
  'an empty heredoc': 'a = <<-E\nE\n',
  'a heredoc in a list': 'a = [<<E\nE\n, 1]\n',
  'a heredoc in an interpolation': 'a = "${<<E\nx\nE\n}"\n',
  'a heredoc that ends lines with dollars': 'a = <<E\nx$\n$\n$%\n$\nE\n',
  'strip markers': 'a = "x ${~ 1 ~} y%{~ if true ~} z %{~ endif ~}"\n',
  directives: 'a = "%{if true}x%{else}y%{endif}%{for k, v in z}${v}%{endfor}"\n',
  'a line break in a directive': 'a = <<E\n%{ if\ntrue }x%{ endif }\nE\n',
  'an attribute and a block of one name': 'a = 1\na {}\n',
};

const BROKEN = {
  'a carriage return alone': 'a = 1\rb = 2',
  'a carriage return alone in a heredoc': 'a = <<E\nx\ry\nE\n',
  'a carriage return alone behind a closing marker': 'a = <<E\nx\nE\r \n',
  'a blank that is not ASCII': 'a = 1\u00a0\n',
  'a closing brace on the line of a value': 'a {\n b = 1 }\n',
  'a block on one line over two lines': 'a { b = 1\n}\n',
  'a block in a block on a line': 'a { b {} }\n',
  'two attributes in a block on a line': 'a { b = 1, c = 2 }\n',
  'two items on a line': 'a = 1 b = 2\n',
  'two items parted by a semicolon': 'a = 1; b = 2\n',
  'two items parted by a comment over lines': 'a = 1 /*\n*/ b = 2\n',
  'two blocks on a line': 'a {} b {}\n',
  'an attribute set twice': 'a = 1\na = 2\n',
  'an attribute set twice in a block': 'b {\na = 1\nb = 1\na = 2\n}\n',
  'an interpolation in a label': 'a "${x}" {}\n',
  'a quoted attribute name': '"a" = 1\n',
  'a dotted attribute name': 'a.b = 1\n',
  'an attribute with a label': 'a b = 1\n',
  'a word alone': 'a\n',
  'an open brace on the next line': 'a\n{\n}\n',
  'a closing brace too many': 'a {\n}\n}\n',
  'a block without its closing brace': 'a {',
  'a comma behind a value': 'a = 1,\n',
  'an element missing': 'a = [,]\nb = f(,)\n',
  'two commas in an object': 'a = {b = 1,, c = 2}\n',
  'a comma on the line behind a value of an object': 'a = {b = 1\n,c = 2}\n',
  'items of an object not parted': 'a = {b = 1 c = 2}\n',
  'a line break in front of a value of an object': 'a = {b =\n1}\n',
  'a key called for': 'a = {for = 1}\n',
  'an argument behind an expanded one': 'a = f(x..., 1)\n',
  'a comma behind an expanded argument': 'a = f(x...,)\n',
  'a conditional over lines': 'a = x ?\n1 : 2\n',
  'a conditional without its second half': 'a = x ? 1\n',
  'a step on the next line': 'a = x\n.b\n',
  'a call on the next line': 'a = f\n(1)\n',
  'a splat over lines': 'a = b[*\n]\n',
  'one attribute splat behind another': 'a = b.*.c.*\n',
  'two legacy indexes': 'a = b.0.1\n',
  'a legacy index that reads as a number with an exponent': 'a = b.0.e5\n',
  'a number with two dots': 'a = 1..2\n',
  'a number that ends with a dot': 'a = 1.\n',
  'a hexadecimal number': 'a = 0x1\n',
  'an exponent beyond 32 bits': 'a = 1e99999999999\n',
  'a key in a for that builds a list': 'a = [for k, v in x : k => v]\n',
  'grouping in a for that builds a list': 'a = [for v in x : v...]\n',
  'no key in a for that builds an object': 'a = {for v in x : v}\n',
  'a for without in': 'a = [for x : y]\n',
  'a namespace without a call': 'a = b::c\n',
  'an unknown escape': 'a = "\\q"\n',
  'too few digits in an escape': 'a = "\\u12"\n',
  'half a surrogate pair': 'a = "\\ud800"\n',
  'a line break in a string': 'a = "x\ny"\n',
  'a string without its quote': 'a = "x',
  'a heredoc without its marker': 'a = <<E\nx\n',
  'a heredoc whose marker ends the text': 'a = <<E\nx\nE',
  'a blank behind the marker of a heredoc': 'a = <<E \nx\nE\n',
  'a dollar brace of a shell': 'a = "${HOME:-/root}"\n',
  'an interpolation outside a string': 'a = ${x}\n',
  'an interpolation without its brace': 'a = "${x"\n',
  'a strip marker that closes an object': 'a = {b = 1~}\n',
  'an if without its end': 'a = "%{if true}x"\n',
  'an end without its if': 'a = "%{endif}"\n',
  'two elses': 'a = "%{if true}%{else}%{else}%{endif}"\n',
  'directives that cross': 'a = "%{if true}%{for x in y}%{endif}%{endfor}"\n',
  'an unknown directive': 'a = "%{while true}%{endwhile}"\n',
  'a comment that is never closed': 'a = 1 /* x\nb = 2\n',
  'quotes of a word processor': 'a = “x”\n',
  'single quotes': "a = 'x'\n",
};

describe('hand-written documents', () => {
  test.each(Object.entries(VALID))('accepts %s', async (_, text) => {
    expect(parseHcl(text).problems).toEqual([]);
    expect((await askGo(text)).accepted).toBe(true);
  });

  test.each(Object.entries(BROKEN))('rejects %s', async (_, text) => {
    expect(parseHcl(text).problems).not.toEqual([]);
    expect((await askGo(text)).accepted).toBe(false);
  });
});

describe('generated documents', () => {
  test('the Go parser accepts what the grammar generates, and so do we', async () => {
    await fc.assert(
      fc.asyncProperty(documents, async text => {
        expect(await verdicts(text)).toEqual({ ours: 'accepts', go: 'accepts' });
      }),
      { numRuns: 400 },
    );
  });

  test('we accept and reject mutated documents as the Go parser does', async () => {
    await fc.assert(
      fc.asyncProperty(mutations(documents), async text => {
        const { ours, go } = await verdicts(text);
        expect(ours).toBe(go);
      }),
      { numRuns: 1500 },
    );
  });

  test('we accept and reject mutated templates as the Go parser does', async () => {
    await fc.assert(
      fc.asyncProperty(mutations(templates), async text => {
        const { ours, go } = await verdicts(text);
        expect(ours).toBe(go);
      }),
      { numRuns: 500 },
    );
  });
});
