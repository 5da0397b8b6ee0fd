/** What no script can do to the parser: make it throw, take its time, or lose what precedes a slip. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, read } from '../../shell/parse.ts';
import type { CommandNode } from '../../shell/tree/nodes.ts';
import { FULL, soundScripts, spoiltScripts } from './oracles/sample.ts';

/** Texts that are made to be slow, or deep, or to have no end; each as long as is asked for. */
const HOSTILE: readonly [what: string, make: (length: number) => string][] = [
  ...[
    ...[
      '(',
      ')',
      '((',
      '$(',
      '$((',
      '$(( (',
      '${',
      '`',
      '"',
      "'",
      '"$(',
      '"${',
      '$[',
      'a[',
      'x=(',
      '@(',
      'a=$((b)',
      '{ ',
    ],
    ...[
      'if ',
      'if a; then ',
      'while a; do ',
      'case x in ',
      'case x in a) ',
      'for i in a; do ',
      '} | ',
      'fi ',
      ';;',
      '! ',
    ],
    ...[
      'f() ',
      'a() {',
      'function f { ',
      'coproc ',
      'time ',
      '[[ a ',
      '[[ a =~ (',
      '[[ ( ',
      '{{',
      '\uE000',
      '<(',
      '<<<',
    ],
    ...[
      'cat <<E\n',
      'cat <<E $(',
      "sh -c '",
      'sh -c "',
      'eval `',
      'bash <<E\n',
      'a <<E <<F ',
      'a \\\n',
      '\\',
      '\r',
      '\r\n',
    ],
    ...[
      'a;',
      'a & ',
      'a | ',
      '> f ',
      '\0',
      '\ud800',
      '\udc00',
      'a\uFEFF',
      '#\n',
      'a=b ',
      'x[1]=',
      'trap x ',
      '${x%$(',
      '\\`',
      '; a[',
      '; a[0]',
      'runuser -u a ',
      '$(cat <<E\nE',
      'a <<E $(b) ',
    ],
  ].map((part): [string, (length: number) => string] => [part, length => part.repeat(Math.ceil(length / part.length))]),
  ['a here-document of functions', length => `bash <<E\n${'a() {\n'.repeat(length / 6)}\nE\n`],
  ['a here-document of substitutions', length => `cat <<E\n${'$(a '.repeat(length / 4)}\nE\n`],
  ['parentheses that are no arithmetic', length => `${'(('.repeat(length / 4)}a${') )'.repeat(length / 6)}`],
  ['one long line', length => 'a b "c $d" && '.repeat(length / 14)],
  ['one long word', length => 'a'.repeat(length)],
  ['escapes between backquotes', length => `\`${'\\\\\\`'.repeat(length / 4)}\``],
  ['functions and what may call them', length => `${'f() { a; }\n'.repeat(length / 22)}${'$x\n'.repeat(length / 6)}`],
  ['scripts in scripts', length => 'sh -c "echo \\"$(a)\\"" | '.repeat(length / 24)],
];

describe('hostile texts', () => {
  it.each(HOSTILE)('%j costs what it is long', (_, make) => {
    for (const dialect of ['posix', 'bash'] as const) {
      const work = (length: number) => {
        const text = make(length);
        return read(text, dialect).characters / text.length;
      };
      expect(work(60_000)).toBeLessThan(13);
      // What grows faster than the text does not stay near what a quarter of it costs.
      expect(work(60_000)).toBeLessThan(work(15_000) * 1.5 + 1);
    }
  });

  it('leave the commands in front of them', () => {
    for (const [what, make] of HOSTILE) {
      const { commands } = parse(`first "a b"\n${make(5000)}`, 'bash');
      expect(
        commands[0]!.words.map(({ text }) => text),
        what,
      ).toEqual(['first', 'a b']);
    }
  });

  it.each([
    ...['fi', ')', '}', 'done; esac', ';;', ';; fi'].map(slip => `a; ${slip}`),
    ...['| | b', '&& && c', 'a & & b', 'a (b', 'a (b)', 'f() a', 'a; (b', '{ a; ', '[[ a b', '[[ a', 'if a; b; fi'],
    ...['case x in', 'case x in a b; esac', 'for i do a', 'while a; b; done', 'a=(b', 'x=(&)', 'echo x=(a)', 'in'],
  ])('leave the commands behind them: %s', slip => {
    const { commands, broken } = parse(`first\n${slip}\nif b; then c; fi\nlast x\n`, 'bash');
    expect(broken).toBe(true);
    expect(commands.map(wordsOf)).toEqual(expect.arrayContaining(['first']));
    if (!slip.endsWith('=(b')) expect(commands.map(wordsOf)).toEqual(expect.arrayContaining(['last x']));
  });
});

const wordsOf = ({ words }: CommandNode) => words.map(({ raw }) => raw).join(' ');

function inRange(text: string): void {
  const { commands } = parse(text, 'bash');
  let before = 0;
  for (const command of commands) {
    const { source } = command;
    const { start, end } = source.outside(command.start, command.end);
    expect(start).toBeGreaterThanOrEqual(before);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
    before = start;
    const words = command.words.map(word => [word.start, word.end] as const);
    const all = [...words, ...command.redirects.map(one => [one.start, one.end] as const)].toSorted(
      ([a], [b]) => a - b,
    );
    let at = command.start;
    for (const [from, to] of all) {
      expect(from).toBeGreaterThanOrEqual(at);
      expect(to).toBeGreaterThan(from);
      at = to;
    }
  }
}

describe('any text', () => {
  it('has commands in its own order, with words in theirs', () => {
    for (const script of [...soundScripts(FULL ? 5000 : 150, 21), ...spoiltScripts(FULL ? 20_000 : 300, 22)])
      inRange(script);
    const anything = fc.array(fc.oneof(fc.constantFrom(...HOSTILE.map(([what]) => what)), fc.string({ maxLength: 4 })));
    fc.assert(
      fc.property(anything, parts => inRange(parts.join(''))),
      { numRuns: FULL ? 50_000 : 3000 },
    );
  });

  it('means the same in every run', () => {
    const [script] = soundScripts(1, 23);
    expect(parse(script!, 'bash')).toEqual(parse(script!, 'bash'));
  });
});

describe('a script that is cut off', () => {
  it('keeps the commands before the cut', () => {
    let cuts = 0;
    for (const script of soundScripts(FULL ? 2000 : 60, 24)) {
      const whole = parse(script, 'bash').commands;
      for (let at = 1; at < script.length; at += FULL ? 1 : 7) {
        const cut = new Set(parse(script.slice(0, at), 'bash').commands.map(placed));
        const lost = whole.filter(
          command => command.source.outside(command.start, command.end).end < at && !cut.has(placed(command)),
        );
        expect(lost.map(placed), JSON.stringify(script.slice(0, at))).toEqual([]);
        cuts++;
      }
    }
    expect(cuts).toBeGreaterThan(1000);
  });
});

function placed(command: CommandNode): string {
  const { start } = command.source.outside(command.start, command.end);
  return `${start} ${wordsOf(command)}`;
}
