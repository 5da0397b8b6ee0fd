/** From a text to the commands in it, whichever shell it is for. Never throws, and costs time linear in the text. */
import type { ReadDialect } from '../core/script.ts';
import { readBourne } from './bourne/read.ts';
import { backquotePieces, heredocPieces } from './bourne/values.ts';
import { readCmd } from './cmd/read.ts';
import { embeddedScript } from './embedded.ts';
import { readPowerShell } from './powershell/read.ts';
import { QUOTING } from './quoting.ts';
import { findCalled } from './tree/calls.ts';
import {
  type CommandContext,
  type CommandNode,
  type FunctionNode,
  HeredocNode,
  type InnerText,
  type ScriptTree,
  WordNode,
  WordsNode,
  within,
} from './tree/nodes.ts';
import { decodedText, type Piece } from './tree/pieces.ts';
import type { SourceReading } from './tree/reading.ts';
import { Source } from './tree/source.ts';

/** Scripts inside scripts inside scripts; further in nothing is read. */
const DEEPEST_SCRIPT = 8;
/** How many scripts inside one script are read. */
const MOST_SCRIPTS = 500;

/** A text that is still to be read, and what it is in. */
interface Waiting {
  readonly source: Source;
  readonly dialect: ReadDialect;
  readonly context: CommandContext;
  readonly depth: number;
}

/** What was read, and how many characters that took. */
export interface Reading {
  readonly tree: ScriptTree;
  readonly characters: number;
}

/** The commands of a script. */
export function parse(text: string, dialect: ReadDialect): ScriptTree {
  return read(text, dialect).tree;
}

const OUTERMOST: CommandContext = { within: [], definition: undefined, job: undefined };
const NONE: readonly never[] = [];

/** As {@link parse}, with an account of the work. */
export function read(text: string, dialect: ReadDialect): Reading {
  const whole: Waiting = { source: new Source(text, QUOTING[dialect]), dialect, context: OUTERMOST, depth: 0 };
  const reading = readSource(whole);
  const characters = text.length + reading.wasted;
  const queue: Waiting[] = [];
  addInner(queue, whole, reading);
  if (queue.length > 0) return withInner(queue, reading, characters);
  const { commands, functions, broken } = reading;
  if (functions.length > 0) findCalled(commands, functions);
  // A list that was filled one by one has room for more, and trees are kept.
  return {
    tree: { commands: commands.slice(), functions: functions.length > 0 ? functions : NONE, broken },
    characters,
  };
}

/** With the scripts inside, and those inside them. */
function withInner(queue: Waiting[], outer: SourceReading, read: number): Reading {
  const commands: CommandNode[] = [...outer.commands];
  const functions: FunctionNode[] = [...outer.functions];
  let { broken } = outer;
  let characters = read;
  for (let i = 0; i < queue.length && i < MOST_SCRIPTS - 1; i++) {
    const waiting = queue[i]!;
    const reading = readSource(waiting);
    // What another machine cannot read breaks nothing here.
    broken ||= reading.broken && !waiting.context.within.includes('remote-script');
    characters += waiting.source.text.length + reading.wasted;
    for (const command of reading.commands) commands.push(command);
    for (const one of reading.functions) functions.push(one);
    if (waiting.depth < DEEPEST_SCRIPT) addInner(queue, waiting, reading);
  }
  // What was found inside others goes to where it is written.
  sortByPlace(commands);
  if (functions.length > 0) findCalled(commands, functions);
  return { tree: { commands, functions, broken }, characters };
}

function readSource({ source, dialect, context }: Waiting): SourceReading {
  switch (dialect) {
    case 'posix':
    case 'bash':
      return readBourne(source, context);
    case 'cmd':
      return readCmd(source, context);
    default:
      return readPowerShell(source, context);
  }
}

/** The scripts inside one that was read: between backquotes, and those that its commands hand to a shell. */
function addInner(
  queue: Waiting[],
  { source, dialect, depth }: Waiting,
  { commands, backquotes }: SourceReading,
): void {
  const add = (node: InnerText, inner: ReadDialect, context: CommandContext) =>
    queue.push({ source: innerSource(source, node, inner), dialect: inner, context, depth: depth + 1 });
  for (const quoted of backquotes) add(quoted, dialect, quoted.context);
  for (const command of commands) {
    const embedded = embeddedScript(command);
    if (embedded) add(embedded.in, embedded.dialect ?? dialect, within(command.context, embedded.nesting));
  }
}

function innerSource(parent: Source, node: InnerText, dialect: ReadDialect): Source {
  const pieces = piecesOf(parent, node);
  return new Source(decodedText(parent.text, pieces), QUOTING[dialect], { parent, pieces, node });
}

function piecesOf(parent: Source, node: InnerText): readonly Piece[] {
  if (node instanceof HeredocNode) return heredocPieces(node);
  if (node instanceof WordNode || node instanceof WordsNode) return node.pieces;
  return backquotePieces(parent.text, node);
}

function sortByPlace(commands: CommandNode[]): void {
  const starts = new Map(commands.map(command => [command, command.source.outside(command.start, command.end).start]));
  commands.sort((a, b) => starts.get(a)! - starts.get(b)!);
}
