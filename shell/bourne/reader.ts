/** How far the reading of one text has come, and what was found so far. */
import type { Nesting } from '../../core/shell-tree.ts';
import { type CommandContext, type CommandNode, type FunctionNode, type HeredocNode, within } from '../tree/nodes.ts';
import type { PendingBackquote } from '../tree/reading.ts';
import type { Source } from '../tree/source.ts';
import { continuation } from './values.ts';

/** Quotes, substitutions, parentheses and compound commands inside each other; what is further in is not read. */
const DEEPEST = 200;

/** A here-document whose body is still to come, and the context of the command that reads it. */
export interface PendingHeredoc {
  readonly heredoc: HeredocNode;
  readonly context: CommandContext;
}

/** What can be taken back when `((` turns out to be two parentheses. */
interface Mark {
  readonly at: number;
  readonly commands: number;
  readonly functions: number;
  readonly backquotes: number;
  readonly pending: PendingHeredoc[];
  readonly announced: number;
  readonly depth: number;
  readonly broken: boolean;
}

export class Reader {
  at = 0;
  /** Nothing from here on is read. */
  limit: number;
  readonly text: string;
  readonly commands: CommandNode[] = [];
  readonly functions: FunctionNode[] = [];
  readonly backquotes: PendingBackquote[] = [];
  /** Here-documents whose bodies start after the next newline. */
  pending: PendingHeredoc[] = [];
  broken = false;
  /** What something around this context waits for: a set of {@link stopBits}. */
  stops = 0;
  /** How many `$(…)`, `<(…)` and `>(…)` are open. */
  substitutions = 0;
  /** How many statements were read. */
  statements = 0;
  /** Where the last `]]` of the text is, once that was asked. */
  lastTestEnd: number | undefined = undefined;
  /** How many characters were read in vain, which is what a text may cost beyond its length. */
  wasted = 0;
  private depth = 0;

  constructor(
    readonly source: Source,
    readonly bash: boolean,
    public context: CommandContext,
  ) {
    this.text = source.text;
    this.limit = this.text.length;
  }

  get ended(): boolean {
    return this.at >= this.limit;
  }

  /** One level deeper; false, and nothing more is read, when that is too deep. Every call wants its {@link leave}. */
  enter(): boolean {
    if (++this.depth <= DEEPEST) return true;
    this.broken = true;
    this.limit = this.at;
    return false;
  }

  leave(): void {
    this.depth--;
  }

  /** Reads with other surroundings, one level deeper. */
  inside<T>(nesting: Nesting, stops: number, read: () => T): T | undefined {
    const { context, stops: outer } = this;
    this.context = within(context, nesting);
    this.stops = stops;
    const result = this.enter() ? read() : undefined;
    this.leave();
    this.context = context;
    this.stops = outer;
    return result;
  }

  /** Reads up to an offset as if the text ended there. */
  upTo(end: number, read: () => void): void {
    const { limit } = this;
    this.limit = Math.min(limit, end);
    const own = this.limit;
    read();
    // Where nothing more is to be read, that holds outside too.
    if (this.limit === own) this.limit = limit;
  }

  mark(): Mark {
    const { at, commands, functions, backquotes, pending, depth, broken } = this;
    return {
      at,
      commands: commands.length,
      functions: functions.length,
      backquotes: backquotes.length,
      pending,
      announced: pending.length,
      depth,
      broken,
    };
  }

  /** Forgets everything since the mark. */
  reset(mark: Mark): void {
    this.wasted += this.at - mark.at;
    this.at = mark.at;
    this.commands.length = mark.commands;
    this.functions.length = mark.functions;
    this.backquotes.length = mark.backquotes;
    this.pending = mark.pending;
    this.pending.length = mark.announced;
    this.depth = mark.depth;
    this.broken = mark.broken;
  }

  /** Whether something may still be read on trial. */
  get mayTry(): boolean {
    return this.wasted <= 2 * this.text.length;
  }

  /** Whether a newline is here, and if so, steps after it. */
  takeNewline(): boolean {
    const length = this.newline(this.at);
    this.at += length;
    return length > 0;
  }

  /** How long the newline at `i` is; 0 when there is none. */
  newline(i: number): number {
    if (i >= this.limit) return 0;
    const c = this.text[i];
    if (c === '\n') return 1;
    return c === '\r' && i + 1 < this.limit && this.text[i + 1] === '\n' ? 2 : 0;
  }

  /** Steps over spaces and `\`+newline. */
  skipBlanks(): void {
    while (this.at < this.limit) {
      const c = this.text[this.at];
      if (c === ' ' || c === '\t') this.at++;
      else {
        const joined = c === '\\' ? Math.min(this.limit, continuation(this.text, this.at)) : this.at;
        if (joined === this.at) return;
        this.at = joined;
      }
    }
  }

  /** Steps to the end of the line. */
  skipLine(): void {
    this.at = this.lineEnd(this.at);
  }

  lineEnd(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end < 0 || end > this.limit ? this.limit : end;
  }

  /** Whether the text goes on like this. */
  has(text: string): boolean {
    return this.text.startsWith(text, this.at) && this.at + text.length <= this.limit;
  }
}
