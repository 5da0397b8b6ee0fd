/** Bash and sh: from a text to the commands in it. Never throws, and costs time linear in the text. */
import { findCalled } from './calls.ts';
import { embeddedScript } from './embedded.ts';
import { readList } from './lists.ts';
import { Reader } from './reader.ts';
import { Source } from './source.ts';
import {
  type BackquoteNode,
  type CommandContext,
  type CommandNode,
  type FunctionNode,
  HeredocNode,
  type ScriptTree,
  type WordNode,
  within,
} from './tree.ts';
import { backquotePieces, decodedText, heredocPieces, type Piece, wordPieces } from './values.ts';

/** Scripts inside scripts inside scripts; further in nothing is read. */
const DEEPEST_SCRIPT = 8;
/** How many scripts inside one script are read. */
const MOST_SCRIPTS = 500;

/** A text that is still to be read, and what it is in. */
interface Waiting {
  readonly source: Source;
  readonly context: CommandContext;
  readonly depth: number;
}

/** What was read, and how many characters that took. */
export interface Reading {
  readonly tree: ScriptTree;
  readonly characters: number;
}

/** The commands of a script. `posix`: any Bourne-like shell that is not known to be bash. */
export function parse(text: string, dialect: 'posix' | 'bash'): ScriptTree {
  return read(text, dialect).tree;
}

/** As {@link parse}, with an account of the work. */
export function read(text: string, dialect: 'posix' | 'bash'): Reading {
  const queue: Waiting[] = [
    { source: new Source(text), context: { within: [], definition: undefined, job: undefined }, depth: 0 },
  ];
  const commands: CommandNode[] = [];
  const functions: FunctionNode[] = [];
  let broken = false;
  let characters = 0;
  for (let i = 0; i < queue.length && i < MOST_SCRIPTS; i++) {
    const waiting = queue[i]!;
    const { source, context, depth } = waiting;
    const reader = new Reader(source, dialect === 'bash', context);
    readList(reader);
    broken ||= reader.broken;
    characters += source.text.length + reader.wasted;
    for (const command of reader.commands) commands.push(command);
    for (const one of reader.functions) functions.push(one);
    if (depth < DEEPEST_SCRIPT) addInner(queue, reader, depth + 1);
  }
  // What was found inside others goes to where it is written.
  if (queue.length > 1) sortByPlace(commands);
  if (functions.length > 0) findCalled(commands, functions);
  return { tree: { commands, functions, broken }, characters };
}

/** The scripts inside one that was read: between backquotes, and those that its commands hand to a shell. */
function addInner(queue: Waiting[], { source, commands, backquotes }: Reader, depth: number): void {
  for (const quoted of backquotes) {
    const { context } = quoted;
    queue.push({ source: inner(source, backquotePieces(source.text, quoted), quoted), context, depth });
  }
  for (const command of commands) {
    const embedded = embeddedScript(command);
    if (!embedded) continue;
    const { nesting } = embedded;
    const node = embedded.in;
    const pieces = node instanceof HeredocNode ? heredocPieces(node) : wordPieces(node);
    queue.push({ source: inner(source, pieces, node), context: within(command.context, nesting), depth });
  }
}

function inner(parent: Source, pieces: readonly Piece[], node: WordNode | HeredocNode | BackquoteNode): Source {
  return new Source(decodedText(parent.text, pieces), { parent, pieces, node });
}

function sortByPlace(commands: CommandNode[]): void {
  const starts = new Map(commands.map(command => [command, command.source.outside(command.start, command.end).start]));
  commands.sort((a, b) => starts.get(a)! - starts.get(b)!);
}
