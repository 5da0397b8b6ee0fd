/** Commands beside linting: a first configuration, printed settings, completions, the manual page; and counts. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMAND_ROWS } from '../../cli/commands.ts';
import { completions } from '../../cli/completions.ts';
import { linkFor } from '../../cli/format/terminal.ts';
import { help } from '../../cli/help.ts';
import { printConfig } from '../../cli/init/print.ts';
import { manualPage } from '../../cli/man.ts';
import { OPTION_ROWS } from '../../cli/options.ts';
import { settingsText } from '../../cli/print-config.ts';
import { readConfig } from '../../core/config/read.ts';
import { settingsFor } from '../../core/config/resolve.ts';
import { rules } from '../../rules/index.ts';
import { onWindows } from '../host.ts';
import { folderWith, runIn } from './real.ts';
import { Sandbox } from './toy.ts';

const REPOSITORY = {
  'app/Dockerfile':
    'FROM ghcr.io/org/base:1 AS build\nFROM debian:13 AS production\nUSER app\nFROM build AS test\nRUN true\n',
  'compose.yaml': 'services:\n  a:\n    build:\n      context: app\n      target: production\n',
  '.github/CODEOWNERS': '# who\n* @org/platform\napp/ @org/web a@example.com # "evil": [\n/x @org/web\n',
};

describe('init', () => {
  it('writes what the files say of the images', async () => {
    const root = folderWith(REPOSITORY);
    const { code, out, err } = await runIn(root, 'init');
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')[0]).toBe(
      '.bakelint.yaml is written for container images, stages that are built by name (production), owners in .github/CODEOWNERS. Next:',
    );
    const text = readFileSync(join(root, '.bakelint.yaml'), 'utf8');
    const { config, problems } = readConfig(text, rules);
    expect(problems).toEqual([]);
    expect(config.images).toEqual({ kind: 'application', targets: ['production'] });
    expect(text).toContain('# trusted-registries: [docker.io, ghcr.io]');
    expect(text).toContain('# Owners by .github/CODEOWNERS: @org/web, @org/platform, a@example.com.');
    expect((await runIn(root)).err).toBe('');
    expect(readdirSync(root).sort()).toEqual(['.bakelint.yaml', '.github', 'app', 'compose.yaml']);
  });

  it.each(['.bakelint.yaml', '.bakelint.yml', '.bakelint.json'])('overwrites no %s', async name => {
    const root = folderWith({ ...REPOSITORY, [name]: '{}\n' });
    expect(await runIn(root, 'init')).toEqual({
      code: 2,
      out: '',
      err: `bakelint: ${name}: already exists; nothing is written\n`,
    });
    expect(readFileSync(join(root, name), 'utf8')).toBe('{}\n');
    expect(existsSync(join(root, '.bakelint.yaml'))).toBe(name === '.bakelint.yaml');
  });

  it('is a valid configuration whatever it finds', () => {
    const name = fc.constantFrom('a', 'b: c', '#', "'", 'x\ny', '- d', 'true', '[', '@e');
    fc.assert(
      fc.property(
        fc.record({
          machines: fc.boolean(),
          applications: fc.boolean(),
          targets: fc.array(name),
          registries: fc.array(fc.constantFrom('ghcr.io', 'localhost:5000')),
          owners: fc.option(fc.record({ file: fc.constant('CODEOWNERS'), owners: fc.array(fc.constant('@a')) }), {
            nil: undefined,
          }),
        }),
        looked => {
          const text = printConfig(looked);
          const { config, problems } = readConfig(text, rules);
          expect(problems).toEqual([]);
          expect(config.images.targets ?? []).toEqual(looked.targets);
          expect(text.split('\n').filter(line => line.length > 100 && line.startsWith('#'))).toEqual([]);
        },
      ),
    );
  });
});

describe('config --print', () => {
  it('prints settings that are the same again when they are a configuration', () => {
    const given =
      'extends: strict\nrules:\n  latest-tag: error\n  label-not-url: off\nimages:\n  kind: golden\n  targets: [a]\n';
    for (const text of [given, '', 'extends: all\n']) {
      const settings = settingsFor(readConfig(text, rules).config, 'Dockerfile', rules);
      const { config, problems } = readConfig(settingsText(settings), rules);
      expect(problems).toEqual([]);
      const again = settingsFor(config, 'Dockerfile', rules);
      for (const [id, { severity, options }] of settings.rules)
        expect(again.rules.get(id)).toMatchObject({ severity, options });
      expect(again.project).toEqual(settings.project);
    }
  });

  it('says which file they are from', async () => {
    const root = folderWith({
      '.git/HEAD': '',
      '.bakelint.yaml': 'extends: strict\nignore: [kept]\n',
      'kept/Dockerfile': 'FROM a\n',
    });
    const { code, out } = await runIn(root, 'config', '--print', 'kept/Dockerfile');
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 4)).toEqual([
      '# Settings for kept/Dockerfile',
      '# from .bakelint.yaml',
      '# The file is ignored: it is linted only when it is named.',
      'images:',
    ]);
    expect((await runIn(root, 'config', '--print', 'no')).err).toBe('bakelint: no: no such file or directory\n');
    expect((await runIn(root, 'config', '--print', '.')).err).toBe('bakelint: .: is a directory; name a file\n');
    expect((await runIn(root, 'config')).err).toContain('`config` expects a file');
    expect((await runIn(root, '--print', 'x')).err).toContain('`--print` needs `config`');
  });

  it('reports errors in the configuration', async () => {
    const root = folderWith({ '.bakelint.yaml': 'nope: 1\n', Dockerfile: 'FROM a\n' });
    const { code, err } = await runIn(root, 'config', '--print', 'Dockerfile');
    expect([code, err]).toEqual([2, expect.stringContaining('.bakelint.yaml: Unknown key')]);
  });
});

describe('completions', () => {
  it.skipIf(onWindows)('of bash offer options, values, commands and files', () => {
    const root = folderWith({ 'c.bash': completions('bash', rules), 'my file.yaml': '', 'app/Dockerfile': '' });
    const complete = (...words: string[]): string[] => {
      const script = `source ./c.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _bakelint; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return execFileSync('bash', ['--norc', '-c', script, 'bash', 'bakelint', ...words], {
        cwd: root,
        encoding: 'utf8',
      })
        .split('\n')
        .filter(line => line !== '');
    };
    expect(complete('--shar')).toEqual(['--shard']);
    expect(complete('--format', 's')).toEqual(['sarif']);
    expect(complete('--format', '=', 'js')).toEqual(['json', 'jsonl']);
    expect(complete('--rule', 'latest-t')).toEqual(['latest-tag']);
    expect(complete('--select', 'G1')).toContain('G13');
    expect(complete('--config', 'my')).toEqual(['my file.yaml']);
    expect(complete('base')).toEqual(['baseline']);
    expect(complete('baseline', '')).toEqual(['create', 'update', 'prune']);
    expect(complete('baseline', 'create', 'a')).toEqual(['app']);
    expect(complete('explain', 'baked-s')).toEqual(['baked-secret']);
    expect(complete('--jobs', '')).toEqual([]);
    expect(complete('--fix', 'a')).toEqual(['app']);
    expect(complete('')).toEqual(expect.arrayContaining(['init', 'app', 'my file.yaml']));
  });

  it.each(['bash', 'zsh', 'fish'] as const)('of %s name every option and command', shell => {
    const script = completions(shell, rules);
    for (const { name } of OPTION_ROWS) expect(script).toContain(shell === 'fish' ? `-l ${name}` : `--${name}`);
    for (const { name } of COMMAND_ROWS) expect(script).toContain(name);
  });

  it('are for three shells', async () => {
    const { out } = await new Sandbox().run('completions', 'fish');
    expect(out).toContain("-a 'says-foo says-meh");
    expect((await new Sandbox().run('completions', 'tcsh')).err).toBe(
      'bakelint: `completions` expects `bash`, `zsh` or `fish`\n',
    );
    expect((await new Sandbox().run('init', 'x')).err).toBe('bakelint: unexpected argument `x` for `init`\n');
  });
});

describe('the manual page', () => {
  it('explains every option and command, and contains no request by chance', () => {
    const page = manualPage('1.2.3');
    for (const { name } of OPTION_ROWS) expect(page).toContain(`.B \\-\\-${name.replaceAll('-', '\\-')}`);
    for (const { name } of COMMAND_ROWS) expect(page).toContain(`.B ${name}`);
    for (const line of page.split('\n').filter(line => /^[.']/.test(line)))
      expect(line).toMatch(/^\.(?:TH BAKELINT 1 "" "bakelint 1\.2\.3" "User Commands"|SH [A-Z ]+|TP|br|B .+)$/);
  });

  it('and the help name the same commands', () => {
    for (const { name } of COMMAND_ROWS) expect(help()).toContain(`bakelint ${name}`);
  });
});

describe('--stats', () => {
  it('counts findings in place of them', async () => {
    const sandbox = new Sandbox({
      'a/Dockerfile': 'foo foo meh\n',
      'b/Dockerfile': 'foo PASSWORD=x\n',
      Dockerfile: '',
    });
    const { code, out } = await sandbox.run('--stats');
    expect([code, out]).toEqual([
      1,
      `Rules
      3  says-foo    warning  in 2 files
      1  toy-secret  error    in 1 file
      1  says-meh    info     in 1 file

Policies
      4  G2  Pinned base  in 2 files
      1  G1  Secrets      in 1 file

Directories
      3  a  in 1 file
      2  b  in 1 file

5 problems (1 error, 3 warnings, 1 info) in 2 of 3 files. 3 can be fixed with --fix, 1 more with --fix-suggested.
`,
    ]);
    expect((await sandbox.run('--stats', '--fail-on', 'never', '--rule', 'old-env')).out).toBe(
      'No problems in 3 files.\n',
    );
    expect((await sandbox.run('--stats', '--format', 'json')).err).toContain('cannot be used with `--format json`');
    expect((await sandbox.run('--stats', '--diff')).err).toContain('cannot be used with `--diff`');
    const { out: both } = await sandbox.run(
      '--stats',
      '--format',
      `json=${sandbox.path('out.json')}`,
      '--format',
      'text',
    );
    expect(both).toBe(out);
    expect(JSON.parse(sandbox.read('out.json')).files).toHaveLength(3);
  });

  it('lists releases by the end of their support', async () => {
    const root = folderWith({
      'a/Dockerfile': 'FROM debian:9\n',
      'b/Dockerfile': 'FROM node:16-buster\n',
      'c/Dockerfile': 'FROM debian:9\n',
      'd/Dockerfile': 'FROM openjdk:17\n',
    });
    const { out } = await runIn(root, '--stats', '--rule', 'end-of-life-base');
    const table = out.split('\n\n').find(part => part.startsWith('Releases'));
    expect(
      table!
        .split('\n')
        .slice(1)
        .map(line => line.trim().split(/ {2,}/).slice(0, 3)),
    ).toEqual([
      ['2', 'Debian 9', '2022-07-01'],
      ['1', '`openjdk` image', '2022-07-31'],
      ['1', 'Node.js 16', '2023-09-11'],
      ['1', 'Debian 10', '2024-06-30'],
    ]);
  });
});

describe('links', () => {
  it.each([
    [{}, false],
    [{ TERM_PROGRAM: 'vscode' }, true],
    [{ VTE_VERSION: '7600' }, true],
    [{ VTE_VERSION: '4600' }, false],
    [{ TERM: 'xterm-kitty' }, true],
    [{ TERM: 'xterm-256color' }, false],
    [{ WT_SESSION: 'x' }, true],
    [{ TERM_PROGRAM: 'vscode', CI: 'true' }, false],
    [{ TERM_PROGRAM: 'vscode', TERM: 'dumb' }, false],
    [{ TERM_PROGRAM: 'vscode', FORCE_HYPERLINK: '0' }, false],
    [{ FORCE_HYPERLINK: '1' }, true],
    [{ NO_COLOR: '1', TERM_PROGRAM: 'WezTerm' }, true],
  ])('%j: %s', (env, shown) => {
    const link = linkFor(true, env)('a', 'https://b');
    expect(link).toBe(shown ? '\u001b]8;;https://b\u001b\\a\u001b]8;;\u001b\\' : 'a');
    expect(linkFor(false, env)('a', 'https://b') === 'a').toBe(!('FORCE_HYPERLINK' in env) || !shown);
  });

  it('lead from the rule of a finding to its page', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo\n' });
    sandbox.terminal = true;
    sandbox.env = { TERM_PROGRAM: 'WezTerm', NO_COLOR: '1' };
    expect((await sandbox.run()).out.split('\n')[0]).toBe(
      'Dockerfile:1:1 warning: `foo` is not `bar`. \u001b]8;;https://github.com/bakelint/bakelint/blob/main/docs/rules/says-foo.md\u001b\\[says-foo]\u001b]8;;\u001b\\',
    );
  });
});

describe('progress', () => {
  it('counts files and problems on a terminal, and is gone at the end', async () => {
    const files = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`Dockerfile.${i}`, 'foo\n']));
    const sandbox = new Sandbox(files);
    sandbox.terminal = true;
    const { err } = await sandbox.run();
    expect(err).toContain('\r\u001b[K4 of 5 files, 4 problems');
    expect(err.endsWith('\r\u001b[K')).toBe(true);
    sandbox.terminal = false;
    expect((await sandbox.run()).err).toBe('');
  });
});
