import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LanguageId } from '../core/build.ts';
import { documentOf } from './documents.ts';
import { median, table } from './statistics.ts';

const LANGUAGES: readonly LanguageId[] = ['dockerfile', 'packer', 'cloud-init'];

/** A folder of `count` files in the given languages, each in a folder of its own; call `remove` in the end. */
export function folderOf(
  count: number,
  languages: readonly LanguageId[] = LANGUAGES,
): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'bakelint-bench-'));
  for (let i = 0; i < count; i++) {
    const document = documentOf(languages[i % languages.length]!, 40 + (i % 60));
    mkdirSync(join(path, `p${i}`));
    writeFileSync(join(path, `p${i}`, document.path), document.text);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Wall seconds of one run of a program; its output is thrown away. */
function secondsOf(program: string, args: readonly string[], cwd: string): number {
  const start = performance.now();
  spawnSync(program, args, { cwd, stdio: 'ignore' });
  return (performance.now() - start) / 1000;
}

/** Files per second over 2,000 files, start-up against an empty Node program, and what ships. */
export function benchCommandLine(): void {
  const cli = join(process.cwd(), 'dist/cli.js');
  const folder = folderOf(2_000);
  try {
    const runs = Array.from({ length: 3 }, () =>
      secondsOf(process.execPath, [cli, '--fail-on', 'never', '--format', 'json', '.'], folder.path),
    );
    process.stdout.write(
      `command line: ${(2_000 / median(runs)).toFixed(0)} files per second (2,000 files, median of 3)\n`,
    );
  } finally {
    folder.remove();
  }
  const pairs = Array.from({ length: 15 }, () => {
    const empty = secondsOf(process.execPath, ['-e', '0'], '.');
    return secondsOf(process.execPath, [cli, '--version'], '.') / empty;
  });
  process.stdout.write(
    `start-up: --version takes ${median(pairs).toFixed(2)} times \`node -e 0\` (median of 15 pairs)\n\n`,
  );
}

/** Bytes of what ships. */
export function benchSize(): void {
  const names = existsSync('dist') ? readdirSync('dist') : [];
  const files = [
    'dist/cli.js',
    'dist/main.js',
    ...names.filter(name => name.startsWith('chunk-')).map(name => `dist/${name}`),
    'dist/server.node.cjs',
    'dist/server.browser.js',
    'dist/tree-sitter-bash.wasm',
    'dist/web-tree-sitter.wasm',
    'dist/bakelint.vsix',
  ];
  const rows: (string | number)[][] = [['size', 'KiB']];
  for (const file of files) {
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    rows.push([file, size === undefined ? 'not built' : (size / 1024).toFixed(0)]);
  }
  process.stdout.write(`${table(rows)}\n`);
}
