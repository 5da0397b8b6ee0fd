/** How far the reading of one cmd text has come, and what was found so far. */
import type { Nesting } from '../../core/shell-tree.ts';
import { type CommandContext, CommandNode, type FunctionNode, type Joint, within } from '../tree/nodes.ts';
import type { Source } from '../tree/source.ts';

/** Groups and conditions inside each other; what is further in is not read. */
const DEEPEST = 150;

export class Reader {
  at = 0;
  /** Nothing from here on is read. */
  limit: number;
  readonly text: string;
  readonly commands: CommandNode[] = [];
  readonly functions: FunctionNode[] = [];
  readonly backquotes: readonly never[] = [];
  broken = false;
  readonly wasted = 0;
  /** How many parentheses are open. */
  groups = 0;
  /** `!NAME!` is filled in. https://learn.microsoft.com/windows-server/administration/windows-commands/setlocal */
  readonly delayed: boolean;
  private depth = 0;

  constructor(
    readonly source: Source,
    public context: CommandContext,
  ) {
    this.text = source.text;
    this.limit = this.text.length;
    this.delayed = /enabledelayedexpansion|\/v:on/i.test(this.text);
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

  /** Reads in other surroundings, one level deeper; where that is too deep nothing more is read. */
  inside(nesting: Nesting, read: () => void): void {
    const { context } = this;
    this.context = within(context, nesting);
    if (++this.depth <= DEEPEST) read();
    else {
      this.broken = true;
      this.limit = this.at;
    }
    this.depth--;
    this.context = context;
  }

  begin(joint: Joint, start = this.at): CommandNode {
    const command = new CommandNode(this.source, start, joint, this.context);
    this.commands.push(command);
    return command;
  }

  newlineAt(i: number): number {
    if (i >= this.limit) return 0;
    if (this.text[i] === '\n') return 1;
    return this.text[i] === '\r' && i + 1 < this.limit && this.text[i + 1] === '\n' ? 2 : 0;
  }

  /** Steps over spaces and continued lines. */
  skipBlanks(): void {
    while (this.at < this.limit) {
      if (isBlank(this.text[this.at]!)) this.at++;
      else if (this.text[this.at] === '^' && this.newlineAt(this.at + 1) > 0)
        this.at += 1 + this.newlineAt(this.at + 1);
      else return;
    }
  }

  skipLines(): void {
    for (;;) {
      this.skipBlanks();
      const newline = this.newlineAt(this.at);
      if (newline === 0) return;
      this.at += newline;
    }
  }

  /** `@` in front of a command keeps it from being printed. */
  skipPrefix(): void {
    this.skipBlanks();
    while (this.c === '@') {
      this.at++;
      this.skipBlanks();
    }
  }

  skipLine(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 || end > this.limit ? this.limit : end;
  }
}

export function isBlank(c: string): boolean {
  return c === ' ' || c === '\t' || c === '\v' || c === '\f' || c === '\u00a0';
}

/** Whether a command cannot go on here. */
export function endsCommand(r: Reader): boolean {
  const { c } = r;
  return c === '' || c === '&' || c === '|' || (c === ')' && r.groups > 0) || r.newlineAt(r.at) > 0;
}
