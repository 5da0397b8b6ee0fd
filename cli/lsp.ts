import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CommandError } from './host.ts';

/** Runs the language server of this package over stdin and stdout, until its client ends it. */
export async function runServer(home: string): Promise<never> {
  const server = join(home, 'dist', 'server.js');
  if (!existsSync(server)) throw new CommandError('the language server is not built (dist/server.js is missing)');
  // The server learns from its arguments how its client talks to it; editors add this themselves or rely on `--lsp`.
  if (!process.argv.some(arg => ['--stdio', '--node-ipc'].includes(arg) || /^--(socket|pipe)=/.test(arg)))
    process.argv.push('--stdio');
  await import(pathToFileURL(server).href);
  return new Promise(() => {});
}
