import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../cli/args.ts';
import { help } from '../../cli/help.ts';
import { CommandError } from '../../cli/host.ts';
import { OPTION_ROWS } from '../../cli/options.ts';
import { PIPELINE_RULES, PIPELINE_URL } from '../../workspace/findings.ts';
import { Sandbox } from './toy.ts';

describe('invalid arguments', () => {
  it.each([
    [['--formt', 'json'], 'unknown option `--formt`; did you mean `--format`?'],
    [['-x'], 'unknown option `-x` (see `bakelint --help`)'],
    [['-q'], 'unknown option `-q`; did you mean `--quiet`?'],
    [['-f'], 'unknown option `-f` (see `bakelint --help`)'],
    [['--fail-on', 'warn'], 'invalid value `warn` for `--fail-on`; did you mean `warning`?'],
    [
      ['--format', 'xml'],
      'invalid value `xml` for `--format`: expected text, compact, json, jsonl, sarif, github, gitlab, checkstyle, junit, rdjson, markdown, html or mermaid',
    ],
    [['--format=jsn'], 'invalid value `jsn` for `--format`; did you mean `json`?'],
    [['--format'], '`--format` requires a value: `--format FORMAT[=FILE]`'],
    [['--format='], '`--format` requires a value: `--format FORMAT[=FILE]`'],
    [
      ['--format', 'json', '--format', 'text'],
      '`--format json` and `--format text` both go to stdout; give one a file: `--format text=FILE`',
    ],
    [['--format', 'json=a', '--format', 'sarif=a'], 'two `--format` options write to `a`; give each its own file'],
    [['--format', 'sarif='], '`--format` requires a file after `=`, as in `--format sarif=report.sarif`'],
    [['--fix=yes'], '`--fix` does not take a value'],
    [['--preset', 'stric'], 'invalid value `stric` for `--preset`; did you mean `strict`?'],
    [['--fail-on', 'hint'], 'invalid value `hint` for `--fail-on`: expected error, warning, info or never'],
    [['--max-file-size', 'big'], 'invalid value `big` for `--max-file-size`: expected a size such as 500K or 20M'],
    [['--max-file-size', '0'], 'invalid value `0` for `--max-file-size`: expected a size such as 500K or 20M'],
    [['--rule', 'says-fo', '.'], 'unknown rule `says-fo`; did you mean `says-foo`?'],
    [['--diff', '--format', 'json'], '`--diff` cannot be used with `--format json`'],
    [['-', 'Dockerfile'], '`-` (stdin) cannot be combined with other paths'],
    [['explain'], '`explain` expects one rule, as in `bakelint explain latest-tag`'],
    [['explain', 'says-fooo'], 'unknown rule `says-fooo`; did you mean `says-foo`?'],
    [['rules', 'x'], 'unexpected argument `x` for `rules`; to lint a directory of that name, write `./rules`'],
    [['rules', '--format', 'sarif'], '`rules` supports `--format text` and `--format json` only'],
    [['rules', '--fix'], '`rules` does not accept `--fix`'],
    [['--config', 'no.yaml'], 'no.yaml: no such file or directory'],
    [['--config', '.'], '.: not read: it is not a regular file'],
    [['Dockerfile', ''], 'a path is empty; check the variable that it comes from'],
  ])('%j', async (args, line) => {
    expect(await new Sandbox().run(...args)).toEqual({ code: 2, out: '', err: `bakelint: ${line}\n` });
  });
});

describe('arguments', () => {
  const options = (...args: string[]) => {
    const command = parseArguments(args);
    return command.kind === 'lint' ? command.options : undefined;
  };

  it.each(['help', 'version'] as const)('`%s` is understood without its dashes', word => {
    expect(parseArguments([word]).kind).toBe(word);
    expect(options(`./${word}`)?.paths).toEqual([`./${word}`]);
    expect(options('--', word)?.paths).toEqual([word]);
  });

  it('have defaults', () => {
    expect(options()).toEqual({
      paths: ['.'],
      outputs: [{ format: 'text', file: undefined }],
      fix: [],
      diff: false,
      preset: undefined,
      rules: [],
      select: [],
      ignore: [],
      cache: undefined,
      shard: undefined,
      jobs: 'auto',
      failOn: 'warning',
      config: undefined,
      quiet: false,
      stats: false,
      watch: false,
      maxFileSize: 10 * 1024 * 1024,
      stdinFilename: undefined,
      shellcheck: false,
    });
  });

  it('are read in both forms, before and behind paths', () => {
    const long = options(
      'a',
      '--format=json',
      '--preset',
      'all',
      '--rule',
      'x,y',
      '--rule=z',
      '--fail-on',
      'never',
      '--config',
      'c',
      '--quiet',
      'b',
    );
    expect(long).toMatchObject({
      paths: ['a', 'b'],
      outputs: [{ format: 'json', file: undefined }],
      preset: 'all',
      rules: ['x', 'y', 'z'],
      failOn: 'never',
      config: 'c',
      quiet: true,
    });
    expect(options('--fix')?.fix).toEqual(['safe']);
    expect(options('--fix-suggested')?.fix).toEqual(['safe', 'suggested']);
    expect(options('--diff')).toMatchObject({ fix: ['safe'], diff: true });
    expect(options('--diff', '--fix-suggested')?.fix).toEqual(['safe', 'suggested']);
  });

  it.each([
    ['1', 1],
    ['500K', 500 * 1024],
    ['1.5m', 1.5 * 1024 ** 2],
    ['2MB', 2 * 1024 ** 2],
  ])('sizes: %s', (text, bytes) => {
    expect(options('--max-file-size', text)?.maxFileSize).toBe(bytes);
  });

  it('are never an internal error', () => {
    const word = fc.constantFrom(
      ...OPTION_ROWS.map(row => `--${row.name}`),
      '--',
      '-',
      '-x',
      '--=',
      '--fix=',
      '--format=json',
      'json',
      'rules',
      'explain',
      'a',
      '',
      '__proto__',
      '--constructor',
      '9',
      '1K',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), args => {
        try {
          parseArguments(args);
        } catch (error) {
          expect(error).toBeInstanceOf(CommandError);
          expect((error as Error).message).not.toContain('undefined');
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('end at --', () => {
    expect(options('--fix', '--', '--format', 'rules')?.paths).toEqual(['--format', 'rules']);
    expect(parseArguments(['--', 'rules']).kind).toBe('lint');
    expect(parseArguments(['./rules']).kind).toBe('lint');
  });
});

describe('--help and --version', () => {
  it('help is 80 columns wide and names every option', async () => {
    const lines = help().trimEnd().split('\n');
    expect(lines.filter(line => line.length > 80)).toEqual([]);
    for (const { name } of OPTION_ROWS) expect(help()).toContain(`--${name}`);
    expect(await new Sandbox().run('--help', '--fix')).toEqual({
      code: 0,
      out: help(),
      err: '',
    });
    expect((await new Sandbox().run('-h')).code).toBe(0);
  });

  it('version is the package’s', async () => {
    expect(await new Sandbox().run('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });
});

describe('the documentation', () => {
  const page = readFileSync('docs/command-line.md', 'utf8');

  it('explains every option', () => {
    for (const { name } of OPTION_ROWS)
      if (!['help', 'version'].includes(name)) expect(page).toContain(`| \`--${name}`);
  });

  it('explains what the pipeline itself finds, at the address that those findings have', () => {
    const [path = '', anchor] = PIPELINE_URL.replace(/^.*\/main\//, '').split('#');
    const explained = readFileSync(path, 'utf8')
      .split('\n## ')
      .find(part => slug(part.split('\n', 1)[0]!) === anchor);
    for (const rule of Object.keys(PIPELINE_RULES)) expect(explained).toContain(`\`${rule}\``);
  });
});

/** The anchor that GitHub gives a heading. */
const slug = (heading: string): string => heading.toLowerCase().replaceAll(' ', '-');

describe('rules and explain', () => {
  it('rules as JSON has exactly the promised keys', async () => {
    const { code, out } = await new Sandbox().run('rules', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(out)[0]).toEqual({
      id: 'says-foo',
      summary: 'The file says `foo`',
      policies: ['G2'],
      category: 'reproducibility',
      severity: 'warning',
      presets: ['recommended', 'strict', 'all'],
      languages: ['dockerfile', 'cloud-init'],
      aliases: ['other:X001'],
      fixable: true,
      url: 'https://github.com/bakelint/bakelint/blob/main/docs/rules/says-foo.md',
    });
    expect(JSON.parse(out)[3].presets).toEqual(['strict', 'all']);
  });

  it('rules as text has a line for each', async () => {
    const { out } = await new Sandbox().run('rules');
    expect(out.split('\n')).toHaveLength(8);
    expect(out).toMatch(/^says-foo {4}warning {2}G2 {7}recommended {2}fix {2}The file says `foo`$/m);
  });

  it('explain prints the page, also by another linter’s name', async () => {
    const sandbox = new Sandbox();
    sandbox.write('home/docs/rules/says-foo.md', '<!-- Generated. -->\n\n# says-foo\n\nIt says foo.\n');
    for (const name of ['says-foo', 'X001', 'other:X001'])
      expect(await sandbox.run('explain', name)).toEqual({ code: 0, out: '# says-foo\n\nIt says foo.\n', err: '' });
    sandbox.write('home/docs/rules/says-foo.md', 'See [G2](../policies.md#g2) and [a page](https://example.com/x).\n');
    expect((await sandbox.run('explain', 'X001')).out).toBe('See G2 and [a page](https://example.com/x).\n');
    expect((await sandbox.run('explain', 'says-meh')).out).toContain('The file says `meh`.');
  });
});
