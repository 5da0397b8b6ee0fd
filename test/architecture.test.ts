import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';

const PURE = ['core', 'shell', 'data', 'facts', 'languages', 'rules', 'workspace'];
const LAYERS = [...PURE, 'node', 'api', 'server', 'client', 'cli', 'npm', 'dev', 'bench', 'test'];

/** What each layer may import besides itself, as in docs/architecture.md. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  shell: ['core'],
  data: [],
  facts: ['core', 'shell', 'data'],
  languages: ['core', 'shell', 'data', 'facts'],
  rules: ['core', 'shell', 'facts', 'languages'],
  workspace: ['core', 'shell', 'facts', 'languages', 'rules'],
  node: PURE,
  api: [...PURE, 'node'],
  server: [...PURE, 'node'],
  client: ['languages', 'server'],
  cli: [...PURE, 'node'],
  npm: ['node', 'api', 'server', 'cli'],
  dev: [...PURE, 'node'],
  bench: [...PURE, 'node', 'dev', 'server'],
};

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = `${folder}/${name}`;
    if (statSync(path).isDirectory()) return name === 'node_modules' ? [] : sources(path);
    return name.endsWith('.ts') ? [path] : [];
  });
}

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
  /** By `import()`: loaded when it is needed. */
  readonly late: boolean;
}

const imports: Import[] = LAYERS.filter(layer => layer !== 'test')
  .flatMap(sources)
  .flatMap(from => {
    const code = readFileSync(from, 'utf8');
    const found = code.matchAll(
      /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|\bimport\('([^']+)'\)/g,
    );
    return [...found].map(match => {
      const to = match[2] ?? match[3]!;
      return {
        from,
        to: to.startsWith('.') ? posix.join(posix.dirname(from), to) : to,
        typeOnly: match[1] !== undefined,
        late: match[3] !== undefined,
      };
    });
  });
const layer = (path: string): string => path.split('/')[0]!;
const ours = imports.filter(({ to }) => LAYERS.includes(layer(to)) && !to.startsWith('node:'));

test('there are imports to look at', () => {
  expect(ours.length).toBeGreaterThan(50);
});

test('layers import only the layers below them', () => {
  const wrong = ours.filter(
    ({ from, to }) => layer(from) !== layer(to) && !MAY_IMPORT[layer(from)]!.includes(layer(to)),
  );
  expect(wrong).toEqual([]);
});

test('the client takes only how files are recognized and the protocol, which takes nothing from the server', () => {
  const wrong = ours.filter(
    ({ from, to }) =>
      (layer(from) === 'client' &&
        layer(to) !== 'client' &&
        to !== 'server/protocol.ts' &&
        !/^languages\/[^/]+\/detect\.ts$/.test(to)) ||
      (from === 'server/protocol.ts' && layer(to) === 'server'),
  );
  expect(wrong).toEqual([]);
});

test('the extension activates without the library of the language client', () => {
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { from, to, typeOnly, late } of imports) if (from === file && !typeOnly && !late) load(to);
  };
  load('client/node.ts');
  load('client/browser.ts');
  expect(loaded).toContain('client/ours.ts');
  expect([...loaded].filter(file => file.startsWith('vscode-languageclient'))).toEqual([]);
});

test('languages do not know each other', () => {
  const language = (path: string): string => path.split('/')[1]!;
  const wrong = ours.filter(
    ({ from, to }) =>
      layer(from) === 'languages' &&
      layer(to) === 'languages' &&
      from.split('/').length > 2 &&
      language(from) !== language(to),
  );
  expect(wrong).toEqual([]);
});

test('a rule imports no other rule, and only the language of its group', () => {
  const wrong = ours.filter(({ from, to }) => {
    // The indexes beside the groups and in them name all rules.
    if (!/^rules\/[^/]+\/[^/]+\//.test(from)) return false;
    const [, group, rule] = from.split('/');
    if (layer(to) === 'rules') return !to.startsWith(`rules/${group}/${rule}/`);
    return layer(to) === 'languages' && to.split('/')[1] !== group;
  });
  expect(wrong).toEqual([]);
});

test('the pure layers use no Node, and only the parsers as libraries', () => {
  const libraries = new Set(['yaml', 'fflate']);
  const wrong = imports.filter(
    ({ from, to, typeOnly }) =>
      PURE.includes(layer(from)) && !LAYERS.includes(layer(to)) && !typeOnly && !libraries.has(to),
  );
  expect(wrong).toEqual([]);
});

test('the pure layers use no clock and no random numbers', () => {
  const impure = PURE.flatMap(sources).filter(path =>
    /\bDate\.now\b|new Date\(\)|Math\.random|\bprocess\.|\bfetch\(/.test(
      readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'/g, ''),
    ),
  );
  expect(impure).toEqual([]);
});

test('docs/architecture.md names every fact, and no other', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const table = page.slice(page.indexOf('## Facts'), page.indexOf('## Parsers'));
  const named = [...table.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
  const facts = new Set(
    readdirSync('facts')
      .filter(name => name !== 'tsconfig.json')
      .map(name => name.replace(/\.ts$/, '')),
  );
  expect(named.toSorted()).toEqual([...facts].toSorted());
});

test('docs/architecture.md names paths that exist, and every layer', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const paths = [...page.matchAll(/`([a-z][\w-]*\/[\w./*-]*)`/g)].map(([, path]) => path!.replace('*', 'dockerfile'));
  expect(paths.length).toBeGreaterThan(20);
  const layers = LAYERS.map(name => (name === 'rules' ? '`rules/<group>/<id>/`' : `\`${name}/\``));
  expect(layers.filter(name => !page.includes(`\n| ${name} |`))).toEqual([]);
  expect(paths.filter(path => !existsSync(path))).toEqual(['programs/']);
});
