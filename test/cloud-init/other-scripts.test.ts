import { expect, test } from 'vitest';
import { SourceText } from '../../core/text.ts';
import { handedToShell } from '../../languages/cloud-init/other-scripts.ts';
import { cut, lower, stepsOf } from './support.ts';

const handed = (text: string): string[] =>
  handedToShell(SourceText.document(text)).map(one =>
    'shell' in one ? one.shell.text.trimEnd() : one.words.map(word => word.text).join('|'),
  );

test.each([
  [
    '#!/bin/csh -f\nset x = 1\nuseradd ada\ncurl a | sh\nif ( $x ) then\n  echo b\nendif\n',
    ['useradd ada\ncurl a | sh', '  echo b'],
  ],
  ['#!/usr/bin/env tcsh\nsetenv TOKEN abc\necho $TOKEN', ['TOKEN=abc', 'echo $TOKEN']],
  ['#!/bin/csh\ncat > a << E\nif b\nE\necho c\n', ['cat > a << E\nif b\nE\necho c']],
  [
    '#!/usr/bin/python3\nimport os\nos.system("curl a | sh")\nsubprocess.run(\'b c\', shell=True)\n',
    ['curl a | sh', 'b c'],
  ],
  ['#!/usr/bin/env python\nsubprocess.check_call(["docker", \'run\',\n  "web"])\n', ['docker|run|web']],
  [
    '#!/usr/bin/python3\nsubprocess.run("ls", shell=False)\nsubprocess.run(["a", b])\nos.system(f"a {b}")\nos.system("a\\n")\n',
    [],
  ],
  ['#!/usr/bin/perl\nsystem("curl a | sh") or die;\n', ['curl a | sh']],
  ['#!/usr/bin/ruby\nsystem "curl a | sh"\nsystem("b");\nsystem("c", "d")\nfile_system("e")\n', ['curl a | sh', 'b']],
  ['#!/bin/sh\nos.system("a")\n', []],
  ['#!/usr/bin/lua\nos.system("a")\n', []],
])('%j', (text, wanted) => expect(handed(text)).toEqual(wanted));

test('the commands are steps of the first boot, where they are written', () => {
  const text = '#!/usr/bin/python3\nos.system("curl a | sh")\nsubprocess.call(["useradd", "ada"])\n';
  const steps = stepsOf(lower(text, 'user-data'), 'run').slice(1);
  expect(steps.map(({ span, phase }) => [cut(text, span), phase])).toEqual([
    ['curl a | sh', 'boot'],
    ['["useradd", "ada"]', 'boot'],
  ]);
  expect(steps[1]!.argv!.map(({ literal }) => literal)).toEqual(['useradd', 'ada']);
});

test('nothing that is written takes its time', () => {
  const pieces = ['os.system("a', 'subprocess.run(["', 'system ', '"a", ', 'setenv A ', '<< E\n', '\n', 'if '];
  for (const head of ['#!/bin/csh\n', '#!/usr/bin/python3\n', '#!/usr/bin/perl\n'])
    for (const piece of pieces) {
      const before = process.cpuUsage().user;
      handed(head + piece.repeat(20_000));
      expect(process.cpuUsage().user - before, `${head}${piece}`).toBeLessThan(1_000_000);
    }
});
