/** How far the reading of one PowerShell text has come, and what was found so far. */
import type { Nesting } from '../../core/shell-tree.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { type CommandContext, CommandNode, type FunctionNode, type Joint, within } from '../tree/nodes.ts';
import type { Source } from '../tree/source.ts';

/** Parentheses, blocks and strings inside each other; what is further in is not read. */
const DEEPEST = 150;

/** https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02: typographic quotes quote too. */
export const SINGLE: ReadonlySet<string> = new Set("'\u2018\u2019\u201a\u201b");
export const DOUBLE: ReadonlySet<string> = new Set('"\u201c\u201d\u201e');

export class Reader {
  at = 0;
  /** Nothing from here on is read. */
  limit: number;
  readonly text: string;
  readonly commands: CommandNode[] = [];
  readonly functions: FunctionNode[] = [];
  readonly backquotes: readonly never[] = [];
  broken = false;
  /** What a block is to the command whose word it is. */
  blocks: Nesting = 'group';
  /** A command was added after what is written in it. */
  unordered = false;
  /** How many characters were read twice. */
  wasted = 0;
  /** Where it is known that no pipe follows. */
  pipeless = -1;
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

  /** The character that many further. */
  ahead(by: number): string {
    return this.at + by < this.limit ? this.text[this.at + by]! : '';
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
    else this.stop();
    this.depth--;
    return result;
  }

  /** Reads in other surroundings. */
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

  private stop(): void {
    this.broken = true;
    this.limit = this.at;
  }

  /** Steps over spaces and continued lines. */
  skipBlanks(): void {
    for (; this.at < this.limit; this.at++) {
      const c = this.text[this.at]!;
      if (isBlank(c)) continue;
      if (c === '<' && this.ahead(1) === '#') this.skipBlockComment();
      else if (c !== '`' || this.newlineAt(this.at + 1) === 0) return;
      else this.at += this.newlineAt(this.at + 1);
    }
  }

  /** Ends on the last character of the comment. */
  private skipBlockComment(): void {
    const end = this.text.indexOf('#>', this.at + 2);
    if (end < 0 || end + 2 > this.limit) this.broken = true;
    this.at = end < 0 || end + 2 > this.limit ? this.limit - 1 : end + 1;
  }

  /** How long the newline at `i` is; 0 when there is none. */
  newlineAt(i: number): number {
    if (i >= this.limit) return 0;
    const c = this.text[i];
    if (c === '\n') return 1;
    return c === '\r' && i + 1 < this.limit && this.text[i + 1] === '\n' ? 2 : 0;
  }

  /** Steps over spaces, newlines and comments. */
  skipLines(): void {
    for (;;) {
      this.skipBlanks();
      const newline = this.newlineAt(this.at);
      if (newline > 0) this.at += newline;
      else if (this.c === '#') this.skipLine();
      else return;
    }
  }

  skipLine(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 || end > this.limit ? this.limit : end;
    if (this.at > 0 && this.at < this.limit && this.text[this.at - 1] === '\r') this.at--;
  }
}

export function isBlank(c: string): boolean {
  return c === ' ' || c === '\t' || c === '\u00a0' || c === '\f' || c === '\v' || c === '\ufeff';
}

export const isUnresolved = (c: string): boolean => c === UNRESOLVED;
