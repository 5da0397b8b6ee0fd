/** Linting with several threads: each takes the next few files of the same list, so that none waits for another. */
import type { Worker } from 'node:worker_threads';
import { workerThreads } from '../node/builtins.ts';
import type { Candidate } from '../workspace/find.ts';
import type { AcrossAnswers } from './across.ts';
import type { ComparedStates } from './changes.ts';
import type { Host } from './host.ts';
import type { Run } from './lint-run.ts';
import type { LintOptions } from './options.ts';
import type { Outcome } from './outcome.ts';

/** What a thread is started with. */
export interface Order {
  readonly files: readonly Omit<Candidate, 'directory'>[];
  readonly options: LintOptions;
  readonly debug: boolean;
  readonly cwd: string;
  readonly home: string;
  readonly today: string;
  readonly states: ComparedStates | undefined;
  /** What files say of one another, now and in the state to compare with. */
  readonly across: readonly [now: AcrossAnswers | undefined, before: AcrossAnswers | undefined];
  readonly queue: QueueState;
}

/** What a thread answers: the outcomes of files in a row, of which the first has this number. */
export interface Answer {
  readonly from: number;
  readonly outcomes: readonly Outcome[];
}

/** The numbers of the files that nobody has taken yet; all threads see the same memory. */
export interface QueueState {
  readonly next: Int32Array;
  readonly total: number;
  /** How many are taken at once: neighbors share what is read around them. */
  readonly batch: number;
}

const MOST_AT_ONCE = 16;

/** The first and the last but one of the numbers that were taken; `undefined` when none are left. */
export function takeBatch({ next, total, batch }: QueueState): readonly [from: number, to: number] | undefined {
  const from = Atomics.add(next, 0, batch);
  return from < total ? [from, Math.min(total, from + batch)] : undefined;
}

/** Whether the user has ended the run: nothing more is to be linted. */
export function isStopped({ next, total }: QueueState): boolean {
  return Atomics.load(next, 0) >= total + STOPPED;
}

/** Added to the number of the next file when the user ends the run: far more than threads add after the last one. */
const STOPPED = 1_000_000_000;

/** Each thread loads all code once more: a second one pays from twice as many files on. */
const FILES_PER_JOB = 100;
/** `auto` does not take more: each thread needs memory of its own. */
const MOST_BY_ITSELF = 8;

/** How many threads lint so many files. Fixes are written one file after the other, so that each sees what others left. */
export function jobsFor(files: number, { jobs, fix, diff }: LintOptions, threads: number | undefined): number {
  if (threads === undefined || (fix.length > 0 && !diff)) return 1;
  if (jobs !== 'auto') return Math.min(jobs, Math.max(1, files));
  return Math.max(1, Math.min(threads, MOST_BY_ITSELF, Math.floor(files / FILES_PER_JOB)));
}

/** Threads beside the one that starts them, which takes part in the work. */
export class Jobs {
  private readonly queue: QueueState;
  private readonly outcomes = new Map<number, Outcome>();
  private readonly running = new Map<Worker, Promise<void>>();
  private own: { at: number; readonly to: number } | undefined;

  /** `step` is called for each file that another thread has linted, with its number. */
  constructor(
    candidates: readonly Candidate[],
    count: number,
    { options, run, host }: { readonly options: LintOptions; readonly run: Run; readonly host: Host },
    private readonly step: (i: number, outcome: Outcome) => void,
  ) {
    const total = candidates.length;
    this.queue = {
      next: new Int32Array(new SharedArrayBuffer(4)),
      total,
      batch: Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(total / (count * 8)))),
    };
    const order: Order = {
      files: candidates.map(({ path, named, start }) => ({ path, named, start })),
      options,
      debug: run.debug,
      cwd: host.cwd,
      home: host.home,
      today: host.today,
      states: run.earlier?.comparison.states,
      across: [run.linter.across, run.earlier?.linter.across],
      queue: this.queue,
    };
    for (let i = 1; i < count; i++) this.start(host.threads!.program, order);
  }

  private start(program: URL, order: Order): void {
    const worker = new (workerThreads().Worker)(program, { workerData: order });
    worker.on('message', ({ from, outcomes }: Answer) => {
      for (const [i, outcome] of outcomes.entries()) {
        this.outcomes.set(from + i, outcome);
        this.step(from + i, outcome);
      }
    });
    // What a thread that fails has taken and not done is done by the one that started it, which then says what is wrong.
    const ended = new Promise<void>(resolve => worker.on('error', () => resolve()).on('exit', () => resolve()));
    this.running.set(worker, ended);
  }

  /** The number of a file for the caller to lint; `undefined` when none are left. */
  next(): number | undefined {
    if (!this.own || this.own.at >= this.own.to) {
      const batch = takeBatch(this.queue);
      this.own = batch && { at: batch[0], to: batch[1] };
    }
    return this.own && this.own.at++;
  }

  /** Lets the threads end after the file that they are at. */
  stop(): void {
    Atomics.add(this.queue.next, 0, this.queue.total + STOPPED);
    // One that is at a very long file is not waited for.
    setTimeout(() => {
      for (const worker of this.running.keys()) void worker.terminate();
    }, PATIENCE).unref();
  }

  /** What the other threads have done, once all have ended. */
  async end(): Promise<ReadonlyMap<number, Outcome>> {
    await Promise.all(this.running.values());
    return this.outcomes;
  }
}

/** After Ctrl-C, in milliseconds. */
const PATIENCE = 500;
