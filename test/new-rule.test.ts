/** A new rule starts green, and the first one of CONTRIBUTING.md does what is said there. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Rule } from '../core/rule.ts';
import { engineOf, lintExample } from '../dev/engine.ts';
import { newRule, ruleFiles } from '../dev/new-rule.ts';
import { parseRulePage } from '../dev/rule-page.ts';
import { RULE_GROUPS } from '../dev/rules-index.mjs';

// As deep in the repository as a rule, so that its imports lead where they should.
const root = '.tsbuild/new-rules';
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs the examples of a page with a rule's code: one finding in each bad one, none in the others. */
async function tried(id: string, code: string, page: string): Promise<{ readonly rule: Rule; readonly count: number }> {
  mkdirSync(`${root}/${id}`, { recursive: true });
  writeFileSync(`${root}/${id}/rule.ts`, code);
  const { default: rule } = (await import(/* @vite-ignore */ `../${root}/${id}/rule.ts`)) as { default: Rule };
  expect(rule.id).toBe(id);
  const engine = engineOf([rule]);
  const { examples, prose } = parseRulePage(page);
  expect(prose.length).toBeGreaterThan(80);
  for (const example of examples)
    expect([example.kind, example.text, lintExample(engine, rule, example).diagnostics.length]).toEqual([
      example.kind,
      example.text,
      example.kind === 'bad' ? 1 : 0,
    ]);
  return { rule, count: examples.length };
}

describe.each(RULE_GROUPS)('a new rule in %s', group => {
  it('finds what its page calls bad, in every language that it is for', async () => {
    const id = `started-in-${group}`;
    const files = ruleFiles(group, id);
    const { rule, count } = await tried(id, files['rule.ts'], files['rule.md']);
    expect(rule.languages).toHaveLength(group === 'shared' ? 3 : 1);
    expect(count).toBe(2 * rule.languages.length);
  });
});

it('the rule that CONTRIBUTING.md walks through passes its examples', async () => {
  const guide = readFileSync('CONTRIBUTING.md', 'utf8').replaceAll('\r\n', '\n');
  const code = /```ts\n([\s\S]*?)```/.exec(guide)![1]!;
  const page = /````markdown\n([\s\S]*?)````/.exec(guide)![1]!;
  expect((await tried('editor-installed', code, page)).count).toBeGreaterThan(2);
});

it.each(['latest-tag', 'shared/latest-tag', 'nowhere/x', 'shared/Upper', 'shared/a/b', 'shared/../x', ''])(
  'no rule is started as %j',
  place => {
    expect(newRule([place])).toBe(2);
  },
);
