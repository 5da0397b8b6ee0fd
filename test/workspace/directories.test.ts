import { expect, test } from 'vitest';
import { Configurations } from '../../workspace/configuration.ts';
import { Directories, leftOut } from '../../workspace/directories.ts';
import type { Content } from '../../workspace/files.ts';
import { memoryFiles } from './memory.ts';

const directoriesIn = (texts: Readonly<Record<string, string | Content>>, given?: string): Directories => {
  const files = memoryFiles(texts);
  const configurations = new Configurations([]);
  const content = given === undefined ? undefined : files.read(given);
  return new Directories(files, configurations, content ? configurations.read(given!, content) : undefined);
};

test('a repository is the nearest directory with .git, which may be a file', () => {
  const directories = directoriesIn({
    '/a/.git/HEAD': '',
    '/a/b/.git': 'gitdir: elsewhere',
    '/a/b/c/': '',
    '/a/x/': '',
  });
  const of = (path: string) => directories.at(path).repository;
  expect([of('/a/b/c'), of('/a/b'), of('/a/x'), of('/a'), of('/')]).toEqual(['/a/b', '/a/b', '/a', '/a', undefined]);
});

test('other files are read in the repository, or else in the home that the host names', () => {
  const directories = directoriesIn({ '/r/.git/HEAD': '', '/r/a/': '', '/s/a/': '' });
  expect(directories.at('/r/a', '/r/a').root).toBe('/r');
  expect(directories.at('/s/a', '/s').root).toBe('/s');
  expect(directories.at('/s/a', '/elsewhere').root).toBe('/s/a');
  expect(directories.at('/s/a').root).toBe('/s/a');
});

test('the nearest configuration holds, yaml before yml before json', () => {
  const directories = directoriesIn({
    '/r/.git/HEAD': '',
    '/r/.bakelint.json': '{"preview": true}',
    '/r/a/.bakelint.yml': 'extends: all',
    '/r/a/.bakelint.yaml': 'extends: strict',
    '/.bakelint.yaml': 'extends: all',
    '/r/a/b/': '',
    '/r/x/y/': '',
    '/q/': '',
    '/r2/.git/HEAD': '',
    '/r/sub/.git/HEAD': '',
  });
  const of = (path: string) => directories.at(path).config?.path;
  expect(of('/r/a/b')).toBe('/r/a/.bakelint.yaml');
  expect(of('/r/x/y')).toBe('/r/.bakelint.json');
  expect(directories.at('/r/x/y').config).toBe(directories.at('/r/x').config);
  expect(of('/q')).toBe('/.bakelint.yaml');
  expect([of('/r2'), of('/r/sub')]).toEqual([undefined, undefined]);
});

test('a configuration that is given takes the place of all others', () => {
  const directories = directoriesIn(
    { '/r/.git/HEAD': '', '/r/.bakelint.yaml': '', '/c.yaml': 'preview: true' },
    '/c.yaml',
  );
  expect(directories.at('/r').config).toMatchObject({ path: '/c.yaml', config: { preview: true } });
});

test('globs of a configuration from elsewhere count from the repository', () => {
  const texts = { '/build/r/.git/HEAD': '', '/build/r/build/': '', '/etc/c.yaml': 'ignore: [/build]' };
  const directories = directoriesIn(texts, '/etc/c.yaml');
  expect(directories.locate('/build/r/x', '/build/r').leftOut).toBeUndefined();
  expect(directories.locate('/build/r/build/x', '/build/r').leftOut).toBe('config');
});

test.each([
  [{ refused: 'not-plain' }, 'Configuration is ignored: it is not a regular file'],
  [{ refused: 'binary' }, 'Configuration is ignored: it is not valid UTF-8'],
  [{ refused: 'utf-16' }, 'Configuration is ignored: it is not valid UTF-8'],
  [{ refused: 'too-large' }, 'Configuration is ignored: it is too large'],
  [{ refused: 'outside' }, 'Configuration is ignored: the link leads out of the repository'],
  [{ refused: 'unreadable', reason: 'permission denied' }, 'Configuration is ignored: permission denied'],
] as const)('one that cannot be read holds all the same, and is a problem: %j', (content, message) => {
  const directories = directoriesIn({ '/.bakelint.yaml': 'extends: all', '/a/.bakelint.yaml': content });
  const { config } = directories.at('/a');
  expect([config?.path, config?.problems.map(one => one.message)]).toEqual(['/a/.bakelint.yaml', [message]]);
});

const TREE = {
  '/ws/.gitignore': 'out/\n*.tmp\n',
  '/ws/.bakelint.yaml': 'ignore: [vendor, "a/b"]',
  '/ws/a/.gitignore': '!keep.tmp\n',
  '/ws/a/b/c/': '',
  '/ws/a/sub/.git/HEAD': '',
  '/ws/a/own/.bakelint.yaml': 'ignore: ["/x"]',
  '/ws/vendor/y/': '',
  '/ws/out/': '',
};

test.each([
  ['/ws/Dockerfile', undefined],
  ['/ws/vendor', 'config'],
  ['/ws/vendor/Dockerfile', 'config'],
  ['/ws/a/vendor/y/Dockerfile', 'config'],
  ['/ws/a/b/c/Dockerfile', 'config'],
  ['/ws/b/Dockerfile', undefined],
  ['/ws/node_modules/Dockerfile', 'tool-directory'],
  ['/ws/node_modules', undefined],
  ['/ws/.git/Dockerfile', 'tool-directory'],
  ['/ws/out/Dockerfile', 'gitignore'],
  ['/ws/x.tmp', 'gitignore'],
  ['/ws/a/keep.tmp', undefined],
  ['/ws/keep.tmp', 'gitignore'],
  // A repository of its own: nothing that is said outside of it holds in it.
  ['/ws/a/sub/x.tmp', undefined],
  ['/ws/a/sub/vendor/Dockerfile', undefined],
  // A configuration of its own: that one alone holds, and .gitignore goes on.
  ['/ws/a/own/vendor', undefined],
  ['/ws/a/own/x', 'config'],
  ['/ws/a/own/y/x', undefined],
  ['/ws/a/own/x.tmp', 'gitignore'],
])('a walk from the top meets %s: %s', (path, reason) => {
  expect(directoriesIn(TREE).locate(path, '/ws').leftOut).toBe(reason);
  // As on Windows.
  const onDrive = Object.fromEntries(Object.entries(TREE).map(([name, text]) => [`C:${name}`, text]));
  expect(directoriesIn(onDrive).locate(`C:${path}`, 'C:/ws').leftOut).toBe(reason);
});

test('a directory that is asked for is looked into, whatever ignores it', () => {
  const directories = directoriesIn({ ...TREE, '/ws/.git/HEAD': '' });
  for (const path of ['/ws/vendor', '/ws/vendor/y', '/ws/a/b/c', '/ws/out'])
    expect(leftOut(directories.at(path), 'Dockerfile', false)).toBeUndefined();
  expect(leftOut(directories.at('/ws/out'), 'x.tmp', false)).toBeUndefined();
  expect(leftOut(directories.at('/ws/vendor'), 'x.tmp', false)).toBe('gitignore');
  expect(directories.locate('/ws/vendor/y/Dockerfile', '/ws/vendor').leftOut).toBeUndefined();
});

test('without a place to start from it is the repository, or the directory of the file', () => {
  const ignored = { '/r/.bakelint.yaml': 'ignore: [vendor]', '/r/vendor/': '' };
  expect(directoriesIn({ ...ignored, '/r/.git/HEAD': '' }).locate('/r/vendor/x', undefined).leftOut).toBe('config');
  expect(directoriesIn(ignored).locate('/r/vendor/x', undefined).leftOut).toBeUndefined();
});

test('a host that knows nothing gets nothing, without an error', () => {
  const nothing = { read: () => undefined, list: () => undefined, beginning: () => undefined };
  const { directory, leftOut } = new Directories(nothing, new Configurations([]), undefined).locate('/a/b/c', '/a');
  expect([directory.config, directory.repository, directory.root, leftOut]).toEqual([
    undefined,
    undefined,
    '/a',
    undefined,
  ]);
});
