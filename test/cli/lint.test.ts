import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../cli/args.ts';
import { FileLinter } from '../../cli/lint-files.ts';
import type { LintOptions } from '../../cli/options.ts';
import { shellParser } from '../../shell/parser.ts';
import { onWindows } from '../host.ts';
import { Sandbox, toyEngine } from './toy.ts';

const { options } = parseArguments([]) as unknown as { options: LintOptions };
const linting = {
  engine: { ...toyEngine, shell: shellParser },
  only: undefined,
  today: '2026-11-21',
  checkScript: undefined,
};
const paths = (report: { files: { path: string }[] }) => report.files.map(file => file.path);

describe('the JSON report', () => {
  it('is exactly as promised', async () => {
    const sandbox = new Sandbox({ 'app/Dockerfile': 'FROM x\n\u{1F600} foo meh\n' });
    const { code, err, ...report } = await sandbox.json();
    expect([code, err]).toEqual([1, '']);
    expect(report).toEqual({
      version: 1,
      files: [
        {
          path: 'app/Dockerfile',
          language: 'dockerfile',
          diagnostics: [
            {
              path: 'app/Dockerfile',
              rule: 'says-foo',
              policy: 'G2',
              policies: ['G2'],
              severity: 'warning',
              message: '`foo` is not `bar`.',
              help: null,
              range: { start: { line: 2, column: 4 }, end: { line: 2, column: 7 } },
              related: [],
              url: 'https://github.com/bakelint/bakelint/blob/main/docs/rules/says-foo.md',
              fixes: [
                {
                  title: 'Say `bar`',
                  safety: 'safe',
                  edits: [{ range: { start: { line: 2, column: 4 }, end: { line: 2, column: 7 } }, newText: 'bar' }],
                },
              ],
            },
            {
              path: 'app/Dockerfile',
              rule: 'says-meh',
              policy: 'G2',
              policies: ['G2'],
              severity: 'info',
              message: 'Be kind.',
              help: 'Say something kind',
              range: { start: { line: 2, column: 8 }, end: { line: 2, column: 11 } },
              related: [
                {
                  message: 'It began here.',
                  path: 'app/Dockerfile',
                  range: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
                },
              ],
              url: 'https://github.com/bakelint/bakelint/blob/main/docs/rules/says-meh.md',
              fixes: [
                {
                  title: 'Say `fine`',
                  safety: 'suggested',
                  edits: [{ range: { start: { line: 2, column: 8 }, end: { line: 2, column: 11 } }, newText: 'fine' }],
                },
              ],
            },
          ],
        },
      ],
      summary: {
        files: 1,
        errors: 0,
        warnings: 1,
        infos: 1,
        hints: 0,
        fixable: { safe: 1, suggested: 1 },
        fixed: 0,
        known: 0,
      },
    });
  });

  it('counts columns as editors do: no byte order mark, any line break', async () => {
    const sandbox = new Sandbox({ Dockerfile: '\uFEFFfoo\r\nfoo\rfoo\n' });
    const { files } = await sandbox.json();
    expect(files[0]!.diagnostics.map(one => (one.range as { start: object }).start)).toEqual([
      { line: 1, column: 1 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
    ]);
  });
});

describe('the exit code', () => {
  it.each([
    ['', [], 0],
    ['foo', [], 1],
    ['meh', [], 0],
    ['meh', ['--fail-on', 'info'], 1],
    ['foo', ['--fail-on', 'error'], 0],
    ['PASSWORD=abc', ['--fail-on', 'error'], 1],
    ['PASSWORD=abc', ['--fail-on', 'never'], 0],
    ['ENV a b', ['--preset', 'strict', '--fail-on', 'info'], 0],
    ['boom', [], 0],
    ['boom', ['--preset', 'all'], 2],
    ['parser-crash', [], 2],
  ])('%j with %j', async (text, args, code) => {
    expect((await new Sandbox({ Dockerfile: text }).run(...args)).code).toBe(code);
  });

  it('an internal error is a finding and a line, both without the text; a stack only with --debug', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'boom foo', 'Dockerfile.2': 'foo', 'Dockerfile.3': 'parser-crash' });
    const plain = await sandbox.json('--preset', 'all');
    expect(plain.files.map(file => file.diagnostics.map(({ rule, severity }) => `${rule} ${severity}`))).toEqual([
      ['internal-error error', 'says-foo warning'],
      ['says-foo warning'],
      ['internal-error error'],
    ]);
    expect(plain.files.map(file => file.diagnostics[0]!.message)).toEqual([
      'Rule `goes-boom` failed on this file (Error)',
      '`foo` is not `bar`.',
      'Bakelint failed on this file (Error)',
    ]);
    expect(JSON.stringify(plain)).not.toContain('cannot');
    expect(plain.err).toBe(
      'bakelint: internal error in rule `goes-boom` on Dockerfile (run with `--debug` for details)\n' +
        'bakelint: internal error on Dockerfile.3 (run with `--debug` for details)\n',
    );
    const debug = await sandbox.json('--preset', 'all', '--debug');
    expect(debug.err).not.toContain('boom foo');
    expect(debug.err).toMatch(/: Error\n {4}at .*toy\.ts/);
  });

  it('an error of the engine itself is one line', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo' });
    sandbox.engine = {
      ...sandbox.engine,
      get rules(): never {
        throw new Error('no rules');
      },
    };
    expect(await sandbox.run()).toEqual({
      code: 2,
      out: '',
      err: 'bakelint: internal error: run with `--debug` for details\n',
    });
    expect((await sandbox.run('--debug')).err).toContain('internal error: Error\n    at ');
  });
});

describe('what is linted', () => {
  const tree = {
    '.gitignore': 'build/\n*.tmp\n!keep.tmp\n',
    Dockerfile: '',
    'b/Dockerfile.tmp': '',
    'b/Dockerfile': '',
    'b/.gitignore': '!Dockerfile.tmp\nDockerfile\n',
    'a/user-data.yaml': '#cloud-config\n',
    'a/other.yaml': 'a: 1\n',
    'a/picture.png': Uint8Array.from([0, 1, 2, 255]),
    'build/Dockerfile': '',
    'node_modules/x/Dockerfile': '',
    '.git/Dockerfile': '',
  };

  it('a folder is walked in order, with nested .gitignore', async () => {
    expect(paths(await new Sandbox(tree).json())).toEqual(['Dockerfile', 'a/user-data.yaml', 'b/Dockerfile.tmp']);
  });

  it('a .gitignore above the folder holds, up to the repository', async () => {
    const sandbox = new Sandbox({ ...tree, 'b/c/Dockerfile': '', 'b/c/Dockerfile.tmp': '' });
    expect(paths(await sandbox.json('b'))).toEqual(['b/Dockerfile.tmp', 'b/c/Dockerfile.tmp']);
  });

  it('what is named is linted though ignored', async () => {
    const sandbox = new Sandbox(tree);
    expect(paths(await sandbox.json('build', 'b/Dockerfile', './b/../b/Dockerfile'))).toEqual([
      'build/Dockerfile',
      'b/Dockerfile',
    ]);
  });

  it('hostile patterns cost nothing', async () => {
    const sandbox = new Sandbox({
      Dockerfile: '',
      '.gitignore': `${'*a'.repeat(30)}b\nDockerfile.x\n`,
      'Dockerfile.x': '',
      [`${'a'.repeat(200)}c`]: '',
    });
    expect(paths(await sandbox.json())).toEqual(['Dockerfile']);
  });

  it('the configuration ignores files and folders, not what is named', async () => {
    const sandbox = new Sandbox({ ...tree, '.bakelint.yaml': 'ignore: [a, "b/Dockerfile*"]\n' });
    expect(paths(await sandbox.json())).toEqual(['Dockerfile']);
    expect(paths(await sandbox.json('a/user-data.yaml'))).toEqual(['a/user-data.yaml']);
  });

  it('an empty folder says so', async () => {
    expect(await new Sandbox().run()).toEqual({
      code: 0,
      out: 'No Dockerfile, Packer template or cloud-init file found.\n',
      err: '',
    });
  });

  it('a missing path is a line, and the rest goes on', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo' });
    const { code, err, files } = await sandbox.json('nowhere', 'Dockerfile');
    expect([code, err]).toEqual([2, 'bakelint: nowhere: no such file or directory\n']);
    expect(files).toHaveLength(1);
  });

  it('a named file in no language is a line', async () => {
    const sandbox = new Sandbox({ 'notes.txt': 'hello' });
    const { code, err, files } = await sandbox.json('notes.txt');
    expect([code, err, files]).toEqual([
      0,
      'bakelint: skipped: notes.txt: not a Dockerfile, Packer template or cloud-init file\n',
      [],
    ]);
  });

  it('many of them are one line', async () => {
    const sandbox = new Sandbox({ a: '', b: '', c: '', d: '', e: '', Dockerfile: 'foo' });
    const { code, err, files } = await sandbox.json('a', 'b', 'c', 'd', 'e', 'Dockerfile');
    expect([code, err]).toEqual([
      1,
      'bakelint: skipped: a, b, c and 2 more: not Dockerfiles, Packer templates or cloud-init files\n',
    ]);
    expect(files).toHaveLength(1);
  });

  it('links: loops are reported, a file is linted once, nothing outside is walked into', async () => {
    const sandbox = new Sandbox({ 'a/Dockerfile': '', 'a/b/Dockerfile': '', 'a/plain': '#cloud-config\n' });
    sandbox.write('outside/Dockerfile', '');
    symlinkSync('../..', sandbox.path('a/b/up'));
    symlinkSync('a', sandbox.path('again'));
    symlinkSync('../outside', sandbox.path('out'));
    symlinkSync('../outside/Dockerfile', sandbox.path('Dockerfile.out'));
    symlinkSync('a/Dockerfile', sandbox.path('Dockerfile.same'));
    symlinkSync('nowhere', sandbox.path('Dockerfile.broken'));
    symlinkSync('self', sandbox.path('self'));
    const report = await sandbox.json();
    expect(paths(report)).toEqual(['a/Dockerfile', 'a/b/Dockerfile', 'a/plain']);
    expect([report.code, report.err]).toEqual([0, 'bakelint: a/b/up: skipped: symbolic link to a parent directory\n']);
    expect((await sandbox.json('self')).err).toBe('bakelint: self: too many levels of symbolic links\n');
    expect(paths(await sandbox.json('out'))).toEqual(['out/Dockerfile']);
    expect(paths(await sandbox.json('Dockerfile.out'))).toEqual(['Dockerfile.out']);
  });

  it('paths above the working directory and odd names', async () => {
    const sandbox = new Sandbox({ 'Dockerfile a#b': 'foo' });
    sandbox.write('up/Dockerfile', 'foo');
    expect(paths(await sandbox.json('../up', '.'))).toEqual(['../up/Dockerfile', 'Dockerfile a#b']);
  });

  // Windows has no such names.
  it.skipIf(onWindows)('names that would steer a terminal', async () => {
    const sandbox = new Sandbox({ 'Dockerfile\u001b[31m': 'foo' });
    expect(paths(await sandbox.json())).toEqual(['Dockerfile\u001b[31m']);
    expect((await sandbox.run()).out).not.toContain('\u001b');
  });
});

describe('encrypted files are left out', () => {
  it.each([
    ['git-crypt', Buffer.from('\0GITCRYPT\0\u0001foo')],
    ['Git LFS', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n'],
  ])('%s', async (_, content) => {
    const { code, files, err } = await new Sandbox({ Dockerfile: content }).json();
    expect([code, files.flatMap(({ diagnostics }) => diagnostics)]).toEqual([0, []]);
    expect(err).toBe('bakelint: skipped: Dockerfile: encrypted, or in Git LFS\n');
  });
});

describe('bad input gets one clear diagnostic, and the rest goes on', () => {
  const good = { 'z/Dockerfile': 'foo' };
  it.each([
    ['NUL bytes', Uint8Array.from([70, 0, 1]), 'File is not linted: it contains NUL bytes', null],
    [
      'invalid UTF-8',
      Uint8Array.from([70, 0xc3, 0x28]),
      'File is not linted: it is not valid UTF-8',
      'Save it as UTF-8',
    ],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 70, 0]), 'File is not linted: it is UTF-16', 'Save it as UTF-8'],
    [
      'too large',
      `#${'x'.repeat(2048)}`,
      'File is not linted: it is larger than 2 KB',
      '`--max-file-size` sets the limit',
    ],
  ])('%s', async (_, content, message, help) => {
    const sandbox = new Sandbox({ Dockerfile: content, ...good });
    const { code, files, err } = await sandbox.json('--max-file-size', '2K');
    expect([code, err]).toEqual([1, '']);
    expect(files[0]).toMatchObject({ path: 'Dockerfile', language: 'dockerfile' });
    expect(files[0]!.diagnostics).toEqual([
      {
        path: 'Dockerfile',
        rule: 'unreadable-file',
        policy: '',
        policies: [],
        severity: 'warning',
        message,
        help,
        range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } },
        related: [],
        url: 'https://github.com/bakelint/bakelint/blob/main/docs/configuration.md#findings-about-files-and-configurations',
        fixes: [],
      },
    ]);
    expect(files[1]!.diagnostics).toHaveLength(1);
  });

  it('10 MB is the limit when nothing is said', async () => {
    const { files } = await new Sandbox({ Dockerfile: '#'.repeat(10 * 1024 * 1024 + 1) }).json();
    expect(files[0]!.diagnostics[0]!.message).toContain('larger than 10 MB');
  });

  it.skipIf(onWindows)('a pipe', async () => {
    const sandbox = new Sandbox({ Dockerfile: '' });
    execFileSync('mkfifo', [sandbox.path('Dockerfile.pipe')]);
    const { files } = await sandbox.json('Dockerfile.pipe');
    expect(files[0]!.diagnostics[0]!.message).toBe('File is not linted: it is not a regular file');
  });

  it('a file that cannot be opened', () => {
    const sandbox = new Sandbox({ Dockerfile: '' });
    const linter = new FileLinter(sandbox.path(''), options, linting, false);
    const [found] = linter.find([sandbox.path('Dockerfile')]).candidates;
    const gone = linter.file({ ...found!, path: sandbox.path('Dockerfile.gone') });
    expect(gone?.[0]?.problems[0]?.message).toBe('File is not linted: no such file or directory');
  });

  it('a folder named like a file is walked', async () => {
    const sandbox = new Sandbox(good);
    mkdirSync(sandbox.path('Dockerfile'));
    expect(paths(await sandbox.json())).toEqual(['z/Dockerfile']);
  });
});

describe('configuration', () => {
  it('the nearest one holds, with overrides relative to its folder', async () => {
    const sandbox = new Sandbox({
      '.bakelint.yaml':
        'rules: { says-foo: error }\noverrides:\n  - files: ["dev/**"]\n    rules: { says-foo: hint }\n',
      Dockerfile: 'foo',
      'dev/Dockerfile': 'foo',
      'own/.bakelint.json': '{ "rules": { "says-foo": "off", "says-meh": { "severity": "error" } } }',
      'own/x/Dockerfile': 'foo meh',
      'words/.bakelint.yml': 'rules: { says-foo: { also-words: [baz] } }',
      'words/Dockerfile': 'baz',
    });
    const { files } = await sandbox.json();
    expect(
      files.map(({ path, diagnostics }) => [path, ...diagnostics.map(one => `${one.rule} ${one.severity}`)]),
    ).toEqual([
      ['Dockerfile', 'says-foo error'],
      ['dev/Dockerfile', 'says-foo hint'],
      ['own/x/Dockerfile', 'says-meh error'],
      ['words/Dockerfile', 'says-foo warning'],
    ]);
  });

  it('ends at the repository', async () => {
    const sandbox = new Sandbox({
      '.bakelint.yaml': 'rules: { says-foo: error }\n',
      'repo/.git/HEAD': '',
      'repo/x/Dockerfile': 'foo',
    });
    expect((await sandbox.json()).files[0]!.diagnostics[0]!.severity).toBe('warning');
  });

  it('a bad one is a diagnostic in that file, once, and the rest of it holds', async () => {
    const sandbox = new Sandbox({
      '.bakelint.yaml': 'rules:\n  says-fo: off\n  says-meh: error\n',
      Dockerfile: 'meh',
      'x/Dockerfile': 'meh',
    });
    const { code, files } = await sandbox.json('--fail-on', 'error');
    expect(code).toBe(1);
    expect(files.map(({ path, language }) => [path, language])).toEqual([
      ['.bakelint.yaml', 'config'],
      ['Dockerfile', 'dockerfile'],
      ['x/Dockerfile', 'dockerfile'],
    ]);
    expect(files[0]!.diagnostics).toMatchObject([
      {
        rule: 'invalid-config',
        severity: 'error',
        message: 'Unknown rule `says-fo`',
        help: 'Did you mean `says-foo`?',
        range: { start: { line: 2, column: 3 }, end: { line: 2, column: 10 } },
      },
    ]);
    expect(files[1]!.diagnostics[0]!.severity).toBe('error');
    expect((await sandbox.run()).out).toContain('.bakelint.yaml:2:3 error: Unknown rule `says-fo`');
  });

  it('--config takes the place of all others and is read though nothing is there to lint', async () => {
    const sandbox = new Sandbox({
      'x/.bakelint.yaml': 'rules: { says-foo: off }',
      'x/Dockerfile': 'foo',
      'c/own.yaml': 'rules: { says-foo: error }',
    });
    expect((await sandbox.json('--config', 'c/own.yaml')).files[0]!.diagnostics[0]!.severity).toBe('error');
    sandbox.write('work/c/own.yaml', 'nonsense: 1');
    expect((await sandbox.json('--config', 'c/own.yaml', 'c')).files.map(file => file.path)).toEqual(['c/own.yaml']);
  });

  it('a link out of the repository is not read', async () => {
    const sandbox = new Sandbox({ '.git/HEAD': '', Dockerfile: '' });
    sandbox.write('secret', 'top: secret\n');
    symlinkSync('../secret', sandbox.path('.bakelint.yaml'));
    const { files } = await sandbox.json();
    expect(files[0]!.diagnostics[0]!.message).toBe('Configuration is ignored: the link leads out of the repository');
  });

  it('--preset and --rule', async () => {
    const sandbox = new Sandbox({
      '.bakelint.yaml': 'extends: all\nrules: { says-foo: off }',
      Dockerfile: 'ENV a foo meh',
    });
    const rules = async (...args: string[]) => (await sandbox.json(...args)).files[0]!.diagnostics.map(one => one.rule);
    expect(await rules()).toEqual(['old-env', 'says-meh']);
    expect(await rules('--preset', 'recommended')).toEqual(['says-meh']);
    expect(await rules('--rule', 'says-foo')).toEqual(['says-foo']);
    expect(await rules('--rule', 'says-foo', '--rule', 'old-env')).toEqual(['old-env', 'says-foo']);
    expect(await rules('--rule', 'X001')).toEqual(['says-foo']);
  });
});

describe('--quiet', () => {
  it('tells what is at or above --fail-on, and nothing when nothing is', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo meh' });
    expect((await sandbox.json('--quiet')).files[0]!.diagnostics.map(one => one.rule)).toEqual(['says-foo']);
    expect(await sandbox.run('--quiet', '--fail-on', 'error')).toEqual({ code: 0, out: '', err: '' });
  });
});

describe('stdin', () => {
  it('is named by --stdin-filename and finds the configuration there', async () => {
    const sandbox = new Sandbox({ 'x/.bakelint.yaml': 'rules: { says-foo: error }' });
    sandbox.stdin = Buffer.from('foo');
    const { files, code } = await sandbox.json('-', '--stdin-filename', 'x/Dockerfile');
    expect(code).toBe(1);
    expect(files).toMatchObject([{ path: 'x/Dockerfile', diagnostics: [{ rule: 'says-foo', severity: 'error' }] }]);
  });

  it('is recognized by content, or asks for a name', async () => {
    const sandbox = new Sandbox();
    sandbox.stdin = Buffer.from('#cloud-config\nfoo\n');
    expect((await sandbox.json('-')).files).toMatchObject([{ path: '<stdin>', language: 'cloud-init' }]);
    sandbox.stdin = Buffer.from('foo');
    const { code, err } = await sandbox.json('-');
    expect([code, err]).toEqual([
      2,
      'bakelint: stdin: not a Dockerfile, Packer template or cloud-init file; name it with `--stdin-filename Dockerfile`\n',
    ]);
  });

  it('bad input is a diagnostic', async () => {
    const sandbox = new Sandbox();
    sandbox.stdin = Uint8Array.from([0, 1]);
    const { code, files } = await sandbox.json('-', '--stdin-filename', 'Dockerfile');
    expect([code, files[0]!.diagnostics[0]!.rule]).toEqual([1, 'unreadable-file']);
  });

  it('with --fix the fixed text goes to stdout and the report to stderr', async () => {
    const sandbox = new Sandbox();
    sandbox.stdin = Buffer.from('\uFEFFfoo meh\r\n');
    const { code, out, err } = await sandbox.run('-', '--stdin-filename', 'Dockerfile', '--fix');
    expect([code, out]).toEqual([0, '\uFEFFbar meh\r\n']);
    expect(err).toContain('Be kind.');
    sandbox.stdin = Buffer.from('what');
    expect(await sandbox.run('-', '--fix', '--stdin-filename', 'x.txt')).toMatchObject({ code: 2, out: 'what' });
  });
});

describe('progress', () => {
  it('is one line on a terminal, gone at the end', async () => {
    const sandbox = new Sandbox({ Dockerfile: '', 'Dockerfile.2': '', 'Dockerfile.3': '' });
    expect((await sandbox.run()).err).toBe('');
    sandbox.terminal = true;
    expect((await sandbox.run()).err).toMatch(/^(\r\u001b\[K\d of 3 files, \d problems?)+\r\u001b\[K$/);
  });
});
