import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Excerpts } from '../../cli/excerpt.ts';
import { frameOf } from '../../cli/format/frame.ts';
import { harmless, widthOf } from '../../cli/format/terminal.ts';
import { Masks } from '../../facts/secrets/masking/masks.ts';
import { Lines } from '../../node/lines.ts';
import { sarifSchema } from './sarif-schema.ts';
import { Sandbox } from './toy.ts';

const frameAt = (text: string, span: { start: number; end: number }, width: number) => {
  const lines = new Lines(text);
  const range = lines.range(span);
  const excerpt = new Excerpts(lines, new Masks(text, undefined)).at(range);
  return frameOf(excerpt ?? { from: 0, pieces: [] }, range, '^', width);
};
const columns = (text: string) => [...text].reduce((sum, character) => sum + widthOf(character), 0);

describe('text', () => {
  it('shows the line, the place, notes, fixes and a summary', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'FROM x\nRUN foo && meh\n', 'script.sh': 'ab\ncd\n' });
    expect(await sandbox.run()).toEqual({
      code: 1,
      err: '',
      out: `Dockerfile:2:5 warning: \`foo\` is not \`bar\`. [says-foo]
  2 | RUN foo && meh
    |     ^^^
    = fix: Say \`bar\` (--fix)

Dockerfile:2:12 info: Be kind. [says-meh]
  2 | RUN foo && meh
    |            ~~~
    = help: Say something kind
    = note: 1:1: It began here.
    = note: script.sh:1:3: And there.
    = fix: Say \`fine\` (--fix-suggested)

2 problems (1 warning, 1 info) in 1 file. 1 can be fixed with --fix, 1 more with --fix-suggested.
`,
    });
  });

  it.each([
    [{ Dockerfile: 'foo' }, '1 warning in 1 file. 1 can be fixed with --fix.'],
    [{ Dockerfile: 'foo', 'Dockerfile.b': 'foo' }, '2 warnings in 2 files. 2 can be fixed with --fix.'],
    [{ Dockerfile: 'foo meh', 'Dockerfile.b': '' }, '2 problems (1 warning, 1 info) in 1 of 2 files.'],
  ])('sums up %j', async (files, line) => {
    const { out } = await new Sandbox(files as unknown as Record<string, string>).run();
    expect(out.trimEnd().split('\n').at(-1)).toContain(line);
  });

  it('has colors on a terminal only, and not where they are unwanted', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo' });
    expect((await sandbox.run()).out).not.toContain('\u001b');
    sandbox.terminal = true;
    expect((await sandbox.run()).out).toContain('\u001b[33mwarning\u001b[0m');
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }] as Record<string, string>[]) {
      sandbox.env = env;
      expect((await sandbox.run()).out).not.toContain('\u001b[3');
    }
  });
});

describe('a frame', () => {
  const frame = (text: string, start: number, end: number, width = 80) => {
    const { line, marks } = frameAt(text, { start, end }, width);
    return [line, marks];
  };

  it.each([
    ['abc def\nx', 4, 7, ['abc def', '    ^^^']],
    ['\tabc', 1, 4, ['  abc', '  ^^^']],
    ['漢字 abc', 3, 6, ['漢字 abc', '     ^^^']],
    ['a漢b', 1, 2, ['a漢b', ' ^^']],
    ['\u{1F600}abc', 2, 5, ['\u{1F600}abc', '  ^^^']],
    ['a\u001b[31mb', 1, 2, ['a�[31mb', ' ^']],
    ['a\u202Eb', 2, 3, ['a�b', '  ^']],
    ['abc\ndef', 1, 6, ['abc', ' ^^']],
    ['abc\ndef', 3, 5, ['abc', '   ^']],
    ['abc', 3, 3, ['abc', '   ^']],
    ['', 0, 0, ['', '^']],
    ['\uFEFFabc\r\nx', 1, 4, ['abc', '^^^']],
  ])('of %j at %d to %d', (text, start, end, expected) => {
    expect(frame(text, start, end)).toEqual(expected);
  });

  it('of a long line is a window around the place', () => {
    const text = `${'a'.repeat(500_000)}HERE${'b'.repeat(500_000)}`;
    expect(frame(text, 500_000, 500_004, 60)).toEqual([
      `…${'a'.repeat(30)}HERE${'b'.repeat(25)}…`,
      `${' '.repeat(31)}^^^^`,
    ]);
  });

  it('its marks stand below the place, whatever the line holds', () => {
    const piece = fc.constantFrom('a', '\t', '漢', '\u{1F600}', '\u0301', '\u001b', '\u200b', '\ud800', ' ', '\uFEFF');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.array(piece, { maxLength: 5, minLength: 1 }),
        (before, inside) => {
          // A letter keeps the halves of two surrogate pairs apart.
          const text = `${before.join('')}<${inside.join('')}>`;
          const start = text.indexOf('<');
          const { line, marks } = frameAt(text, { start, end: text.length }, 1000);
          const skipped = columns([...line].slice(0, [...line].indexOf('<')).join(''));
          expect(marks).toBe(' '.repeat(skipped) + '^'.repeat(columns(line) - skipped));
          expect(harmless(line)).toBe(line);
        },
      ),
    );
  });
});

describe('SARIF', () => {
  const validate = new Ajv({ strict: false }).compile(sarifSchema);
  const sarif = async (sandbox: Sandbox, ...args: string[]) => {
    const { code, out } = await sandbox.run('--format', 'sarif', ...args);
    const log = JSON.parse(out);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    return { code, out, run: log.runs[0] };
  };

  it('has the prose of the page of each rule that has results', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo' });
    sandbox.write(
      'home/docs/rules/says-foo.md',
      '# says-foo\n\nIt says foo.\n\n| Policy | Since |\n| --- | --- |\n| G2 | 2026.11 |\n\nFinds foo.\n\n## Sources\n\n- foo(1)\n\n## Examples\n\nNone.\n',
    );
    sandbox.write('home/docs/rules/says-meh.md', '# says-meh\n');
    const { run } = await sarif(sandbox, '.');
    const help = run.tool.driver.rules.filter((rule: { help?: object }) => rule.help !== undefined);
    expect(help.map((rule: { id: string; help: object }) => [rule.id, rule.help])).toEqual([
      [
        'says-foo',
        {
          text: 'The file says `foo`. See https://github.com/bakelint/bakelint/blob/main/docs/rules/says-foo.md',
          markdown: 'Finds foo.\n\n## Sources\n\n- foo(1)',
        },
      ],
    ]);
  });

  it('keeps to the format whatever is found', async () => {
    const sandbox = new Sandbox({
      Dockerfile: '\uFEFFfoo\n\u{1F600} meh PASSWORD=abcdefgh',
      'script.sh': 'abc',
      'a b#%ü/Dockerfile': 'foo',
      'Dockerfile.bin': Uint8Array.from([0]),
      '.bakelint.yaml': 'x: 1',
    });
    sandbox.write('up/Dockerfile', 'foo');
    const { code, run } = await sarif(sandbox, '.', '../up', 'nowhere');
    expect(code).toBe(2);
    expect(run.invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ level: 'error', message: { text: 'nowhere: no such file or directory' } }],
      },
    ]);
    const results = run.results as {
      ruleId: string;
      ruleIndex: number;
      level: string;
      locations: object[];
      fixes?: object[];
    }[];
    expect(results.map(({ ruleId, level }) => `${ruleId} ${level}`)).toEqual([
      'invalid-config error',
      'toy-secret error',
      'says-foo warning',
      'unreadable-file warning',
      'says-foo warning',
      'says-foo warning',
      'says-meh note',
    ]);
    for (const { ruleId, ruleIndex } of results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(results[6]!.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'Dockerfile', uriBaseId: '%SRCROOT%' },
          region: { startLine: 2, startColumn: 4, endLine: 2, endColumn: 7 },
        },
      },
    ]);
    expect(results[2]!.fixes).toEqual([
      {
        description: { text: 'Say `bar`' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'Dockerfile', uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 4 },
                insertedContent: { text: 'bar' },
              },
            ],
          },
        ],
      },
    ]);
    expect(JSON.stringify(results[4]!.locations)).toContain('"a%20b%23%25%C3%BC/Dockerfile"');
  });

  it('of nothing is a run that tells what was looked for', async () => {
    const { code, run } = await sarif(new Sandbox());
    expect([code, run.results, run.tool.driver.rules.length]).toEqual([0, [], 5]);
    expect(run.tool.driver.rules[2].properties.tags).toEqual(['security', 'G1', 'dockerfile', 'cloud-init']);
    expect(run.tool.driver.rules.map((rule: { properties: object }) => rule.properties)).toContainEqual(
      expect.objectContaining({ 'security-severity': '8.0' }),
    );
  });

  it('fingerprints stay when lines move and values change, and tell findings apart', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo foo\nfoo foo\nPASSWORD=abcdefgh' });
    const prints = async () =>
      (await sarif(sandbox)).run.results.map((one: { partialFingerprints: object }) =>
        JSON.stringify(one.partialFingerprints),
      );
    const first = await prints();
    expect(new Set(first).size).toBe(5);
    sandbox.write('work/Dockerfile', 'x\n\n  foo   foo\nPASSWORD=ijklmnop\n\tfoo foo');
    expect(await prints()).toEqual(first);
    sandbox.write('work/Dockerfile', 'foo bar\nfoo foo\nPASSWORD=ijklmnop');
    expect((await prints()).filter((one: string) => first.includes(one))).toHaveLength(3);
  });

  it('holds as many results as GitHub takes, the most severe ones, and says how many are left out', async () => {
    const sandbox = new Sandbox({ Dockerfile: `${'foo '.repeat(25_003)}PASSWORD=abcdefgh` });
    const { run } = await sarif(sandbox);
    expect([run.results.length, run.results[0].ruleId]).toEqual([25_000, 'toy-secret']);
    expect(run.invocations[0].toolExecutionNotifications).toEqual([
      { level: 'warning', message: { text: '4 less severe results are left out' } },
    ]);
  });
});
