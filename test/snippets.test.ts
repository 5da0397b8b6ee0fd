/** What snippets and skeletons write, with their placeholders as they are. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lint } from '../api/index.ts';
import { DOCUMENT, SKELETONS } from '../languages/cloud-init/editor/skeletons.ts';

/** The text after a snippet was taken and nothing was typed. */
function taken(snippet: string): string {
  const named = new Map<string, string>();
  const filled = snippet.replace(
    /(?<!\\)\$\{(\d+)(?::((?:[^}\\]|\\.)*)|\|([^|]*)\|)\}/g,
    (_, number, text, choices) => {
      named.set(number, text ?? choices.split(',')[0]);
      return named.get(number)!;
    },
  );
  return filled.replace(/(?<!\\)\$\{?(\d+)\}?/g, (_, number) => named.get(number) ?? '').replace(/\\([$}\\])/g, '$1');
}

const NAMES: Readonly<Record<string, string>> = { dockerfile: 'Dockerfile', packer: 'a.pkr.hcl' };
const report = async (name: string, text: string): Promise<string[]> => {
  const { findings, language } = await lint(text, { path: name });
  expect(language).toBeDefined();
  return findings
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ rule, message }) => `${rule}: ${message}`);
};

const snippets = readdirSync('client/snippets').flatMap(file => {
  const all = JSON.parse(readFileSync(`client/snippets/${file}`, 'utf8')) as Record<string, { body: string[] }>;
  return Object.entries(all).map(([name, { body }]) => [file.replace('.json', ''), name, body.join('\n')] as const);
});

test.each(snippets)('%s: %s', async (language, name, body) => {
  const text = taken(body);
  const isPart = language === 'dockerfile' && !text.startsWith('FROM');
  expect(await report(NAMES[language]!, isPart ? `FROM debian:13.4-slim\n${text}USER nobody\n` : text), name).toEqual(
    [],
  );
});

test.each(Object.entries(SKELETONS))('%s', async (name, body) => {
  const filled = taken(body.replace('$0', 'example'));
  expect(await report('user-data', `#cloud-config\n${name}:${filled}\n`)).toEqual([]);
});

test('a whole document', async () => {
  expect(await report('user-data', taken(DOCUMENT.header + DOCUMENT.snippet))).toEqual([]);
});
