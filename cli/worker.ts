/** A thread that lints: see jobs.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { compileFor, optimizeLate } from '../node/tiering.ts';
import { engine } from './engine.ts';
import type { Host } from './host.ts';
import { type Answer, isStopped, type Order, takeBatch } from './jobs.ts';
import { languagesByName, prepare } from './lint-run.ts';
import { lintCandidate, type Outcome } from './outcome.ts';

/** Lints what the thread that started this one leaves to it. */
export async function work(): Promise<void> {
  optimizeLate();
  const { files, options, debug, cwd, home, today, states, across, queue } = workerData as Order;

  /** The thread that started this one has said what there is to say about the options. */
  const silent = { write: () => undefined };
  const host: Host = {
    cwd,
    env: process.env,
    stdout: silent,
    stderr: silent,
    stdin: async () => new Uint8Array(),
    today,
    now: () => performance.now(),
    home,
    engine: async () => engine,
  };

  compileFor(files.length);
  const run = await prepare(options, debug, host, { states });
  run.linter.across = across[0];
  if (run.earlier) run.earlier.linter.across = across[1];
  await engine.load(languagesByName(files, engine));
  // The one that started this one has noted what is wrong with the configuration that it was given.
  run.linter.notes.take();
  for (let batch = takeBatch(queue); batch; batch = takeBatch(queue)) {
    const [from, to] = batch;
    const outcomes: Outcome[] = [];
    for (let i = from; i < to && !isStopped(queue); i++)
      outcomes.push(lintCandidate(run, run.linter.foundElsewhere(files[i]!)));
    parentPort!.postMessage({ from, outcomes } satisfies Answer);
  }
}
