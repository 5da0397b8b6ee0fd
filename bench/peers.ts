import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from './command-line.ts';
import { median, table } from './statistics.ts';

interface Peer {
  readonly name: string;
  readonly program: string;
  readonly args: (files: readonly string[]) => readonly string[];
}

const PEERS: readonly Peer[] = [
  {
    name: 'bakelint',
    program: process.execPath,
    args: () => [join(process.cwd(), 'dist/cli.js'), '--fail-on', 'never', '--format', 'json', '.'],
  },
  { name: 'hadolint', program: 'hadolint', args: files => ['--no-fail', '--format', 'json', ...files] },
  { name: 'tally', program: 'tally', args: () => ['lint', '--format', 'json', '.'] },
];

/** The slowest peer needs minutes for one round. */
const ROUNDS = 2;

/** Ours and the other Dockerfile linters on the PATH over the same 2,000 Dockerfiles, turn about: ratios, because machines are noisy. */
export function benchPeers(): void {
  const folder = folderOf(2_000, ['dockerfile']);
  try {
    const files = readdirSync(folder.path).map(name => `${name}/Dockerfile`);
    const present = PEERS.filter(({ program }) => !spawnSync(program, ['--version'], { stdio: 'ignore' }).error);
    const samples = new Map(present.map(({ name }) => [name, { seconds: [] as number[], peak: [] as number[] }]));
    for (let round = 0; round < ROUNDS; round++)
      for (const { name, program, args } of present) {
        const { seconds, kilobytes } = measured(program, args(files), folder.path);
        samples.get(name)!.seconds.push(seconds);
        samples.get(name)!.peak.push(kilobytes);
      }
    const own = median(samples.get('bakelint')!.seconds);
    const rows: (string | number)[][] = [['2,000 Dockerfiles', 'seconds', 'files/s', 'ours is faster by', 'peak MiB']];
    for (const [name, { seconds, peak }] of samples)
      rows.push([
        name,
        median(seconds),
        2_000 / median(seconds),
        median(seconds) / own,
        Number.isNaN(median(peak)) ? 'unknown' : median(peak) / 1024,
      ]);
    process.stdout.write(`${table(rows)}\n`);
    for (const { name } of PEERS) if (!samples.has(name)) process.stdout.write(`${name} is not on the PATH\n`);
  } finally {
    folder.remove();
  }
}

/** One run: wall seconds, and the peak memory where GNU time is there to say it. */
function measured(program: string, args: readonly string[], cwd: string): { seconds: number; kilobytes: number } {
  const start = performance.now();
  const timed = spawnSync('/usr/bin/time', ['-f', '%M', program, ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (timed.error) spawnSync(program, [...args], { cwd, stdio: 'ignore' });
  const seconds = (performance.now() - start) / 1000;
  return { seconds, kilobytes: Number(timed.stderr?.trim().split('\n').pop() ?? Number.NaN) };
}
