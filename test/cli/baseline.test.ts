import { describe, expect, it } from 'vitest';
import { Sandbox } from './toy.ts';

const made = async (files: Record<string, string>) => {
  const sandbox = new Sandbox(files);
  const { code, out, err } = await sandbox.run('baseline', 'create');
  return { sandbox, code, out, err };
};

describe('a baseline', () => {
  it('is a sorted list of what is found now, without secrets', async () => {
    const { sandbox, code, out } = await made({ 'b/Dockerfile': 'foo\nmeh PASSWORD=abcdefgh', 'a/Dockerfile': 'foo' });
    expect([code, out]).toEqual([0, '.bakelint-baseline.json: 4 findings\n']);
    const text = sandbox.read('.bakelint-baseline.json');
    expect(JSON.parse(text).findings.map(({ path, rule }: Record<string, string>) => `${path} ${rule}`)).toEqual([
      'a/Dockerfile says-foo',
      'b/Dockerfile says-foo',
      'b/Dockerfile says-meh',
      'b/Dockerfile toy-secret',
    ]);
    expect(text).not.toContain('abcdefgh');
    expect(text.split('\n')).toHaveLength(4 + 6);
  });

  it('leaves out what it holds, wherever its line is now, and fails on what is new', async () => {
    const { sandbox } = await made({ Dockerfile: 'foo\nfoo\nmeh' });
    const lint = async () => sandbox.run('--baseline', '.bakelint-baseline.json', '--format', 'compact');
    expect(await lint()).toEqual({ code: 0, out: '', err: '' });
    sandbox.write('work/Dockerfile', '# more\n\nmeh\n\tfoo\nfoo\n');
    expect(await lint()).toEqual({ code: 0, out: '', err: '' });
    sandbox.write('work/Dockerfile', 'foo\nfoo\nmeh\nfoo\n');
    expect(await lint()).toMatchObject({ code: 1, out: 'Dockerfile:4:1: warning: `foo` is not `bar`. [says-foo]\n' });
    const { out } = await sandbox.run('--baseline', '.bakelint-baseline.json');
    expect(out).toContain('1 warning in 1 file. 1 can be fixed with --fix. 3 known problems not shown.');
  });

  it('holds a finding whose line was edited, as long as there are no more of them', async () => {
    const { sandbox } = await made({ Dockerfile: 'foo 1' });
    sandbox.write('work/Dockerfile', 'foo 2');
    expect((await sandbox.run('--baseline', '.bakelint-baseline.json')).code).toBe(0);
    sandbox.write('work/Dockerfile', 'foo 2\nfoo 3');
    expect(
      (await sandbox.run('--baseline', '.bakelint-baseline.json', '--format', 'compact')).out.split('\n'),
    ).toHaveLength(2);
  });

  it('can be used from another directory', async () => {
    const { sandbox } = await made({ 'app/Dockerfile': 'foo' });
    sandbox.write('work/sub/Dockerfile', 'foo');
    const args = ['--baseline', '.bakelint-baseline.json', '--format', 'compact', 'app', 'sub'];
    expect((await sandbox.run(...args)).out).toBe('sub/Dockerfile:1:1: warning: `foo` is not `bar`. [says-foo]\n');
  });

  it('`update` takes what is found now, `prune` only drops what is gone', async () => {
    const { sandbox } = await made({ Dockerfile: 'foo a\nmeh', 'b/Dockerfile': 'foo' });
    sandbox.write('work/Dockerfile', 'foo a\nfoo b');
    expect((await sandbox.run('baseline', 'prune')).out).toBe(
      '.bakelint-baseline.json: 2 findings (0 added, 1 removed)\n',
    );
    expect((await sandbox.run('baseline', 'update')).out).toBe(
      '.bakelint-baseline.json: 3 findings (1 added, 0 removed)\n',
    );
    const before = sandbox.read('.bakelint-baseline.json');
    expect((await sandbox.run('baseline', 'update', 'b')).out).toBe(
      '.bakelint-baseline.json: 3 findings (0 added, 0 removed)\n',
    );
    expect(sandbox.read('.bakelint-baseline.json')).toBe(before);
  });

  it('forgets files that are gone', async () => {
    const { sandbox } = await made({ Dockerfile: 'foo', 'b/Dockerfile': 'foo' });
    const { rmSync } = await import('node:fs');
    rmSync(sandbox.path('b'), { recursive: true });
    expect((await sandbox.run('baseline', 'prune')).out).toBe(
      '.bakelint-baseline.json: 1 finding (0 added, 1 removed)\n',
    );
  });

  it.each([
    [
      ['baseline', 'create'],
      { '.bakelint-baseline.json': '{}' },
      '.bakelint-baseline.json: already exists; use `baseline update` or `baseline prune`',
    ],
    [
      ['baseline', 'update'],
      {},
      '.bakelint-baseline.json: no such file or directory; `bakelint baseline create` writes a baseline',
    ],
    [['--baseline', 'x'], { x: '{' }, 'x: not a baseline: invalid JSON'],
    [
      ['--baseline', 'x'],
      { x: 'null' },
      'x: not a baseline of this version; write it again with `bakelint baseline create`',
    ],
    [
      ['--baseline', 'x'],
      { x: '{"version":1,"findings":[{"path":3}]}' },
      'x: not a baseline of this version; write it again with `bakelint baseline create`',
    ],
    [
      ['baseline'],
      {},
      '`baseline` expects `create`, `update` or `prune`; to lint a directory of that name, write `./baseline`',
    ],
    [['baseline', 'create', '--fix'], {}, '`baseline` does not accept `--fix`'],
    [['baseline', 'create', '--baseline', 'no/x'], {}, 'no/x: not written: no such file or directory'],
  ])('%j is refused', async (args, files, message) => {
    const { code, out, err } = await new Sandbox({ Dockerfile: 'foo', ...(files as Record<string, string>) }).run(
      ...args,
    );
    expect([code, out, err]).toEqual([2, '', `bakelint: ${message}\n`]);
  });

  it('is not written when a file cannot be read', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo' });
    const { code, err } = await sandbox.run('baseline', 'create', 'Dockerfile', 'nowhere');
    expect([code, err]).toEqual([2, 'bakelint: nowhere: no such file or directory\n']);
    expect(() => sandbox.read('.bakelint-baseline.json')).toThrow();
  });
});
