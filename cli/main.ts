import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { reasonOf } from '../node/reason.ts';
import { optimizeLate } from '../node/tiering.ts';
import type { Host } from './host.ts';
import { run } from './run.ts';

/** Runs the command line of this process and leaves its exit code for Node to end with once everything is written. */
export async function main(languageServer: Host['languageServer']): Promise<void> {
  optimizeLate();
  // The reader has seen enough (`bakelint | head`): that is not a failure, and nothing more can be written.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      if (stream === process.stdout) process.stderr.write(`bakelint: stdout: not written: ${reasonOf(error)}\n`);
      process.exit(2);
    });
  const host: Host = {
    cwd: process.cwd(),
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: readStdin,
    today: new Date().toISOString().slice(0, 10),
    now: () => performance.now(),
    home: fileURLToPath(new URL('..', import.meta.url)),
    threads: { count: availableParallelism(), program: new URL('worker.js', import.meta.url) },
    languageServer,
    engine: async () => (await import('./engine.ts')).engine,
  };
  process.exitCode = await run(process.argv.slice(2), host);
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
