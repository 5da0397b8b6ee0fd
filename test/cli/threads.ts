/** The command line as it is built, so that it can start threads. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Builds the command line into `dist` of a directory, which becomes a package of its own. */
export async function buildCommandLine(home: string): Promise<string> {
  const common = { bundle: true, platform: 'node', target: 'node20', outdir: join(home, 'dist') } as const;
  await build({ ...common, format: 'esm', entryPoints: { cli: 'npm/cli.ts', worker: 'npm/worker.ts' } });
  await build({
    ...common,
    format: 'cjs',
    entryPoints: { bakelint: 'npm/programs.ts' },
    outExtension: { '.js': '.cjs' },
    define: { 'import.meta.url': 'bakelintUrl' },
  });
  writeFileSync(join(home, 'package.json'), '{ "version": "4.5.6", "type": "module" }');
  return join(home, 'dist', 'cli.js');
}

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs it; `onStart` gets the process. */
export function start(
  cli: string,
  cwd: string,
  args: readonly string[],
  { env = {}, onStart }: { env?: Record<string, string>; onStart?: (pid: number) => void } = {},
): Promise<Ended> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [cli, ...args], { cwd, env: { ...process.env, ...env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', text => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', text => (stderr += text));
    child.on('close', status => resolve({ status, stdout, stderr }));
    onStart?.(child.pid!);
  });
}
