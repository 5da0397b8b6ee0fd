// How the bundles carry the files of data/: as text, which is parsed when something is first asked of it. A start then
// costs what it takes to skip a string, and a Dockerfile never pays for the tables of Packer and cloud-init.
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/** Keys that only people and the refresh commands read, at any depth, by file. The types of data/ do not have them. */
const LEFT_OUT = {
  'cloud-init-keys': ['notes'],
  'packer-components': ['notes'],
  'end-of-life': ['license', 'notes', 'key', 'end', 'codenames', 'omit', 'note'],
  'dotnet-images': ['license', 'notes', 'commit'],
  'official-images': ['license', 'notes', 'commit'],
  'secret-formats': ['notes', 'docs', 'note'],
  'vendor-images': ['notes'],
};

/** The module for a data file: an object with the same keys, each a getter. Keys of `leftOut` are dropped at any depth. */
export function lazyModule(json, leftOut = []) {
  const data = JSON.parse(json, (key, value) => (leftOut.includes(key) ? undefined : value));
  const getters = Object.keys(data).map(
    key => `get ${JSON.stringify(key)}() { return read()[${JSON.stringify(key)}]; }`,
  );
  const text = JSON.stringify(JSON.stringify(data));
  return `let data;\nconst read = () => (data ??= JSON.parse(${text}));\nexport default { ${getters.join(', ')} };\n`;
}

/** The plugin for esbuild. Libraries may have a directory of that name too. */
export const lazyData = {
  name: 'lazy-data',
  setup(build) {
    build.onLoad({ filter: /[\\/](?:data|rules)[\\/][\w-]+\.json$/ }, ({ path }) =>
      [resolve('data'), resolve('rules')].includes(dirname(path))
        ? { contents: lazyModule(readFileSync(path, 'utf8'), LEFT_OUT[basename(path, '.json')]), loader: 'js' }
        : undefined,
    );
  },
};
