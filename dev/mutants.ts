/**
 * `npm run test:mutants`: whether the examples notice when a guard is wrong. A seeded sample of conditions is changed
 * one at a time; a mutant that no document of any page shows survives and is printed.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { bundleJudge } from './mutants/bundle.ts';
import { findMutants, type Mutant } from './mutants/find.ts';
import type { Answer, Question } from './mutants/protocol.ts';

const LAYERS = /^(?:rules\/[^/]+\/([^/]+)\/|facts\/|languages\/)/;
/** How long a document may take, in milliseconds, before the mutant counts as a loop without end. */
const TIMEOUT = 5000;

/** Prints the survivors and the score. */
export async function mutants(args: readonly string[]): Promise<number> {
  const { sample, seed, rules } = parseArgs({
    args: [...args],
    options: {
      sample: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      rules: { type: 'string' },
    },
  }).values;
  const wanted = rules === undefined ? undefined : new Set(rules.split(','));
  const all = findMutants(file => LAYERS.test(file) && (wanted?.has(ruleOf(file) ?? '') ?? true));
  const chosen = sampled(all, Number(sample), Number(seed));
  let killed = 0;
  for await (const answer of judged(chosen)) {
    if (answer.killedBy !== undefined) killed++;
    else process.stdout.write(survivor(chosen[answer.number]!, answer));
  }
  const percent = ((100 * killed) / Math.max(1, chosen.length)).toFixed(1);
  process.stdout.write(`${killed} of ${chosen.length} mutants killed (${percent}%); ${all.length} mutants in all\n`);
  return 0;
}

const ruleOf = (file: string): string | undefined => LAYERS.exec(file)?.[1];

function survivor({ file, line, kind, original, mutated }: Mutant, { reached }: Answer): string {
  const short = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 160);
  return `${file}:${line} ${kind}, ${reached} documents come by\n  - ${short(original)}\n  + ${short(mutated)}\n`;
}

/** A random sample that is the same for the same seed, in the order of the files. */
function sampled<T>(all: readonly T[], size: number, seed: number): T[] {
  let state = seed;
  // A linear congruential generator: enough to choose with.
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return all
    .map((value, i) => ({ value, i, by: random() }))
    .toSorted((a, b) => a.by - b.by)
    .slice(0, size)
    .toSorted((a, b) => a.i - b.i)
    .map(({ value }) => value);
}

/** The answers for all mutants, in their order. */
async function* judged(chosen: readonly Mutant[]): AsyncGenerator<Answer> {
  const directory = resolve(`.tsbuild/mutants-${process.pid}`);
  mkdirSync(directory, { recursive: true });
  let judge: Judge | undefined;
  try {
    const bundle = `${directory}/judge.mjs`;
    await bundleJudge(chosen, bundle);
    for (const [number, { file }] of chosen.entries()) {
      judge ??= await Judge.start(bundle);
      const rule = ruleOf(file);
      const answer = await judge.ask(rule === undefined ? { number } : { number, rule });
      if (answer === undefined) judge = undefined;
      yield answer ?? { number, reached: 1, killedBy: 'a loop without end' };
    }
  } finally {
    await judge?.end();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The worker that lints: a mutant may never come to an end. */
class Judge {
  /** Told what the worker says next; `undefined` when it died. */
  private listen: (answer: Answer | undefined) => void = () => undefined;
  private readonly progress = new Int32Array(new SharedArrayBuffer(4));
  private readonly worker: Worker;

  private constructor(bundle: string) {
    this.worker = new Worker(bundle, { workerData: { progress: this.progress.buffer } });
    this.worker.on('message', answer => this.listen(answer)).on('error', () => this.listen(undefined));
  }

  static async start(bundle: string): Promise<Judge> {
    const judge = new Judge(bundle);
    const ready = await new Promise(done => (judge.listen = done));
    if (ready === undefined) throw new Error('the examples cannot be linted');
    return judge;
  }

  /** `undefined` when no document was done in time, or the worker died of it; the judge is at its end then. */
  async ask(question: Question): Promise<Answer | undefined> {
    let last = -1;
    let watch: NodeJS.Timeout | undefined;
    const answer = await new Promise<Answer | undefined>(done => {
      this.listen = done;
      watch = setInterval(() => {
        const now = Atomics.load(this.progress, 0);
        if (now === last) done(undefined);
        last = now;
      }, TIMEOUT);
      this.worker.postMessage(question);
    });
    clearInterval(watch);
    if (answer === undefined) await this.end();
    return answer;
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
