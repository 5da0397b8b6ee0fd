/** Runs over many files: parts, selections, and runs that are ended early. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Excerpts, shownText } from '../../cli/excerpt.ts';
import { defineBuildRule } from '../../core/rule.ts';
import { Masks } from '../../facts/secrets/masking/masks.ts';
import { Lines } from '../../node/lines.ts';
import { Sandbox, toyEngine, toyRules } from './toy.ts';

const files = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`d${i % 3}/Dockerfile.${i}`, `foo ${i}\n`]));

const rulesIn = (out: string): readonly string[] => {
  const report = JSON.parse(out) as { files: { diagnostics: { rule: string }[] }[] };
  return report.files.flatMap(({ diagnostics }) => diagnostics.map(({ rule }) => rule));
};

describe('--shard', () => {
  it('parts the files so that each is in one part, in the order of the whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 5 }), async (count, parts) => {
        const sandbox = new Sandbox(files(count));
        const lines = async (...args: string[]): Promise<readonly string[]> =>
          (await sandbox.run('--format', 'compact', ...args)).out.split('\n').filter(line => line !== '');
        const whole = await lines();
        expect(whole).toHaveLength(count);
        const each: (readonly string[])[] = [];
        for (let i = 1; i <= parts; i++) each.push(await lines('--shard', `${i}/${parts}`));
        for (const part of each) expect(part).toEqual(whole.filter(line => part.includes(line)));
        expect(each.flat().sort()).toEqual([...whole].sort());
      }),
      { numRuns: 15 },
    );
  });

  it('reports a configuration once', async () => {
    const sandbox = new Sandbox({ ...files(4), '.bakelint.yaml': 'nonsense: 1\n' });
    const codes = await Promise.all([1, 2].map(i => sandbox.run('--format', 'json', '--shard', `${i}/2`)));
    expect(codes.map(({ out }) => rulesIn(out).filter(rule => rule === 'invalid-config').length)).toEqual([1, 0]);
  });

  it.each(['0/2', '3/2', '1', '1/0', 'a/b', '1/2/3'])('is not %s', async text => {
    const { code, err } = await new Sandbox(files(1)).run('--shard', text);
    expect([code, err]).toEqual([
      2,
      `bakelint: invalid value \`${text}\` for \`--shard\`: expected a part such as 1/4\n`,
    ]);
  });
});

describe('--select and --ignore', () => {
  const sandbox = (): Sandbox => new Sandbox({ Dockerfile: 'foo meh PASSWORD=abc\n' });
  it.each([
    [[], ['says-foo', 'says-meh', 'toy-secret']],
    [['--select', 'security'], ['toy-secret']],
    [
      ['--select', 'G1,says-meh'],
      ['says-meh', 'toy-secret'],
    ],
    [['--select', 'X001'], ['says-foo']],
    [['--ignore', 'G2'], ['toy-secret']],
    [['--select', 'reproducibility', '--ignore', 'says-foo'], ['says-meh']],
    // What is off stays off: `--rule` turns on.
    [['--select', 'old-env'], []],
  ])('%j', async (args, rules) => {
    const { out } = await sandbox().run('--format', 'json', ...args);
    expect(rulesIn(out)).toEqual(rules);
  });

  it('says what a name may have meant', async () => {
    const { code, err } = await sandbox().run('--select', 'securty');
    expect([code, err]).toEqual([2, 'bakelint: no rule, policy or category `securty`; did you mean `security`?\n']);
  });
});

describe('Ctrl-C', () => {
  const interrupting = defineBuildRule({
    id: 'presses-ctrl-c',
    summary: 'Ends the run',
    policies: [],
    category: 'reproducibility',
    severity: 'warning',
    preset: 'recommended',
    languages: ['dockerfile'],
    since: '2026.11',
    check({ source }) {
      if (source.text.includes(' 1\n')) process.emit('SIGINT', 'SIGINT');
      return [];
    },
  });
  const sandbox = (): Sandbox => {
    const made = new Sandbox({ 'Dockerfile.0': 'foo 0\n', 'Dockerfile.1': 'foo 1\n', 'Dockerfile.2': 'foo 2\n' });
    made.engine = { ...toyEngine, rules: [...toyRules, interrupting] };
    return made;
  };

  it('reports what is known and ends with 130', async () => {
    const before = process.listenerCount('SIGINT');
    const { code, out, err } = await sandbox().run('--format', 'compact');
    expect(code).toBe(130);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map(line => line.split(':')[0]),
    ).toEqual(['Dockerfile.0', 'Dockerfile.1']);
    expect(err).toBe('bakelint: interrupted after 2 of 3 files\n');
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('writes no baseline', async () => {
    const made = sandbox();
    expect((await made.run('baseline', 'create')).code).toBe(130);
    expect((await made.run('--baseline', '.bakelint-baseline.json')).err).toContain('no such file');
  });

  it('lets --fix end between two files', async () => {
    const made = sandbox();
    expect((await made.run('--fix')).code).toBe(130);
    expect(['0', '1', '2'].map(i => made.read(`Dockerfile.${i}`))).toEqual(['bar 0\n', 'bar 1\n', 'foo 2\n']);
  });
});

describe('an excerpt', () => {
  it('shows the line as the masks do, and a part of a long one', () => {
    const text = `ENV API_TOKEN=Dune-velvet427-river\n${'x'.repeat(5_000)} token=Dune-velvet427-river ${'y'.repeat(9_000)}\n`;
    const [lines, masks] = [new Lines(text), new Masks(text, undefined)];
    const excerpts = new Excerpts(lines, masks);
    const short = excerpts.at(lines.range({ start: 4, end: 6 }))!;
    expect(shownText(short)).toBe('ENV API_TOKEN=***');
    expect(excerpts.at(lines.range({ start: 20, end: 21 }))).toBe(short);
    const place = text.indexOf('token=');
    const long = excerpts.at(lines.range({ start: place, end: place + 5 }))!;
    expect(shownText(long)).toMatch(/^x{1100} token=\*\*\* y{2000,3000}$/);
    expect(JSON.stringify(long)).not.toContain('velvet');
  });
});
