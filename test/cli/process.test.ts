/** The command line as a process of its own, bundled as the build does, with the real languages and rules. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onWindows, temporaryFolder } from '../host.ts';
import { buildCommandLine } from './threads.ts';

const home = temporaryFolder('process');
const work = join(home, 'work');
let cli = '';

beforeAll(async () => {
  cli = await buildCommandLine(home);
  mkdirSync(work);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const start = (args: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: work,
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

describe('the process', () => {
  it('answers --version without loading the rest', () => {
    expect(start(['--version'])).toEqual({ status: 0, stdout: '4.5.6\n', stderr: '' });
    expect(readFileSync(cli, 'utf8').length).toBeLessThan(10_000);
    expect(start(['--help']).stdout).toContain('bakelint [options]');
  });

  it('ends with the code of what it found', () => {
    writeFileSync(join(work, 'Dockerfile'), 'FROM alpine:3.20@sha256:1\nFORM x\n');
    const { status, stdout } = start(['--rule', 'syntax-error', '--format', 'json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).files[0].diagnostics[0]).toMatchObject({ rule: 'syntax-error', severity: 'error' });
    expect(start(['--rule', 'syntax-error', '--fail-on', 'never']).status).toBe(0);
    expect(start(['--nonsense'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'bakelint: unknown option `--nonsense` (see `bakelint --help`)\n',
    });
  });

  it('reads stdin', () => {
    const { status, stdout } = start(['-', '--stdin-filename', 'Dockerfile', '--rule', 'syntax-error'], 'FORM x\n');
    expect([status, stdout.split('\n')[0]]).toEqual([
      1,
      expect.stringMatching(/^Dockerfile:1:1 error: .* \[syntax-error\]$/),
    ]);
  });

  it('finds files of all three languages in a folder', () => {
    const { stdout, stderr } = start(['--format', 'json', '--fail-on', 'never', join(process.cwd(), 'tour')]);
    expect(stderr).toBe('');
    const languages = (JSON.parse(stdout).files as { language: string }[]).map(file => file.language);
    expect(new Set(languages)).toEqual(new Set(['dockerfile', 'packer', 'cloud-init']));
  });

  it('lists its real rules, each in full', () => {
    const rules = JSON.parse(start(['rules', '--format', 'json']).stdout) as Record<string, unknown>[];
    expect(rules.map(rule => rule.id)).toContain('syntax-error');
    for (const rule of rules)
      expect(Object.keys(rule)).toEqual([
        'id',
        'summary',
        'policies',
        'category',
        'severity',
        'presets',
        'languages',
        'aliases',
        'fixable',
        'url',
      ]);
  });

  it.skipIf(onWindows)('ends quietly when nobody reads on', () => {
    writeFileSync(join(work, 'Dockerfile'), 'FORM x\n'.repeat(3000));
    const command = `"${process.execPath}" "${cli}" --rule syntax-error --format json . | head -c 10`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: work, encoding: 'utf8' });
    expect([stdout.length, stderr]).toEqual([10, '']);
  });

  it.skipIf(process.platform !== 'linux')('says when the report cannot be written', () => {
    writeFileSync(join(work, 'Dockerfile'), 'FORM x\n');
    const command = `"${process.execPath}" "${cli}" --rule syntax-error --format json . > /dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: work, encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, 'bakelint: stdout: not written: ENOSPC\n']);
  });

  it('runs the language server with --lsp, over --stdio unless the client says otherwise', () => {
    const end = 'Content-Length: 33\r\n\r\n{"jsonrpc":"2.0","method":"exit"}';
    // LSP: an exit without a shutdown before it is an error.
    expect(start(['--lsp'], end)).toEqual({ status: 1, stdout: '', stderr: '' });
    expect(start(['--lsp', '--stdio'], end)).toEqual({ status: 1, stdout: '', stderr: '' });
  });
});

describe('a signal', () => {
  it.skipIf(onWindows)('ends --fix between two files: each is whole, and nothing is left behind', async () => {
    const folder = join(home, 'many');
    mkdirSync(folder);
    const names = Array.from({ length: 400 }, (_, i) => `Dockerfile.${i}`);
    const [before, after] = ['FROM debian:12.8\nrun true\n', 'FROM debian:12.8\nRUN true\n'];
    for (const name of names) writeFileSync(join(folder, name), before);
    const child = spawn(process.execPath, [cli, '--fix', '--rule', 'instruction-casing'], { cwd: folder });
    const ended = new Promise<NodeJS.Signals | null>(resolve => child.on('exit', (_, signal) => resolve(signal)));
    // As soon as the first file is written.
    while (readFileSync(join(folder, names[0]!), 'utf8') === before) await new Promise(go => setTimeout(go, 2));
    child.kill('SIGTERM');
    expect(await ended).toBe('SIGTERM');
    const texts = names.map(name => readFileSync(join(folder, name), 'utf8'));
    expect(new Set(texts)).toEqual(new Set([after, before]));
    expect(readdirSync(folder).sort()).toEqual([...names].sort());
  });
});
