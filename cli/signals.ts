/** Signals while files are linted: Ctrl-C ends a run with what is known, and no signal leaves a file half written. */
import type { Host } from './host.ts';

/** What else ends a process. */
const ENDING: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP'];
/** How often signals are looked for where nothing is written, in milliseconds. */
const LOOK_EVERY = 50;

/**
 * With a listener, a signal waits until the code that is running returns, and all writing is done in one go. Without
 * one, Node ends in the middle of it.
 */
export class Signals {
  /** Whether the user has pressed Ctrl-C. The second time ends the process at once. */
  interrupted = false;
  private due: number;

  /** `writes`: whether files are written, which signals may not come between. */
  constructor(
    private readonly host: Pick<Host, 'now'>,
    private readonly writes: boolean,
    /** Called when the user presses Ctrl-C the first time. */
    private readonly onInterrupt: () => void = () => {},
  ) {
    this.due = host.now() + LOOK_EVERY;
    process.once('SIGINT', this.interrupt);
    if (writes) for (const signal of ENDING) process.on(signal, this.end);
  }

  /** Lets signals that have come in be heard. To be awaited wherever nothing is half done. */
  async turn(): Promise<void> {
    if (!this.writes && this.host.now() < this.due) return;
    this.due = this.host.now() + LOOK_EVERY;
    await new Promise<void>(resolve => setImmediate(resolve));
  }

  async release(): Promise<void> {
    if (this.writes) await this.turn();
    this.removeListeners();
  }

  private readonly interrupt = (): void => {
    this.interrupted = true;
    this.onInterrupt();
  };

  private readonly end = (signal: NodeJS.Signals): void => {
    this.removeListeners();
    process.kill(process.pid, signal);
  };

  private removeListeners(): void {
    process.off('SIGINT', this.interrupt);
    for (const signal of ENDING) process.off(signal, this.end);
  }
}
