import type * as Fs from 'node:fs';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { unifiedDiff } from '../../cli/diff.ts';
import { fix } from '../../core/finding.ts';
import { languageOf } from '../../core/linter.ts';
import { defineBuildRule } from '../../core/rule.ts';
import { languages } from '../../languages/index.ts';
import { removeAbandoned, replaceFile, replaceFiles } from '../../node/write.ts';
import { Sandbox, toyEngine } from './toy.ts';

const { broken } = vi.hoisted(() => ({ broken: { rename: undefined as (() => void) | undefined } }));
vi.mock('node:fs', async original => {
  const fs = await original<typeof Fs>();
  const renameSync: typeof fs.renameSync = (from, to) => {
    broken.rename?.();
    fs.renameSync(from, to);
  };
  return { ...fs, default: fs, renameSync };
});
afterEach(() => {
  broken.rename = undefined;
});

describe('--fix', () => {
  it('writes safe fixes and reports what is left', async () => {
    const sandbox = new Sandbox({ Dockerfile: '\uFEFFfoo meh foo\r\n', 'Dockerfile.2': 'fine' });
    const { code, files, summary } = await sandbox.json('--fix');
    expect(sandbox.read('Dockerfile')).toBe('\uFEFFbar meh bar\r\n');
    expect([code, files[0]!.diagnostics.map(one => one.rule), summary.fixed]).toEqual([0, ['says-meh'], 2]);
    expect((await sandbox.run('--fix-suggested')).out).toBe('Fixed 1 problem. No problems in 2 files.\n');
    expect(sandbox.read('Dockerfile')).toBe('\uFEFFbar fine bar\r\n');
    expect((await sandbox.run()).out).toBe('No problems in 2 files.\n');
  });

  it('keeps the mode, follows a link, leaves nothing behind', async () => {
    const sandbox = new Sandbox({ 'a/Dockerfile.real': 'foo' });
    chmodSync(sandbox.path('a/Dockerfile.real'), 0o751);
    // Windows knows fewer modes than this.
    const { mode } = statSync(sandbox.path('a/Dockerfile.real'));
    symlinkSync('a/Dockerfile.real', sandbox.path('Dockerfile'));
    expect((await sandbox.run('--fix', 'Dockerfile')).code).toBe(0);
    expect(sandbox.read('a/Dockerfile.real')).toBe('bar');
    expect(lstatSync(sandbox.path('Dockerfile')).isSymbolicLink()).toBe(true);
    expect(statSync(sandbox.path('a/Dockerfile.real')).mode).toBe(mode);
    expect(readdirSync(sandbox.path('a'))).toEqual(['Dockerfile.real']);
  });

  it('never half-writes: a failure leaves the file, is a line, and the rest goes on', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo', 'z/Dockerfile': 'foo' });
    broken.rename = () => {
      broken.rename = undefined;
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    };
    const { code, err, files, summary } = await sandbox.json('--fix');
    expect([code, err]).toEqual([2, 'bakelint: Dockerfile: not fixed: ENOSPC\n']);
    expect([sandbox.read('Dockerfile'), sandbox.read('z/Dockerfile')]).toEqual(['foo', 'bar']);
    expect(files.map(file => file.diagnostics.length)).toEqual([1, 0]);
    expect(summary.fixed).toBe(1);
    expect(readdirSync(sandbox.path(''))).toEqual(['Dockerfile', 'z']);
  });

  it('refuses when the file has changed meanwhile', () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo' });
    writeFileSync(sandbox.path('Dockerfile'), 'mine');
    expect(() => replaceFile(sandbox.path('Dockerfile'), Buffer.from('foo'), 'bar')).toThrow(
      'the file has changed since it was read',
    );
    expect(sandbox.read('Dockerfile')).toBe('mine');
    expect(readdirSync(sandbox.path(''))).toEqual(['Dockerfile']);
  });

  it('several files are replaced, or none of them', () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo', other: 'bar' });
    const [first, second] = ['Dockerfile', 'other'].map(name => sandbox.path(name)) as [string, string];
    const [foo, bar] = [Buffer.from('foo'), Buffer.from('bar')];
    const change = { path: first, before: foo, after: 'new' };
    expect(() => replaceFiles([change, { path: second, before: foo, after: 'new' }])).toThrow('changed since');
    expect([sandbox.read('Dockerfile'), sandbox.read('other')]).toEqual(['foo', 'bar']);
    replaceFiles([change, { path: second, before: bar, after: 'newer' }]);
    expect([sandbox.read('Dockerfile'), sandbox.read('other')]).toEqual(['new', 'newer']);
    expect(readdirSync(sandbox.path(''))).toEqual(['Dockerfile', 'other']);
  });

  it('a file with several names stays one file', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo foo', 'z/Dockerfile': 'fine' });
    linkSync(sandbox.path('Dockerfile'), sandbox.path('copy'));
    const { ino } = statSync(sandbox.path('copy'));
    expect((await sandbox.run('--fix', 'Dockerfile')).code).toBe(0);
    expect([sandbox.read('Dockerfile'), sandbox.read('copy')]).toEqual(['bar bar', 'bar bar']);
    expect(statSync(sandbox.path('Dockerfile')).ino).toBe(ino);
    replaceFile(sandbox.path('copy'), Buffer.from('bar bar'), 'x');
    expect(sandbox.read('Dockerfile')).toBe('x');
    expect(() => replaceFile(sandbox.path('copy'), Buffer.from('bar bar'), 'y')).toThrow('changed since');
    expect(readdirSync(sandbox.path(''))).toEqual(['Dockerfile', 'copy', 'z']);
  });

  it('what a killed run left beside a file is no document, and the next run removes it', async () => {
    const gone = 2 ** 31 - 2;
    const name = `.bakelint-${gone}-0.tmp`;
    const young = `.bakelint-${gone}-1.tmp`;
    const own = `.bakelint-${process.pid}-0.tmp`;
    const sandbox = new Sandbox({ Dockerfile: 'fine', [name]: 'foo', [young]: 'foo', [own]: 'foo', 'x.tmp': 'foo' });
    const old = new Date(Date.now() - 120_000);
    for (const one of [name, own, 'x.tmp']) utimesSync(sandbox.path(one), old, old);
    expect((await sandbox.run()).out).toBe('No problems in 1 file.\n');
    expect(existsSync(sandbox.path(name))).toBe(true);
    expect((await sandbox.run('--fix')).out).toBe('No problems in 1 file.\n');
    expect(readdirSync(sandbox.path(''))).toEqual([young, own, 'Dockerfile', 'x.tmp'].sort());
    removeAbandoned(sandbox.path(''), undefined, Date.now() + 120_000);
    expect(readdirSync(sandbox.path(''))).toEqual([own, 'Dockerfile', 'x.tmp'].sort());
  });

  it('no language takes a file that is being written, whatever it holds', () => {
    for (const text of ['', '#cloud-config\n', 'FROM a\n', 'build {}\n', '#!/bin/sh\n', '## template: jinja\n'])
      expect(languageOf({ languages }, { path: '/a/.bakelint-1-2.tmp', text })).toBeUndefined();
  });

  it('leaves a file alone whose fixes undo each other', async () => {
    const says = (word: string, other: string) =>
      defineBuildRule({
        ...toyEngine.rules[0]!,
        id: `says-${word}`,
        *check({ source }) {
          for (const { index } of source.text.matchAll(new RegExp(`is ${word}$`, 'gm'))) {
            const start = index + 3;
            const end = start + word.length;
            yield {
              message: `\`${word}\``,
              span: source.spanOf(start, end),
              fixes: [fix('safe', 'Say the other', source.replace(start, end, other))],
            };
          }
        },
      });
    for (const text of ['a\nis true\nb\n', 'a\nis false\nb\n']) {
      const sandbox = new Sandbox({ Dockerfile: text });
      sandbox.engine = { ...toyEngine, rules: [says('true', 'false'), says('false', 'true')] };
      const { code, out } = await sandbox.run('--fix', '--format', 'compact');
      expect([sandbox.read('Dockerfile'), code, out.split('\n').length]).toEqual([text, 1, 2]);
    }
  });

  it('only fixes the rules that were asked for', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo meh' });
    await sandbox.run('--fix-suggested', '--rule', 'says-meh');
    expect(sandbox.read('Dockerfile')).toBe('foo fine');
  });
});

describe('--diff', () => {
  it('shows what --fix would do and writes nothing', async () => {
    const sandbox = new Sandbox({
      Dockerfile: `${'x\n'.repeat(10)}foo\n${'y\n'.repeat(10)}meh`,
      'Dockerfile.2': 'meh',
    });
    const { code, out, err } = await sandbox.run('--diff');
    expect([code, err]).toEqual([1, '1 problem would be fixed.\n']);
    expect(out).toBe('--- a/Dockerfile\n+++ b/Dockerfile\n@@ -8,7 +8,7 @@\n x\n x\n x\n-foo\n+bar\n y\n y\n y\n');
    expect(sandbox.read('Dockerfile')).toContain('foo');
    const more = await sandbox.run('--diff', '--fix-suggested', 'Dockerfile.2');
    expect(more.out).toBe(
      '--- a/Dockerfile.2\n+++ b/Dockerfile.2\n@@ -1 +1 @@\n-meh\n\\ No newline at end of file\n+fine\n\\ No newline at end of file\n',
    );
    expect(await sandbox.run('--diff', 'Dockerfile.2')).toEqual({ code: 0, out: '', err: 'Nothing to fix.\n' });
  });

  it('cannot steer a terminal', async () => {
    const sandbox = new Sandbox({ Dockerfile: 'foo \u001b[2J\r\n' });
    expect((await sandbox.run('--diff')).out).toContain('-foo \u001b[2J\r\n+bar \u001b[2J\r\n');
    sandbox.terminal = true;
    expect((await sandbox.run('--diff')).out).toContain('-foo �[2J\n+bar �[2J\n');
  });

  const side = (text: string) => ({ text, masks: { shown: (start: number, end: number) => text.slice(start, end) } });

  it('a diff applied to the old text is the new text', () => {
    const line = fc.constantFrom('a', 'b', 'c', '', 'd\r');
    const text = fc
      .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
      .map(([lines, end]) => lines.join('\n') + (end ? '\n' : ''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(patched(before, unifiedDiff('x', side(before), side(after)))).toBe(after);
      }),
      { numRuns: 2000 },
    );
  });

  it('stays affordable where everything differs', () => {
    const text = (sign: string) => Array.from({ length: 20_000 }, (_, i) => `${sign}${i}\n`).join('');
    const [before, after] = [text('a'), text('b')];
    expect(patched(before, unifiedDiff('x', side(before), side(after)))).toBe(after);
  });
});

/** Applies a unified diff, checking every line of it against the text. */
function patched(before: string, diff: string): string {
  const old = before.split(/(?<=\n)/).filter(line => line !== '');
  const out: string[] = [];
  let at = 0;
  const lines = diff.split('\n').slice(2, -1);
  lines.forEach((line, i) => {
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@$/.exec(line);
    if (hunk) {
      const start = Number(hunk[1]) - (hunk[2] === '0' ? 0 : 1);
      out.push(...old.slice(at, start));
      at = start;
      expect(out.length).toBe(Number(hunk[3]) - (hunk[4] === '0' ? 0 : 1));
      return;
    }
    if (line.startsWith('\\')) return;
    const text = line.slice(1) + (lines[i + 1]?.startsWith('\\') ? '' : '\n');
    if (line[0] !== '+') expect(old[at++]).toBe(text);
    if (line[0] !== '-') out.push(text);
  });
  return [...out, ...old.slice(at)].join('');
}
