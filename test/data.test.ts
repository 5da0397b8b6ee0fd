/** The files in `data/`: their shape, their age, how they are brought up to date and how the bundles carry them. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import esbuild from 'esbuild';
import { afterAll, describe, expect, it, vi } from 'vitest';
import endOfLife, { type EndOfLifeData, type KeptProduct } from '../data/end-of-life.json';
import type { KeptFormatRow } from '../data/secret-formats.json';
import { lazyData, lazyModule } from '../dev/lazy-data.mjs';
import { type DataFile, dataText, isDay, isTooOld } from '../dev/refresh/data-file.ts';
import { END_OF_LIFE } from '../dev/refresh/end-of-life.ts';
import { SECRET_FORMATS } from '../dev/refresh/secret-formats.ts';
import { KEEPERS, overdue } from '../dev/refresh.ts';
import { temporaryFolder } from './host.ts';

const folder = temporaryFolder('data');
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: unknown): string {
  const path = join(folder, 'input.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** The month of the newest release that the change log names, as its first day. */
function newestRelease(changelog: string): string | undefined {
  const [, year, month] = /^## .*\(ruleset (\d{4})\.(\d\d)\)$/m.exec(changelog) ?? [];
  return year && `${year}-${month}-01`;
}

describe('every file', () => {
  const files = Object.entries(KEEPERS).map(([what, keeper]) => {
    const text = readFileSync(keeper.file, 'utf8');
    return { what, file: keeper.file, keeper, text, data: JSON.parse(text) as DataFile };
  });

  it('is kept by a command, and its shape is declared', () => {
    const json = readdirSync('data').filter(name => name.endsWith('.json'));
    expect(json.map(name => `data/${name}`)).toEqual(files.map(({ file }) => file).toSorted());
    const declared = readdirSync('data').filter(name => name.endsWith('.d.json.ts'));
    expect(declared.map(name => name.replace('.d.json.ts', '.json'))).toEqual(json);
  });

  it.each(files)('$file says where it comes from and of which day it is', ({ data }) => {
    expect(data.source).toMatch(/\S/);
    expect(isDay(data.date)).toBe(true);
  });

  it.each(files)('$file has nothing wrong with it', ({ keeper, data }) => {
    expect(keeper.problems(data)).toEqual([]);
  });

  it.each(files)('$file is in order', async ({ keeper, data, text }) => {
    expect(dataText((await keeper.refresh(data, undefined)).data, keeper)).toBe(text);
  });

  // No clock here: a checkout that was green stays green. `refresh --check` looks at the day.
  it('is refreshed before a release that comes more than a year later', () => {
    const release = newestRelease(readFileSync('CHANGELOG.md', 'utf8'));
    expect(release).toMatch(/^\d{4}-\d\d-01$/);
    expect(overdue(files, release!)).toEqual([]);
  });
});

describe('age', () => {
  it('is a year to the day', () => {
    expect(isTooOld('2026-08-22', '2026-08-22')).toBe(false);
    expect(isTooOld('2026-08-22', '2027-08-22')).toBe(false);
    expect(isTooOld('2026-08-22', '2027-08-23')).toBe(true);
    expect(isTooOld('2026-08-22', '2028-01-01')).toBe(true);
    expect(isTooOld('2028-02-29', '2029-02-28')).toBe(false);
    expect(isTooOld('2028-02-29', '2029-03-01')).toBe(true);
  });

  it('is told with the command that helps', () => {
    const files = ['2025-01-01', '2026-08-22'].map((date, at) => ({
      what: `what-${at}`,
      file: `data/what-${at}.json`,
      data: { source: 'https://example.com/', date },
    }));
    expect(overdue(files, '2025-12-31')).toEqual([]);
    expect(overdue(files, '2026-09-01')).toEqual([
      'data/what-0.json dates from 2025-01-01, more than a year ago: run `npm run dev -- refresh what-0 INPUT` (source: https://example.com/)',
    ]);
    expect(overdue(files, '2028-01-01')).toHaveLength(2);
  });

  it('is compared with the newest release in the change log', () => {
    expect(newestRelease('# Changelog\n\n## 0.2.0 (ruleset 2027.03)\n\n## 0.1.0 (ruleset 2026.11)\n')).toBe(
      '2027-03-01',
    );
    expect(newestRelease('# Changelog\n')).toBeUndefined();
  });

  it('knows a day of the calendar', () => {
    expect(['2026-02-28', '2028-02-29'].every(isDay)).toBe(true);
    expect(['2026-02-29', '2026-2-1', 'soon', '', '2026-01-01T00:00:00Z'].some(isDay)).toBe(false);
  });
});

describe('the text of a file', () => {
  it('has one entry per line down to a level', () => {
    const value = { a: [{ b: [1, 'x'], c: undefined }, {}], d: {}, e: null };
    expect(dataText(value, { levels: 2 })).toBe(
      '{\n  "a": [\n    { "b": [1, "x"] },\n    {}\n  ],\n  "d": {},\n  "e": null\n}\n',
    );
    expect(JSON.parse(dataText(value, { levels: 9 }))).toEqual(JSON.parse(JSON.stringify(value)));
  });
});

describe('in a bundle', () => {
  const load = async (module: string) =>
    (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(module)}`)).default;

  it('is parsed when something is first asked of it, and once', async () => {
    const parse = vi.spyOn(JSON, 'parse');
    const module = lazyModule(
      '{"date": "2026-08-22", "rows": [["it\'s", "\\\\", "\\u2028`${x}`"]], "notes": ["for people"], "more": [{"a": 1, "notes": 2}]}',
      ['notes'],
    );
    parse.mockClear();
    const data = await load(module);
    expect(parse).not.toHaveBeenCalled();
    expect(data.rows).toEqual([["it's", '\\', '\u2028`${x}`']]);
    expect(data.date).toBe('2026-08-22');
    expect(data.rows).toBe(data.rows);
    expect(parse).toHaveBeenCalledTimes(1);
    expect(Object.keys(data)).toEqual(['date', 'rows', 'more']);
    expect(data.more).toEqual([{ a: 1 }]);
    parse.mockRestore();
  });
});

describe('the plugin for esbuild', () => {
  const bundle = async (path: string) => {
    const { outputFiles } = await esbuild.build({
      stdin: { contents: `export { default } from ${JSON.stringify(path)}`, resolveDir: process.cwd() },
      bundle: true,
      format: 'esm',
      write: false,
      plugins: [lazyData],
    });
    return outputFiles[0]!.text;
  };

  it('carries our data as text, without what only people read', async () => {
    const code = await bundle('./data/end-of-life.json');
    expect(code).toContain('JSON.parse(');
    const data = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)).default;
    expect(data.products).toHaveLength(endOfLife.products.length);
    expect(Object.keys(data.products[0])).toEqual(['name', 'cycles']);
    expect(data.products[0].cycles).toEqual(endOfLife.products[0]!.cycles);
  });

  it('leaves the data of libraries alone', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/list.json'), '[1, 2]');
    const code = await bundle(join(folder, 'data/list.json'));
    expect(code).not.toContain('JSON.parse(');
    expect((await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)).default).toEqual([
      1, 2,
    ]);
  });
});

describe('end of life', () => {
  const data: EndOfLifeData<KeptProduct> = {
    source: 'https://endoflife.date/',
    date: '2025-01-01',
    products: [
      { name: 'Debian', key: 'debian', end: 'extended', codenames: true, cycles: [['12', '2026-06-10', 'bookworm']] },
      {
        name: 'Node.js',
        key: 'nodejs',
        cycles: [
          ['20', '2026-04-30', 'iron'],
          ['0.12', '2016-12-31'],
          ['22', null, 'jod'],
        ],
      },
      { name: 'Windows Server', key: 'windows-server', omit: ['1809'], cycles: [] },
      { name: 'an image', source: 'https://example.com/', cycles: [['8', '2022-07-31']] },
    ],
  };
  const cyclesOf = (of: EndOfLifeData<KeptProduct>, product: string) =>
    of.products.find(({ name }) => name === product)?.cycles;

  it('takes what the API answers', async () => {
    const place = fileWith({
      schema_version: '1.2.0',
      generated_at: '2026-08-22T01:02:03+00:00',
      result: [
        {
          name: 'debian',
          releases: [
            {
              name: '13',
              codename: 'Trixie',
              isEol: false,
              eolFrom: '2028-08-09',
              isEoes: false,
              eoesFrom: '2030-06-30',
            },
            {
              name: '12',
              codename: 'Bookworm',
              isEol: true,
              eolFrom: '2026-07-11',
              isEoes: false,
              eoesFrom: '2028-06-30',
            },
            {
              name: '3.1',
              codename: 'Sarge',
              isEol: true,
              eolFrom: '2008-03-31',
              isEoes: true,
              eoesFrom: '2008-03-31',
            },
          ],
        },
        {
          name: 'nodejs',
          releases: [
            { name: '22', codename: null, isEol: false, eolFrom: '2027-04-30' },
            { name: '20', codename: null, isEol: false, eolFrom: null },
            { name: '3', codename: null, isEol: true, eolFrom: null },
          ],
        },
      ],
    });
    const { data: fresh, report } = await END_OF_LIFE.refresh(data, { place, date: undefined });
    expect(fresh.date).toBe('2026-08-22');
    expect(cyclesOf(fresh, 'Debian')).toEqual([
      ['13', '2030-06-30', 'trixie'],
      ['12', '2028-06-30', 'bookworm'],
    ]);
    expect(cyclesOf(fresh, 'Node.js')).toEqual([
      ['22', '2027-04-30', 'jod'],
      ['20', null, 'iron'],
      ['0.12', '2016-12-31'],
    ]);
    expect(cyclesOf(fresh, 'an image')).toEqual([['8', '2022-07-31']]);
    expect(report).toEqual([
      'Debian 13: new, 2030-06-30',
      'Debian 12: 2026-06-10 → 2028-06-30',
      'Node.js 22: no end announced → 2027-04-30',
      'Node.js 20: 2026-04-30 → no end announced',
      'Windows Server: the source has no windows-server',
    ]);
  });

  it('takes the names of the older API, and the names of Windows as people write them', async () => {
    const rows = [
      ['2025', 'false'],
      ['20h2-sac', '2022-08-09'],
      ['1809-sac', '2020-11-10'],
      ['2012-r2', '2023-10-10'],
      ['2008-r2-sp1', '2020-01-14'],
      ['2003-sp1', '2009-04-14'],
      ['2003-sp2', '2015-07-14'],
      ['2003', '2007-04-10'],
      ['vista', '2017-04-11'],
      ['2000', 'true'],
    ].map(([releaseCycle, eol]) => ({ releaseCycle, eol }));
    const place = fileWith({ source: 'endoflife.date, as of 2026-08-22', products: { 'windows-server': rows } });
    const { data: fresh } = await END_OF_LIFE.refresh(data, { place, date: undefined });
    expect(fresh.date).toBe('2026-08-22');
    expect(cyclesOf(fresh, 'Windows Server')).toEqual([
      ['2025'],
      ['2012 R2', '2023-10-10'],
      ['2008 R2', '2020-01-14'],
      ['2003', '2015-07-14'],
      ['20H2', '2022-08-09'],
    ]);
  });

  it('moves the date with a change, or after a quarter', async () => {
    const rows = [{ releaseCycle: '8', eol: '2022-07-31' }];
    const known = {
      ...data,
      date: '2026-01-01',
      products: [{ name: 'A', key: 'a', cycles: [['8', '2022-07-31']] }] as const,
    };
    const dated = async (products: object, date: string) =>
      (await END_OF_LIFE.refresh(known, { place: fileWith({ products }), date })).data.date;
    expect(await dated({ a: rows }, '2026-03-31')).toBe('2026-01-01');
    expect(await dated({ a: rows }, '2026-04-01')).toBe('2026-04-01');
    expect(await dated({ a: [...rows, { releaseCycle: '9', eol: false }] }, '2026-01-02')).toBe('2026-01-02');
  });

  it('reads a URL, of today if it does not say', async () => {
    const fetched = vi.fn(
      async (_: string) => new Response(JSON.stringify({ result: [{ name: 'nodejs', releases: [] }] })),
    );
    vi.stubGlobal('fetch', fetched);
    const input = { place: 'https://example.com/full', date: undefined };
    expect((await END_OF_LIFE.refresh(data, input)).data.date).toBe(new Date().toISOString().slice(0, 10));
    expect(fetched).toHaveBeenCalledExactlyOnceWith('https://example.com/full');
    fetched.mockResolvedValue(new Response('', { status: 503 }));
    await expect(END_OF_LIFE.refresh(data, input)).rejects.toThrow('https://example.com/full: HTTP status 503');
    vi.unstubAllGlobals();
  });

  it('wants to know of which day an input is', async () => {
    const place = fileWith({ products: { nodejs: [] } });
    await expect(END_OF_LIFE.refresh(data, { place, date: undefined })).rejects.toThrow('pass it with --date');
    await expect(END_OF_LIFE.refresh(data, { place, date: 'today' })).rejects.toThrow('pass it with --date');
    expect((await END_OF_LIFE.refresh(data, { place, date: '2026-09-01' })).data.date).toBe('2026-09-01');
    const empty = fileWith({ result: [] });
    await expect(END_OF_LIFE.refresh(data, { place: empty, date: '2026-09-01' })).rejects.toThrow('no products');
  });

  it('sees what is wrong', () => {
    const wrong = (products: readonly KeptProduct[]) => END_OF_LIFE.problems({ ...data, products });
    const good = { name: 'A', key: 'a', cycles: [['1', '2020-01-01', 'one']] } as const;
    expect(wrong([good])).toEqual([]);
    expect(wrong([good, { ...good, cycles: [['2']] }])).toEqual(['A occurs twice']);
    expect(wrong([{ ...good, cycles: [['1'], ['1', '2020-01-01']] }])).toEqual(['A 1 occurs twice']);
    expect(wrong([good, { ...good, name: 'B' }])).toEqual(['the code name one occurs twice']);
    expect(wrong([{ ...good, cycles: [] }])).toEqual(['A has no cycle']);
    expect(wrong([{ name: 'A', cycles: good.cycles }])).toEqual(['A has neither key nor source']);
    for (const cycle of [['x'], ['1', '2020-02-30'], ['1', null, 'One'], ['20h2']] as const)
      expect(wrong([{ ...good, cycles: [cycle] }])).toEqual([`A ${cycle[0]} is malformed`]);
  });
});

describe('secret formats', () => {
  const head = { source: 'by hand', date: '2026-11-21' };
  const good = {
    id: 'a-key',
    name: 'an A key',
    docs: 'https://example.com/',
    prefix: ['a_'],
    body: '[a-z]{20}',
  } as const;
  const wrong = (row: object) => SECRET_FORMATS.problems({ ...head, families: { a: [row as KeptFormatRow] } });

  it('are sorted, families and rows', async () => {
    const families = { b: [good], a: [{ ...good, id: 'c-key' }, good] };
    const { data } = await SECRET_FORMATS.refresh({ ...head, families }, undefined);
    expect(Object.entries(data.families).map(([name, rows]) => [name, rows.map(({ id }) => id)])).toEqual([
      ['a', ['a-key', 'c-key']],
      ['b', ['a-key']],
    ]);
  });

  it('take no input', async () => {
    const input = { place: 'somewhere', date: undefined };
    await expect(SECRET_FORMATS.refresh({ ...head, families: {} }, input)).rejects.toThrow('no input');
  });

  it.each([
    [{}, []],
    [{ id: 'A key' }, ['A key is not in kebab case']],
    [{ name: 'A key' }, ['a-key has a name without an article']],
    [{ docs: 'example.com' }, ['a-key has no link to documentation']],
    [{ severity: 'error' }, ['a-key has an unknown key']],
    [{ check: 'luhn' }, ['a-key names an unknown check']],
    [{ extend: 'pem' }, ['a-key has an unknown extension']],
    [{ boundary: 'end' }, ['a-key has an unknown boundary']],
    [{ rank: 2 }, ['a-key has an unknown rank']],
    [{ shape: 'key' }, ['a-key has an unknown shape']],
    [{ settings: ['A_KEY'] }, ['a-key needs one of prefix, settings and anchors']],
    [{ prefix: undefined, anchors: ['a_'] }, ['a-key needs one of prefix, settings and anchors']],
    [{ body: undefined }, ['a-key has no pattern']],
    [{ prefix: ['a'] }, ['a-key has an anchor that is too short']],
    [{ body: '<uid>' }, ['a-key names an unknown piece']],
    [{ body: '<uuid>' }, []],
    [{ body: '(' }, ['a-key has a pattern that does not compile']],
    [{ body: '[a-z]{20,}' }, ['a-key has an unbounded quantifier']],
    [{ body: '[*+]{2,9}' }, []],
  ])('with %j', (changes, expected) => {
    expect(wrong({ ...good, ...changes })).toEqual(expected);
  });

  it('are there once', () => {
    expect(SECRET_FORMATS.problems({ ...head, families: { a: [good], b: [good] } })).toEqual(['a-key occurs twice']);
  });
});
