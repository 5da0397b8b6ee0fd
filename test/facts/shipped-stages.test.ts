import { expect, test } from 'vitest';
import { NO_FILES } from '../../core/language.ts';
import { lower } from '../../core/linter.ts';
import { shippedStages } from '../../facts/shipped-stages.ts';
import { dockerfile } from '../../languages/dockerfile/language.ts';
import { shellParser } from '../../shell/parser.ts';

function shipped(text: string, ...targets: string[]): number[] {
  const engine = { languages: [dockerfile], rules: [], shell: shellParser };
  const build = lower({ path: 'Dockerfile', text }, dockerfile as never, { engine, files: NO_FILES });
  const stages = shippedStages(build, targets);
  return build.stages.flatMap((stage, i) => (stages.has(stage) ? [i] : []));
}

test('the last stage and what it starts from are shipped, what it copies from is not', () => {
  expect(shipped('FROM a AS base\nFROM b AS tool\nFROM Base AS mid\nCOPY --from=tool /x /x\nFROM mid\n')).toEqual([
    0, 2, 3,
  ]);
});

test('targets may be numbers too', () => {
  expect(shipped('FROM a\nFROM b\nFROM c\n', '0')).toEqual([0, 2]);
});

test('so are targets that are named, and the last of two stages with one name', () => {
  expect(shipped('FROM a AS debug\nFROM b\n', 'Debug')).toEqual([0, 1]);
  expect(shipped('FROM a AS x\nFROM b AS x\nFROM x\n')).toEqual([1, 2]);
});

test('a file without stages ships none', () => {
  expect(shipped('ARG X\n')).toEqual([]);
});
