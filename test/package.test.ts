/** The npm package as it is published: what is in it, that it works in an empty directory, and that docs/api.md is true. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packNpm } from '../dev/pack-npm.ts';
import { rules } from '../rules/index.ts';
import { onWindows, temporaryFolder } from './host.ts';

const root = process.cwd();
const folder = temporaryFolder('package');
const packed = join(folder, 'npm');
const consumer = join(folder, 'consumer');
const compiler = join(root, 'node_modules/typescript/bin/tsc');

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}
let tarball: Packed;

const npm = (args: readonly string[], cwd: string): string =>
  // On Windows npm is a script for its shell.
  execFileSync('npm', args, { cwd, encoding: 'utf8', shell: onWindows, stdio: ['ignore', 'pipe', 'pipe'] });
const node = (args: readonly string[]) => spawnSync(process.execPath, args, { cwd: consumer, encoding: 'utf8' });

beforeAll(() => {
  execFileSync(process.execPath, ['build.mjs', `--out=${join(folder, 'dist')}`], { cwd: root });
  execFileSync(process.execPath, [compiler, '-b', 'api'], { cwd: root });
  packNpm([packed, join(folder, 'dist')]);
  tarball = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], packed))[0];
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), '{ "private": true, "type": "module" }');
  npm(['install', '--offline', '--no-audit', '--no-fund', join(folder, tarball.filename)], consumer);
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what is in the npm package', () => {
  it('is the bundles, the pages of the rules and the papers, under 5 MB', () => {
    const allowed =
      /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|docs\/bakelint\.schema\.json|docs\/rules\/[\w-]+\.md|man\/bakelint\.1|dist\/(?:(?:cli|worker|api)\.js|(?:bakelint|protocol|yaml)\.cjs|data-[\w-]+\.json|api\.d\.ts|THIRD-PARTY-NOTICES\.txt))$/;
    const paths = tarball.files.map(file => file.path);
    expect(paths.filter(path => !allowed.test(path))).toEqual([]);
    expect(paths.filter(path => path.startsWith('docs/rules/'))).toHaveLength(rules.length + 1);
    expect(paths).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'CHANGELOG.md', 'dist/cli.js', 'dist/api.d.ts']),
    );
    expect(tarball.unpackedSize).toBeLessThan(5_000_000);
  });

  it('has a manifest of its own, without dependencies and without what is for VS Code', () => {
    const manifest = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8'));
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(manifest).toMatchObject({ name: 'bakelint', version, license: 'MIT', bin: { bakelint: 'dist/cli.js' } });
    for (const field of ['private', 'main', 'browser', 'contributes', 'scripts', 'dependencies', 'devDependencies'])
      expect(manifest).not.toHaveProperty(field);
  });

  it('has no link to a file that is not in it', () => {
    for (const name of ['README.md', 'CHANGELOG.md']) {
      const targets = [...readFileSync(join(packed, name), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1]);
      expect(targets.length).toBeGreaterThan(0);
      expect(targets.filter(target => !/^(?:https:|#)/.test(target!))).toEqual([]);
    }
  });

  it('contains the license of every bundled package and of data from others', () => {
    const notices = readFileSync(join(packed, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { readonly version: string }>;
    };
    // Everything that is not bundled is a development dependency.
    for (const name of Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).dependencies))
      expect(notices).toContain(`\n${name} ${packages[`node_modules/${name}`]!.version} (`);
    expect(notices).not.toMatch(/^esbuild /m);
    expect(notices).toContain('Permission is hereby granted');
    for (const name of readdirSync('data').filter(name => name.endsWith('.json')))
      if ('licence' in JSON.parse(readFileSync(`data/${name}`, 'utf8'))) expect(notices).toContain(`\ndata/${name} `);
  });
});

describe('the npm package in an empty directory', () => {
  it('is the only package that comes', () => {
    expect(readdirSync(join(consumer, 'node_modules')).filter(name => !name.startsWith('.'))).toEqual(['bakelint']);
  });

  it('brings the command', () => {
    writeFileSync(join(consumer, 'Dockerfile'), 'FROM node:latest\n');
    const run = (args: readonly string[]) => {
      const command = join(consumer, 'node_modules/.bin', onWindows ? 'bakelint.cmd' : 'bakelint');
      return spawnSync(command, args, { cwd: consumer, encoding: 'utf8', shell: onWindows });
    };
    const { status, stdout } = run(['--format', 'json', 'Dockerfile']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).files[0].diagnostics.map((one: { rule: string }) => one.rule)).toContain('latest-tag');
    expect(run(['explain', 'latest-tag']).stdout).toContain('# latest-tag');
    expect(run(['--version']).stdout).toBe(`${JSON.parse(readFileSync('package.json', 'utf8')).version}\n`);
  });

  it('starts the language server', async () => {
    const server = spawn(process.execPath, ['node_modules/bakelint/dist/cli.js', '--lsp'], { cwd: consumer });
    try {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { capabilities: {} } });
      // The input stays open: the server ends with it.
      server.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
      const [answer] = await once(server.stdout, 'data');
      expect(String(answer)).toMatch(/^Content-Length: \d+\r\n/);
    } finally {
      server.kill();
      await once(server, 'exit');
    }
  });

  it('does what docs/api.md says, with the output that it shows', () => {
    const page = readFileSync('docs/api.md', 'utf8').replaceAll('\r\n', '\n');
    const examples = [...page.matchAll(/```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)];
    expect(examples).toHaveLength([...page.matchAll(/```js\n/g)].length);
    expect(examples.length).toBeGreaterThan(2);
    for (const [i, [, code, output]] of examples.entries()) {
      writeFileSync(join(consumer, `example-${i}.js`), code!);
      const { stdout, stderr } = node([`example-${i}.js`]);
      expect([stderr, stdout]).toEqual(['', output]);
    }
  });

  it('documents every option and field, and exports every type that it names', () => {
    const page = readFileSync('docs/api.md', 'utf8');
    const declarations = readFileSync(join(packed, 'dist/api.d.ts'), 'utf8');
    const fieldsOf = (type: string): string[] => {
      const body = new RegExp(`interface ${type}(?: extends \\w+)? \\{\\n([\\s\\S]*?)\\n\\}`).exec(declarations)![1]!;
      return [...body.matchAll(/^ {4}readonly (\w+)\??:/gm)].map(match => match[1]!);
    };
    expect(fieldsOf('LintOptions')).toContain('path');
    const fields = ['LintOptions', 'FixOptions', 'LintResult', 'FixResult', 'Finding', 'Position'].flatMap(fieldsOf);
    expect(fields.filter(field => !page.includes(`\`${field}`))).toEqual([]);
    const types = /## Types\n([\s\S]*)/.exec(page)![1]!;
    for (const [, type] of types.matchAll(/`(\w+)`/g)) expect(declarations).toContain(`export interface ${type} `);
  });

  it('has types that a program can be compiled with', () => {
    writeFileSync(
      join(consumer, 'typed.ts'),
      [
        "import { type Finding, fix, lint } from 'bakelint';",
        "const { findings, language } = await lint('FROM x', { path: 'Dockerfile', files: { read: () => null, list: () => [] } });",
        'const first: Finding | undefined = findings[0];',
        "const fixed: string = (await fix('FROM x', { language, safety: 'suggested' })).text;",
        '// @ts-expect-error',
        "await lint('FROM x', { language: 'python' });",
        'console.log(first?.range.start.offset, fixed);',
        '',
      ].join('\n'),
    );
    const { stdout, status } = node(
      `${compiler} --noEmit --strict --types --module nodenext --target es2022 --lib es2023,dom typed.ts`.split(' '),
    );
    expect([stdout, status]).toEqual(['', 0]);
  });

  it('rejects options that are not valid', async () => {
    writeFileSync(
      join(consumer, 'invalid.js'),
      [
        "import { fix, lint } from 'bakelint';",
        'const said = promise => promise.then(() => "nothing", error => `${error.name}: ${error.message}`);',
        "console.log(await said(lint('', { language: 'python' })));",
        "console.log(await said(lint('', { today: 'today' })));",
        "console.log(await said(lint('', { config: { rules: { 'no-such-rule': 'error' } } })));",
        "console.log(await said(lint('', { config: 'preview: false\\nextends: everything\\n' })));",
        "console.log(await said(fix('', { safety: 'all' })));",
        'console.log(await said(lint(7)));',
        "console.log(JSON.stringify(await lint('just a text', { path: 'README.md' })));",
        '',
      ].join('\n'),
    );
    expect(node(['invalid.js']).stdout.split('\n')).toEqual([
      'TypeError: Invalid option `language`: expected one of `dockerfile`, `packer`, `cloud-init`',
      'TypeError: Invalid option `today`: expected a date such as `2026-11-21`',
      expect.stringMatching(/^TypeError: Invalid option `config`: .*no-such-rule/),
      expect.stringMatching(/^TypeError: Invalid option `config`: line 2: /),
      'TypeError: Invalid option `safety`: expected `safe` or `suggested`',
      'TypeError: The content to lint is not a string',
      '{"findings":[],"failures":[]}',
      '',
    ]);
  });
});

describe('what is in the VS Code extension', () => {
  it('is the bundles, the grammars, snippets, pages and papers', () => {
    const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
    const listed = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], { cwd: root, encoding: 'utf8' });
    const allowed =
      /^(?:package\.json|(?:client\/)?README\.md|client\/icon\.png|client\/walkthrough\/\w+\.md|LICENSE|CHANGELOG\.md|syntaxes\/[\w.-]+\.json|client\/snippets\/[\w-]+\.json|docs\/bakelint\.schema\.json|dist\/(?:(?:extension|launch)\.\w+\.cjs|vscode\/(?:server\.js|package\.json)|pages\.json|THIRD-PARTY-NOTICES\.txt))$/;
    const paths = listed.trim().split(/\r?\n/);
    expect(paths.filter(path => !allowed.test(path))).toEqual([]);
    expect(paths).toEqual(
      expect.arrayContaining(['CHANGELOG.md', 'LICENSE', 'dist/THIRD-PARTY-NOTICES.txt', 'dist/vscode/server.js']),
    );
  });

  it('has an icon, a page for the gallery without images as SVG, and the steps of the walkthrough', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
    const icon = readFileSync(manifest.icon);
    expect(icon.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([256, 256]);
    expect(manifest.scripts.package).toContain('--readme-path client/README.md');
    const page = readFileSync('client/README.md', 'utf8');
    expect(page).not.toMatch(/\.svg\b/);
    const targets = [...page.matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1]!);
    expect(targets.filter(target => !target.startsWith('https:'))).toEqual([]);
    const [{ steps }] = manifest.contributes.walkthroughs;
    expect(steps).toHaveLength(4);
    const commands = new Set(manifest.contributes.commands.map(({ command }: { command: string }) => command));
    for (const { description, media } of steps) {
      expect(existsSync(media.markdown)).toBe(true);
      const named = [...description.matchAll(/command:(bakelint\.\w+)/g)].map(match => match[1]);
      expect(named.filter(command => !commands.has(command))).toEqual([]);
    }
  });
});
