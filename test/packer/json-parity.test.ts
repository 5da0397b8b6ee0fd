import { expect, test } from 'vitest';
import { lintAll, seeds } from '../whole/documents.ts';
import { asJson } from './as-json.ts';

const templates = seeds.flatMap(({ language, name, path, text }) => {
  // Blocks and attributes that change places, and blocks without their labels or content, are something else in JSON.
  if (
    language !== 'packer' ||
    /^(?:unknown-block|wrong-label-count|invalid-dynamic-block):/.test(name) ||
    !/\.(?:pkr|pkrvars)\.hcl$/.test(path)
  )
    return [];
  const json = asJson(text, path.endsWith('.pkrvars.hcl'));
  return json === undefined ? [] : [{ name, path, text, json }];
});

/** What JSON has no form for: names without quotes (`null.web` too), blocks apart from attributes. */
const ABOUT_FORM = new Set(['unknown-attribute', 'unknown-block', 'unknown-reference', 'missing-attribute']);

const found = (text: string, path: string): string[] =>
  lintAll(text, { language: 'packer', path })
    .diagnostics.filter(({ message, rule }) => !ABOUT_FORM.has(rule) && !message.startsWith('`null` is a value'))
    .map(({ message, rule }) => `${rule}: ${message}`)
    .sort();

test('the examples of all rules have the same findings in JSON', () => {
  expect(templates.length).toBeGreaterThan(450);
  const different = templates.filter(({ json, path, text }) => {
    const [before, after] = [found(text, path), found(json, path.replace(/hcl$/, 'json'))];
    return JSON.stringify(before) !== JSON.stringify(after);
  });
  expect(different.map(({ name }) => name)).toEqual([]);
});
