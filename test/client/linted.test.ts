import { expect, test } from 'vitest';
import { type FileSystem, lintedDocuments, type ShownTab } from '../../client/linted.ts';

const FILE = 'file:///ws/Dockerfile';
const COPY = 'git:/ws/Dockerfile?HEAD';
const OLD = 'review:/ws/Dockerfile?1';
const NEW = 'review:/ws/Dockerfile?2';
const VIRTUAL = 'vscode-vfs://github/o/r/Dockerfile';
const VIRTUAL_OLD = 'vscode-vfs://github%2B1234/o/r/Dockerfile';
const VIRTUAL_FOLDER = { scheme: 'vscode-vfs', authority: 'github' };

function isLinted(uri: string, tabs: readonly ShownTab[], folders: readonly FileSystem[] = []): boolean {
  const [, scheme, authority] = /^([^:]*):(?:\/\/([^/]*))?/.exec(uri)!;
  return lintedDocuments(tabs, folders)({ uri, scheme: scheme!, authority: authority ?? '' });
}

test.each<[string, string, readonly ShownTab[], readonly FileSystem[], boolean]>([
  ['a file without a tab', FILE, [], [], true],
  ['an untitled document without a tab', 'untitled:Untitled-1', [], [], true],
  ["a copy that Git opens beside the file's tab", COPY, [{ text: FILE }], [], false],
  ['a copy with a tab of its own', COPY, [{ text: COPY }], [], true],
  ['the old side of a comparison with a file', COPY, [{ original: COPY, modified: FILE }], [], false],
  ['the new side that is a file', FILE, [{ original: COPY, modified: FILE }], [], true],
  ['the old side of the same scheme', OLD, [{ original: OLD, modified: NEW }], [], false],
  ['the new side of the same scheme', NEW, [{ original: OLD, modified: NEW }], [], true],
  ['an old side that is a file', FILE, [{ original: FILE, modified: 'file:///ws/b' }], [], false],
  ['an old side with a tab of its own', FILE, [{ original: FILE, modified: NEW }, { text: FILE }], [], true],
  [
    'the new side of one and old of another',
    OLD,
    [
      { original: OLD, modified: NEW },
      { original: COPY, modified: OLD },
    ],
    [],
    true,
  ],
  ['a document compared with itself', NEW, [{ original: NEW, modified: NEW }], [], true],
  ['a virtual file without a tab', VIRTUAL, [], [VIRTUAL_FOLDER], true],
  ['a copy of it in another version', VIRTUAL_OLD, [], [VIRTUAL_FOLDER], false],
  ['a virtual file outside of every folder, without a tab', VIRTUAL, [], [], false],
  ['a virtual file outside of every folder, in a tab', VIRTUAL, [{ text: VIRTUAL }], [], true],
  ['the old side in the scheme of a folder', VIRTUAL, [{ original: VIRTUAL, modified: NEW }], [VIRTUAL_FOLDER], false],
])('%s', (_, uri, tabs, folders, expected) => {
  expect(isLinted(uri, tabs, folders)).toBe(expected);
});
