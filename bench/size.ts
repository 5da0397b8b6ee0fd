import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { DIST } from './process.ts';
import { type Figure, table } from './statistics.ts';

/** KiB of every file that was built, by its path. Maps of sources and compiled code do not ship. */
function sizes(): Map<string, number> {
  const files = readdirSync(DIST, { encoding: 'utf8', recursive: true })
    .filter(name => !/\.map$|^(?:npm|compiled)\b/.test(name))
    .map(name => ({ name: name.replaceAll(sep, '/'), stats: statSync(join(DIST, name)) }));
  return new Map(files.filter(({ stats }) => stats.isFile()).map(({ name, stats }) => [name, stats.size / 1024]));
}

/** What ships: every bundle, the package of the extension (`npm run package`) and what a browser loads. */
export function benchSize(): Figure[] {
  const built = sizes();
  const rows = [...built].sort(([, a], [, b]) => b - a).map(([file, size]) => [file, size.toFixed(0)]);
  process.stdout.write(`${table([['built', 'KiB'], ...rows])}\n`);
  const wasm = [...built].filter(([file]) => file.endsWith('.wasm')).reduce((sum, [, size]) => sum + size, 0);
  return [
    { what: '.vsix', value: (built.get('bakelint.vsix') ?? Number.NaN) / 1024, unit: 'MiB', aim: 1.3 },
    { what: 'web worker', value: (built.get('vscode/server.js') ?? Number.NaN) / 1024, unit: 'MiB' },
    { what: 'wasm', value: wasm / 1024, unit: 'MiB', aim: 0 },
  ];
}
