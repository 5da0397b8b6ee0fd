/** How far the reading of a text has come, and what was found so far: what the readers of cmd and PowerShell share. */
import type { Nesting } from '../../core/shell-tree.ts';
import { type CommandContext, CommandNode, type FunctionNode, type Joint, within } from './nodes.ts';
import type { Source } from './source.ts';

/** Parentheses, blocks and conditions inside each other; what is further in is not read. */
const DEEPEST = 150;

export class Cursor {
  at = 0;
  /** Nothing from here on is read. */
  limit: number;
  readonly text: string;
  readonly commands: CommandNode[] = [];
  readonly functions: FunctionNode[] = [];
  readonly backquotes: readonly never[] = [];
  broken = false;
  /** How many characters were read twice. */
  wasted = 0;
  private depth = 0;

  constructor(
    readonly source: Source,
    public context: CommandContext,
  ) {
    this.text = source.text;
    this.limit = this.text.length;
  }

  get ended(): boolean {
    return this.at >= this.limit;
  }

  /** The character here; empty at the end. */
  get c(): string {
    return this.at < this.limit ? this.text[this.at]! : '';
  }

  has(text: string): boolean {
    return this.text.startsWith(text, this.at) && this.at + text.length <= this.limit;
  }

  /** What a sticky pattern finds here. */
  match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    return this.at + found.length <= this.limit ? found : '';
  }

  /** Reads one level deeper; where that is too deep nothing more is read. */
  deeper<T>(read: () => T): T | undefined {
    let result: T | undefined;
    if (++this.depth <= DEEPEST) result = read();
    else {
      this.broken = true;
      this.limit = this.at;
    }
    this.depth--;
    return result;
  }

  /** Reads in other surroundings, one level deeper. */
  inside(nesting: Nesting, read: () => void, definition: FunctionNode | undefined = undefined): void {
    const { context } = this;
    const inner = within(context, nesting);
    this.context = definition ? { ...inner, definition } : inner;
    this.deeper(read);
    this.context = context;
  }

  begin(joint: Joint, start = this.at): CommandNode {
    const command = new CommandNode(this.source, start, joint, this.context);
    this.commands.push(command);
    return command;
  }

  /** How long the newline at `i` is; 0 when there is none. */
  newlineAt(i: number): number {
    if (i >= this.limit) return 0;
    const c = this.text[i];
    if (c === '\n') return 1;
    return c === '\r' && i + 1 < this.limit && this.text[i + 1] === '\n' ? 2 : 0;
  }

  /** To the end of the line. */
  skipLine(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 || end > this.limit ? this.limit : end;
  }
}
