/** Each format of the report is read by a parser or a schema of its own. */

import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'parse5';
import sax from 'sax';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './toy.ts';

/** Names, messages and lines with everything that means something in one of the formats. */
const AWKWARD = {
  'a & <b> "c" %,:|`\'/Dockerfile': 'foo\n\u{1F600} é meh PASSWORD=abcdefgh\n',
  Dockerfile: '\uFEFFfoo\r\nmeh & <i>&amp;</i>\r\n',
  'clean/Dockerfile': 'FROM x\n',
};

const only = async (format: string, files: Record<string, string> = AWKWARD) => {
  const { out, err } = await new Sandbox(files).run('--format', format);
  expect(err).toBe('');
  return out;
};

/** The names of the elements of a document that is well formed, with their attributes. */
function elementsOf(xml: string): { name: string; attributes: Record<string, string> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = [];
  const parser = sax.parser(true);
  parser.onopentag = ({ name, attributes }) => found.push({ name, attributes });
  parser.onerror = error => {
    throw error;
  };
  parser.write(xml).close();
  return found;
}

describe('json', () => {
  it('keeps to its published schema', async () => {
    const schema = JSON.parse(readFileSync('docs/report.schema.json', 'utf8'));
    const validate = new Ajv({ strict: true, allowUnionTypes: true, formats: { uri: true } }).compile(schema);
    const sandbox = new Sandbox({ ...AWKWARD, '.bakelint.yaml': 'x: 1', 'script.sh': 'ab\ncd' });
    const report = JSON.parse((await sandbox.run('--format', 'json')).out);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...report, version: 2 })).toBe(false);
    expect(report.files[1].diagnostics[0].fixes).toEqual([
      {
        title: 'Say `bar`',
        safety: 'safe',
        edits: [{ range: { start: { line: 1, column: 1 }, end: { line: 1, column: 4 } }, newText: 'bar' }],
      },
    ]);
  });

  it('as lines has an object for each finding and the summary last', async () => {
    const lines = (await only('jsonl'))
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines.map(({ kind, rule }) => [kind, rule])).toEqual([
      ['diagnostic', 'says-foo'],
      ['diagnostic', 'says-meh'],
      ['diagnostic', 'says-foo'],
      ['diagnostic', 'says-meh'],
      ['diagnostic', 'toy-secret'],
      ['summary', undefined],
    ]);
    expect(lines.at(-1)).toMatchObject({ files: 3, errors: 1, warnings: 2, infos: 2 });
  });
});

describe('compact', () => {
  it('is a line for each finding', async () => {
    expect(await only('compact', { Dockerfile: 'foo\nmeh', 'clean/Dockerfile': '' })).toBe(
      'Dockerfile:1:1: warning: `foo` is not `bar`. [says-foo]\nDockerfile:2:1: info: Be kind. [says-meh]\n',
    );
  });
});

describe('github', () => {
  it('escapes what separates the parts of a command', async () => {
    const lines = (await only('github')).trimEnd().split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^::error file=a & <b> "c" %25%2C%3A\|`'\/Dockerfile,line=2,/);
    expect(lines.map(line => /^::(\w+) [^:]*,title=bakelint%3A [a-z-]+::/.exec(line)?.[1])).toEqual([
      'error',
      'warning',
      'warning',
      'notice',
      'notice',
    ]);
    expect(lines.at(-1)).toContain('::Be kind.. Say something kind.');
  });

  it('annotates ten of a kind and lists the others', async () => {
    const lines = (await only('github', { Dockerfile: 'foo\n'.repeat(13) })).trimEnd().split('\n');
    expect(lines.filter(line => line.startsWith('::warning '))).toHaveLength(10);
    expect(lines.slice(10)).toEqual([
      '::group::3 more findings',
      ...[11, 12, 13].map(line => `Dockerfile:${line}:1: warning: \`foo\` is not \`bar\`. [says-foo]`),
      '::endgroup::',
    ]);
  });

  it('names files from the root of the checkout and adds to the summary of the job', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo' });
    sandbox.env = { GITHUB_WORKSPACE: sandbox.folder, GITHUB_STEP_SUMMARY: `${sandbox.folder}/summary.md` };
    sandbox.write('summary.md', 'before\n');
    expect((await sandbox.run('--format', 'github')).out).toContain('file=work/Dockerfile,line=1,');
    expect(readFileSync(`${sandbox.folder}/summary.md`, 'utf8')).toMatch(/^before\n### Bakelint: 1 warning\n/);
  });
});

describe('gitlab', () => {
  it('has what GitLab requires of an issue, and no fingerprint twice', async () => {
    const issues = JSON.parse(await only('gitlab', { Dockerfile: 'foo foo\nfoo foo\nmeh' })) as Record<
      string,
      unknown
    >[];
    const required = ['description', 'check_name', 'fingerprint', 'severity', 'location'];
    for (const issue of issues) expect(Object.keys(issue)).toEqual(required);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(5);
    expect(issues[0]).toMatchObject({
      severity: 'major',
      location: { path: 'Dockerfile', lines: { begin: 1, end: 1 } },
    });
  });
});

describe('checkstyle', () => {
  it('is well formed', async () => {
    const elements = elementsOf(await only('checkstyle'));
    expect(elements.map(({ name }) => name)).toEqual([
      'checkstyle',
      'file',
      'error',
      'error',
      'file',
      'error',
      'error',
      'error',
    ]);
    expect(elements.flatMap(({ attributes }) => attributes.name ?? [])).toEqual([
      'Dockerfile',
      'a & <b> "c" %,:|`\'/Dockerfile',
    ]);
    expect(elements.at(-1)!.attributes).toMatchObject({ line: '2', severity: 'error', source: 'bakelint.toy-secret' });
  });
});

describe('junit', () => {
  it('is well formed and counts its tests', async () => {
    const elements = elementsOf(await only('junit'));
    const tests = elements.filter(({ name }) => name === 'testcase');
    const failures = elements.filter(({ name }) => name === 'failure');
    expect(elements[0]).toEqual({
      name: 'testsuites',
      attributes: { name: 'bakelint', tests: String(tests.length), failures: String(failures.length) },
    });
    expect([tests.length, failures.length]).toEqual([6, 3]);
    expect(elements.filter(({ name }) => name === 'testsuite').map(one => one.attributes.name)).toContain(
      'clean/Dockerfile',
    );
  });
});

describe('rdjson', () => {
  it('counts columns in bytes and has suggestions', async () => {
    const { diagnostics } = JSON.parse(await only('rdjson', { Dockerfile: '\uFEFFx\n\u{1F600} é foo' }));
    const range = { start: { line: 2, column: 9 }, end: { line: 2, column: 12 } };
    expect(diagnostics).toEqual([
      {
        message: '`foo` is not `bar`.',
        location: { path: 'Dockerfile', range },
        severity: 'WARNING',
        code: { value: 'says-foo', url: 'https://github.com/bakelint/bakelint/blob/main/docs/rules/says-foo.md' },
        suggestions: [{ range, text: 'bar' }],
      },
    ]);
  });
});

describe('markdown', () => {
  it('has a table for each file with findings, those with errors first, and no live markup', async () => {
    const text = await only('markdown');
    expect(text.split('\n').filter(line => line.startsWith('#'))).toEqual([
      '### Bakelint: 1 error, 2 warnings, 2 info',
      '#### a &amp; &lt;b> "c" %,:\\|\\`\'/Dockerfile (1 error, 1 warning, 1 info)',
      '#### Dockerfile (1 warning, 1 info)',
    ]);
    for (const row of text.split('\n').filter(line => line.startsWith('|')))
      expect(row.replaceAll('\\|', '').split('|')).toHaveLength(6);
  });

  it('fits a comment and says what is left out', async () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`d${i}/Dockerfile`, 'foo\n'.repeat(30)]));
    const text = await only('markdown', files);
    expect(text.length).toBeLessThan(65_536);
    const rows = text.split('\n').filter(line => /^\| \d/.test(line)).length;
    const [, findings, left] = /^(\d+) more findings in (\d+) more files left out\.$/m.exec(text)!;
    expect(rows + Number(findings)).toBe(1800);
    expect(rows).toBe(30 * (60 - Number(left)));
  });

  it('of nothing says so', async () => {
    expect(await only('markdown', { Dockerfile: 'FROM x' })).toBe('### Bakelint: no findings in 1 file\n');
  });
});

describe('html', () => {
  it('is a document without errors that loads nothing', async () => {
    const html = await only('html');
    const errors: string[] = [];
    parse(html, { onParseError: ({ code }) => errors.push(code) });
    expect(errors).toEqual([]);
    expect(html).not.toMatch(/<script|<link|<img|src=|@import|url\(/);
    expect(html).toContain('a &amp; &lt;b&gt; &quot;c&quot; %,:|`&#39;/Dockerfile');
    expect(html).not.toContain('abcdefgh');
  });
});

describe('several formats', () => {
  it('at once: one to stdout, the others to files', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo' });
    const { code, out } = await sandbox.run(
      '--format',
      'sarif=out.sarif',
      '--format',
      'compact',
      '--format',
      'html=out.html',
    );
    expect([code, out]).toEqual([1, 'Dockerfile:1:1: warning: `foo` is not `bar`. [says-foo]\n']);
    expect(JSON.parse(sandbox.read('out.sarif')).runs[0].results).toHaveLength(1);
    expect(sandbox.read('out.html')).toMatch(/^<!doctype html>/);
  });

  it('a file that cannot be written is an error, and the others are written', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'FROM x' });
    const { code, out, err } = await sandbox.run('--format', 'json=no/out.json', '--format', 'markdown');
    expect([code, err]).toEqual([2, 'bakelint: no/out.json: not written: no such file or directory\n']);
    expect(out).toContain('no findings');
    expect(existsSync(sandbox.path('no'))).toBe(false);
  });

  it('replaces a report of an earlier run whole', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo', 'out.json': 'x'.repeat(100_000) });
    await sandbox.run('--format', 'json=out.json');
    expect(JSON.parse(sandbox.read('out.json')).summary.warnings).toBe(1);
  });
});
