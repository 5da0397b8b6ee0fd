import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Trouble } from './host.ts';

/** Runs the language server of this package over stdin and stdout, until its client ends it. */
export function runServer(home: string): Promise<never> {
  const server = join(home, 'dist', 'server.node.cjs');
  if (!existsSync(server)) throw new Trouble('the language server is not built (dist/server.node.cjs is missing)');
  // The server learns from its arguments how its client talks to it; editors add this themselves or rely on `--lsp`.
  if (!process.argv.some(arg => ['--stdio', '--node-ipc'].includes(arg) || /^--(socket|pipe)=/.test(arg)))
    process.argv.push('--stdio');
  createRequire(server)(server);
  return new Promise(() => {});
}
