// How the bundles carry the files of data/: as text, which is parsed when something is first asked of it. A start then
// costs what it takes to skip a string, and a Dockerfile never pays for the tables of Packer and cloud-init.
import { readFileSync } from 'node:fs';

/** What only people read stays out of the bundles. */
const FOR_PEOPLE = new Set(['notes', 'licence']);

/** The module for a data file: an object with the same keys, each a getter. */
export function lazyModule(json) {
  const data = Object.fromEntries(Object.entries(JSON.parse(json)).filter(([key]) => !FOR_PEOPLE.has(key)));
  const getters = Object.keys(data).map(
    key => `get ${JSON.stringify(key)}() { return read()[${JSON.stringify(key)}]; }`,
  );
  const text = JSON.stringify(JSON.stringify(data));
  return `let data;\nconst read = () => (data ??= JSON.parse(${text}));\nexport default { ${getters.join(', ')} };\n`;
}

/** The plugin for esbuild. */
export const lazyData = {
  name: 'lazy-data',
  setup(build) {
    build.onLoad({ filter: /[\\/]data[\\/][\w-]+\.json$/ }, ({ path }) => ({
      contents: lazyModule(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};
