import type { Host } from './host.ts';

/** Runs shorter than this show nothing; longer ones update this often. In milliseconds. */
const SHOW_AFTER = 1000;
const REPEAT_EVERY = 100;

/** One line on stderr that counts files, on a terminal only, gone when the run is over. */
export class Progress {
  private done = 0;
  private problems: number | undefined;
  private due: number;
  private shown = false;

  constructor(
    private readonly host: Pick<Host, 'stderr' | 'now'>,
    private readonly total: number,
  ) {
    this.due = host.now() + SHOW_AFTER;
  }

  /** Another file is read; where files are linted, so much was found in it. */
  step(problems?: number): void {
    this.done++;
    if (problems !== undefined) this.problems = (this.problems ?? 0) + problems;
    if (!this.host.stderr.isTTY || this.host.now() < this.due) return;
    this.due = this.host.now() + REPEAT_EVERY;
    this.shown = true;
    const found = this.problems === undefined ? '' : `, ${this.problems} problem${this.problems === 1 ? '' : 's'}`;
    this.host.stderr.write(`\r\u001b[K${this.done} of ${this.total} files${found}`);
  }

  /** Takes the line away, until the next step. */
  end(): void {
    if (this.shown) this.host.stderr.write('\r\u001b[K');
    this.shown = false;
  }
}
