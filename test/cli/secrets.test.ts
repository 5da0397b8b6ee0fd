import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Excerpts } from '../../cli/excerpt.ts';
import { frameOf } from '../../cli/format/frame.ts';
import { fakeSecrets } from '../../dev/fake-secrets.ts';
import { type Masks, masked } from '../../facts/secrets/masking/masks.ts';
import { Lines } from '../../node/lines.ts';
import { Sandbox } from './toy.ts';

/** Unlike anything else in these strings, so that any six characters of it give it away. */
const CANARY = 'QxZv7KpW3mTgR9sLbN4d';
const parts = Array.from({ length: CANARY.length - 5 }, (_, i) => CANARY.slice(i, i + 6));
const leaks = (text: string) => parts.filter(part => text.includes(part));

const FILE = `ENV PASSWORD=${CANARY} foo meh
ENV OTHER foo AGAIN=${CANARY}\u0020
RUN foo
`;

describe('no output shows a part of a secret', () => {
  const runs: string[][] = [
    [],
    ['--format', 'json'],
    ['--format', 'sarif'],
    ['--diff'],
    ['--diff', '--fix-suggested'],
    ['--rule', 'says-foo'],
    ['--rule', 'old-env'],
    ['--rule', 'old-env', '--format', 'sarif'],
    ['--rule', 'old-env', '--diff', '--fix-suggested'],
    ['--config', 'off.yaml'],
    ['--quiet'],
  ];
  it.each(runs.map(args => [args.join(' '), args] as const))('bakelint %s', async (_, args) => {
    const sandbox = new Sandbox({ Dockerfile: FILE, 'off.yaml': 'extends: all\nrules: { toy-secret: off }\n' });
    const preset = args.includes('--config') ? [] : ['--preset', 'all'];
    const { out, err } = await sandbox.run('Dockerfile', ...preset, ...args);
    expect(leaks(out + err)).toEqual([]);
    expect(out).toMatch(/says-foo|old-env|toy-secret|^[+-]/m);
  });

  it('an internal error does not either', async () => {
    const sandbox = new Sandbox({
      Dockerfile: `boom PASSWORD=${CANARY}`,
      'Dockerfile.2': `parser-crash PASSWORD=${CANARY}`,
    });
    for (const format of ['text', 'json', 'sarif']) {
      const { out, err } = await sandbox.run('--preset', 'all', '--format', format, '--debug');
      expect(err).toContain('internal error in rule `goes-boom`');
      expect(leaks(out + err)).toEqual([]);
    }
  });

  it('the frame and the diff show the rest of the line', async () => {
    const sandbox = new Sandbox({ Dockerfile: FILE });
    const { out } = await sandbox.run('--rule', 'toy-secret');
    expect(out).toContain('  1 | ENV PASSWORD=*** foo meh\n    |              ^^^\n');
    expect((await sandbox.run('--diff')).out).toContain(
      '-ENV PASSWORD=*** foo meh\n-ENV OTHER foo AGAIN=*** \n-RUN foo\n+ENV PASSWORD=*** bar meh\n',
    );
  });

  it('a fix that rewrites a whole line tells what changes, and repeats none of the rest', async () => {
    const sandbox = new Sandbox({ Dockerfile: FILE });
    const { out } = await sandbox.run('--rule', 'old-env', '--format', 'sarif');
    const { results } = JSON.parse(out).runs[0];
    const replacements = results.map((one: { fixes: { artifactChanges: { replacements: unknown }[] }[] }) =>
      one.fixes.map(({ artifactChanges }) => artifactChanges[0]!.replacements),
    );
    const renamed = (startLine: number) => [
      [
        {
          deletedRegion: { startLine, startColumn: 1, endLine: startLine, endColumn: 4 },
          insertedContent: { text: 'env' },
        },
      ],
    ];
    expect(replacements).toEqual([renamed(1), renamed(2)]);
  });

  it('a token of a known shape is masked though no rule speaks of it', async () => {
    const token = fakeSecrets.fill('{{secret:gitlab}}');
    const sandbox = new Sandbox({ Dockerfile: `RUN foo ${token}\n` });
    const { out } = await sandbox.run();
    expect(out).not.toContain(token.slice(8, 20));
  });
});

/** Masks of these ranges alone. */
function over(ranges: readonly { start: number; end: number }[]): Pick<Masks, 'within'> {
  return { within: (start, end) => ranges.filter(one => one.start < end && one.end > start) };
}

describe('masking', () => {
  const ranges = fc
    .array(fc.tuple(fc.nat(60), fc.nat(20)), { maxLength: 5 })
    .map(pairs =>
      pairs.map(([start, length]) => ({ start, end: start + length + 1 })).sort((a, b) => a.start - b.start),
    )
    .map(all => all.filter((one, i) => all.slice(0, i).every(before => before.end < one.start)));

  it('leaves exactly the characters outside of secrets', () => {
    // Each character occurs once, so what is left shows which were taken.
    const text = Array.from({ length: 80 }, (_, i) => String.fromCharCode(0x4e00 + i)).join('');
    fc.assert(
      fc.property(ranges, fc.nat(80), fc.nat(80), (secrets, a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const left = masked(text, start, end, secrets).replaceAll('***', '');
        const expected = [...text].filter(
          (_, i) => i >= start && i < end && !secrets.some(one => one.start <= i && i < one.end),
        );
        expect(left).toBe(expected.join(''));
      }),
    );
  });

  it('a frame shows nothing of a secret, wherever the span and the window are', () => {
    const text = Array.from({ length: 80 }, (_, i) => (i % 30 === 29 ? '\n' : String.fromCharCode(0xac00 + i))).join(
      '',
    );
    fc.assert(
      fc.property(
        ranges,
        fc.nat(79),
        fc.nat(30),
        fc.integer({ min: 10, max: 120 }),
        (secrets, start, length, width) => {
          const lines = new Lines(text);
          const range = lines.range({ start, end: start + length });
          const { line } = frameOf(new Excerpts(lines, over(secrets)).at(range)!, range, '^', width);
          for (const secret of secrets)
            for (const character of text.slice(secret.start, secret.end).replaceAll('\n', ''))
              expect(line).not.toContain(character);
          // What is not a secret is shown when the line is short enough.
          const { start: from, end: to } = lines.bounds(range.start.line);
          if (width === 120) expect(line).toBe(masked(text, from, to, secrets));
        },
      ),
      { numRuns: 2000, examples: [[[{ start: 3, end: 9 }], 0, 5, 120]] },
    );
  });
});
