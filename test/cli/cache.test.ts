/** A run with the cache reports what one without it does, whatever was changed in between. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseEntry, printEntry } from '../../cli/cache/entry.ts';
import { Store } from '../../cli/cache/store.ts';
import { dayNumber, EVER } from '../../core/day.ts';
import type { Rule } from '../../core/rule.ts';
import { onWindows, temporaryFolder } from '../host.ts';
import { runIn, runOn, write } from './real.ts';
import { Sandbox } from './toy.ts';

const home = temporaryFolder('cache');
afterAll(() => rmSync(home, { recursive: true, force: true }));

let made = 0;
const repository = (files: Readonly<Record<string, string>>): string => {
  const root = join(home, `r${made++}`);
  mkdirSync(join(root, '.git'), { recursive: true });
  write(root, files);
  return root;
};

/** Every file with what it may hold; the first is what it holds at the beginning, `undefined` is no file. */
const TEXTS: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'app/Dockerfile': [
    'FROM org/base:latest\nCOPY secret.txt /x\nRUN curl http://a.example/x | sh\n',
    'FROM debian:10\nCOPY missing /x\nUSER root\n',
    'FROM org/base:latest\n# bakelint ignore latest-tag\nRUN apt-get install curl\n',
    undefined,
  ],
  'web/Dockerfile': ['FROM org/base:latest\nRUN sudo ls\n', 'FROM node:16 AS build\nFROM nginx\nCOPY . .\n'],
  'app/.dockerignore': [undefined, 'secret.txt\n', '*\n'],
  'app/secret.txt': ['x\n', undefined],
  '.github/workflows/build.yml': [
    undefined,
    'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: docker build -t org/base:latest .\n',
    'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: docker build --target build -t web web\n',
  ],
  '.bakelint.yaml': [undefined, 'extends: strict\n', 'rules:\n  latest-tag: off\n', 'nonsense: 1\n'],
  'app/.bakelint.yaml': [undefined, 'extends: all\n'],
  'packer/image.pkr.hcl': [
    'source "null" "a" {\n  communicator = "none"\n}\nbuild {\n  sources = ["source.null.a"]\n  provisioner "shell" {\n    script = "setup.sh"\n    environment_vars = ["A=${var.token}"]\n  }\n}\n',
  ],
  'packer/variables.pkr.hcl': [
    'variable "token" {\n  default = "x"\n}\n',
    'variable "token" {\n  sensitive = true\n}\nvariable "unused" {}\n',
    undefined,
  ],
  'packer/setup.sh': ['curl -k https://a.example/x | sh\n', 'ufw disable\n', undefined],
  'packer/.gitignore': [undefined, 'setup.sh\n'],
  'compose.yaml': [
    'services:\n  a: {build: svc/a}\n  b: {build: svc/b}\n',
    '\nservices:\n  b: {build: svc/b}\n',
    undefined,
  ],
  'svc/a/Dockerfile': ['FROM alpine:3.21\n', 'FROM alpine:3.23\n', '# bakelint ignore-file\nFROM alpine:3.21\n'],
  'svc/b/Dockerfile': ['FROM alpine:3.23\n', '\nFROM alpine:3.22\n', 'FROM alpine:3.21\n', undefined],
  'user-data': ['#cloud-config\nruncmd:\n  - ufw disable\n', '#cloud-config\npackages: [curl]\nnope: 1\n', 'x\n'],
};
const NAMES = Object.keys(TEXTS);

const edit = fc.record({
  name: fc.constantFrom(...NAMES),
  which: fc.nat({ max: 3 }),
  later: fc.boolean(),
});

function put(root: string, name: string, text: string | undefined): void {
  if (text === undefined) rmSync(join(root, name), { force: true });
  else write(root, { [name]: text });
}

describe('--cache', () => {
  it('changes nothing of what is reported, after any edits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async edits => {
        const root = repository({});
        for (const name of NAMES) put(root, name, TEXTS[name]![0]);
        const cache = `--cache=${join(home, `c${made}`)}`;
        let day = 1;
        const both = async (): Promise<void> => {
          // On 30 August 2027 support of a base ends.
          const today = `2027-${day < 3 ? '01' : '11'}-1${day}`;
          const plain = await runOn(today, root, '--format', 'json', '--preset', 'all');
          const cached = await runOn(today, root, '--format', 'json', '--preset', 'all', cache);
          expect(cached).toEqual(plain);
          const under = await runOn(today, root, '--format', 'json');
          expect(await runOn(today, root, '--format', 'json', cache)).toEqual(under);
        };
        await both();
        for (const { name, which, later } of edits) {
          put(root, name, TEXTS[name]![which % TEXTS[name]!.length]);
          if (later && day < 9) day++;
          await both();
        }
      }),
      { numRuns: 25 },
    );
  }, 240_000);

  it('lints only what has changed', async () => {
    const sandbox = new Sandbox({ 'a/Dockerfile': 'foo\n', 'b/Dockerfile': 'foo\n', 'b/script.sh': 'x' });
    let linted = 0;
    const [rule, ...rules] = sandbox.engine.rules;
    const counting: Rule = {
      ...rule!,
      check(build, context) {
        linted++;
        return rule!.check(build, context);
      },
    };
    sandbox.engine = { ...sandbox.engine, rules: [counting, ...rules] };
    const cache = `--cache=${sandbox.path('../cache')}`;
    const lintedBy = async (...args: string[]): Promise<number> => {
      linted = 0;
      const { out, err } = await sandbox.run('--format', 'compact', cache, ...args);
      expect([out.split('\n').length, err]).toEqual([3, '']);
      return linted;
    };
    expect(await lintedBy()).toBe(2);
    expect(await lintedBy()).toBe(0);
    sandbox.write('work/b/script.sh', 'y');
    expect(await lintedBy()).toBe(1);
    rmSync(sandbox.path('b/script.sh'));
    expect(await lintedBy()).toBe(1);
    sandbox.write('work/a/Dockerfile', 'foo \n');
    expect(await lintedBy()).toBe(1);
    expect(await lintedBy('--preset', 'all')).toBe(2);
    expect(await lintedBy()).toBe(0);
    sandbox.write('home/package.json', '{ "version": "1.2.4" }');
    expect(await lintedBy()).toBe(2);
    rmSync(sandbox.path('../cache'), { recursive: true });
    expect(await lintedBy()).toBe(2);
  });

  it('counts what an earlier file has asked for the later ones too', async () => {
    const root = repository({
      'a/Dockerfile': 'FROM org/base:latest\n',
      'b/Dockerfile': 'FROM org/base:latest\n',
      'ci/build.sh': 'docker build -t org/base:latest base\n',
    });
    const cache = `--cache=${join(home, 'recalled')}`;
    const run = async (): Promise<number> =>
      (await runIn(root, '--rule', 'latest-tag', '--format', 'compact', cache)).out.split('\n').length - 1;
    expect(await run()).toBe(0);
    write(root, { 'ci/build.sh': 'true\n' });
    expect(await run()).toBe(2);
  });

  it('depends on the day where a rule asks for it, and nowhere else', async () => {
    const root = repository({ Dockerfile: 'FROM debian:12.8\n', 'x/Dockerfile': 'FROM scratch\n' });
    const directory = join(home, 'dated');
    const args = ['--rule', 'end-of-life-base', '--format', 'compact', `--cache=${directory}`];
    expect((await runOn('2026-11-21', root, ...args)).out).toBe('');
    expect((await runOn('2030-11-21', root, ...args)).out).toContain('end-of-life');
    await runOn('2030-11-21', root, '--rule', 'missing-user', '--format', 'compact', `--cache=${directory}`);
    const days = entries(directory).map(path => JSON.parse(readFileSync(path, 'utf8').split('\n')[1]!).days);
    // The release to move to was supported until that day.
    const end = dayNumber('2030-06-30');
    expect(days.filter(([from, to]) => from !== null || to !== null)).toEqual([[end + 1, null]]);
    expect(days).toHaveLength(4);
  });

  it('holds until the next day that matters for the file', async () => {
    const root = repository({ Dockerfile: 'FROM debian:12.8\n' });
    const directory = join(home, 'holding');
    const inodes = (): readonly number[] =>
      existsSync(directory) ? entries(directory).map(path => statSync(path).ino) : [];
    const lintedOn = async (today: string): Promise<boolean> => {
      const before = inodes();
      const { out } = await runOn(today, root, '--format', 'json', `--cache=${directory}`);
      expect(out).toBe((await runOn(today, root, '--format', 'json')).out);
      return String(inodes()) !== String(before);
    };
    // Debian 12 is supported until 2028-06-30, which is said from 90 days before.
    const days: readonly (readonly [string, boolean])[] = [
      ['2026-11-21', true],
      ['2026-11-22', false],
      ['2028-03-31', false],
      ['2026-11-20', false],
      ['2028-04-01', true],
      ['2028-04-02', false],
      ['2028-07-01', true],
      ['2028-07-02', false],
      ['2026-11-21', true],
    ];
    const found: (readonly [string, boolean])[] = [];
    for (const [today] of days) found.push([today, await lintedOn(today)]);
    expect(found).toEqual(days);
  });

  it('writes no secret', async () => {
    const secret = ['ghp', '9vKd02LmQxT5Zr8YbWc3NfHj6PsUe1GaRt4i'].join('_');
    const root = repository({
      Dockerfile: `FROM debian:13\nENV GITHUB_TOKEN=${secret} DB_PASSWORD=Dune-velvet427-river\n`,
      'packer/x.pkr.hcl': `variable "password" {\n  default = "Dune-velvet427-river"\n}\n`,
    });
    const directory = join(home, 'secret');
    const { out } = await runIn(root, '--format', 'json', '--preset', 'all', `--cache=${directory}`);
    expect(out).toContain('baked-secret');
    const all = entries(directory).map(path => readFileSync(path, 'utf8'));
    expect(all).toHaveLength(2);
    expect(all.join()).toContain('baked-secret');
    for (const text of all) expect(text).not.toMatch(/velvet|9vKd02LmQxT5/);
  });

  it('ignores damaged entries, says so once, and writes them anew', async () => {
    const root = repository({ Dockerfile: 'FROM node:latest\n', 'x/Dockerfile': 'FROM node:latest\n' });
    const directory = join(home, 'damaged');
    const run = () => runIn(root, '--format', 'json', `--cache=${directory}`);
    const first = await run();
    for (const damage of [
      (text: string) => text.slice(0, -3),
      (text: string) => text.replace('latest', 'lutest'),
      () => '',
    ]) {
      for (const path of entries(directory)) writeFileSync(path, damage(readFileSync(path, 'utf8')));
      expect(await run()).toEqual({ ...first, err: `bakelint: cache: damaged entries in ${directory} are ignored\n` });
      expect(await run()).toEqual(first);
    }
  });

  it.skipIf(onWindows)('reports the same when the directory cannot be written, with a line', async () => {
    const root = repository({ Dockerfile: 'FROM node:latest\n' });
    const file = join(home, 'not-a-directory');
    writeFileSync(file, '');
    const plain = await runIn(root);
    const { out, err, code } = await runIn(root, `--cache=${join(file, 'x')}`);
    expect({ out, code }).toEqual({ out: plain.out, code: plain.code });
    expect(err).toMatch(/^bakelint: cache: not written to .*: ENOTDIR\n$/);
  });

  it('is neither committed nor linted in a repository', async () => {
    const root = repository({ Dockerfile: 'FROM node:latest\n' });
    await runIn(root, '--cache=.cache');
    expect(readdirSync(join(root, '.cache')).sort()).toEqual(['.gitignore', 'CACHEDIR.TAG', 'v1']);
    const { err } = await runIn(root, '--cache=.cache', '--debug');
    expect(err).toBe('');
  });

  it('is not used for what other programs or fixes do', async () => {
    const root = repository({ Dockerfile: 'FROM node:22.1\nrun true\n' });
    const directory = join(home, 'unused');
    await runIn(root, '--fix', '--rule', 'instruction-casing', `--cache=${directory}`);
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe('FROM node:22.1\nRUN true\n');
    await runIn(root, '--shellcheck', `--cache=${directory}`);
    expect(existsSync(directory)).toBe(false);
  });
});

describe('the store', () => {
  it('removes what was not used for longest, and what was left half written', () => {
    const directory = join(home, 'store');
    const store = new Store(directory);
    for (let i = 0; i < 10; i++) {
      store.write(`ab${i}`, 'x'.repeat(100));
      utimesSync(join(directory, 'v1', 'ab', String(i)), i + 1, i + 1);
    }
    writeFileSync(join(directory, 'v1', 'ab', '1.7-0-0.tmp'), '');
    utimesSync(join(directory, 'v1', 'ab', '1.7-0-0.tmp'), 1, 1);
    store.limit(1000);
    expect(readdirSync(join(directory, 'v1', 'ab'))).toHaveLength(10);
    store.limit(999);
    expect(readdirSync(join(directory, 'v1', 'ab')).sort()).toEqual(['3', '4', '5', '6', '7', '8', '9']);
  });

  it('marks what is used', () => {
    const directory = join(home, 'marked');
    const store = new Store(directory);
    store.write('abc', 'x');
    const path = join(directory, 'v1', 'ab', 'c');
    utimesSync(path, 1, 1);
    expect(store.read('abc')).toBe('x');
    store.write('abd', 'x');
    utimesSync(join(directory, 'v1', 'ab', 'd'), 2, 2);
    store.limit(1);
    expect(existsSync(path)).toBe(false);
    expect(store.read('abd')).toBe(undefined);
  });

  it('reads what it wrote', () => {
    const question = fc.record({
      kind: fc.constantFrom('read' as const, 'list' as const),
      path: fc.string().map(name => `/a/${name}`),
      root: fc.option(fc.constantFrom('/', '/a'), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(question, fc.string())),
        fc.constantFrom(EVER.from, 740_000),
        fc.constantFrom(EVER.to, 740_001),
        (questions, from, to) => {
          const entry = { reports: [], questions, days: { from, to } };
          expect(
            parseEntry(
              printEntry(entry, text => String(text.length)),
              text => String(text.length),
            ),
          ).toEqual(entry);
        },
      ),
    );
  });
});

/** The paths of the entries of a cache. */
function entries(directory: string): string[] {
  const root = join(directory, 'v1');
  return readdirSync(root).flatMap(part => readdirSync(join(root, part)).map(name => join(root, part, name)));
}
