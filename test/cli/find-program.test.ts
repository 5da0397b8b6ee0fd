import { chmodSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test as anywhere, expect } from 'vitest';
import { findProgram, workspaceAround } from '../../node/find-program.ts';
import { onWindows, temporaryFolder } from '../host.ts';

// The programs are scripts, which Windows does not start.
const test = anywhere.skipIf(onWindows);

function program(...directory: string[]): string {
  const folder = join(...directory);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'shellcheck');
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return realpathSync.native(path);
}

test('the first directory of the PATH that has the program, as an absolute path', () => {
  const root = temporaryFolder('find-program');
  const [one, two] = [program(root, 'one'), program(root, 'two')];
  const path = [join(root, 'none'), join(root, 'one'), join(root, 'two')].join(delimiter);
  expect(findProgram('shellcheck', path, [])).toBe(one);
  chmodSync(one, 0o644);
  expect(findProgram('shellcheck', path, [])).toBe(two);
  expect(findProgram('shellcheck', '', [])).toBeUndefined();
});

test('never one of the workspace, by whatever way the PATH names it', () => {
  const root = temporaryFolder('find-program');
  const workspace = join(root, 'workspace');
  program(workspace, 'node_modules', '.bin');
  const own = program(root, 'bin');
  symlinkSync(join(workspace, 'node_modules', '.bin'), join(root, 'by-link'));
  mkdirSync(join(root, 'linked'));
  symlinkSync(join(workspace, 'node_modules', '.bin', 'shellcheck'), join(root, 'linked', 'shellcheck'));
  mkdirSync(join(workspace, 'tools'));
  symlinkSync(own, join(workspace, 'tools', 'shellcheck'));
  const before = process.cwd();
  try {
    process.chdir(join(workspace, 'node_modules', '.bin'));
    for (const directory of [
      '',
      '.',
      join(workspace, 'node_modules', '.bin'),
      join(root, 'by-link'),
      join(root, 'linked'),
    ])
      expect(findProgram('shellcheck', directory, [workspace]), directory).toBeUndefined();
    // A link of the checkout decides which program is run.
    expect(findProgram('shellcheck', join(workspace, 'tools'), [workspace])).toBeUndefined();
    expect(findProgram('shellcheck', ['.', join(root, 'bin')].join(delimiter), [workspace])).toBe(own);
  } finally {
    process.chdir(before);
  }
});

test('the workspace of a command is the repository, or the directory that it runs in', () => {
  const root = temporaryFolder('find-program');
  mkdirSync(join(root, 'a', 'b'), { recursive: true });
  expect(workspaceAround(join(root, 'a', 'b'))).toEqual([join(root, 'a', 'b')]);
  mkdirSync(join(root, '.git'));
  expect(workspaceAround(join(root, 'a', 'b'))).toEqual([root]);
  expect(workspaceAround('/')).toEqual([]);
  expect(workspaceAround(homedir())).toEqual([]);
});
