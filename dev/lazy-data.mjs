// How the bundles carry the files of data/: as text, which is parsed when something is first asked of it. A start then
// costs what it takes to skip a string, and a Dockerfile never pays for the tables of Packer and cloud-init. What consists
// of several files has them as files, since V8 looks at each character of a string that it skips.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

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
  const { keys, text } = usedOf(json, leftOut);
  return moduleOf(keys, `JSON.parse(${JSON.stringify(text)})`);
}

/** What is used of a data file: its keys, and its text. */
function usedOf(json, leftOut = []) {
  const data = JSON.parse(json, (key, value) => (leftOut.includes(key) ? undefined : value));
  return { keys: Object.keys(data), text: JSON.stringify(data) };
}

function moduleOf(keys, read) {
  const getters = keys.map(key => `get ${JSON.stringify(key)}() { return read()[${JSON.stringify(key)}]; }`);
  return `let data;\nconst read = () => (data ??= ${read});\nexport default { ${getters.join(', ')} };\n`;
}

/** A plugin for esbuild that makes a module of a data file. Libraries may have a directory of that name too. */
const pluginOf = (name, moduleFor) => ({
  name,
  setup(build) {
    build.onLoad({ filter: /[\\/](?:data|rules)[\\/][\w-]+\.json$/ }, ({ path }) =>
      [resolve('data'), resolve('rules')].includes(dirname(path))
        ? { contents: moduleFor(basename(path, '.json'), readFileSync(path, 'utf8')), loader: 'js' }
        : undefined,
    );
  },
});

/** For a bundle that is one file. */
export const lazyData = pluginOf('lazy-data', (name, json) => lazyModule(json, LEFT_OUT[name]));

/** For ESM on Node: what is used of each file is written beside the bundles in `out`. */
export const dataFiles = out =>
  pluginOf('data-files', (name, json) => {
    const { keys, text } = usedOf(json, LEFT_OUT[name]);
    writeFileSync(join(out, `data-${name}.json`), text);
    const read = `JSON.parse(readFileSync(new URL(${JSON.stringify(`./data-${name}.json`)}, import.meta.url), 'utf8'))`;
    return `import { readFileSync } from 'node:fs';\n${moduleOf(keys, read)}`;
  });
