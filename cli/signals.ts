/** Signals that end a process, held back while a file is being written: a file is whole before or after, never between. */

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export interface HeldSignals {
  /** Lets signals that have come in end the process. To be awaited wherever nothing is half done. */
  turn(): Promise<void>;
  release(): Promise<void>;
}

/**
 * With a listener, a signal waits until the code that is running returns, and all writing is done in one go. Without
 * one, Node ends in the middle of it.
 */
export function holdSignals(): HeldSignals {
  const end = (signal: NodeJS.Signals): void => {
    for (const one of SIGNALS) process.off(one, end);
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
  return {
    turn,
    async release() {
      await turn();
      for (const signal of SIGNALS) process.off(signal, end);
    },
  };
}
