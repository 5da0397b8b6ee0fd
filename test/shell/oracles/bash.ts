/** Asks bash whether it accepts scripts, without running them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bash itself goes through the files: starting it from there is quicker. Complaints that end well count too. */
const LOOP = `for f in *; do
  if e=$(bash --norc --noprofile -O extglob -n "$f" 2>&1); then
    case $e in *"syntax error"*|*unexpected*|*expected*) printf 0;; *) printf 1;; esac
  else printf 0; fi
done`;

/** Whether bash accepts each of the scripts. */
export function bashAccepts(scripts: readonly string[]): boolean[] {
  const folder = mkdtempSync(join(tmpdir(), 'bakelint-'));
  try {
    for (const [i, script] of scripts.entries()) writeFileSync(join(folder, `${i}`.padStart(7, '0')), script);
    const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' };
    const out = execFileSync('bash', ['--norc', '--noprofile', '-c', LOOP], {
      cwd: folder,
      encoding: 'utf8',
      env,
      maxBuffer: 10_000_000,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return [...out].map(c => c === '1');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
