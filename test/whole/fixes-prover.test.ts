/** Whether the proof of the fixes would notice. */
import { describe, expect, test } from 'vitest';
import type { LanguageId } from '../../core/build.ts';
import { only } from '../../core/config/resolve.ts';
import { fix } from '../../core/finding.ts';
import { NO_FILES } from '../../core/language.ts';
import { type LintResult, lint } from '../../core/linter.ts';
import { defineBuildRule, type Rule } from '../../core/rule.ts';
import { engineOf } from '../../dev/engine.ts';
import { dockerfileMeaning } from '../../dev/fixes/meaning.ts';
import { FixProver, faultsOf, faultsTogether } from '../../dev/fixes/prove.ts';
import { lowered } from './documents.ts';

/** A rule that wants `from` to be `to`. */
function wants(id: string, from: string, to: string, safety: 'safe' | 'suggested' = 'safe'): Rule {
  return defineBuildRule({
    id,
    summary: 'x',
    policies: [],
    category: 'style',
    severity: 'info',
    preset: 'all',
    languages: ['dockerfile', 'packer', 'cloud-init'],
    needs: 'always',
    since: '2026.11',
    *check({ source }) {
      const at = source.text.indexOf(from);
      if (at >= 0)
        yield {
          message: `Say ${to}`,
          span: source.spanOf(at, at + from.length),
          fixes: [fix(safety, 'Say it', source.replace(at, at + from.length, to))],
        };
    },
  });
}
const complains = (about: string): Rule => ({
  ...wants('complains', about, about),
  severity: 'warning',
  *check({ source }) {
    const at = source.text.indexOf(about);
    if (at >= 0) yield { message: 'Do not say it', span: source.spanOf(at, at + about.length) };
  },
});

const linter =
  (rules: readonly Rule[], language: LanguageId) =>
  (text: string): LintResult | undefined =>
    lint(
      { path: '', text, language },
      { engine: engineOf(rules), settings: only(rules), files: NO_FILES, today: '2026-11-21' },
    );
const faults = (text: string, rule: Rule, language: LanguageId = 'dockerfile', ...others: Rule[]): string[] =>
  faultsOf(text, linter([rule, ...others], language)).map(({ what }) => what);

test.each([
  ['the command line', 'FROM a\nCMD run it\n', 'run it', '["run", "it"]', 'another starts'],
  ['the environment', 'FROM a\nENV A=b\n', 'A=b', 'A=c', 'another environment'],
  ['the user', 'FROM a\nUSER app\n', 'app', 'root', 'another user'],
  ['a copied file', 'FROM a\nCOPY x /y\n', '/y', '/z', 'another copy'],
  ['a command', 'FROM a\nRUN make\n', 'make', 'make install', 'another run'],
  ['who runs it', 'FROM a\nUSER app\nRUN make\n', 'USER app\nRUN make', 'RUN make\nUSER app', 'another run'],
  ['where it starts from', 'FROM a\n', 'FROM a', 'FROM b', 'another stage'],
  ['what may be set', 'FROM a\nARG A=b\n', 'A=b', 'A=c', 'another parameter'],
  ['a heredoc', 'FROM a\nCOPY <<X /y\none\nX\n', 'one', 'two', 'another copy'],
  ['the escape character', '# escape=`\nFROM a\n', '# escape=`', '# escaped', 'another escape'],
])('a safe fix that changes %s is found', (_, text, from, to, what) => {
  expect(faults(text, wants('w', from, to))).toEqual([what]);
  expect(faults(text, wants('w', from, to, 'suggested'))).toEqual([]);
});

test.each([
  ['FROM a\nRUN apt-get install b a\n', 'b a', '-y a b'],
  ['FROM a\nRUN pip install a\n', 'install a', 'install --no-cache-dir a'],
  ['FROM a\nRUN apt install a\n', 'apt ', 'apt-get '],
  ['FROM a AS b\nFROM b\nCOPY --from=B x y\n', 'AS b', 'AS B'],
  ['FROM a\nEXPOSE 80/TCP\n', '80/TCP', '80'],
])('a safe fix that keeps the meaning is not: %s', (text, from, to) => {
  expect(faults(text, wants('w', from, to))).toEqual([]);
});

test('values outside of the edit are compared', () => {
  const cloud: LanguageId = 'cloud-init';
  expect(faults('#cloud-config\na: 1\nb: 2\n', wants('w', '1\nb: 2', '1\n#b: 2'), cloud)).toEqual([]);
  expect(faults('#cloud-config\na: x\nb: 2\n', wants('w', 'x', 'x # y'), cloud)).toEqual([]);
  expect(faults('#cloud-config\na: x\nb:\n  c: 1\n', wants('w', 'x', 'x\n  y: |'), cloud)).toContain(
    'another value outside of the edit',
  );
  expect(faults('a = 1\nb {\n  c = 2\n}\n', wants('w', '1', '2'), 'packer')).toEqual([]);
  expect(faults('a = 1\nb {\n  c = 2\n}\n', wants('w', 'b {', 'b {\n  d {'), 'packer')).toContain(
    'another value outside of the edit',
  );
});

test('a new finding, a lone line feed and a fix of nothing are found', () => {
  expect(faults('FROM a\n', wants('w', 'a', 'b', 'suggested'), 'dockerfile', complains('b'))).toEqual([
    'a new finding of complains',
  ]);
  expect(faults('FROM a\r\nRUN b\n', wants('w', 'b', 'c', 'suggested'))).toEqual([]);
  expect(faults('FROM a\r\nRUN b\r\n', wants('w', 'a\r', 'a', 'suggested'))).toEqual([
    'a line that ends with LF alone in a file of CRLF',
  ]);
  expect(faults('FROM a\n', wants('w', 'a', 'a', 'suggested'))).toEqual(['changes nothing']);
});

test('fixes that undo each other are found', () => {
  const both = linter([wants('one', 'x', 'y'), wants('two', 'y', 'xx')], 'dockerfile');
  expect(faultsTogether('FROM x\n', both).map(({ what }) => what)).toContain('the second run changes something');
});

test('the report counts, and looks at as many of a rule as was asked', () => {
  const prover = new FixProver(1);
  const lintText = linter([wants('w', 'USER a', 'USER b')], 'dockerfile');
  prover.look('one', 'FROM x\nUSER a\n', lintText);
  prover.look('two', 'FROM x\nUSER a\n', lintText);
  prover.look('none', 'FROM x\n', () => undefined);
  expect(prover.report()).toBe(
    'w\tsafe\tanother user\tSay it\tone\n2 documents, 1 safe and 0 suggested fixes applied alone, 1 faults\n',
  );
});

describe('what a stage starts', () => {
  const starts = (text: string): string =>
    dockerfileMeaning(lowered(`FROM a\n${text}\n`, 'dockerfile').build).find(line => line.startsWith('starts'))!;
  test.each([
    ['CMD ["a", "b"]', ['a', 'b']],
    ['CMD a b', ['/bin/sh', '-c', 'a b']],
    ['ENTRYPOINT ["a"]\nCMD ["b"]', ['a', 'b']],
    ['ENTRYPOINT ["a"]\nCMD b c', ['a', '/bin/sh', '-c', 'b c']],
    ['ENTRYPOINT a\nCMD ["b"]', ['/bin/sh', '-c', 'a']],
    ['SHELL ["/bin/bash", "-ec"]\nENTRYPOINT a\nCMD b', ['/bin/bash', '-ec', 'a']],
    ['CMD ["b"]\nENTRYPOINT ["a"]', ['a', 'b']],
    ['CMD a\nCMD ["c"]', ['c']],
    ['RUN true', ['of the base']],
  ])('%s', (text, argv) => {
    expect(starts(text)).toBe(`starts ${JSON.stringify(argv)}`);
  });
});
