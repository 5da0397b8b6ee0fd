import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configs } from '../../node/config.ts';
import { decode } from '../../node/decode.ts';
import { diskFiles, LARGEST_NEIGHBOUR } from '../../node/files.ts';
import { isInside, repositories } from '../../node/paths.ts';
import { onWindows, temporaryFolder } from '../host.ts';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder('node');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, content: string | Uint8Array): string => {
  const path = `${folder}/${name}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
};

describe('files on disk', () => {
  it('are read and listed inside of the root', () => {
    write('root/a.txt', 'A');
    write('root/b/c.txt', '\uFEFFC');
    const files = diskFiles(`${folder}/root`);
    expect(files.read(`${folder}/root/a.txt`)).toBe('A');
    expect(files.read(`${folder}/root/x/../b/./c.txt`)).toBe('\uFEFFC');
    expect(files.read(`${folder}/root/nope`)).toBeNull();
    expect(files.read(`${folder}/root/nope/nope`)).toBeNull();
    expect(files.read(`${folder}/root/b`)).toBeNull();
    expect(files.list(`${folder}/root`)).toEqual(['a.txt']);
    expect(files.list(`${folder}/root/b/`)).toEqual(['c.txt']);
    expect(files.list(`${folder}/root/nope`)).toBeNull();
  });

  it('outside of the root are not known, links included', () => {
    write('outside/secret.txt', 'S');
    write('rootless/secret.txt', 'S');
    write('root/in.txt', 'I');
    symlinkSync('../outside', join(folder, 'root/out'));
    symlinkSync('../outside/secret.txt', join(folder, 'root/link.txt'));
    symlinkSync('in.txt', join(folder, 'root/same.txt'));
    symlinkSync('loop.txt', join(folder, 'root/loop.txt'));
    const files = diskFiles(`${folder}/root`);
    for (const path of [
      'outside/secret.txt',
      'rootless/secret.txt',
      'root/../outside/secret.txt',
      'root/out/secret.txt',
      'root/link.txt',
      'root/loop.txt',
    ])
      expect(files.read(`${folder}/${path}`), path).toBeUndefined();
    expect(files.read('/etc/passwd')).toBeUndefined();
    expect(files.list(`${folder}/outside`)).toBeUndefined();
    expect(files.list(`${folder}/root/out`)).toBeUndefined();
    expect(files.read(`${folder}/root/same.txt`)).toBe('I');
  });

  it('that are no text or too large are not known', () => {
    write('large', 'x'.repeat(LARGEST_NEIGHBOUR + 1));
    write('fits', 'x'.repeat(LARGEST_NEIGHBOUR));
    write('binary', Uint8Array.from([1, 0]));
    const files = diskFiles(folder);
    expect([files.read(`${folder}/large`), files.read(`${folder}/binary`)]).toEqual([undefined, undefined]);
    expect(files.read(`${folder}/fits`)).toHaveLength(LARGEST_NEIGHBOUR);
  });

  it.skipIf(onWindows)('that are pipes are not there, and reading does not wait for them', () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(diskFiles(folder).read(`${folder}/pipe`)).toBeNull();
  });

  it('are remembered until they are forgotten', () => {
    const path = write('a', '1');
    const files = diskFiles(folder);
    expect(files.read(path)).toBe('1');
    write('a', '2');
    write('b', '');
    expect([files.read(path), files.list(folder)]).toEqual(['1', ['a']]);
    files.forget(path);
    expect([files.read(path), files.list(folder)]).toEqual(['2', ['a', 'b']]);
  });
});

describe('decode', () => {
  it.each([
    [[0xef, 0xbb, 0xbf, 0x61], { text: '\uFEFFa' }],
    [[0xf0, 0x9f, 0x98, 0x80], { text: '\u{1F600}' }],
    [[], { text: '' }],
    [[0x61, 0], { problem: 'binary' }],
    [[0xff, 0xfe, 0x61, 0], { problem: 'utf-16' }],
    [[0xfe, 0xff, 0, 0x61], { problem: 'utf-16' }],
    [[0xc0, 0x80], { problem: 'invalid' }],
    [[0xed, 0xa0, 0x80], { problem: 'invalid' }],
    [[0xe4, 0xbd], { problem: 'invalid' }],
  ])('%j', (bytes, expected) => {
    expect(decode(Uint8Array.from(bytes))).toEqual(expected);
  });
});

describe('repositories and configurations', () => {
  it('a repository is the nearest folder with .git, which may be a file', () => {
    write('a/.git/HEAD', '');
    write('a/b/.git', 'gitdir: elsewhere');
    mkdirSync(join(folder, 'a/b/c'));
    mkdirSync(join(folder, 'a/x'));
    const of = repositories();
    expect(of(`${folder}/a/b/c`)).toBe(`${folder}/a/b`);
    expect(of(`${folder}/a/x`)).toBe(`${folder}/a`);
    expect(of(`${folder}/a`)).toBe(`${folder}/a`);
    expect(of(folder)).toBeUndefined();
  });

  it('the nearest configuration holds, yaml before yml before json', () => {
    write('r/.git/HEAD', '');
    write('r/.bakelint.json', '{"preview": true}');
    write('r/a/.bakelint.yml', 'extends: all');
    write('r/a/.bakelint.yaml', 'extends: strict');
    write('.bakelint.yaml', 'extends: strict');
    mkdirSync(join(folder, 'r/a/b'));
    mkdirSync(join(folder, 'r/x/y'), { recursive: true });
    mkdirSync(join(folder, 'q'));
    const found = configs([]);
    expect(found.of(`${folder}/r/a/b`)).toMatchObject({
      path: `${folder}/r/a/.bakelint.yaml`,
      config: { presets: ['strict'] },
    });
    expect(found.of(`${folder}/r/x/y`)).toMatchObject({ folder: `${folder}/r`, config: { preview: true } });
    expect(found.of(`${folder}/r/x/y`)).toBe(found.of(`${folder}/r/x`));
    expect(found.of(`${folder}/q`)?.folder).toBe(folder);
    write('r2/.git/HEAD', '');
    expect(found.of(`${folder}/r2`)).toBeUndefined();
  });

  it('one that cannot be read is a problem', () => {
    mkdirSync(join(folder, '.bakelint.yaml'));
    expect(configs([]).of(folder)?.problems[0]?.message).toContain('no plain file');
    expect(configs([]).at(write('b.yaml', Uint8Array.from([0]))).problems[0]?.message).toContain('not UTF-8');
    expect(configs([]).at(write('l.yaml', '#'.repeat(500_000))).problems[0]?.message).toContain('too large');
    expect(() => configs([]).at(`${folder}/none`)).toThrow('ENOENT');
  });

  it.each([
    ['/a', '/a', true],
    ['/a', '/a/b', true],
    ['/a', '/ab', false],
    ['/', '/x', true],
    ['/a/b', '/a', false],
  ])('%s holds %s: %s', (outer, inner, expected) => {
    expect(isInside(outer, inner)).toBe(expected);
  });
});
