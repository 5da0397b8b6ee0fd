import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceText } from '../../core/text.ts';
import { hasModernBash } from '../host.ts';
import { scriptOf } from './parser.ts';

/** Pieces of a word in which nothing expands, as one may write them. */
const plain = fc.stringMatching(/^[a-zA-Z0-9_.,:/@%+=-]{1,4}$/);
const anything = fc.string({
  unit: fc.constantFrom(...'aZ0 \t\'"$`\\#;&|<>()!éß漢😀{}*?~=\n'.match(/./gsu)!),
  maxLength: 5,
});
const single = anything.filter(text => !text.includes("'")).map(text => `'${text}'`);
const double = anything.map(text => `"${text.replace(/[\\$`"]/g, '\\$&')}"`);
const doubleLoose = fc
  .array(fc.constantFrom('a', '\\a', '\\\\', '\\"', '\\$', '\\`', "'", '#', '\\\n', ' ', '😀'), { maxLength: 5 })
  .map(parts => `"${parts.join('')}"`);
const escaped = fc.constantFrom(...' \t"\'$`\\#;&|<>()!aé😀*?~'.match(/./gsu)!).map(character => `\\${character}`);
const ansi = fc
  .array(
    fc.constantFrom(
      'a',
      '\\n',
      '\\t',
      "\\'",
      '\\"',
      '\\\\',
      '\\x41',
      '\\101',
      '\\u00e9',
      '\\U0001f600',
      '\\q',
      ' ',
      '"',
      '\\e',
    ),
    { maxLength: 5 },
  )
  .map(parts => `$'${parts.join('')}'`);
const joined = fc.constant('\\\n');
const word = fc
  .array(fc.oneof(plain, single, double, doubleLoose, escaped, ansi, joined), { minLength: 1, maxLength: 5 })
  .map(parts => parts.join(''))
  // `#` at the start would be a comment, a first `\`+newline a space; templates of other tools are not the shell's.
  .filter(text => !/^(?:\\\n)+/.test(text) && !text.includes('{{') && /[^\\\n]/.test(text));

/** What bash makes of the words. */
function bash(script: string): string[] {
  const out = execFileSync('bash', ['--norc', '--noprofile', '-c', script], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
  });
  return out.split('\0').slice(0, -1);
}

describe('words', () => {
  it.skipIf(!hasModernBash())('read as bash reads them', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 60 }), words => {
        const list = words.join(' ');
        const [command] = scriptOf(`set ${list}`).commands;
        expect(command!.words.slice(1).map(found => found.literal)).toEqual(bash(`set -f; printf '%s\\0' ${list}`));
      }),
      { numRuns: 60 },
    );
  });

  it('stay as they are when a character is replaced by itself', () => {
    fc.assert(
      fc.property(word, word, (first, second) => {
        const text = `run ${first} ${second}`;
        for (const { value } of scriptOf(text).commands[0]!.words) {
          for (let i = 0; i < value.text.length; ) {
            const length = (value.text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
            const edit = value.replace(i, i + length, value.text.slice(i, i + length));
            if (edit) expect(text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end)).toBe(text);
            i += length;
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('are written so that they read as what was asked for', () => {
    fc.assert(
      fc.property(word, anything, fc.nat(), fc.nat(), (first, newText, a, b) => {
        const text = `run ${first} end`;
        const { value } = scriptOf(text).commands[0]!.words[1]!;
        const start = a % (value.text.length + 1);
        const end = Math.min(value.text.length, start + (b % 3));
        const edit = value.replace(start, end, newText);
        fc.pre(edit !== undefined && !newText.includes('{{'));
        const after = text.slice(0, edit!.span.start) + edit!.newText + text.slice(edit!.span.end);
        const wanted = value.text.slice(0, start) + newText + value.text.slice(end);
        fc.pre(!wanted.includes('{{') && !/[\ud800-\udfff]/u.test(wanted));
        expect(scriptOf(after).commands.map(command => command.words.map(found => found.literal))).toEqual([
          ['run', wanted, 'end'],
        ]);
      }),
      { numRuns: 2000 },
    );
  });

  it('know their expansions', () => {
    const [command] = scriptOf('a $X "${Y:-z}" $(b) `c` $((1+1)) <(d) "$1" ${#Z} \'$no\' \\$no').commands;
    expect(
      command!.words.map(found => found.expansions.map(({ kind, name }) => (name ? `${kind} ${name}` : kind))),
    ).toEqual([
      [],
      ['parameter X'],
      ['parameter Y'],
      ['command'],
      ['command'],
      ['arithmetic'],
      ['process'],
      ['parameter 1'],
      ['parameter Z'],
      [],
      [],
    ]);
    expect(command!.words[2]!.value.text).toBe('\uE000');
    expect(command!.words[2]!.literal).toBeUndefined();
  });

  it('keep placeholders and templates of other tools whole', () => {
    const lines = (text: string) => scriptOf(text).commands.map(c => c.words.map(w => w.literal ?? w.value.text));
    expect(lines('a {{ user `x` }}-b "{{ y }}" \uE000\uE000z')).toEqual([['a', '\uE000-b', '\uE000', '\uE000z']]);
    expect(lines('a ${{ x }} && \uE000')).toEqual([['a', '\uE000'], ['\uE000']]);
    expect(lines("awk '{ print }' {}")).toEqual([['awk', '{ print }', '{}']]);
  });

  it('decode through the encoding of the document', () => {
    const document = SourceText.document('abc');
    expect(scriptOf(document).commands[0]!.words[0]!.value.replace(1, 2, 'x y')?.newText).toBe('x\\ y');
    expect(scriptOf("'a'").commands[0]!.words[0]!.value.replace(0, 1, "it's")).toBeUndefined();
    expect(scriptOf("a''").commands[0]!.words[0]!.value.replace(0, 1, '\uE000')).toBeUndefined();
  });
});
