/** Reads the parser library's tree of a mask: which commands there are, how they are joined and what they stand in. */

import type { Language, TreeCursor } from 'web-tree-sitter';
import type { Nesting } from '../../core/shell-tree.ts';

/**
 * What a node of the library's grammar means here. Lists and pipelines are missing: it reads `a | b | c && d` as
 * `a | ((b | c) && d)`, so that the mask has `;` for their operators and the walk joins the commands itself.
 */
type Role = 'command' | 'transparent' | 'function' | Nesting | '&' | ';' | 'first' | 'ignored';

const ROLES: ReadonlyMap<string, Role> = new Map([
  ['command', 'command'],
  ['declaration_command', 'command'],
  ['unset_command', 'command'],
  ['test_command', 'command'],
  ['variable_assignment', 'command'],
  ['variable_assignments', 'command'],
  ['negated_command', 'transparent'],
  ['redirected_statement', 'transparent'],
  ['subshell', 'subshell'],
  ['command_substitution', 'substitution'],
  ['process_substitution', 'substitution'],
  ['compound_statement', 'group'],
  ['function_definition', 'function'],
  ['for_statement', 'loop'],
  ['c_style_for_statement', 'loop'],
  ['while_statement', 'loop'],
  ['if_statement', 'condition'],
  ['case_statement', 'case'],
  ['&', '&'],
  [';', ';'],
  [';;', 'ignored'],
  ['(', 'first'],
  ['{', 'first'],
  ['then', 'first'],
  ['do', 'first'],
  ['else', 'first'],
]);

export type Joint = ';' | '&&' | '||' | '&' | undefined;

/** Builds commands in the order of the walk; `C` is the builder's own command. */
export interface Builder<C> {
  /** How many commands there are by now. */
  readonly count: number;
  /** The command that starts at `start` in the mask; `undefined` when there is none. `look`: it has substitutions inside. */
  command(start: number, operator: Joint, within: readonly Nesting[]): { command: C | undefined; look: boolean };
  /** What the script has where the mask has `;`. */
  joint(at: number): ';' | '&&' | '||' | '|';
  pipeline(members: readonly C[]): void;
  /** The commands from the `from`-th on run in the background. */
  background(from: number): void;
  /** A group, loop or condition ends at `end`; `first` and `last` are its outermost commands. */
  closed(end: number, first: C | undefined, last: C | undefined): void;
}

/** The first and last command that stand for a statement. */
interface Unit<C> {
  readonly first: C | undefined;
  readonly last: C | undefined;
}
const NOTHING = { first: undefined, last: undefined };

/** Deeper trees are not followed; the scanner caps parentheses, this caps `if` in `if`. */
const DEEPEST_TREE = 300;

/** The grammar's node types, looked up once for each loaded language. */
export class Grammar {
  private readonly roles: readonly (Role | undefined)[];

  constructor(language: Language) {
    this.roles = language.types.map(name => ROLES.get(name));
  }

  /** Walks the tree under the cursor once, in order. */
  read<C>(cursor: TreeCursor, builder: Builder<C>, within: readonly Nesting[]): void {
    new Walk(cursor, builder, this.roles).sequence(within, 0);
  }
}

class Walk<C> {
  constructor(
    private readonly cursor: TreeCursor,
    private readonly builder: Builder<C>,
    private readonly roles: readonly (Role | undefined)[],
  ) {}

  /** The children of the node under the cursor, one statement after the other; `head` joins the first. */
  sequence(within: readonly Nesting[], depth: number, head?: Joint): Unit<C> {
    const { builder, cursor } = this;
    if (depth > DEEPEST_TREE || !cursor.gotoFirstChild()) return NOTHING;
    let first: C | undefined;
    let last: C | undefined;
    let operator = head;
    /** What the pipeline being read has, how it is joined, and where its and-or list starts. */
    let pipe: Unit<C>[] = [];
    let pipeOperator = head;
    let piping = false;
    let from = builder.count;
    do {
      const role = this.roles[cursor.nodeTypeId];
      if (role === ';') {
        const joint = builder.joint(cursor.startIndex);
        piping = joint === '|';
        if (joint !== '|') operator = joint;
      } else if (role === '&') {
        operator = '&';
        builder.background(from);
      } else if (role === 'first') operator = undefined;
      else if (role !== 'ignored') {
        if (!piping) {
          this.join(pipe);
          pipe = [];
          pipeOperator = operator;
          if (operator !== '&&' && operator !== '||') from = builder.count;
        }
        const unit = this.statement(role, pipeOperator, within, depth + 1);
        if (unit.first === undefined) continue;
        pipe.push(unit);
        first ??= unit.first;
        last = unit.last;
        piping = false;
        operator = ';';
      }
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
    this.join(pipe);
    return { first, last };
  }

  /** What writes into a pipe ends its group, what reads from it starts the next. */
  private join(pipe: readonly Unit<C>[]): void {
    if (pipe.length < 2) return;
    const members = pipe.map((unit, i) => (i === 0 ? unit.last : unit.first));
    this.builder.pipeline(members.filter(member => member !== undefined));
  }

  private statement(role: Role | undefined, operator: Joint, within: readonly Nesting[], depth: number): Unit<C> {
    const { builder, cursor } = this;
    switch (role) {
      case 'command': {
        const { command, look } = builder.command(cursor.startIndex, operator, within);
        if (look) this.sequence(within, depth);
        return { first: command, last: command };
      }
      case 'transparent':
        return this.sequence(within, depth, operator);
      case 'function':
        this.functionBody([...within, 'function'], depth);
        return NOTHING;
      case 'substitution':
        this.sequence([...within, 'substitution'], depth);
        return NOTHING;
      case 'subshell':
      case 'group':
      case 'loop':
      case 'condition':
      case 'case': {
        const end = cursor.endIndex;
        const unit = this.sequence([...within, role], depth);
        builder.closed(end, unit.first, unit.last);
        return unit;
      }
      default:
        return this.sequence(within, depth);
    }
  }

  /** The braces of a function's body are no group of their own. */
  private functionBody(within: readonly Nesting[], depth: number): void {
    const { cursor } = this;
    if (depth > DEEPEST_TREE || !cursor.gotoFirstChild()) return;
    do {
      const role = this.roles[cursor.nodeTypeId];
      if (role === 'group') this.sequence(within, depth + 1);
      else if (role !== 'first' && role !== 'ignored') this.statement(role, undefined, within, depth + 1);
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
  }
}
