/** `bakelint images` over a generated monorepo, and a change of one file in an index that is kept. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imagesOf } from '../workspace/images/graph.ts';
import { indexOf, update } from '../workspace/images/index.ts';
import { factsOfBuildFile } from '../workspace/images/of-build-file.ts';
import { readFacts } from '../workspace/images/read.ts';
import { documentOf } from './documents.ts';
import { lintInput } from './engine.ts';
import { writeMonorepo } from './monorepo.ts';
import { costOf, DIST } from './process.ts';
import { cpuNow, type Figure, table } from './statistics.ts';

const FILES = 10_000;

export async function benchImages(): Promise<Figure[]> {
  const path = mkdtempSync(join(tmpdir(), 'bakelint-bench-'));
  try {
    mkdirSync(join(path, '.git'));
    writeMonorepo(path, FILES);
    const args = [join(DIST, 'cli.js'), 'images', '--format', 'json'];
    const { cpu, wall, peak } = costOf({ program: process.execPath, args }, path);
    const warm = await oneChange();
    process.stdout.write(
      `${table([
        [`images of ${FILES} files`, 'CPU s', 'wall s', 'peak MiB'],
        ['command line', cpu, wall, peak],
        ['one file changes', warm, warm, 0],
      ])}\n`,
    );
    return [
      { what: `images of ${FILES} files`, value: cpu, unit: 's CPU', aim: 20 },
      { what: `images of ${FILES} files, peak`, value: peak, unit: 'MiB', aim: 300 },
      { what: `images of ${FILES} files, one changes`, value: warm, unit: 's CPU', aim: 2 },
    ];
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

/** Seconds from a changed file to the whole graph. */
async function oneChange(): Promise<number> {
  const { engine, files } = await lintInput();
  const dockerfile = engine.languages.find(({ id }) => id === 'dockerfile');
  const read = (i: number, base: string) =>
    readFacts(
      `/r/${i}/Dockerfile`,
      `${documentOf('dockerfile', 60, i).text}\nFROM ${base}\nCOPY --from=base /srv /srv\n`,
      dockerfile,
      { engine, files },
    )!;
  const all = Array.from({ length: FILES / 2 }, (_, i) => [
    read(i, `registry.example.com/s${i - 1}:1`),
    factsOfBuildFile(`/r/${i}/build.sh`, `docker build -t registry.example.com/s${i}:1 .\n`, one => one),
  ]).flat();
  const index = indexOf(all);
  const start = cpuNow();
  imagesOf(update(index, '/r/7/Dockerfile', read(7, 'debian:13')));
  return (cpuNow() - start) / 1000;
}
