/** The reports on rule pages are what the command line prints for the example. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printedReport, rulePage } from '../dev/rule-docs.ts';
import { parseRulePage } from '../dev/rule-page.ts';
import { rules } from '../rules/index.ts';
import { folderWith, runIn } from './cli/real.ts';

describe('reports on rule pages', () => {
  it.each([
    'dockerfile/uploads-copied',
    'dockerfile/desktop-in-container',
    'dockerfile/instruction-casing',
    'dockerfile/stage-by-number',
    'packer/undeclared-source',
    'cloud-init/data-on-root-disk',
    'cloud-init/unquoted-permissions',
  ])('of %s are what the command line prints', async id => {
    const rule = id.split('/')[1]!;
    const example = parseRulePage(readFileSync(`rules/${id}/rule.md`, 'utf8')).examples.find(
      ({ kind }) => kind === 'bad',
    )!;
    const root = folderWith({ ...Object.fromEntries(example.files), [example.path]: example.text });
    const { out } = await runIn(root, '--preset', 'all', '--select', rule, '--fail-on', 'never', '.');
    const printed = out.split(/^\d+ (?:problem|error|warning|info|hint)/m)[0]!;
    const ours = printedReport(rules.find(({ id }) => id === rule)!, example, example.diagnostics!);
    expect(ours.trimEnd()).toBe(printed.trimEnd());
  });
});

describe('fences on rule pages', () => {
  const rule = rules.find(({ id }) => id === 'duplicate-key')!;
  it.each([
    ['cloud-init good', '#cloud-config\npackages: [git]', 'yaml'],
    ['cloud-init good', '#!/bin/sh\ntrue', 'sh'],
    ['cloud-init good', '#cloud-boothook\ntrue', 'sh'],
    ['cloud-init good', '#include\nhttps://example.com/a.yaml', 'text'],
    ['cloud-init good', 'MIME-Version: 1.0\nContent-Type: text/plain\n\nx', 'text'],
    ['packer good', '{"builders": []}', 'json'],
    ['packer good', 'build {}', 'hcl'],
    ['dockerfile good', 'FROM scratch', 'dockerfile'],
    ['text file=main.tf', 'locals {}', 'hcl'],
    ['text file=web/Dockerfile', 'FROM scratch', 'dockerfile'],
    ['text file=compose.yaml', 'services: {}', 'yaml'],
    ['text file=scripts/setup.sh', 'true', 'sh'],
    ['text file=.env', 'A=1', 'text'],
  ])('%s with %j is highlighted as %s', (info, text, language) => {
    const page = rulePage(rule, {
      id: rule.id,
      directory: '',
      page: `\`\`\`${info}\n${text}\n\`\`\`\n`,
    });
    expect(/^```(\S*)$/m.exec(page)?.[1]).toBe(language);
  });
});
