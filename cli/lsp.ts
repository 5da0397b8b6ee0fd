import { CommandError, type Host } from './host.ts';

/** Runs the language server over stdin and stdout, until its client ends it. */
export async function runServer({ languageServer }: Host): Promise<never> {
  if (!languageServer) throw new CommandError('there is no language server here');
  // The server learns from its arguments how its client talks to it; editors add this themselves or rely on `--lsp`.
  if (!process.argv.some(arg => ['--stdio', '--node-ipc'].includes(arg) || /^--(socket|pipe)=/.test(arg)))
    process.argv.push('--stdio');
  await languageServer();
  return new Promise(() => {});
}
