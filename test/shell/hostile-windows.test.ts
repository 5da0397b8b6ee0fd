/** What no text can do to the readers of PowerShell and cmd: make them throw, take their time, or lose what stands before a slip. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, read } from '../../shell/parse.ts';

const DIALECTS = ['powershell', 'pwsh', 'cmd'] as const;

/** Each is repeated to the length that is asked for. */
const PARTS = [
  ...['(', ')', '{', '}', '[', ']', '$(', '@(', '@{', '"', "'", '"$(', '`', '`\n', '^', '^\n', '%', '%%', '!', '"a'],
  ...["@'\n", '@"\n', "'@\n", '<#', '#>', '#', '# a\n', '$', '${', '$x.', '$x[', '$x::', '::a', '.a(', '[a]::b(', 'a,'],
  ...[
    'if (',
    'if ($x) {',
    'else ',
    '} else {',
    'foreach ($x in ',
    'while (',
    'do {',
    'switch ($x) {',
    'try {',
    'catch {',
  ],
  ...[
    'function f {',
    'function ',
    'param(',
    '[Parameter(',
    'class A {',
    'return ',
    'trap {',
    ':a ',
    'begin {',
    'exit;',
  ],
  ...[
    '$x = ',
    '$x=$y=',
    '$x = {',
    'a = ',
    '@{ a = ',
    '-a:',
    '-a:(',
    '-not ',
    '++',
    ', ',
    '& ',
    '. ',
    '& {',
    '--% ',
    '-',
  ],
  ...[
    'a | ',
    '| ',
    '&& ',
    '|| ',
    '& ',
    ';',
    '\n',
    '\r\n',
    '\r',
    '> ',
    '2>&1 ',
    '< ',
    'a\n|',
    '\n\n\n',
    '   \n',
    '\uE000',
    '\0',
  ],
  ...[
    'rem ',
    'set a=',
    'set "a=',
    'if exist ',
    'if "',
    'for %%i in (',
    "for /f %%i in ('",
    'call ',
    '@',
    'echo(',
    'start ',
  ],
  ...['powershell -c "', "iex '", 'cmd /c ', 'powershell a; ', 'a b c\n', '\ud800', '\udc00', '\u201c', '\u2019', 'a`'],
];

const HOSTILE: readonly [what: string, make: (length: number) => string][] = [
  ...PARTS.map((part): [string, (length: number) => string] => [
    part,
    length => part.repeat(Math.ceil(length / part.length)),
  ]),
  ['one long word', length => 'a'.repeat(length)],
  ['blocks in lines', length => 'a {\nb\n}\n'.repeat(length / 8)],
  ['calls of functions', length => `${'function f { a }\n'.repeat(length / 34)}${'f\n$x\n'.repeat(length / 10)}`],
  ['assignments in front of blank lines', length => `${'$a = '.repeat(length / 10)}b${'\n'.repeat(length / 2)}`],
  ['conditions in front of blank lines', length => 'if (a) { b }\n\n\n\n'.repeat(length / 16)],
  ['texts in strings', length => 'powershell -c "a \'b\'" & '.repeat(length / 24)],
];

describe('hostile texts', () => {
  it.each(HOSTILE)('%j costs what it is long', (_, make) => {
    for (const dialect of DIALECTS) {
      const work = (length: number) => {
        const text = make(length);
        return read(text, dialect).characters / text.length;
      };
      expect(work(60_000)).toBeLessThan(13);
      expect(work(60_000)).toBeLessThan(work(15_000) * 1.5 + 1);
    }
  });

  it('are read in no time', () => {
    const start = process.cpuUsage();
    for (const [, make] of HOSTILE) for (const dialect of DIALECTS) read(make(60_000), dialect);
    const { user, system } = process.cpuUsage(start);
    // 20 MB of text; what is not linear takes minutes.
    expect((user + system) / 1e6).toBeLessThan(60);
  });

  it('leave the commands in front of them', () => {
    for (const [what, make] of HOSTILE)
      for (const dialect of DIALECTS) {
        const { commands } = parse(`first "a b"\n${make(5000)}`, dialect);
        const words = commands[0]!.words.map(({ text }) => text);
        // A comma goes on with the list of the line before, a pipe with its pipeline.
        expect(words.slice(0, 2), what).toEqual(['first', 'a b']);
      }
  });
});

describe('any text', () => {
  it('has commands in its own order, with words in theirs', () => {
    const anything = fc.array(fc.oneof(fc.constantFrom(...PARTS), fc.string({ maxLength: 4 })), { maxLength: 30 });
    fc.assert(
      fc.property(anything, fc.constantFrom(...DIALECTS), (parts, dialect) => inRange(parts.join(''), dialect)),
      { numRuns: 4000 },
    );
  });

  it('means the same in every run', () => {
    const text = PARTS.join(' a ');
    for (const dialect of DIALECTS) expect(parse(text, dialect)).toEqual(parse(text, dialect));
  });
});

function inRange(text: string, dialect: (typeof DIALECTS)[number]): void {
  let before = 0;
  for (const command of parse(text, dialect).commands) {
    const { source } = command;
    const { start, end } = source.outside(command.start, command.end);
    expect(start).toBeGreaterThanOrEqual(before);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
    before = start;
    let at = command.start;
    for (const word of command.words) {
      expect(word.start).toBeGreaterThanOrEqual(at);
      expect(word.end).toBeGreaterThanOrEqual(word.start);
      expect(word.text.length - (word.end - word.start)).toBeLessThanOrEqual(0);
      at = word.end;
    }
  }
}
