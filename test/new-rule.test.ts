/** A new rule starts green: whoever writes one changes something that works. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Rule } from '../core/rule.ts';
import { engineOf, lintExample } from '../dev/engine.ts';
import { newRule, ruleFiles } from '../dev/new-rule.ts';
import { parseRulePage } from '../dev/rule-page.ts';
import { RULE_GROUPS } from '../dev/rules-index.mjs';

// As deep in the repository as a rule, so that its imports lead where they should.
const root = '.tsbuild/new-rules';
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.each(RULE_GROUPS)('a new rule in %s', group => {
  const id = `started-in-${group}`;
  const files = ruleFiles(group, id);

  it('finds what its page calls bad, in every language that it is for', async () => {
    mkdirSync(`${root}/${id}`, { recursive: true });
    writeFileSync(`${root}/${id}/rule.ts`, files['rule.ts']);
    const { default: rule } = (await import(/* @vite-ignore */ `../${root}/${id}/rule.ts`)) as { default: Rule };
    expect(rule.id).toBe(id);
    expect(rule.languages).toHaveLength(group === 'shared' ? 3 : 1);
    const engine = await engineOf([rule]);
    const { examples, prose } = parseRulePage(files['rule.md']);
    expect(prose.length).toBeGreaterThan(80);
    expect(examples).toHaveLength(2 * rule.languages.length);
    for (const example of examples)
      expect([example.kind, example.language, lintExample(engine, rule, example).diagnostics.length]).toEqual([
        example.kind,
        example.language,
        example.kind === 'bad' ? 1 : 0,
      ]);
  });
});

it.each(['latest-tag', 'shared/latest-tag', 'nowhere/x', 'shared/Upper', 'shared/a/b', 'shared/../x', ''])(
  'no rule is started as %j',
  place => {
    expect(newRule([place])).toBe(2);
  },
);
