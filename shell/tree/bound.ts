/**
 * A script's tree at its place in a document. The tree knows no document, so that equal scripts share it; what is bound
 * to it here says where in the document each word is and how to write another one there.
 */
import type { ShellDialect } from '../../core/script.ts';
import type {
  Assignment,
  Command,
  Expansion,
  Heredoc,
  Nesting,
  Redirect,
  ShellTree,
  Word,
} from '../../core/shell-tree.ts';
import { Decoder, type Encode, SourceText, UNRESOLVED } from '../../core/text.ts';
import { heredocEncoder } from '../bourne/encode.ts';
import { backquotePieces, heredocPieces } from '../bourne/values.ts';
import {
  type AssignmentNode,
  type CommandNode,
  HeredocNode,
  type RedirectNode,
  type ScriptTree,
  WordNode,
  WordsNode,
} from './nodes.ts';
import type { Piece } from './pieces.ts';
import type { Source } from './source.ts';

/** The commands of `tree`, which was read from `text`. */
export function bound(tree: ScriptTree, text: SourceText): ShellTree {
  const { broken } = tree;
  const binding = new Binding(
    text,
    tree.commands.some(({ pipeline }) => pipeline !== undefined),
  );
  const all = tree.commands.map(node => binding.command(node));
  if (!all.some(isElsewhere)) return { commands: all, elsewhere: NONE, broken };
  return { commands: all.filter(command => !isElsewhere(command)), elsewhere: all.filter(isElsewhere), broken };
}

const NONE: readonly never[] = [];
const isElsewhere = ({ within }: Command): boolean => within.includes('remote-script');

/** Most scripts are one command without anything nested: the tables are made where they are needed. */
class Binding {
  private readonly commands: Map<CommandNode, BoundCommand> | undefined;
  private texts: Map<Source, SourceText> | undefined;
  private pipelines: Map<readonly CommandNode[], readonly Command[]> | undefined;

  constructor(
    private readonly text: SourceText,
    /** Only pipelines name a command again. */
    pipelines: boolean,
  ) {
    if (pipelines) this.commands = new Map();
  }

  command(node: CommandNode): BoundCommand {
    let command = this.commands?.get(node);
    if (!command) {
      command = new BoundCommand(this, node);
      this.commands?.set(node, command);
    }
    return command;
  }

  /** One list for all commands of a pipeline, so that rules can distinguish pipelines. */
  pipeline(nodes: readonly CommandNode[]): readonly Command[] {
    this.pipelines ??= new Map();
    let commands = this.pipelines.get(nodes);
    if (!commands) this.pipelines.set(nodes, (commands = nodes.map(node => this.command(node))));
    return commands;
  }

  /** The text that a node's offsets count in, with its way back to the document. */
  textOf(source: Source): SourceText {
    const { origin } = source;
    if (!origin) return this.text;
    this.texts ??= new Map();
    let text = this.texts.get(source);
    if (!text) {
      const { node, parent } = origin;
      const outer = this.textOf(parent);
      text =
        node instanceof WordNode
          ? wordText(node, outer)
          : node instanceof HeredocNode
            ? heredocText(node, outer)
            : node instanceof WordsNode
              ? wordsText(node, parent, outer)
              : decoded(outer, backquotePieces(parent.text, node), () => writtenInBackquotes, node.start);
      this.texts.set(source, text);
    }
    return text;
  }
}

class BoundCommand implements Command {
  readonly start: number;
  readonly end: number;
  private bound: readonly Word[] | undefined;
  private assigned: readonly Assignment[] | undefined;
  private redirected: readonly Redirect[] | undefined;
  private joined: readonly Command[] | undefined;

  constructor(
    private readonly binding: Binding,
    private readonly node: CommandNode,
  ) {
    const { start, end } = node.source.outside(node.start, node.end);
    this.start = start;
    this.end = end;
  }

  get dialect(): ShellDialect {
    return this.node.source.quoting.dialect;
  }
  get operator(): Command['operator'] {
    return this.node.operator;
  }
  get within(): readonly Nesting[] {
    return this.node.within;
  }
  get tested(): boolean {
    return this.node.context.tested === true;
  }
  get background(): boolean {
    return this.node.background;
  }
  get mayRun(): boolean {
    return this.node.context.definition?.called !== false;
  }
  get words(): readonly Word[] {
    const { node, binding } = this;
    return (this.bound ??= node.words.length === 0 ? NONE : node.words.map(word => new BoundWord(word, binding)));
  }
  get assignments(): readonly Assignment[] {
    const { node, binding } = this;
    if (node.assignments.length === 0) return NONE;
    return (this.assigned ??= node.assignments.map(one => boundAssignment(one, node.source, binding)));
  }
  get redirects(): readonly Redirect[] {
    const { node, binding } = this;
    if (node.redirects.length === 0) return NONE;
    return (this.redirected ??= node.redirects.map(one => boundRedirect(one, node.source, binding)));
  }
  get pipeline(): readonly Command[] {
    return (this.joined ??= this.node.pipeline ? this.binding.pipeline(this.node.pipeline) : [this]);
  }
}

function boundAssignment(node: AssignmentNode, source: Source, binding: Binding): Assignment {
  return {
    ...source.outside(node.start, node.end),
    name: node.name,
    value: node.value && new BoundWord(node.value, binding),
  };
}

function boundRedirect(node: RedirectNode, source: Source, binding: Binding): Redirect {
  return {
    ...source.outside(node.start, node.end),
    operator: node.operator,
    descriptor: node.descriptor,
    target: node.target && new BoundWord(node.target, binding),
    heredoc: node.heredoc && new BoundHeredoc(node.heredoc, binding),
  };
}

class BoundWord implements Word {
  readonly start: number;
  readonly end: number;
  private decoded: SourceText | undefined;
  private outside: readonly Expansion[] | undefined;

  constructor(
    private readonly node: WordNode,
    private readonly binding: Binding,
  ) {
    const { start, end } = node.source.outside(node.start, node.end);
    this.start = start;
    this.end = end;
  }

  get raw(): string {
    return this.node.raw;
  }
  get text(): string {
    return this.node.text;
  }
  get literal(): string | undefined {
    return this.node.literal;
  }
  get quoted(): boolean {
    return this.node.quoted;
  }
  get expansions(): readonly Expansion[] {
    const { source, expansions } = this.node;
    if (!source.origin) return expansions;
    return (this.outside ??= expansions.map(one => ({ ...one, ...source.outside(one.start, one.end) })));
  }
  get value(): SourceText {
    return (this.decoded ??= wordText(this.node, this.binding.textOf(this.node.source)));
  }
}

class BoundHeredoc implements Heredoc {
  private decoded: SourceText | undefined;

  constructor(
    private readonly node: HeredocNode,
    private readonly binding: Binding,
  ) {}

  get delimiter(): string {
    return this.node.delimiter;
  }
  get quoted(): boolean {
    return this.node.quoted;
  }
  get body(): SourceText {
    return (this.decoded ??= heredocText(this.node, this.binding.textOf(this.node.source)));
  }
}

function wordText(node: WordNode, parent: SourceText): SourceText {
  return SourceText.later(node.text, () => {
    const { quoting, text } = node.source;
    // An empty text is between the quotes, where there are some.
    const { style, length } = quoting.opening(text, node.start);
    const encoders = quoting.encoders(parent.text, () => node.text);
    return decoded(parent, node.pieces, piece => encoders(piece), node.start + length, encoders(style));
  });
}

function wordsText(node: WordsNode, { quoting }: Source, parent: SourceText): SourceText {
  let done: SourceText | undefined;
  const encoders = quoting.encoders(parent.text, () => done?.text);
  const encoderOf = (style: Piece['style']): Encode => (style === 'encoded' ? notWritten : encoders(style));
  done = decoded(parent, node.pieces, encoderOf, node.start, encoders('bare'));
  return done;
}

function heredocText(node: HeredocNode, parent: SourceText): SourceText {
  let done: SourceText | undefined;
  const encode = heredocEncoder(node, parent.text, () => done?.text);
  done = decoded(parent, heredocPieces(node), () => encode, node.start, encode);
  return done;
}

function decoded(
  parent: SourceText,
  pieces: readonly Piece[],
  encoderOf: (style: Piece['style']) => Encode,
  origin: number,
  encode: Encode = encoderOf('backquotes'),
): SourceText {
  const decoder = new Decoder(parent, encode, origin);
  for (const { text, start, end, style } of pieces)
    if (text === undefined) decoder.verbatim(start, end, encoderOf(style));
    else decoder.as(text, start, end, encoderOf(style));
  return decoder.done();
}

/** Nobody reads what is encoded, so that another text there would not be seen. */
const notWritten: Encode = () => undefined;

const writtenInBackquotes: Encode = text => (/[`\\$"]/.test(text) || text.includes(UNRESOLVED) ? undefined : text);
