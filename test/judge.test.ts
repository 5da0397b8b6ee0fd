/** The figures of what readers said: which findings they get, what is kept of it, and how it is counted. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { checkoutsIn, parseCommits } from '../dev/judge/checkouts.ts';
import { draw, type Found } from '../dev/judge/draw.ts';
import { formatReadings, judgedOf, parseReadings, type Reading, withReadings } from '../dev/judge/readings.ts';
import { changesOf, reportOf, wilson } from '../dev/judge/report.ts';
import { formatSheet, readSheet } from '../dev/judge/sheet.ts';
import { judge } from '../dev/judge.ts';
import { seeded } from '../dev/secrets/random.ts';

const finding = (given: Partial<Found>): Found => ({
  repository: 'acme/shop',
  commit: 'c0ffee',
  path: 'Dockerfile',
  rule: 'latest-tag',
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 9,
  preset: 'recommended',
  severity: 'warning',
  message: 'WORDS OF THE FILE',
  help: null,
  related: [],
  ...given,
});

const reading = (given: Partial<Reading>): Reading => ({
  repository: 'acme/shop',
  commit: 'c0ffee',
  path: 'Dockerfile',
  rule: 'latest-tag',
  line: 1,
  column: 1,
  preset: 'recommended',
  severity: 'warning',
  verdict: 'true',
  reader: 'ann',
  date: '2026-11-21',
  ...given,
});

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('a draw', () => {
  const options = (given: object = {}) => ({ size: 200, perRule: 8, random: seeded(1), ...given });
  const count = (drawn: readonly Found[], same: Partial<Found>): number =>
    drawn.filter(one => Object.entries(same).every(([key, value]) => one[key as keyof Found] === value)).length;

  it('has the errors first, and so many of a rule as asked for over all severities', () => {
    const found = [
      ...numbers(20).map(line => finding({ line, rule: 'latest-tag' })),
      ...numbers(5).map(line => finding({ line: 100 + line, rule: 'latest-tag', severity: 'error' })),
      ...numbers(20).map(line => finding({ line, rule: 'root-user', severity: 'info' })),
    ];
    const drawn = draw(found, options());
    expect(drawn.slice(0, 5).every(({ severity }) => severity === 'error')).toBe(true);
    expect(count(drawn, { rule: 'latest-tag', severity: 'error' })).toBe(5);
    expect(count(drawn, { rule: 'latest-tag', severity: 'warning' })).toBe(3);
    expect(count(drawn, { rule: 'root-user' })).toBe(8);
    expect(drawn).toHaveLength(16);
  });

  it('leaves no error out for a warning when there is room for few', () => {
    const found = numbers(30).map(line =>
      finding({ line, rule: `rule-${line}`, severity: line > 25 ? 'error' : 'warning' }),
    );
    const drawn = draw(found, options({ size: 7 }));
    expect([drawn.length, count(drawn, { severity: 'error' })]).toEqual([7, 5]);
  });

  it('takes the repositories in turn: many alike files do not crowd out the others', () => {
    const found = [
      ...numbers(500).map(line => finding({ line, repository: 'acme/generated' })),
      ...numbers(3).map(line => finding({ line, repository: `acme/small-${line}` })),
    ];
    const drawn = draw(found, options());
    expect(count(drawn, { repository: 'acme/generated' })).toBe(5);
    expect(new Set(drawn.map(({ repository }) => repository)).size).toBe(4);
  });

  it('depends on the seed and not on the order in which findings come', () => {
    const found = numbers(90).map(line => finding({ line, rule: `rule-${line % 3}` }));
    const first = draw(found, options());
    expect(draw(found.toReversed(), options())).toEqual(first);
    expect(draw(found, options({ random: seeded(2) }))).not.toEqual(first);
  });
});

describe('what is kept', () => {
  it('is where a finding is and nothing of what it says', () => {
    const sheet = JSON.parse(formatSheet([finding({}), finding({ line: 2 }), finding({ line: 3 })]));
    sheet[0].verdict = 'noise';
    sheet[0].note = 'WORDS OF THE READER';
    sheet[1].verdict = false;
    const { readings, open } = readSheet(JSON.stringify(sheet), 'ann', '2026-11-21');
    expect(open).toBe(1);
    const text = formatReadings(readings.map((one, i) => ({ ...one, message: sheet[i].message })));
    expect(text).not.toContain('WORDS');
    expect(parseReadings(text)).toEqual([reading({ verdict: 'noise' }), reading({ line: 2, verdict: 'false' })]);
  });

  it('is one verdict of each reader on a finding, the last one', () => {
    const kept = [reading({ verdict: 'noise' }), reading({ reader: 'bob' })];
    const added = [reading({ verdict: 'false' }), reading({ line: 7 })];
    const all = withReadings(kept, added);
    expect(all.map(({ reader, line, verdict }) => `${reader} ${line} ${verdict}`)).toEqual([
      'ann 1 false',
      'bob 1 true',
      'ann 7 true',
    ]);
    expect(formatReadings(all.toReversed())).toBe(formatReadings(all));
  });

  it('is refused where it is no verdict', () => {
    const sheet = JSON.stringify([{ ...finding({}), id: 12, verdict: 'maybe' }]);
    expect(() => readSheet(sheet, 'ann', '2026-11-21')).toThrow('finding 12');
    const line = formatReadings([reading({})]);
    expect(() => parseReadings(`${line}{"path":"Dockerfile"}\n`)).toThrow('line 2');
    expect(() => parseReadings(line.replace('"true"', '"maybe"'))).toThrow('line 1');
    expect(() => parseReadings('null')).toThrow('line 1');
  });
});

describe('the figures', () => {
  it.each([
    [0, 150, 0, 0.025],
    [1, 150, 0.0012, 0.0368],
    [5, 10, 0.2366, 0.7634],
    [10, 10, 0.7225, 1],
    [0, 0, 0, 1],
  ])('have the interval of Wilson: %i of %i', (count, of, low, high) => {
    const interval = wilson(count, of);
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
  });

  it('count a finding once, with the worse verdict where readers disagree', () => {
    const judged = judgedOf([
      reading({}),
      reading({ reader: 'bob', verdict: 'false' }),
      reading({ reader: 'cyd', verdict: 'noise' }),
      reading({ line: 2 }),
    ]);
    expect(judged.map(({ verdict, readers, disputed }) => [verdict, readers, disputed])).toEqual([
      ['false', 3, true],
      ['true', 1, false],
    ]);
  });

  it('are printed by severity and by rule, for each preset', () => {
    const readings = [
      ...numbers(3).map(line => reading({ line, severity: 'error' })),
      reading({ line: 1, severity: 'error', reader: 'bob' }),
      reading({ line: 2, severity: 'error', reader: 'bob', verdict: 'noise' }),
      reading({ line: 4, rule: 'root-user', verdict: 'false' }),
      reading({ line: 5, rule: 'missing-label', severity: 'info', preset: 'strict' }),
    ];
    expect(reportOf(readings)).toBe(`\
recommended  read  true                  noise                false
error        3     2, 66.7% (20.8–93.9)  1, 33.3% (6.1–79.2)  0, 0.0% (0.0–56.1)
warning      1     0, 0.0% (0.0–79.3)    0, 0.0% (0.0–79.3)   1, 100.0% (20.7–100.0)
all          4     2, 50.0% (15.0–85.0)  1, 25.0% (4.6–69.9)  1, 25.0% (4.6–69.9)

rule        read  true  noise  false
root-user   1     0     0      1
latest-tag  3     2     1      0

strict  read  true                    noise               false
info    1     1, 100.0% (20.7–100.0)  0, 0.0% (0.0–79.3)  0, 0.0% (0.0–79.3)
all     1     1, 100.0% (20.7–100.0)  0, 0.0% (0.0–79.3)  0, 0.0% (0.0–79.3)

rule           read  true  noise  false
missing-label  1     1     0      0

Readers agree on 1 of 2 that more than one read.
`);
  });

  it('name what a change of the rules did to findings that were read', () => {
    const readings = [
      reading({ line: 1, verdict: 'false' }),
      reading({ line: 2, verdict: 'false' }),
      reading({ line: 3 }),
      reading({ line: 4 }),
      reading({ line: 5, verdict: 'noise' }),
    ];
    expect(changesOf(readings, [finding({ line: 1 }), finding({ line: 3 })])).toBe(
      'false, still reported: acme/shop Dockerfile:1 latest-tag\n' +
        'true, no longer reported: acme/shop Dockerfile:4 latest-tag\n',
    );
  });
});

describe('the command', () => {
  const root = mkdtempSync(join(tmpdir(), 'bakelint-judge-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  afterEach(() => vi.restoreAllMocks());

  it('finds checkouts and their commits', () => {
    for (const name of ['acme+shop', '.cache']) mkdirSync(join(root, 'checkouts', name), { recursive: true });
    const checkouts = join(root, 'checkouts');
    expect(checkoutsIn(checkouts, parseCommits('acme/shop c0ffee 2026-11-21\n\n'))).toEqual([
      { repository: 'acme/shop', commit: 'c0ffee', directory: join(checkouts, 'acme+shop') },
    ]);
    expect(() => checkoutsIn(checkouts, new Map())).toThrow('--commits');
  });

  it('records a sheet and reports it', () => {
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const verdicts = join(root, 'verdicts.jsonl');
    const sheet = join(root, 'sheet.json');
    writeFileSync(sheet, formatSheet([finding({})]).replace('"verdict": ""', '"verdict": "noise"'));
    expect(judge(['record', '--sheet', sheet, '--reader', 'ann', '--verdicts', verdicts])).toBe(0);
    expect(parseReadings(readFileSync(verdicts, 'utf8'))).toMatchObject([{ reader: 'ann', verdict: 'noise' }]);
    expect(judge(['report', '--verdicts', verdicts])).toBe(0);
    expect(out.mock.lastCall?.[0]).toMatch(/^all +1 .*1, 100\.0%/m);
    expect(judge(['report', '--since', '9999-01-01', '--verdicts', verdicts])).toBe(0);
    expect(out.mock.lastCall?.[0]).toBe('Nothing was read.\n');
  });

  it('says what it takes', () => {
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect([judge([]), judge(['draw', root]), judge(['record', '--sheet', 'x'])]).toEqual([2, 2, 2]);
    expect(err.mock.lastCall?.[0]).toContain('--reader');
  });
});
