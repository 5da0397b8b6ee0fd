import type { BackquoteNode, CommandContext, CommandNode, FunctionNode } from './nodes.ts';

/** A script between backquotes, which is read when everything around it has been. */
export interface PendingBackquote extends BackquoteNode {
  readonly context: CommandContext;
}

/** What the reader of one language finds in one text. */
export interface SourceReading {
  /** In the order they are written. */
  readonly commands: readonly CommandNode[];
  readonly functions: readonly FunctionNode[];
  readonly backquotes: readonly PendingBackquote[];
  /** Whether something could not be read. */
  readonly broken: boolean;
  /** How many characters were read in vain, which is what a text may cost beyond its length. */
  readonly wasted: number;
}
