import fc from 'fast-check';

/** Arbitrary HCL documents: `documents` covers the grammar, `templates` looks like what people write for Packer. */

const names = fc.constantFrom('a', 'b', 'name', 'ami_name', 'x-y', 'é', '_z', 'forest', 'iffy', 'inline', 'tags');
const blanks = fc.constantFrom('', ' ', '\t', ' /* c */ ');
/** Where line breaks are spaces. */
const looseBlanks = fc.constantFrom('', ' ', '\n', ' # c\n', '\n\n  ', ' // c\n', '/*\n*/');
const numbers = fc.constantFrom('0', '1', '42', '2.5', '1e3', '1.5E-2', '007', '1.e2');

const quotedPieces = fc.constantFrom(
  'text',
  ' ',
  '\\n',
  '\\t',
  '\\"',
  '\\\\',
  '\\u00e9',
  '\\U0001F600',
  '$${x}',
  '%%{x}',
  '$$$${',
  '$',
  '%',
  '$$',
  '{',
  '}',
  'é',
  '😀',
  '#',
  '//',
  "'",
  '~',
);
const heredocPieces = fc.constantFrom(
  'text',
  ' ',
  '  ',
  '\t',
  '\\n',
  '"',
  '$${x}',
  '%%{',
  '$',
  '%',
  '{',
  '}',
  'é',
  '😀',
  '#',
);

type Grammar = {
  expression: string;
  term: string;
  quoted: string;
  heredoc: string;
  sequence: string;
  tuple: string;
  object: string;
};

const join = (...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc.tuple(...parts.map(part => (typeof part === 'string' ? fc.constant(part) : part))).map(texts => texts.join(''));

const grammar = fc.letrec<Grammar>(tie => ({
  expression: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'hcl', withCrossShrink: true },
    tie('term'),
    join(
      tie('term'),
      fc.constantFrom(' + ', ' - ', ' * ', '/ ', ' % ', ' == ', '!=', ' && ', '||', ' < ', '>=', '<= ', '>'),
      tie('term'),
    ),
    join(tie('term'), ' ? ', tie('expression'), ' : ', tie('expression')),
    join(fc.constantFrom('-', '!', '- '), tie('term')),
  ),
  term: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'hcl', withCrossShrink: true },
    numbers,
    fc.constantFrom(
      'true',
      'false',
      'null',
      'var.a',
      'local.x-y',
      'source.amazon-ebs.b',
      'x.0.y',
      'x.*.y',
      'x[*].y[0]',
      'a . b',
    ),
    tie('quoted'),
    tie('tuple'),
    tie('object'),
    join('(', looseBlanks, tie('expression'), looseBlanks, ')'),
    join(
      fc.constantFrom('upper', 'f', 'ns::f'),
      fc.constantFrom('(', ' ('),
      looseBlanks,
      tie('expression'),
      fc.constantFrom(')', ',)', '...)', ', 1)'),
    ),
    join('var.m[', looseBlanks, tie('expression'), ']'),
    join('[', tie('heredoc'), ']'),
  ),
  quoted: fc
    .array(fc.oneof({ weight: 4, arbitrary: quotedPieces }, { weight: 1, arbitrary: tie('sequence') }), {
      maxLength: 6,
    })
    .map(pieces => separateSigils(pieces, '"'))
    .map(text => `"${text}"`),
  heredoc: fc
    .tuple(
      fc.constantFrom('<<', '<<-'),
      fc.array(
        fc.array(fc.oneof({ weight: 5, arbitrary: heredocPieces }, { weight: 1, arbitrary: tie('sequence') }), {
          maxLength: 5,
        }),
        { maxLength: 4 },
      ),
      fc.constantFrom('', '  ', '\t'),
    )
    .map(([opener, lines, indent]) => {
      const body = lines.map(pieces => `${separateSigils(pieces, '\n')}\n`).join('');
      return `${opener}EOT\n${body}${indent}EOT\n`;
    }),
  sequence: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'hcl', withCrossShrink: true },
    join(fc.constantFrom('${', '${~', '${ ', '${~ '), tie('expression'), fc.constantFrom('}', '~}', ' }', ' ~}')),
    join(
      '%{ if ',
      tie('expression'),
      fc.constantFrom(' }', ' ~}'),
      'yes',
      fc.constantFrom('', '%{ else }no', '%{~ else ~} no '),
      '%{ endif }',
    ),
    join(
      '%{ for ',
      fc.constantFrom('v', 'k, v'),
      ' in ',
      tie('expression'),
      ' }',
      ' item ',
      fc.constantFrom('%{ endfor }', '%{~ endfor ~}'),
    ),
  ),
  tuple: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'hcl', withCrossShrink: true },
    fc.constant('[]'),
    fc
      .tuple(fc.array(tie('expression'), { minLength: 1, maxLength: 4 }), looseBlanks, fc.constantFrom('', ','))
      .map(([elements, blank, trailing]) => `[${blank}${elements.join(`,${blank}`)}${trailing}${blank}]`),
    join(
      '[',
      looseBlanks,
      'for ',
      fc.constantFrom('v', 'k, v'),
      ' in ',
      tie('expression'),
      ' : ',
      tie('expression'),
      fc.constantFrom('', ' if true'),
      ']',
    ),
  ),
  object: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'hcl', withCrossShrink: true },
    fc.constant('{}'),
    fc
      .tuple(
        fc.uniqueArray(
          fc.tuple(
            fc.oneof(names, fc.constantFrom('"k 1"', '(var.k)')),
            fc.constantFrom(' = ', ': ', '='),
            tie('expression'),
          ),
          {
            minLength: 1,
            maxLength: 3,
            selector: ([key]) => key,
          },
        ),
        fc.constantFrom(', ', '\n', ' # c\n', ',\n', ',\n\n'),
        fc.constantFrom('', '\n'),
      )
      .map(([items, separator, edge]) => `{${edge}${items.map(item => item.join('')).join(separator)}${edge}}`),
    join(
      '{',
      looseBlanks,
      'for k, v in ',
      tie('expression'),
      ' : ',
      tie('expression'),
      ' => ',
      tie('expression'),
      fc.constantFrom('', '...', ' if v'),
      '}',
    ),
  ),
}));

/** Keeps a `$` or `%` at the end of one piece from opening a sequence with the brace of the next. */
function separateSigils(pieces: readonly string[], after: string): string {
  let text = '';
  for (const piece of [...pieces, after]) {
    if (/[$%]$/.test(text) && /^[{$%]/.test(piece)) text += ' ';
    text += piece;
  }
  return text.slice(0, text.length - after.length);
}

const values = fc.oneof({ weight: 4, arbitrary: grammar.expression }, { weight: 1, arbitrary: grammar.heredoc });

interface Item {
  readonly text: string;
  readonly name: string | undefined;
}

const attribute: fc.Arbitrary<Item> = fc.tuple(names, blanks, blanks, values).map(([name, before, after, value]) => ({
  name,
  text: `${name}${before}=${after}${value}${value.endsWith('\n') ? '' : '\n'}`,
}));

const labels = fc.array(fc.constantFrom('"shell"', '"a b"', 'bare', '"\\u00e9"', '"$${x}"'), { maxLength: 2 });

function bodies(depth: number): fc.Arbitrary<string> {
  const block: fc.Arbitrary<Item> = fc
    .tuple(
      fc.constantFrom('source', 'build', 'blk-1'),
      labels,
      depth > 0 ? bodies(depth - 1) : fc.constant(''),
      fc.nat(3),
    )
    .map(([type, label, body, shape]) => {
      const header = `${type}${label.map(text => ` ${text}`).join('')} {`;
      const text = shape === 0 ? `${header}}\n` : shape === 1 ? `${header} one = 1 }\n` : `${header} # c\n${body}}\n`;
      return { name: undefined, text };
    });
  const filler = fc
    .constantFrom('\n', '# comment\n', '// comment\n', '/* a\n b */\n', '  \n')
    .map(text => ({ name: undefined, text }));
  return fc
    .array(
      fc.oneof({ weight: 4, arbitrary: attribute }, { weight: 2, arbitrary: block }, { weight: 1, arbitrary: filler }),
      { maxLength: 5 },
    )
    .map(items => {
      const seen = new Set<string>();
      return items
        .filter(({ name }) => name === undefined || (!seen.has(name) && seen.add(name)))
        .map(item => item.text)
        .join('');
    });
}

/** Valid documents from the grammar, now and then with `\r\n` or without a line break at the end. */
export const documents: fc.Arbitrary<string> = fc.tuple(bodies(2), fc.nat(9)).map(([text, shape]) => {
  if (shape === 0) return text.replaceAll('\n', '\r\n');
  if (shape === 1 && !text.endsWith('EOT\n')) return text.replace(/\n$/, '');
  return shape === 2 ? `\ufeff${text}` : text;
});

const SNIPPETS = [
  '"',
  '${',
  '}',
  '{',
  '[',
  ']',
  '(',
  ')',
  '\n',
  '\r',
  '=',
  '<<EOT\n',
  'EOT\n',
  '%{ if a }',
  '%{ endif }',
  '/*',
  '*/',
  '#',
  ',',
  '.',
  '...',
  '$',
  '~',
  '\\',
  'for ',
  ' in ',
  '=>',
  '::',
  '?',
  ':',
  '1e',
  'a = 1\n',
  'b {\n',
  '\u00a0',
  '😀',
  '`',
  ';',
  '.*',
  '[*]',
  '-',
  '!',
];

/** Any text from `base` with a few places cut out, doubled, or filled with what means something in HCL. */
export function mutations(base: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(6),
    insert: fc.oneof(fc.constantFrom(...SNIPPETS), fc.constant('')),
  });
  return fc.tuple(base, fc.array(edit, { minLength: 1, maxLength: 3 })).map(([text, edits]) => {
    let result = text;
    for (const { at, cut, insert } of edits) {
      const offset = Math.floor(at * result.length);
      result = result.slice(0, offset) + insert + result.slice(offset + cut);
    }
    return result;
  });
}

const stringValue = fc.constantFrom(
  '"us-east-1"',
  '"app-${var.version}"',
  '"${var.prefix}-{{timestamp}}"',
  'var.region',
  '"t3.micro"',
  'true',
  '10',
  'local.tags',
);

function indented(column: number, lines: readonly string[]): string[] {
  return lines.map(line => (line === '' ? '' : ' '.repeat(column) + line));
}

const plainAttribute = fc
  .tuple(fc.stringMatching(/^[a-z]{3,8}_[a-z]{3,8}$/), stringValue)
  .map(([name, value]) => [`${name} = ${value}`]);
const listAttribute = fc
  .tuple(
    fc.constantFrom('inline', 'scripts', 'environment_vars'),
    fc.array(stringValue, { minLength: 1, maxLength: 5 }),
  )
  .map(([name, elements]) => [`${name} = [`, ...elements.map(element => `  ${element},`), ']']);
const objectAttribute = fc
  .tuple(fc.constantFrom('tags', 'env', 'labels'), fc.array(stringValue, { minLength: 1, maxLength: 4 }))
  .map(([name, entries]) => [`${name} = {`, ...entries.map((value, i) => `  Key${i} = ${value}`), '}']);
const heredocAttribute = fc
  .tuple(fc.constantFrom('user_data', 'content'), fc.nat(99999))
  .map(([name, id]) => [
    `${name} = <<-END${id}`,
    '  #!/bin/sh',
    '  FOO=bar',
    '  if [ -n "$FOO" ]; then',
    '    echo ok',
    '  fi',
    `END${id}`,
  ]);
const callAttribute = fc
  .tuple(fc.constantFrom('merged', 'joined'), stringValue)
  .map(([name, value]) => [`${name} = merge(`, `  local.a,`, `  { Name = ${value} },`, ')']);

const attributes = fc.oneof(
  { weight: 6, arbitrary: plainAttribute },
  { weight: 2, arbitrary: listAttribute },
  { weight: 1, arbitrary: objectAttribute },
  { weight: 1, arbitrary: heredocAttribute },
  { weight: 1, arbitrary: callAttribute },
);

function blockOf(header: fc.Arbitrary<string>, min: number, inner: fc.Arbitrary<string[][]>): fc.Arbitrary<string[]> {
  return fc
    .tuple(
      header,
      fc.uniqueArray(attributes, { minLength: min, maxLength: 8, selector: lines => lines[0]!.split(' ')[0] }),
      inner,
    )
    .map(([head, items, blocks]) => [
      `${head} {`,
      ...indented(2, items.flat()),
      ...blocks.flatMap(block => ['', ...indented(2, block)]),
      '}',
    ]);
}

const none = fc.constant<string[][]>([]);
const provisioners = blockOf(
  fc.constantFrom('provisioner "shell"', 'provisioner "file"', 'post-processor "manifest"'),
  2,
  none,
);
const nestedBlocks = blockOf(fc.constantFrom('source_ami_filter', 'launch_block_device_mappings', 'vault'), 2, none);

/** Templates as people write them: indented by two, blocks parted by blank lines. */
export const templates: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      blockOf(fc.constantFrom('variable "region"', 'variable "name"', 'locals', 'packer'), 2, none),
      blockOf(
        fc.constantFrom('source "amazon-ebs" "base"', 'source "qemu" "vm"', 'data "amazon-ami" "x"'),
        4,
        fc.array(nestedBlocks, { maxLength: 2 }),
      ),
      blockOf(fc.constant('build'), 1, fc.array(provisioners, { minLength: 1, maxLength: 4 })),
    ),
    { minLength: 2, maxLength: 6 },
  )
  .map(blocks => `${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`);
