/** What a run of a program costs, in CPU time, because machines are shared. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { median } from './statistics.ts';

/** Where the bundles under measurement are: `BENCH_DIST`, so that an earlier build can be measured too. */
export const DIST = resolve(process.env.BENCH_DIST ?? 'dist');
const GNU_TIME = '/usr/bin/time';

export interface Program {
  readonly program: string;
  readonly args: readonly string[];
}

/** One run of a program with everything that it started. */
export interface Cost {
  /** Seconds, user and system. */
  readonly cpu: number;
  /** Seconds by the clock. */
  readonly wall: number;
  /** MiB resident at most. */
  readonly peak: number;
  readonly exit: number | null;
}

/** Bakelint's command line with these arguments, as JSON and without a verdict. */
export const bakelint = (...args: readonly string[]): Program => ({
  program: process.execPath,
  args: [join(DIST, 'cli.js'), '--fail-on', 'never', '--format', 'json', ...args],
});
/** A Node.js process that does nothing. */
export const NOTHING: Program = { program: process.execPath, args: ['-e', '0'] };

// The time of a process is printed in hundredths of a second: short programs run several times in one measurement.
const LOOP = 'n=$1 s=0; shift; while [ $n -gt 0 ]; do "$@" >/dev/null 2>&1 || s=$?; n=$((n-1)); done; exit $s';

/** The cost of one of `times` runs in a row; output is discarded. Needs GNU time. */
export function costOf({ program, args }: Program, cwd = '.', times = 1): Cost {
  if (!existsSync(GNU_TIME)) throw new Error(`${GNU_TIME} is missing (Debian's package \`time\`)`);
  const run = spawnSync(GNU_TIME, ['-f', '%U %S %e %M', 'sh', '-c', LOOP, 'sh', String(times), program, ...args], {
    cwd,
    // With it, each Node.js process reads certificates before it does anything, which may take longer than the rest.
    env: { ...process.env, NODE_EXTRA_CA_CERTS: undefined },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (run.error) throw run.error;
  const [user, system, wall, kilobytes] = run.stderr.trim().split('\n').at(-1)!.split(' ').map(Number);
  return { cpu: (user! + system!) / times, wall: wall! / times, peak: kilobytes! / 1024, exit: run.status };
}

/** Each of the measurements in turn, `rounds` times; what takes longer than `patience` CPU seconds runs only once. */
export function interleaved<K>(
  runs: ReadonlyMap<K, () => Cost>,
  rounds: number,
  patience = Number.POSITIVE_INFINITY,
): Map<K, Cost> {
  const costs = new Map<K, Cost[]>([...runs.keys()].map(key => [key, []]));
  for (let round = 0; round < rounds; round++)
    for (const [key, run] of runs) {
      const sofar = costs.get(key)!;
      if ((sofar[0]?.cpu ?? 0) <= patience) sofar.push(run());
    }
  return new Map([...costs].map(([key, all]) => [key, medianOf(all)]));
}

function medianOf(costs: readonly Cost[]): Cost {
  const of = (figure: 'cpu' | 'wall' | 'peak') => median(costs.map(cost => cost[figure]));
  return { cpu: of('cpu'), wall: of('wall'), peak: of('peak'), exit: costs[0]!.exit };
}

/** The path of a program in directories separated as in PATH, then in PATH. */
export function findProgram(name: string, directories: string | undefined): string | undefined {
  return [directories, process.env.PATH]
    .flatMap(list => list?.split(delimiter) ?? [])
    .map(directory => resolve(directory, name))
    .find(path => existsSync(path));
}
