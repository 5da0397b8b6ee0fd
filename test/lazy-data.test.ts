/** What a run pays for: the tables of Packer's components are only read where a template is linted. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, expect, test, vi } from 'vitest';
import { lazyData } from '../dev/lazy-data.mjs';
import { temporaryFolder } from './host.ts';

const folder = temporaryFolder('lazy-data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ENTRY = `
import { NO_FILES } from './core/language.ts';
import { only } from './core/config/resolve.ts';
import { lint } from './core/linter.ts';
import { languages } from './languages/index.ts';
import { rules } from './rules/index.ts';
import { shellParser } from './shell/parser.ts';
const engine = { languages, rules, shell: shellParser };
const options = { engine, settings: only(rules), files: NO_FILES, today: '2026-11-21' };
export const run = (language, path, text) => lint({ language, path, text }, options).diagnostics.map(({ rule }) => rule);
`;

test('a Dockerfile and user-data do not read the data of Packer, and a template reads it once', async () => {
  const { outputFiles } = await build({
    stdin: { contents: ENTRY, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    plugins: [lazyData],
  });
  const file = join(folder, 'bundle.mjs');
  writeFileSync(file, outputFiles[0]!.text);
  const parse = vi.spyOn(JSON, 'parse');
  const timesRead = () => parse.mock.calls.filter(([text]) => String(text).includes('"source vsphere-iso"')).length;
  try {
    const { run } = await import(/* @vite-ignore */ pathToFileURL(file).href);
    expect(run('dockerfile', 'Dockerfile', 'FROM debian\nRUN apt-get update && apt-get install -y curl\n')).toContain(
      'unpinned-base-image',
    );
    expect(run('cloud-init', 'user-data', '#cloud-config\nruncmd:\n  - curl http://example.com/x | sh\n')).toContain(
      'pipe-to-shell',
    );
    expect(timesRead()).toBe(0);
    const template = 'source "vsphere-iso" "web" {\n  vm_nam = "web"\n}\nbuild {\n  sources = ["vsphere-iso.web"]\n}\n';
    expect(run('packer', 'web.pkr.hcl', template)).toContain('unknown-attribute');
    run('packer', 'web.pkr.hcl', template);
    expect(timesRead()).toBe(1);
  } finally {
    parse.mockRestore();
  }
});
