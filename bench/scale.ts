import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LanguageId } from '../core/build.ts';
import type { Document } from '../core/linter.ts';
import { generated, withDirectory } from './directories.ts';
import { documentOf, LANGUAGES } from './documents.ts';
import { bakelint, type Cost, costOf } from './process.ts';
import { type Figure, median, table } from './statistics.ts';

/** How the cost of a run grows with the length of a file and the number of files, or only one directory of `files`. */
export function benchScale(files?: string): Figure[] {
  if (files !== undefined) return benchJobs(Number(files));
  return [...benchRuns(), ...benchLines(), ...benchFiles(), ...benchJobs()];
}

function costOfFile(document: Document, rounds = 3): number {
  return withDirectory([document], ({ path, files }) =>
    median(Array.from({ length: rounds }, () => costOf(bakelint(...files), path).cpu)),
  );
}

/** A Dockerfile with very many RUN, no two of them alike. */
function benchRuns(): Figure[] {
  const figures = [
    [10_000, 0.4],
    [100_000, 2],
  ].map(([count, aim]) => {
    const runs = Array.from({ length: count! }, (_, i) => `RUN a ${i}\n`);
    const value = costOfFile({ path: 'Dockerfile', text: `FROM debian:12\n${runs.join('')}` });
    return { what: `${count!.toLocaleString('en')} RUN`, value, unit: 's CPU', aim: aim! };
  });
  process.stdout.write(`${table([['one file', 'CPU s'], ...figures.map(({ what, value }) => [what, value])])}\n`);
  return figures;
}

/** A cloud takes no user-data of more than 512 KiB. */
const LINES: Readonly<Record<LanguageId, readonly [number, number, number]>> = {
  dockerfile: [1_000, 10_000, 50_000],
  packer: [1_000, 10_000, 50_000],
  'cloud-init': [1_000, 5_000, 15_000],
};

/** Files of growing length: a line of a long one should cost no more than one of a shorter. */
function benchLines(): Figure[] {
  const rows: string[][] = [['CPU s beyond a short file', ...Array<string>(3).fill('lines'), 'longest per line']];
  const figures = LANGUAGES.map(language => {
    const short = costOfFile(documentOf(language, 20));
    const costs = LINES[language].map(lines => costOfFile(documentOf(language, lines)) - short);
    const [, middle, long] = costs.map((cost, i) => cost / LINES[language][i]!);
    const cells = costs.map((cost, i) => `${cost.toFixed(2)} (${LINES[language][i]})`);
    rows.push([language, ...cells, `${((long! / middle!) * 100).toFixed(0)}% of middle`]);
    const what = `${language}: a line of ${LINES[language][2]} against one of ${LINES[language][1]}`;
    return { what, value: long! / middle!, unit: 'times CPU', aim: 1.2 };
  });
  process.stdout.write(`${table(rows)}\n`);
  return figures;
}

/** Directories of many files with one process. */
function benchFiles(): Figure[] {
  const costs = [2_000, 10_000, 20_000].map((count): [number, Cost] =>
    withDirectory(generated(count), ({ path }) => [count, costOf(bakelint('.'), path)]),
  );
  const rows = costs.map(([count, { cpu, wall, peak }]) => [String(count), cpu, wall, (cpu / count) * 1000, peak]);
  process.stdout.write(`${table([['generated files', 'CPU s', 'wall s', 'CPU ms per file', 'peak MiB'], ...rows])}\n`);
  return costs.slice(1).map(([count, { peak }]) => ({
    what: `peak memory of ${count.toLocaleString('en')} files`,
    value: peak,
    unit: 'MiB',
  }));
}

const JOBS = [1, 2, 4];

/** One directory with several threads, with an empty cache and with a full one. */
function benchJobs(count = 2_000): Figure[] {
  return withDirectory(generated(count), ({ path }) => {
    const rows = JOBS.flatMap(jobs => {
      const cache = `--cache=${join(path, '..', `${basename(path)}-cache-${jobs}`)}`;
      const runs: readonly (readonly [string, readonly string[]])[] = [
        ['no cache', []],
        ['empty cache', [cache]],
        ['full cache', [cache]],
      ];
      const costs = runs.map(
        ([what, args]) => [what, costOf(bakelint('--jobs', String(jobs), ...args, '.'), path)] as const,
      );
      rmSync(cache.slice('--cache='.length), { recursive: true, force: true });
      return costs.map(([what, { wall, cpu, peak }]) => [`${jobs}, ${what}`, wall, count / wall, cpu, peak]);
    });
    const head = [`threads, ${count.toLocaleString('en')} files`, 'wall s', 'files per s', 'CPU s', 'peak MiB'];
    process.stdout.write(`${table([head, ...rows])}\n`);
    return [];
  });
}
