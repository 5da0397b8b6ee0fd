import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './toy.ts';

/** A repository with one commit on `main`. */
class Repository extends Sandbox {
  constructor(files: Readonly<Record<string, string>> = {}) {
    super(files);
    this.env = { PATH: process.env.PATH ?? '' };
    this.git('init', '-q', '-b', 'main');
    this.commit();
  }

  git(...args: string[]): string {
    const settings = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...settings, ...args], { cwd: this.path(''), encoding: 'utf8' });
  }
  commit(): void {
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', 'x');
  }
  edit(name: string, content: string): void {
    this.write(`work/${name}`, content);
  }
  remove(name: string): void {
    rmSync(this.path(name), { recursive: true });
  }
  rename(from: string, to: string): void {
    mkdirSync(dirname(this.path(to)), { recursive: true });
    renameSync(this.path(from), this.path(to));
  }
  /** `path:line rule` of what is reported. */
  async found(...args: string[]): Promise<string[]> {
    const { out, err } = await this.run('--format', 'compact', ...args);
    expect(err).toBe('');
    return out
      .trimEnd()
      .split('\n')
      .filter(line => line !== '')
      .map(line => line.replace(/:\d+: .*\[(.*)\]$/, ' $1'));
  }
}

describe('--changed', () => {
  it('reports findings on lines that changed and no others, wherever those are now', async () => {
    const repository = new Repository({ Dockerfile: 'FROM x\nfoo a\nmeh\n', 'other/Dockerfile': 'foo\n' });
    expect(await repository.found('--changed')).toEqual([]);
    repository.edit('Dockerfile', '# new\n\nFROM x\nmeh\nfoo b\n  foo   a\n');
    expect(await repository.found('--changed')).toEqual(['Dockerfile:5 says-foo']);
    const { out } = await repository.run('--changed');
    expect(out).toContain('1 warning in 1 of 2 files.');
    expect(out).toContain('3 known problems not shown.');
  });

  it('lints nothing where nothing has changed', async () => {
    const repository = new Repository({ Dockerfile: 'foo\n', 'other/Dockerfile': 'foo\n' });
    let linted = 0;
    const rules = repository.engine.rules.map(rule => ({
      ...rule,
      check(...args: Parameters<typeof rule.check>) {
        linted++;
        return rule.check(...args);
      },
    }));
    repository.engine = { ...repository.engine, rules };
    expect((await repository.run('--changed')).out).toBe('No problems in 2 files.\n');
    expect(linted).toBe(0);
    repository.edit('Dockerfile', 'foo 2\n');
    expect(await repository.found('--changed')).toEqual(['Dockerfile:1 says-foo']);
    expect(linted).toBeGreaterThan(0);
  });

  it('counts the same line once more as new', async () => {
    const repository = new Repository({ Dockerfile: 'foo\nx\nfoo\n' });
    repository.edit('Dockerfile', 'foo\nx\nfoo\nfoo\n');
    expect(await repository.found('--changed')).toEqual(['Dockerfile:4 says-foo']);
  });

  it('compares with where the branch began, committed or not', async () => {
    const repository = new Repository({ Dockerfile: 'foo\n' });
    repository.git('checkout', '-q', '-b', 'topic');
    repository.edit('Dockerfile', 'foo\nmeh\n');
    repository.commit();
    repository.edit('Dockerfile', 'foo\nmeh\nfoo 2\n');
    repository.git('stash', '-q');
    repository.git('checkout', '-q', 'main');
    repository.edit('Dockerfile', 'foo\nfoo on main\n');
    repository.commit();
    repository.git('checkout', '-q', 'topic');
    repository.git('stash', 'pop', '-q');
    expect(await repository.found('--changed=main')).toEqual(['Dockerfile:2 says-meh', 'Dockerfile:3 says-foo']);
    expect(await repository.found('--changed=HEAD')).toEqual(['Dockerfile:3 says-foo']);
  });

  it('knows the branch that a pipeline merges into', async () => {
    const repository = new Repository({ Dockerfile: 'foo\n' });
    const base = repository.git('rev-parse', 'HEAD').trim();
    repository.git('update-ref', 'refs/remotes/origin/trunk', base);
    repository.edit('Dockerfile', 'foo\nmeh\n');
    repository.commit();
    expect(await repository.found('--changed')).toEqual([]);
    repository.env.GITHUB_BASE_REF = 'trunk';
    expect(await repository.found('--changed')).toEqual(['Dockerfile:2 says-meh']);
    delete repository.env.GITHUB_BASE_REF;
    repository.env.CI_MERGE_REQUEST_DIFF_BASE_SHA = base;
    expect(await repository.found('--changed')).toEqual(['Dockerfile:2 says-meh']);
  });

  it('follows renamed files and reports all of a new one, tracked or not', async () => {
    const repository = new Repository({ 'a/Dockerfile': 'FROM x\nRUN one two three\nfoo\n', '.gitignore': 'out/' });
    repository.rename('a/Dockerfile', 'b/c/Dockerfile');
    repository.git('add', '-A');
    repository.edit('new/Dockerfile', 'foo\n');
    repository.edit('out/Dockerfile', 'foo\n');
    expect(await repository.found('--changed')).toEqual(['new/Dockerfile:1 says-foo']);
  });

  it('reports what a change causes in a file that did not change', async () => {
    const repository = new Repository({ Dockerfile: 'foo meh\n', '.bakelint.yaml': 'rules:\n  says-foo: off\n' });
    repository.remove('.bakelint.yaml');
    expect(await repository.found('--changed')).toEqual(['Dockerfile:1 says-foo']);
    repository.edit('.bakelint.yaml', 'rules:\n  says-meh: off\n');
    expect(await repository.found('--changed')).toEqual(['Dockerfile:1 says-foo']);
  });

  it('works below the root, and through a symbolic link to the repository', async () => {
    const repository = new Repository({ 'a/Dockerfile': 'foo\n', 'b/Dockerfile': 'foo\n' });
    repository.edit('a/Dockerfile', 'foo\nmeh\n');
    repository.edit('b/Dockerfile', 'foo\nmeh\n');
    expect(await repository.found('--changed', 'a')).toEqual(['a/Dockerfile:2 says-meh']);
    symlinkSync(repository.path(''), `${repository.folder}/link`);
    expect(await repository.found('--changed', '../link/b')).toEqual(['../link/b/Dockerfile:2 says-meh']);
  });

  it('reads names with line breaks and quotes', async () => {
    const name = 'a"\n\u00e9/Dockerfile';
    const repository = new Repository({ [name]: 'foo\n' });
    repository.edit(name, 'foo\nmeh\n');
    expect((await repository.found('--changed')).map(line => line.replace(/.*\//, ''))).toEqual([
      'Dockerfile:2 says-meh',
    ]);
  });

  it.each([
    [['--changed=nowhere'], '`--changed`: no revision `nowhere`'],
    [['--changed=--output=x'], '`--changed`: no revision `--output=x`'],
    [['--changed', '--staged'], '`--changed` cannot be used with `--staged`'],
    [['--changed', '--fix'], '`--fix` cannot be used with `--changed`'],
    [['--staged', '--diff'], '`--diff` cannot be used with `--staged`'],
    [['--changed', '-'], 'stdin cannot be linted with `--changed`'],
  ])('%j is refused', async (args, message) => {
    const { code, out, err } = await new Repository({ Dockerfile: 'foo' }).run(...args);
    expect([code, out, err]).toEqual([2, '', `bakelint: ${message}\n`]);
  });

  it('says what is missing: Git, a repository, history', async () => {
    const plain = new Sandbox({ Dockerfile: 'foo' });
    expect((await plain.run('--changed')).err).toBe('bakelint: `--changed` requires Git, which is not on the PATH\n');
    plain.env = { PATH: process.env.PATH ?? '' };
    expect((await plain.run('--staged')).err).toBe('bakelint: `--staged`: not in a Git repository\n');

    const full = new Repository({ Dockerfile: 'foo' });
    full.git('checkout', '-q', '-b', 'topic');
    full.edit('Dockerfile', 'foo meh');
    full.commit();
    full.git('checkout', '-q', 'main');
    full.edit('x', '');
    full.commit();
    const clone = new Sandbox();
    clone.env = { PATH: process.env.PATH ?? '' };
    const git = (...args: string[]) => execFileSync('git', args, { cwd: clone.path(''), stdio: 'ignore' });
    git('clone', '-q', '--depth=1', '--no-single-branch', '-b', 'topic', `file://${full.path('')}`, '.');
    expect((await clone.run('--changed=origin/main')).err).toBe(
      'bakelint: `--changed`: the clone is too shallow to know where the branch left `origin/main`; fetch more history\n',
    );
  });
});

describe('--staged', () => {
  it('lints what is staged, not what is in the working tree', async () => {
    const repository = new Repository({ Dockerfile: 'foo\n', 'b/Dockerfile': 'x\n' });
    repository.edit('Dockerfile', 'foo\nmeh\n');
    repository.git('add', 'Dockerfile');
    repository.edit('Dockerfile', 'foo\nmeh\nfoo 2\n');
    repository.edit('b/Dockerfile', 'foo\n');
    repository.edit('untracked/Dockerfile', 'foo\n');
    expect(await repository.found('--staged')).toEqual(['Dockerfile:2 says-meh']);
  });

  it('works before the first commit', async () => {
    const repository = new Sandbox({ Dockerfile: 'foo\n' });
    repository.env = { PATH: process.env.PATH ?? '' };
    execFileSync('git', ['init', '-q'], { cwd: repository.path('') });
    expect((await repository.run('--staged', '--format', 'compact')).out).toBe('');
    execFileSync('git', ['add', 'Dockerfile'], { cwd: repository.path('') });
    expect((await repository.run('--staged', '--format', 'compact')).out).toContain('Dockerfile:1:1: warning');
  });

  it('a file that is staged for removal is not linted', async () => {
    const repository = new Repository({ Dockerfile: 'foo\n', 'b/Dockerfile': 'foo\n' });
    repository.git('rm', '-q', '--cached', 'b/Dockerfile');
    repository.edit('Dockerfile', 'foo\nmeh\n');
    repository.git('add', 'Dockerfile');
    expect(await repository.found('--staged')).toEqual(['Dockerfile:2 says-meh']);
  });
});
