import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { ShellParser } from '../core/script.ts';
import { loadShell as load } from '../shell/bash/index.ts';

/**
 * The shell parser from its two WebAssembly files: those in `folder` (beside the running bundle), or else those of the
 * packages installed for it. Loaded once however often it is asked for. The folder is never one that a user works in.
 */
export function loadShell(folder: string): Promise<ShellParser> {
  return (loaded ??= load({
    treeSitter: bytes(folder, 'web-tree-sitter/web-tree-sitter.wasm'),
    bash: bytes(folder, 'tree-sitter-bash/tree-sitter-bash.wasm'),
  }));
}
let loaded: Promise<ShellParser> | undefined;

function bytes(folder: string, file: string): Uint8Array {
  const bundled = join(folder, file.slice(file.indexOf('/') + 1));
  return readFileSync(existsSync(bundled) ? bundled : createRequire(resolve(folder, 'here.js')).resolve(file));
}
