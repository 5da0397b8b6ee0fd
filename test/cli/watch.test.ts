import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseArguments } from '../../cli/args.ts';
import { MemoryStore } from '../../cli/cache/store.ts';
import type { Host } from '../../cli/host.ts';
import type { LintOptions } from '../../cli/options.ts';
import { watched } from '../../cli/watch.ts';
import { onWindows, temporaryFolder } from '../host.ts';
import { write } from './real.ts';
import { buildCommandLine } from './threads.ts';
import { Sandbox } from './toy.ts';

// A process on a machine that does other work.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const home = temporaryFolder('watch');
let cli: string;
beforeAll(async () => {
  cli = await buildCommandLine(home);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('--watch', () => {
  it.skipIf(onWindows)('lints again after a change, and ends at Ctrl-C', async () => {
    const work = join(home, 'work');
    write(work, { 'a/Dockerfile': 'FROM node:latest\n', 'b/Dockerfile': 'FROM debian:13\n' });
    const child = spawn(process.execPath, [cli, '--watch', '--format', 'compact', '--rule', 'latest-tag'], {
      cwd: work,
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', text => (out += text));
    child.stderr.setEncoding('utf8').on('data', text => (err += text));
    /** Waits for something to be written, however many rounds it takes. */
    const until = async (pattern: RegExp): Promise<void> => {
      while (!pattern.test(out) || !err.includes('watching for changes')) await new Promise(go => setTimeout(go, 20));
      out = '';
    };
    onTestFinished(() => void child.kill('SIGKILL'));
    await until(/^a\/Dockerfile:1:6: .*\n$/);
    writeFileSync(join(work, 'b', 'Dockerfile'), 'FROM alpine:latest\n');
    await until(/a\/Dockerfile:1:6: .*\nb\/Dockerfile:1:6: .*\n$/);
    mkdirSync(join(work, 'c', 'd'), { recursive: true });
    writeFileSync(join(work, 'c', 'd', 'Dockerfile'), 'FROM node:latest\n');
    await until(/c\/d\/Dockerfile:1:6/);
    writeFileSync(join(work, '.bakelint.yaml'), 'rules:\n  latest-tag: off\n');
    const closed = new Promise(resolve => child.on('close', resolve));
    child.kill('SIGINT');
    expect(await closed).toBe(130);
  });

  const options = (...args: string[]): LintOptions =>
    (parseArguments(['--watch', ...args]) as { readonly options: LintOptions }).options;

  it('does not count what it writes itself, and what Git does', async () => {
    const sandbox = new Sandbox({ 'a/Dockerfile': 'foo\n' });
    let change: (path: string) => void = () => {};
    let rounds = 0;
    let err = '';
    const host = {
      cwd: sandbox.path(''),
      stdout: { write: () => {} },
      stderr: { write: (text: string) => (err += text) },
    };
    const ended = watched(
      options('--format', 'json=out.json', 'a', 'a/Dockerfile'),
      host as unknown as Host,
      async () => (++rounds === 3 ? 130 : 0),
      (directories, onChange) => {
        expect(directories).toEqual([sandbox.path('a')]);
        change = onChange;
        return () => (err += 'closed');
      },
    );
    const settle = () => new Promise(resolve => setTimeout(resolve, 250));
    await settle();
    for (const path of ['out.json', '.git/index', 'node_modules/x/y', 'a/.bakelint-1-2.tmp'])
      change(sandbox.path(path));
    await settle();
    expect(rounds).toBe(1);
    change(sandbox.path('a/script.sh'));
    await settle();
    expect(rounds).toBe(2);
    change(sandbox.path('a/Dockerfile'));
    expect(await ended).toBe(130);
    const line = 'bakelint: watching for changes; Ctrl+C ends\n';
    expect(err).toBe(`${line}${line}closed`);
  });

  it.each([
    [['--fix'], '`--watch` cannot be used with `--fix` or `--diff`'],
    [['-'], '`--watch` cannot be used with stdin'],
  ])('not with %j', async (args, line) => {
    expect((await new Sandbox().run('--watch', ...args)).err).toBe(`bakelint: ${line}\n`);
  });
});

describe('entries in memory', () => {
  it('stay for one round after the last use', () => {
    const store = new MemoryStore();
    store.write('a', '1');
    store.write('b', '2');
    store.limit();
    expect(store.read('a')).toBe('1');
    store.limit();
    expect([store.read('a'), store.read('b')]).toEqual(['1', undefined]);
  });
});
