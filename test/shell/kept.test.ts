import { expect, test } from 'vitest';
import { Script } from '../../core/script.ts';
import { SourceText } from '../../core/text.ts';
import { shellParser } from '../../shell/parser.ts';

const SETTINGS = { dialect: 'bash', errexit: false, pipefail: false } as const;

test('equal scripts share a tree, and each knows its own place', () => {
  const text = 'echo "one two" three';
  const document = SourceText.document(`RUN ${text}\nRUN ${text}\n`);
  const scripts = [4, 5 + 4 + text.length].map(
    at => new Script(document.slice(at, at + text.length), SETTINGS, shellParser),
  );
  const spans = scripts.map(script => script.spanOf(script.commands[0]!.words[2]!));
  expect(spans.map(({ start, end }) => document.text.slice(start, end))).toEqual(['three', 'three']);
  expect(spans[0]).not.toEqual(spans[1]);
  const values = scripts.map(script => script.commands[0]!.words[1]!.value.replace(0, 3, 'a "b"'));
  expect(values.map(edit => edit?.newText)).toEqual(['a \\"b\\"', 'a \\"b\\"']);
  expect(values[0]!.span.start).not.toBe(values[1]!.span.start);
});

test('more scripts than are kept are read all the same', () => {
  const long = (i: number): string => `echo ${i} ${'x'.repeat(150_000)}`;
  for (let round = 0; round < 2; round++)
    for (let i = 0; i < 40; i++) {
      const script = new Script(SourceText.document(long(i)), SETTINGS, shellParser);
      expect(script.commands[0]!.words[1]!.literal).toBe(String(i));
    }
});

test('commands of a pipeline share one list', () => {
  const { commands } = new Script(SourceText.document('a | b && c'), SETTINGS, shellParser);
  expect(commands[0]!.pipeline).toBe(commands[1]!.pipeline);
  expect(commands[2]!.pipeline).toEqual([commands[2]]);
});

test('a command says whether it is in a function that nothing calls', () => {
  const { commands } = new Script(
    SourceText.document('used() { a; }\nunused() { b; }\ntrap used EXIT\nc'),
    SETTINGS,
    shellParser,
  );
  expect(commands.map(({ words, mayRun }) => `${words[0]!.literal} ${mayRun}`)).toEqual([
    'a true',
    'b false',
    'trap true',
    'used true',
    'c true',
  ]);
});
