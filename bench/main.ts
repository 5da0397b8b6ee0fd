/** `npm run bench [-- NAME [ARGUMENT …]]`: figures, never verdicts. See docs/benchmarks.md. */
import { corpusOf } from './corpus.ts';
import { benchEdits } from './edits.ts';
import { lintInput } from './engine.ts';
import { benchHostile } from './hostile.ts';
import { benchImages } from './images.ts';
import { benchLint } from './lint.ts';
import { benchPeers } from './peers.ts';
import { benchRules } from './rules.ts';
import { benchScale } from './scale.ts';
import { benchSecrets } from './secrets.ts';
import { benchServer } from './server.ts';
import { benchSize } from './size.ts';
import { benchStart } from './start.ts';
import { type Figure, summary } from './statistics.ts';

type Bench = (...args: readonly string[]) => Promise<readonly Figure[]> | readonly Figure[];

/** For measurements that have a table of their own and nothing for the summary. */
const withoutFigures =
  (bench: (...args: readonly string[]) => Promise<void>): Bench =>
  async (...args) => {
    await bench(...args);
    return [];
  };

const corpus = async (directory: string) => corpusOf(directory, await lintInput());

/** Everything that is measured, against the linters that are found in these directories or in PATH. */
async function everything(directory = '.', peers = process.env.BENCH_PEERS): Promise<Figure[]> {
  const documents = await corpus(directory);
  return [
    ...benchStart(),
    ...benchPeers(documents.get('dockerfile') ?? [], peers),
    ...(await benchRules(documents)),
    ...(await benchEdits(peers)),
    ...(await benchServer()),
    ...benchScale(),
    ...benchSize(),
  ];
}

const BENCHES: Readonly<Record<string, Bench>> = {
  lint: withoutFigures(benchLint),
  start: benchStart,
  scale: benchScale,
  size: benchSize,
  images: benchImages,
  server: benchServer,
  edits: (peers = process.env.BENCH_PEERS) => benchEdits(peers),
  rules: async (directory = '.') => benchRules(await corpus(directory)),
  peers: everything,
  secrets: withoutFigures(benchSecrets),
  hostile: withoutFigures(benchHostile),
};
/** What runs when nothing is named: everything that needs neither files nor other programs. */
const USUAL = ['lint', 'start', 'size', 'server'];

/** Runs a measurement with its arguments; resolves to the exit code. */
export async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name !== undefined && !Object.hasOwn(BENCHES, name)) {
    process.stderr.write(`unknown benchmark \`${name}\`: expected one of ${Object.keys(BENCHES).join(', ')}\n`);
    return 2;
  }
  const figures: Figure[] = [];
  for (const one of name === undefined ? USUAL : [name]) figures.push(...(await BENCHES[one]!(...args)));
  if (figures.length > 0) process.stdout.write(summary(figures));
  return 0;
}
