/** The reports on rule pages are what the command line prints for the example. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asPrinted } from '../dev/printed-report.ts';
import { parseRulePage } from '../dev/rule-page.ts';
import { folderWith, runIn } from './cli/real.ts';

describe('reports on rule pages', () => {
  it.each([
    'dockerfile/uploads-copied',
    'dockerfile/desktop-in-container',
    'packer/undeclared-source',
    'cloud-init/data-on-root-disk',
  ])('of %s are what the command line prints', async id => {
    const rule = id.split('/')[1]!;
    const page = parseRulePage(readFileSync(`rules/${id}/rule.md`, 'utf8'));
    const { path, text, files, diagnostics } = page.examples.find(({ kind }) => kind === 'bad')!;
    const root = folderWith({ ...Object.fromEntries(files), [path]: text });
    const { out } = await runIn(root, '--preset', 'all', '--select', rule, '--fail-on', 'never', '.');
    // What a fix is called stands beside the example as the text after the fix.
    const printed = out.replace(/^ += fix: .*\n/gm, '').split(/^\d+ (?:problem|error|warning|info)/m)[0]!;
    expect(asPrinted(diagnostics!, path, rule).trimEnd()).toBe(printed.trimEnd());
  });
});
