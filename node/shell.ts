import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ShellParser } from '../core/shell/script.ts';
import { loadShell as load } from '../languages/shell/index.ts';

/**
 * The shell parser from its two WebAssembly files: those in `folder` (beside the running bundle), or else those of the
 * installed packages. Loaded once however often it is asked for.
 */
export function loadShell(folder: string = dirname(fileURLToPath(import.meta.url))): Promise<ShellParser> {
  return (loaded ??= load({
    treeSitter: bytes(folder, 'web-tree-sitter/web-tree-sitter.wasm'),
    bash: bytes(folder, 'tree-sitter-bash/tree-sitter-bash.wasm'),
  }));
}
let loaded: Promise<ShellParser> | undefined;

function bytes(folder: string, file: string): Uint8Array {
  const bundled = join(folder, file.slice(file.indexOf('/') + 1));
  return readFileSync(existsSync(bundled) ? bundled : createRequire(join(folder, 'here.js')).resolve(file));
}
