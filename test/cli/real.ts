/** The command line with the real languages and rules, in a new directory. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { engine } from '../../cli/engine.ts';
import type { Host } from '../../cli/host.ts';
import { run } from '../../cli/run.ts';
import { temporaryFolder } from '../host.ts';

/** A directory with these files. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder('real');
  write(root, files);
  return root;
}

export function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line there on the same day, and says what it wrote. */
export function runIn(root: string, ...args: readonly string[]): Promise<Ran> {
  return runOn('2026-11-21', root, ...args);
}

/** The same on another day. */
export async function runOn(today: string, root: string, ...args: readonly string[]): Promise<Ran> {
  let [out, err] = ['', ''];
  const host: Host = {
    cwd: root,
    env: { PATH: process.env.PATH },
    stdout: { write: text => (out += text) },
    stderr: { write: text => (err += text) },
    stdin: async () => new Uint8Array(),
    today,
    now: () => 0,
    home: process.cwd(),
    engine: async () => engine,
  };
  const code = await run(args, host);
  return { code, out, err };
}
