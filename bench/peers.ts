import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Document } from '../core/linter.ts';
import { spread } from './corpus.ts';
import { withDirectory } from './directories.ts';
import { bakelint, costOf, findProgram, interleaved, type Program } from './process.ts';
import { type Figure, table } from './statistics.ts';

interface Peer {
  readonly name: string;
  /** How its program, at this path, lints these files; nothing of it may ask the network. */
  readonly run: (program: string, files: readonly string[]) => Program;
}

/** dockerfile-utils takes one file a process: its library does in one process what the command would do. */
const UTILS = `const { validate } = require(process.argv[1]);
for (const file of process.argv.slice(2))
  console.log(JSON.stringify(validate(require('fs').readFileSync(file, 'utf8'))));`;

const PEERS: readonly Peer[] = [
  { name: 'hadolint', run: (program, files) => ({ program, args: ['--no-fail', '-f', 'json', ...files] }) },
  {
    name: 'dockerfile-utils',
    run: (program, files) => ({
      program: process.execPath,
      args: ['-e', UTILS, dirname(dirname(realpathSync(program))), ...files],
    }),
  },
  { name: 'dockerfilelint', run: (program, files) => ({ program, args: ['-j', ...files] }) },
  {
    name: 'tally',
    run: (program, files) => ({
      program,
      args: ['lint', '--slow-checks', 'off', '--no-config', '--format', 'json', ...files],
    }),
  },
  {
    name: 'checkov',
    run: (program, files) => ({
      program,
      args: ['--framework', 'dockerfile', '--quiet', '--compact', '--skip-download', '-o', 'json', '-f', ...files],
    }),
  },
];

/** What a ratio against a peer should be at most, over few and over all files. */
const AIMS: Readonly<Record<string, readonly [few: number, all: number]>> = {
  hadolint: [0.15, 0.1],
  'dockerfile-utils': [1.5, 1.5],
};
const FEW = 200;
/** CPU seconds of a run that need no repetition. */
const PLENTY = 60;

/** Ours and the other linters over the same real Dockerfiles, turn about; `directories` is where they are. */
export function benchPeers(dockerfiles: readonly Document[], directories: string | undefined): Figure[] {
  const few = withDirectory(named(spread(dockerfiles, FEW)), ({ path, files }) => compare(path, files, directories, 5));
  const all = withDirectory(named(dockerfiles), ({ path, files }) => compare(path, files, directories, 3));
  return Object.entries(AIMS).flatMap(([peer, aims]) =>
    [few, all].map((ratios, i) => ({
      what: `${i === 0 ? FEW : dockerfiles.length} Dockerfiles against ${peer}`,
      value: ratios.get(peer) ?? Number.NaN,
      unit: 'times CPU',
      aim: aims[i]!,
    })),
  );
}

const named = (documents: readonly Document[]) => documents.map(document => ({ ...document, path: 'Dockerfile' }));

/** Prints a table; returns our CPU time as a share of each peer's. */
function compare(path: string, files: readonly string[], directories: string | undefined, rounds: number) {
  const runs = new Map([['bakelint', bakelint(...files)]]);
  const missing: string[] = [];
  for (const { name, run } of PEERS) {
    const program = findProgram(name, directories);
    if (program) runs.set(name, run(program, files));
    else missing.push(name);
  }
  const costs = interleaved(new Map([...runs].map(([name, run]) => [name, () => costOf(run, path)])), rounds, PLENTY);
  const own = costs.get('bakelint')!.cpu;
  const rows = [...costs].map(([name, { cpu, wall, peak, exit }]) => [
    name,
    cpu,
    wall,
    files.length / cpu,
    own / cpu,
    peak,
    String(exit),
  ]);
  process.stdout.write(
    `${table([[`${files.length} Dockerfiles`, 'CPU s', 'wall s', 'files per CPU s', 'ours / theirs', 'peak MiB', 'exit'], ...rows])}`,
  );
  process.stdout.write(missing.length > 0 ? `missing: ${missing.join(', ')}\n\n` : '\n');
  return new Map([...costs].map(([name, { cpu }]) => [name, own / cpu]));
}
