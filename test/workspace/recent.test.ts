import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { DiskFiles } from '../../node/files.ts';
import { Recent } from '../../node/recent.ts';
import { posixPath, temporaryFolder } from '../host.ts';

describe('what is remembered for a while', () => {
  it('is what was set last, or forgotten', () => {
    const step = fc.record({ key: fc.constantFrom(...'abcdefgh'), what: fc.constantFrom('set', 'get', 'delete') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const recent = new Recent<number>(4);
        const all = new Map<string, number>();
        for (const [i, { key, what }] of steps.entries()) {
          if (what === 'set') {
            recent.set(key, i);
            all.set(key, i);
            expect(recent.get(key)).toBe(i);
          } else if (what === 'delete') {
            recent.delete(key);
            all.delete(key);
            expect(recent.get(key)).toBe(undefined);
          } else expect([undefined, all.get(key)]).toContain(recent.get(key));
        }
      }),
    );
  });

  it('stays when it is used again and again', () => {
    const recent = new Recent<string>(10, text => text.length);
    recent.set('kept', 'abc');
    for (let i = 0; i < 50; i++) {
      recent.set(`${i}`, 'abcd');
      expect(recent.get('kept')).toBe('abc');
    }
    expect(recent.get('0')).toBe(undefined);
  });
});

describe('files on disk', () => {
  const root = posixPath(temporaryFolder('listed'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('are the same whatever was asked before', () => {
    mkdirSync(join(root, 'a', 'b'), { recursive: true });
    writeFileSync(join(root, 'a', 'b', 'c'), 'text');
    const paths = ['', '/a', '/a/b', '/a/b/c', '/a/b/c/d', '/a/x', '/a/x/y', '/z/a/b'].map(path => root + path);
    const said = (files: DiskFiles, path: string) => [files.list(path), files.read(path), files.list(path, root)];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...paths), { maxLength: 12 }), order => {
        const files = new DiskFiles();
        for (const path of order) expect(said(files, path)).toEqual(said(new DiskFiles(), path));
      }),
    );
  });
});
