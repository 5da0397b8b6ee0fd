import { expect, test } from 'vitest';
import type { Files } from '../../core/language.ts';
import { targetsAround, targetsOf } from '../../languages/dockerfile/targets.ts';

const disk = (texts: Record<string, string>): { files: Files; asked: string[] } => {
  const asked: string[] = [];
  const inRoot = (path: string) => path === '/r' || path.startsWith('/r/');
  return {
    asked,
    files: {
      read(path) {
        asked.push(path);
        return inRoot(path) ? (texts[path] ?? null) : undefined;
      },
      list: folder =>
        inRoot(folder)
          ? Object.keys(texts)
              .filter(path => path.slice(0, path.lastIndexOf('/')) === folder)
              .map(path => path.slice(path.lastIndexOf('/') + 1))
          : undefined,
    },
  };
};

test('files from the Dockerfile up to the root of the repository are read, each once', () => {
  const { files, asked } = disk({
    '/r/a/b/Dockerfile': '',
    '/r/a/docker-compose.dev.yml': 'services: {x: {build: {context: b, target: Dev}}}',
    '/r/.gitlab-ci.yml': 'script:\n  - docker build --target test .\n',
    '/r/scripts/ci.sh': 'kaniko --target=3',
    '/r/c/compose.yaml': 'target: other',
  });
  const first = targetsAround('/r/a/b/Dockerfile', files)!;
  expect([...first.names].sort()).toEqual(['3', 'dev', 'test']);
  expect(first.anything).toBe(false);
  const count = asked.length;
  expect(targetsAround('/r/a/b/Dockerfile.two', files)).toEqual(first);
  expect(asked.length).toBe(count);
});

test('nothing is said as long as something is not known', () => {
  const { files } = disk({ '/r/Dockerfile': '', '/r/compose.yaml': 'target: x' });
  const asked = new Set<string>();
  const list: Files['list'] = folder => {
    asked.add(folder);
    return undefined;
  };
  expect(targetsAround('/r/Dockerfile', { ...files, list })).toBeUndefined();
  // All at once, so that one answer is enough.
  expect([...asked]).toEqual(expect.arrayContaining(['/r', '/r/.github/workflows', '/']));
  expect(targetsAround('/r/Dockerfile', { ...files, read: () => undefined })).toBeUndefined();
});

test.each<[string, string, string[], boolean?]>([
  ['compose.yml', 'build:\n  target: "a" # the first\nvolumes:\n  - target: /var/lib\n', ['a']],
  ['compose.yml', 'target: ${A:-b}\n', ['b']],
  ['compose.yml', 'target: ${A}\n', [], true],
  ['devcontainer.json', '{"build": {"dockerfile": "D", "target": "dev"}}', ['dev']],
  ['docker-bake.json', '{\n "target": {\n  "a": {\n   "target": "x"\n  }\n }\n}', ['x']],
  ['docker-bake.hcl', 'target "a" {\n  target = "x"\n}\ntarget "b" {\n  target = item.name\n}\n', ['x'], true],
  [
    'ci.yml',
    'matrix:\n  stage:\n    - one\n    - two\n  other: [three]\nwith:\n  target: ${{ matrix.stage }}\n',
    ['one', 'two'],
  ],
  ['ci.yml', 'with:\n  target: ${{ inputs.stage }}\n', [], true],
  ['Makefile', 'x:\n\tcargo build --target $(T)\n\tdocker build \\\n\t  --target $@ .\n', [], true],
  ['Makefile', 'x:\n\tcargo build --target $(T)\n', []],
  ['package.json', '{"scripts": {"b": "docker build --target \\"e2e\\" ."}}', ['e2e']],
])('%s %j', (name, text, names, anything = false) => {
  const found = targetsOf(name, text);
  expect({ names: [...found.names], anything: found.anything }).toEqual({ names, anything });
});
