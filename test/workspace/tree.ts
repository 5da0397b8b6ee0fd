/** Random workspaces on disk: documents of all languages with whatever decides which of them are linted, and how. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { temporaryFolder } from '../host.ts';

/** Something that is at a path in a temporary directory. Paths are relative to it; the workspace is in `ws`. */
export interface Item {
  readonly path: string;
  readonly content: string | { readonly linkTo: string };
}

const FOLDERS = ['', '', 'a', 'a/b', 'a/b/c', 'b', 'vendor', 'vendor/x', 'a/vendor', 'node_modules/m'];
const folder = fc.constantFrom(...FOLDERS);

const DOCUMENTS: readonly (readonly [names: readonly string[], contents: readonly string[]])[] = [
  [
    ['Dockerfile', 'dev.Dockerfile', 'Dockerfile.test', 'Containerfile', 'base-Dockerfile', 'Dockerfile.md'],
    [
      'FROM node:latest\nCOPY . /app\n',
      'FROM debian:12\nCOPY secret.env other /x/\nUSER app\n',
      '# bakelint ignore latest-tag: it is a test\nFROM node:latest\n',
      'Not a Dockerfile at all.\n',
    ],
  ],
  [
    ['main.pkr.hcl', 'vars.pkr.hcl', 'x.auto.pkrvars.hcl', 'x.pkrvars.hcl'],
    [
      'variable "a" {}\nsource "null" "x" {\n  communicator = "none"\n}\nbuild {\n  sources = ["source.null.x"]\n  provisioner "shell" {\n    script = "setup.sh"\n  }\n}\n',
      'build {\n  sources = ["source.null.x"]\n  provisioner "shell" {\n    scripts = ["../setup.sh", "${var.a}", "${var.b}"]\n  }\n}\n',
      'a = "1"\nc = "2"\n',
    ],
  ],
  [['x.pkr.json'], ['{ "variable": { "a": {} }, "build": { "sources": ["null.x"] } }\n']],
  [
    ['user-data', 'cloud-config.yaml', 'init.yaml', 'vendor-data.tpl'],
    [
      '#cloud-config\nruncmd: [ls]\nhostname: on\n',
      'hostname: on\nfoo: bar\n',
      '#cloud-config\nssh_pwauth: true\npackage_upgrade: maybe\n',
    ],
  ],
  [
    ['setup.sh', 'other', 'secret.env', 'notes.md'],
    ['curl http://example.com/x | sh\n', 'x\n'],
  ],
  [
    ['.dockerignore', 'Dockerfile.dockerignore'],
    ['*\n', 'secret.env\n', '*.md\n'],
  ],
];

const GLOBS = [
  'vendor',
  'vendor/',
  'vendor/**',
  '/vendor',
  '**/vendor',
  'a',
  'a/b',
  'a/**',
  'a/*',
  'b/',
  '*.pkr.hcl',
  'Dockerfile*',
  '/Dockerfile',
  '**/c/*',
  '[ab]',
];
const globs = fc.array(fc.constantFrom(...GLOBS), { minLength: 1, maxLength: 2 });

const RULES = ['latest-tag', 'unpinned-base-image', 'whole-context-copied', 'unused-variable', 'unquoted-text'];
const rules = fc.dictionary(fc.constantFrom(...RULES, 'no-such-rule'), fc.constantFrom('off', 'error', 'hint'), {
  maxKeys: 2,
});

const config = fc
  .record(
    {
      extends: fc.constantFrom('recommended', 'strict', 'all'),
      rules,
      ignore: globs,
      overrides: fc.array(fc.record({ files: globs, rules }), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  )
  .map(said => JSON.stringify(said));

const configName = fc.constantFrom('.bakelint.yaml', '.bakelint.yaml', '.bakelint.yml', '.bakelint.json');
const gitignore = fc
  .array(fc.constantFrom(...GLOBS, '!Dockerfile', '!a', '!vendor/x', '# a comment', '*', '!*/'), { maxLength: 3 })
  .map(lines => lines.map(line => `${line}\n`).join(''));

const within = (name: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(folder, name).map(([folder, name]) => `ws/${folder === '' ? '' : `${folder}/`}${name}`);

const document = fc.oneof(
  ...DOCUMENTS.map(([names, contents]) =>
    fc.record({ path: within(fc.constantFrom(...names)), content: fc.constantFrom(...contents) }),
  ),
);
const repository = fc.oneof(
  fc.record({ path: within(fc.constant('.git/HEAD')), content: fc.constant('ref: refs/heads/main\n') }),
  fc.record({ path: within(fc.constant('.git')), content: fc.constant('gitdir: elsewhere\n') }),
);
const link = fc.record({
  path: within(fc.constantFrom('Dockerfile', 'linked', 'user-data', 'setup.sh', '.bakelint.yaml', '.dockerignore')),
  content: fc
    .constantFrom('Dockerfile', 'a/Dockerfile', 'a', '..', 'setup.sh', '../outside/Dockerfile', '../outside/conf', 'no')
    .map(target => ({ linkTo: target })),
});
/** What decides about documents. */
const circumstance: fc.Arbitrary<Item> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ path: within(configName), content: config }) },
  { weight: 2, arbitrary: fc.record({ path: within(fc.constant('.gitignore')), content: gitignore }) },
  { weight: 2, arbitrary: repository },
  { weight: 2, arbitrary: link },
  // Above the workspace: what a repository that it is part of brings along, and what lies outside of it.
  { weight: 1, arbitrary: fc.record({ path: configName, content: config }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Item>(
      { path: '.git/HEAD', content: '' },
      { path: '.gitignore', content: 'vendor\n' },
      { path: 'outside/Dockerfile', content: 'FROM node:latest\n' },
      { path: 'outside/conf', content: '{ "extends": "all" }' },
    ),
  },
);

/** Of two items at one path the later one is not written. */
export const workspaces: fc.Arbitrary<readonly Item[]> = fc
  .tuple(
    fc.array(circumstance, { maxLength: 7, size: 'max' }),
    fc.array(document, { minLength: 1, maxLength: 8, size: 'max' }),
  )
  .map(([circumstances, documents]) => [...circumstances, ...documents]);

/** Writes the items that can be written beside each other, hands out the directory, and takes all of it away again. */
export async function onDisk<T>(items: readonly Item[], use: (folder: string) => Promise<T>): Promise<T> {
  const folder = temporaryFolder('workspace');
  try {
    mkdirSync(join(folder, 'ws'));
    for (const { path, content } of items) place(join(folder, path), content);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file in the way of a directory, or the other way round, stays as it is; Windows may allow no links. */
function place(path: string, content: Item['content']): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (typeof content === 'string') writeFileSync(path, content, { flag: 'wx' });
    else symlinkSync(content.linkTo, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!['EEXIST', 'EISDIR', 'ENOTDIR', 'ELOOP', 'ENOENT', 'EPERM'].includes(code ?? '')) throw error;
  }
}
