import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../core/linter.ts';
import type { Rule } from '../core/rule.ts';
import { engineOf, fixExample, lintExample, ruleDirectories } from '../dev/engine.ts';
import { fakeSecrets } from '../dev/fake-secrets.ts';
import { parseRulePage, showReport } from '../dev/rule-page.ts';

// BAKELINT_RULES=id,id runs the examples of these alone.
const wanted = process.env.BAKELINT_RULES?.split(',');
const folders = ruleDirectories().filter(({ id }) => !wanted || wanted.includes(id));

let engine: Engine;
beforeAll(async () => {
  engine = engineOf([]);
});

describe.each(folders)('$id', async ({ id, directory, page }) => {
  const { default: rule } = (await import(/* @vite-ignore */ `../${directory}/rule.ts`)) as { default: Rule };
  const { prose, examples } = parseRulePage(page);

  test('is named after its directory and says what it is about', () => {
    expect(rule.id).toBe(id);
    expect(prose.length).toBeGreaterThan(80);
    expect(rule.summary).toMatch(/[^.\s]$/);
    expect(rule.since).toMatch(/^\d{4}\.\d{2}$/);
  });

  test('writes no live-looking secret down', () => {
    const code = readFileSync(`${directory}/rule.ts`, 'utf8');
    for (const value of fakeSecrets.values) expect(page.includes(value) || code.includes(value)).toBe(false);
  });

  test('closes every block before the next one', () => {
    let open: string | undefined;
    for (const [line, ticks, info] of page.matchAll(/^(`{3,})(.*)$/gm)) {
      if (open === undefined) open = ticks;
      else if (ticks === open) {
        expect(info, line).toBe('');
        open = undefined;
      }
    }
    expect(open).toBeUndefined();
  });

  test('marks no block as an example that is in none of the languages, and so is never run', () => {
    const marked = [...page.matchAll(/^`{3,}([\w-]+) (?:good|bad)\b/gm)].map(([, language]) => language);
    expect(marked.filter(language => !/^(?:dockerfile|packer|cloud-init)$/.test(language!))).toEqual([]);
  });

  test.each([...rule.languages])('shows what it finds in %s', language => {
    expect(examples.some(example => example.kind === 'bad' && example.language === language)).toBe(true);
  });

  test.each(examples.filter(example => example.kind === 'good'))('line $line is fine', example => {
    expect(showReport(example, lintExample(engine, rule, example))).toBe('');
  });

  test.each(examples.filter(example => example.kind === 'bad'))('line $line is found', example => {
    const result = lintExample(engine, rule, example);
    const report = showReport(example, result);
    const diagnostics = [...result.diagnostics, ...[...result.inOtherFiles.values()].flat()];
    expect(report).not.toBe('');
    for (const value of fakeSecrets.values) for (const { message } of diagnostics) expect(message).not.toContain(value);
    expect(report).toBe(example.diagnostics ?? report);
    const fixed = fixExample(engine, rule, example);
    expect(fakeSecrets.hide(fixed)).toBe(fakeSecrets.hide(example.fixed ?? example.text));
    // What a fix leaves after has no fix of its own: a second run changes nothing.
    expect(fixExample(engine, rule, { ...example, text: fixed })).toBe(fixed);
  });
});
