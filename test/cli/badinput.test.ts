/** Names and places that a run may meet and that are none of its own doing. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { folderWith, runIn, write } from './real.ts';

// The first run loads all rules.
vi.setConfig({ testTimeout: 240_000 });

const onLinux = process.platform === 'linux';
const bytes = (root: string, ...parts: (string | number)[]): Buffer =>
  Buffer.concat([
    Buffer.from(`${root}/`),
    ...parts.map(part => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))),
  ]);

const git = (cwd: string, ...args: string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'protocol.file.allow=always', ...args],
    {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );

describe('a name that is not UTF-8', () => {
  // Other file systems have no such names.
  it.runIf(onLinux)('is reported, of a file and of a directory', async () => {
    const root = folderWith({ 'x/Dockerfile': 'FROM debian:13\nUSER a\n' });
    writeFileSync(bytes(root, 'Dockerfile.', 0xff), 'FROM a\n');
    mkdirSync(bytes(root, 'd', 0xfe));
    writeFileSync(bytes(root, 'd', 0xfe, '/Dockerfile'), 'FROM a\n');
    const { code, out, err } = await runIn(root, '--format', 'compact');
    expect([code, out, err]).toEqual([
      2,
      'Dockerfile.\ufffd:1:1: warning: File is not linted: its name is not valid UTF-8 [unreadable-file]\n',
      'bakelint: d\ufffd: its name is not valid UTF-8\n',
    ]);
  });

  it('is not one that has the character itself', async () => {
    const root = folderWith({ 'd\ufffd/Dockerfile': 'FROM node:latest\n' });
    const { code, out } = await runIn(root, '--format', 'compact', '--rule', 'latest-tag');
    expect([code, out.split(':')[0]]).toEqual([1, 'd\ufffd/Dockerfile']);
  });
});

describe('a name with a line break', () => {
  it.runIf(onLinux)(
    'makes no line of its own in any format, and no entry of its own in a cache or a baseline',
    async () => {
      const name = 'a\nb: error: c\u001b[2J/Dockerfile';
      const root = folderWith({ [name]: 'FROM node:latest\n' });
      const args = ['--rule', 'latest-tag', '--fail-on', 'never'];
      for (const format of ['text', 'compact', 'github', 'markdown', 'checkstyle', 'junit']) {
        const { out } = await runIn(root, ...args, '--format', format, '--cache=cache');
        expect(out).not.toContain('\u001b');
        expect(out).not.toMatch(/^b: error/m);
      }
      const { out } = await runIn(root, ...args, '--format', 'json', '--cache=cache');
      expect(JSON.parse(out).files[0].path).toBe(name);
      expect((await runIn(root, 'baseline', 'create', '--rule', 'latest-tag')).out).toContain('1 finding\n');
      expect((await runIn(root, '--rule', 'latest-tag', '--baseline', '.bakelint-baseline.json')).code).toBe(0);
      expect((await runIn(root, '--stats', ...args)).out).toContain('a\ufffdb: error: c\ufffd[2J');
    },
  );
});

describe('--changed', () => {
  it('leaves submodules to their own repository', async () => {
    const inner = folderWith({ Dockerfile: 'FROM debian:13\n' });
    git(inner, 'init', '-q');
    git(inner, 'add', '-A');
    git(inner, 'commit', '-q', '-m', 'x');
    const outer = folderWith({ Dockerfile: 'FROM debian:13\n' });
    git(outer, 'init', '-q');
    git(outer, 'submodule', '--quiet', 'add', inner, 'sub');
    git(outer, 'add', '-A');
    git(outer, 'commit', '-q', '-m', 'x');
    write(outer, { Dockerfile: 'FROM node:latest\n', 'sub/Dockerfile': 'FROM node:latest\n' });
    const args = ['--changed', '--rule', 'latest-tag', '--format', 'compact'];
    const { out, err } = await runIn(outer, ...args);
    expect([out.split(':')[0], out.split('\n').length, err]).toEqual(['Dockerfile', 2, '']);
    const { out: within } = await runIn(`${outer}/sub`, ...args);
    expect(within.split(':')[0]).toBe('Dockerfile');
  });

  it('says that a revision does not exist, and needs no clean tree', async () => {
    const root = folderWith({ Dockerfile: 'FROM debian:13\n' });
    git(root, 'init', '-q');
    git(root, 'add', '-A');
    git(root, 'commit', '-q', '-m', 'x');
    write(root, { 'new/Dockerfile': 'FROM node:latest\n' });
    git(root, 'rm', '-q', '--cached', 'Dockerfile');
    for (const revision of ['no-such', '--help', 'HEAD~5', '00000000', 'x y'])
      expect(await runIn(root, `--changed=${revision}`)).toEqual({
        code: 2,
        out: '',
        err: `bakelint: \`--changed\`: no revision \`${revision}\`\n`,
      });
    const { out } = await runIn(root, '--changed', '--rule', 'latest-tag', '--format', 'compact');
    expect(out.split(':')[0]).toBe('new/Dockerfile');
  });
});

describe('a baseline that is not one', () => {
  it.each(['', '{', 'null', '[]', '{"version":1,"findings":[{}]}', '{"version":2,"findings":[]}', '\u0000'])(
    'is an error with a way out: %j',
    async text => {
      const root = folderWith({ Dockerfile: 'FROM debian:13\n', '.bakelint-baseline.json': text });
      const { code, out, err } = await runIn(root, '--baseline', '.bakelint-baseline.json');
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/^bakelint: \.bakelint-baseline\.json: not a baseline[^\n]+\n$/);
    },
  );
});
