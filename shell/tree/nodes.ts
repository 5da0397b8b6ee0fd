/**
 * The tree of a script, free of the document it came from: offsets are offsets in the text that a node's
 * source has, and the same text always makes the same tree, so that it can be kept and shared.
 */
import type { Expansion, Nesting } from '../../core/shell-tree.ts';
import type { ReadableWord } from '../programs/arguments.ts';
import { decodedText, type Piece } from './pieces.ts';
import type { Source } from './source.ts';

/** What a script does. */
export interface ScriptTree {
  /** Every simple command in the order it is written, those of nested scripts included. */
  readonly commands: readonly CommandNode[];
  /** The functions that it defines, in the order they are written. */
  readonly functions: readonly FunctionNode[];
  /** Whether something in it could not be read. */
  readonly broken: boolean;
}

/** How a command is joined to what precedes it. */
export type Joint = ';' | '&&' | '||' | '&' | undefined;

const NONE: readonly never[] = [];

/** A simple command: assignments, words and redirections. Offsets count in `source.text`. */
export class CommandNode {
  end: number;
  assignments: readonly AssignmentNode[] = NONE;
  words: readonly WordNode[] = NONE;
  redirects: readonly RedirectNode[] = NONE;
  /** The commands that it is joined to by `|`, itself included; `undefined` when it is alone. */
  pipeline: readonly CommandNode[] | undefined = undefined;

  constructor(
    readonly source: Source,
    public start: number,
    readonly operator: Joint,
    readonly context: CommandContext,
  ) {
    this.end = start;
  }

  get within(): readonly Nesting[] {
    return this.context.within;
  }

  /** Whether the script goes on without waiting for it, or for something that it is in. */
  get background(): boolean {
    let job = this.context.job;
    while (job && !job.background) job = job.outer;
    return job !== undefined;
  }
}

/** What commands are in. */
export interface CommandContext {
  /** Outermost first. */
  readonly within: readonly Nesting[];
  /** The list that an `if` tests. */
  readonly tested?: boolean;
  /** The innermost function. */
  readonly definition: FunctionNode | undefined;
  /** The and-or list, or the co-process. */
  readonly job: Job | undefined;
}

/** A context one level further in. */
export function within(context: CommandContext, nesting: Nesting): CommandContext {
  return { ...context, within: [...context.within, nesting] };
}

/** What `&` sends to the background as a whole. */
export interface Job {
  background: boolean;
  readonly outer: Job | undefined;
}

/** `NAME=value`, `NAME+=value`, `NAME[i]=value` or `NAME=(…)`. */
export interface AssignmentNode {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  /** `undefined` for an array and for an empty value. */
  readonly value: WordNode | undefined;
  /** The elements of `NAME=(…)`. */
  readonly elements: readonly WordNode[] | undefined;
}

/** A redirection of a command. */
export interface RedirectNode {
  readonly start: number;
  readonly end: number;
  readonly operator: string;
  readonly descriptor: number | undefined;
  /** `undefined` for a here-document. */
  readonly target: WordNode | undefined;
  readonly heredoc: HeredocNode | undefined;
}

/** A here-document. `start` and `end` are those of its lines as they are written. */
export class HeredocNode {
  start = 0;
  end = 0;
  expansions: readonly Expansion[] = NONE;

  constructor(
    readonly source: Source,
    readonly delimiter: string,
    readonly quoted: boolean,
    /** `<<-`: leading tabs are not part of the body. */
    readonly stripTabs: boolean,
  ) {}
}

/** The text between two backquotes. */
export interface BackquoteNode {
  readonly start: number;
  readonly end: number;
  /** Inside double quotes `\"` is an escape too. */
  readonly inDouble: boolean;
}

/** Words that make one text together: what follows `powershell -Command`. */
export class WordsNode {
  constructor(
    readonly start: number,
    readonly end: number,
    readonly pieces: readonly Piece[],
  ) {}
}

/** Where a script is that is inside another. */
export type InnerText = WordNode | WordsNode | HeredocNode | BackquoteNode;

/** `name() { … }` */
export class FunctionNode {
  end: number;
  /** Whether it may run when the script does: something that runs names it, or runs a program that cannot be known. */
  called = false;

  constructor(
    readonly source: Source,
    readonly name: string,
    readonly start: number,
    /** The function whose body it is defined in. */
    readonly definition: FunctionNode | undefined,
  ) {
    this.end = start;
  }
}

/** One word as the shell splits them. What it stands for is worked out when it is asked for: most never are. */
export class WordNode {
  end: number;
  /** Whether it has quotes, escapes or expansions, so that its raw text is not its value. */
  special = false;
  /** Whether any part of it is quoted. */
  quoted = false;
  expansions: readonly Expansion[] = NONE;
  /** Its pieces, where the reader has made them already. */
  kept: readonly Piece[] | undefined = undefined;
  private decoded: string | undefined;

  constructor(
    readonly source: Source,
    readonly start: number,
  ) {
    this.end = start;
  }

  /** As written, quotes and all. */
  get raw(): string {
    return this.source.text.slice(this.start, this.end);
  }

  /** After quote removal; each expansion is one `UNRESOLVED`. */
  get text(): string {
    return (this.decoded ??= this.special ? decodedText(this.source.text, this.pieces) : this.raw);
  }

  /** What it stands for, piece by piece. */
  get pieces(): readonly Piece[] {
    return this.kept ?? this.source.quoting.pieces(this);
  }

  /** After quote removal when nothing in it expands; globs count as literal text. */
  get literal(): string | undefined {
    return this.expansions.length > 0 ? undefined : this.text;
  }

  /** Its text for the reader of command lines. */
  get value(): ReadableWord['value'] {
    return new PlainText(this.text);
  }

  /** The part of it from an offset on, which is between its quotes and expansions. */
  from(start: number): WordNode {
    const part = new WordNode(this.source, start);
    part.end = this.end;
    part.special = this.special;
    part.quoted = this.quoted;
    part.expansions = this.expansions.filter(expansion => expansion.start >= start);
    return part;
  }
}

/** Text that knows no document. */
class PlainText {
  constructor(readonly text: string) {}

  slice(start: number, end: number): PlainText {
    return new PlainText(this.text.slice(start, end));
  }
}

/** Adds to a list that starts as the empty one that all nodes share. */
export function added<T>(list: readonly T[], item: T): readonly T[] {
  if (list.length === 0) return [item];
  (list as T[]).push(item);
  return list;
}
