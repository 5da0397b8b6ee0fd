import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decode } from '../../node/decode.ts';
import { DiskFiles } from '../../node/files.ts';
import { LARGEST_FILE } from '../../workspace/files.ts';
import { filesIn } from '../../workspace/related.ts';
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
    const files = filesIn(`${folder}/root`, new DiskFiles());
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
    const files = filesIn(`${folder}/root`, new DiskFiles());
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
    write('large', 'x'.repeat(LARGEST_FILE + 1));
    write('fits', 'x'.repeat(LARGEST_FILE));
    write('binary', Uint8Array.from([1, 0]));
    const files = filesIn(folder, new DiskFiles());
    expect([files.read(`${folder}/large`), files.read(`${folder}/binary`)]).toEqual([undefined, undefined]);
    expect(files.read(`${folder}/fits`)).toHaveLength(LARGEST_FILE);
  });

  it.skipIf(onWindows)('that are pipes are not there, and reading does not wait for them', () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(filesIn(folder, new DiskFiles()).read(`${folder}/pipe`)).toBeNull();
  });

  it('are remembered until they are forgotten', () => {
    const path = write('a', '1');
    const files = new DiskFiles();
    expect(files.read(path)).toEqual({ text: '1' });
    write('a', '2');
    expect(files.read(path)).toEqual({ text: '1' });
    files.forget(path);
    expect(files.read(path)).toEqual({ text: '2' });
  });

  it('are the same whether their directory was listed before or not', () => {
    write('root/a.txt', 'A');
    write('outside/secret.txt', 'S');
    mkdirSync(join(folder, 'root/b'));
    symlinkSync('a.txt', join(folder, 'root/same.txt'));
    symlinkSync('../outside/secret.txt', join(folder, 'root/link.txt'));
    symlinkSync('../outside', join(folder, 'root/out'));
    symlinkSync('nowhere', join(folder, 'root/broken'));
    symlinkSync('loop', join(folder, 'root/loop'));
    const names = ['a.txt', 'b', 'same.txt', 'link.txt', 'out', 'broken', 'loop', 'nope', 'out/secret.txt'];
    const answers = (files: DiskFiles) => names.map(name => files.read(`${folder}/root/${name}`, `${folder}/root`));
    const listed = new DiskFiles();
    listed.list(`${folder}/root`);
    expect(answers(listed)).toEqual(answers(new DiskFiles()));
    listed.list(folder);
    expect(listed.list(`${folder}/root`, `${folder}/root`)).toHaveLength(7);
    expect(listed.list(`${folder}/root/out`, `${folder}/root`)).toEqual({ refused: 'outside' });
    expect(answers(listed)).toEqual([
      { text: 'A' },
      { refused: 'not-plain' },
      { text: 'A' },
      { refused: 'outside' },
      { refused: 'outside' },
      null,
      { refused: 'unreadable', reason: 'too many levels of symbolic links' },
      null,
      { refused: 'outside' },
    ]);
  });

  it('begin with 4,000 code units, however many bytes those take', () => {
    const files = new DiskFiles();
    expect(files.beginning(write('ascii', 'a'.repeat(9_000)))!.length).toBeGreaterThanOrEqual(4_000);
    expect(files.beginning(write('wide', '漢'.repeat(9_000)))!.length).toBeGreaterThanOrEqual(4_000);
    expect(files.beginning(write('short', '漢'))).toBe('漢');
    expect(files.beginning(write('nul', 'a\0b'))).toBeNull();
    expect(files.beginning(`${folder}/nope`)).toBeNull();
  });
});

describe('decode', () => {
  it.each([
    [[0xef, 0xbb, 0xbf, 0x61], { text: '\uFEFFa' }],
    [[0xf0, 0x9f, 0x98, 0x80], { text: '\u{1F600}' }],
    [[], { text: '' }],
    [[0x61, 0], { problem: 'binary' }],
    [[...Buffer.from('\0GITCRYPT\0'), 0x9c], { problem: 'encrypted' }],
    [[...Buffer.from('$ANSIBLE_VAULT;1.1;AES256\n')], { problem: 'encrypted' }],
    [[0xff, 0xfe, 0x61, 0], { problem: 'utf-16' }],
    [[0xfe, 0xff, 0, 0x61], { problem: 'utf-16' }],
    [[0xc0, 0x80], { problem: 'invalid' }],
    [[0xed, 0xa0, 0x80], { problem: 'invalid' }],
    [[0xe4, 0xbd], { problem: 'invalid' }],
  ])('%j', (bytes, expected) => {
    expect(decode(Uint8Array.from(bytes))).toEqual(expected);
  });
});
