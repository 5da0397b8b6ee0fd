import { describe, expect, it } from 'vitest';
import { ownersIn, ownersOf } from '../../workspace/codeowners.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';

const having = (texts: Readonly<Record<string, string>>): WorkspaceFiles => ({
  read: path => (path in texts ? { text: texts[path]! } : null),
  beginning: path => texts[path] ?? null,
  list: () => null,
});

const ownersBy = (text: string, path: string): readonly string[] =>
  ownersOf(`/r/${path}`, '/r', having({ '/r/CODEOWNERS': text }));

describe('the owners of a file', () => {
  it.each([
    ['* @all\n', 'packer/web.pkr.hcl', ['@all']],
    // The last one that matches counts, and one without an owner takes it back.
    ['* @all\n/packer/ @images @ops # @nobody\n', 'packer/web.pkr.hcl', ['@images', '@ops']],
    ['/packer/ @images\n* @all\n', 'packer/web.pkr.hcl', ['@all']],
    ['* @all\n/packer/\n', 'packer/web.pkr.hcl', []],
    ['/packer @images\n', 'packer/shop/web.pkr.hcl', ['@images']],
    ['packer/ @images\n', 'infra/packer/web.pkr.hcl', ['@images']],
    ['/packer/ @images\n', 'infra/packer/web.pkr.hcl', []],
    ['*.pkr.hcl images@example.com\n', 'packer/web.pkr.hcl', ['images@example.com']],
    ['packer/* @images\n', 'packer/web.pkr.hcl', ['@images']],
    ['packer/* @images\n', 'packer/shop/web.pkr.hcl', []],
    ['packer/** @images\n', 'packer/shop/web.pkr.hcl', ['@images']],
    ['/app/ @web\n', 'packer/web.pkr.hcl', []],
    // Sections of GitLab add to each other, and may have owners of their own.
    ['* @all\n[Images] @images\n/packer/\n^[Docs][2] @docs\n/docs/\n', 'packer/web.pkr.hcl', ['@all', '@images']],
    ['!packer/ @a\n\u001b[2J @b\n* not-an-owner\n', 'packer/web.pkr.hcl', []],
  ])('%j, %s', (text, path, owners) => {
    expect(ownersBy(text, path)).toEqual(owners);
  });

  it('are in the first file that is there, and of files of the repository', () => {
    const files = having({ '/r/.github/CODEOWNERS': '* @first\n', '/r/docs/CODEOWNERS': '* @second\n' });
    expect(ownersOf('/r/web.pkr.hcl', '/r', files)).toEqual(['@first']);
    expect(ownersOf('/other/web.pkr.hcl', '/r', files)).toEqual([]);
    expect(ownersOf('/r/web.pkr.hcl', '/r', having({}))).toEqual([]);
  });

  it('of all files are counted', () => {
    expect(ownersIn('* @b @a\n\n[Section] @c\n/x @a # @d\nlonely\n/y a@b.example \u001b[2J\n')).toEqual([
      '@a',
      '@b',
      '@c',
      'a@b.example',
    ]);
  });

  it('are found in time', () => {
    const text = `${'a*'.repeat(500)}b @x\n`.repeat(200);
    const start = performance.now();
    ownersBy(text, `${'a'.repeat(2000)}/web.pkr.hcl`);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
