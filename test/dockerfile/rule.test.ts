import { expect, test } from 'vitest';
import { flag } from '../../core/options.ts';
import { NO_FACTS } from '../../core/project.ts';
import { defineDockerfileRule } from '../../languages/dockerfile/rule.ts';
import { lower } from './support.ts';

test('a rule over the tree is a rule of Dockerfiles alone and gets its options', () => {
  const rule = defineDockerfileRule({
    id: 'user-root',
    summary: 'USER is root',
    policies: ['G1'],
    category: 'security',
    severity: 'info',
    preset: 'all',
    since: '2026.11',
    options: { loud: flag('Whether to say it loudly', true) },
    *check(file, { options }, build) {
      for (const instruction of file.instructions)
        if (instruction.kind === 'user' && instruction.user?.literal === 'root')
          yield { message: `${build.language}${options.loud ? '!' : ''}`, span: instruction.span };
    },
  });
  expect(rule.languages).toEqual(['dockerfile']);
  const context = { options: { loud: true }, project: NO_FACTS, today: undefined, checkScript: undefined };
  expect([...rule.check(lower('FROM a\nUSER root'), context)]).toEqual([
    { message: 'dockerfile!', span: { start: 7, end: 16 } },
  ]);
});

test('problems never quote what may be a secret', () => {
  const secret = ['gh', 'p_', 'A1b2C3d4'.repeat(5)].join('');
  const texts = [
    `FROM a\nENV A=1 ${secret}`,
    `FROM a\nENV ${secret}`,
    `FROM a\n${secret}`,
    `FROM a\nLABEL a="${secret}`,
  ];
  for (const text of texts)
    for (const { message } of lower(text).problems) expect(message.toLowerCase()).not.toContain('a1b2');
});
