/** Reads scripts with mvdan-sh, and lists the simple commands in the terms of our own tree. */
import { createRequire } from 'node:module';
import { type PlainCommand, redirectOf } from './lines.ts';

/** What of the library's nodes is used here; which of it a node has depends on its type. */
interface Node {
  Pos(): { Offset(): number };
  End(): { Offset(): number };
  readonly [field: string]: unknown;
}
type Statement = Node & { Cmd: Node | null; Redirs: Node[]; Background: boolean };
interface Library {
  NewParser(...options: unknown[]): { Parse(text: string, name: string): { Stmts: Statement[] } };
  Variant(language: unknown): unknown;
  Walk(node: Node, visit: (node: Node | null) => boolean): void;
  NodeType(node: Node): string;
  LangBash: unknown;
}
const { syntax } = createRequire(import.meta.url)('mvdan-sh') as { syntax: Library };
const parser = syntax.NewParser(syntax.Variant(syntax.LangBash));

/** The commands of a script; `undefined` where the library treats it as broken. */
export function mvdan(text: string): PlainCommand[] | undefined {
  let file: { Stmts: Statement[] };
  try {
    file = parser.Parse(text, '');
  } catch {
    return undefined;
  }
  const reading = new Reading(text);
  reading.list(file.Stmts, []);
  return reading.commands.sort((a, b) => a.start - b.start);
}

interface Unit {
  readonly first: PlainCommand | undefined;
  readonly last: PlainCommand | undefined;
}
const NOTHING: Unit = { first: undefined, last: undefined };
const both = (one: Unit, other: Unit): Unit => ({ first: one.first ?? other.first, last: other.last ?? one.last });

class Reading {
  readonly commands: PlainCommand[] = [];
  private readonly offsets: readonly number[] | undefined;

  constructor(private readonly text: string) {
    // The library counts bytes.
    this.offsets = /^[\0-\x7f]*$/.test(text) ? undefined : byteOffsets(text);
  }

  list(statements: readonly Statement[], within: readonly string[]): Unit {
    let unit = NOTHING;
    let joint: string | undefined;
    for (const statement of statements) {
      unit = both(unit, this.statement(statement, joint, within));
      joint = statement.Background ? '&' : ';';
    }
    return unit;
  }

  private statement(statement: Statement, joint: string | undefined, within: readonly string[]): Unit {
    const from = this.commands.length;
    const unit = this.command(statement, joint, within);
    if (statement.Background) for (const command of this.commands.slice(from)) command.background = true;
    return unit;
  }

  private command(statement: Statement, joint: string | undefined, within: readonly string[]): Unit {
    const { Cmd: command, Redirs: redirects } = statement;
    const type = command ? syntax.NodeType(command) : 'CallExpr';
    if (type === 'BinaryCmd') {
      if (/^\|(?!\|)/.test(this.text.slice(this.offset(command!.OpPos as Position))))
        return this.pipe(command!, joint, within);
      const operator = this.text.startsWith('&&', this.offset(command!.OpPos as Position)) ? '&&' : '||';
      return both(
        this.statement(command!.X as Statement, joint, within),
        this.statement(command!.Y as Statement, operator, within),
      );
    }
    if (['CallExpr', 'DeclClause', 'LetClause', 'TestClause'].includes(type)) {
      const simple = this.simple(statement, type, joint, within);
      return { first: simple, last: simple };
    }
    const unit = this.compound(command!, type, joint, within);
    for (const redirect of redirects ?? []) {
      const text = this.redirect(redirect, within);
      (text.replace(/^\d+/, '').startsWith('<') ? unit.first : unit.last)?.redirects.push(text);
    }
    return unit;
  }

  private pipe(command: Node, joint: string | undefined, within: readonly string[]): Unit {
    const members = this.members(command).map(member => this.statement(member, joint, within));
    const real = members.filter(unit => unit.first !== undefined);
    const pipeline = real.map((unit, i) => (i === 0 ? unit.last! : unit.first!));
    if (pipeline.length > 1)
      for (const member of pipeline) if (member.pipeline.length === 1) member.pipeline = pipeline;
    return { first: real[0]?.first, last: real.at(-1)?.last };
  }

  private members(command: Node): Statement[] {
    return [command.X as Statement, command.Y as Statement].flatMap(statement => {
      const { Cmd: inner } = statement;
      const piped =
        inner &&
        syntax.NodeType(inner) === 'BinaryCmd' &&
        /^\|(?!\|)/.test(this.text.slice(this.offset(inner.OpPos as Position)));
      return piped ? this.members(inner) : [statement];
    });
  }

  private simple(
    { Cmd: command, Redirs: redirects }: Statement,
    type: string,
    operator: string | undefined,
    within: readonly string[],
  ): PlainCommand {
    const assigns = ((command?.Assigns as Node[] | null) ?? []).map(node => this.assignment(node));
    const plain: PlainCommand = {
      start: Math.min(...[command, ...(redirects ?? [])].flatMap(node => (node ? this.startOf(node) : []))),
      assignments: type === 'CallExpr' ? assigns : [],
      words: command ? this.wordsOf(command, type) : [],
      redirects: [],
      operator,
      within,
      pipeline: [],
      background: false,
    };
    plain.pipeline = [plain];
    this.commands.push(plain);
    if (command) this.inside(command, within);
    for (const redirect of redirects ?? []) plain.redirects.push(this.redirect(redirect, within));
    return plain;
  }

  private wordsOf(command: Node, type: string): string[] {
    // Tests and arithmetic have words of their own kind.
    if (type === 'TestClause' || type === 'LetClause') return [this.slice(command)];
    const args = ((command.Args as Node[] | null) ?? []).map(node => this.slice(node));
    return type === 'DeclClause' ? [this.slice(command.Variant as Node), ...args] : args;
  }

  private redirect(redirect: Node, within: readonly string[]): string {
    this.inside(redirect, within);
    const body = redirect.Hdoc as Node | null;
    const target = redirect.Word as Node;
    const operator = this.text.slice(this.startOf(redirect), this.startOf(target));
    return redirectOf(
      operator,
      this.slice(target),
      body && this.withoutDelimiter(this.slice(body), this.slice(target)),
    );
  }

  /** The library counts the last line's delimiter as a part of the body. */
  private withoutDelimiter(body: string, target: string): string {
    const delimiter = target.replace(/\\([\s\S])|['"]/g, '$1');
    return body.endsWith(delimiter) ? body.slice(0, body.length - delimiter.length).replace(/\t+$/, '') : body;
  }

  private compound(command: Node, type: string, joint: string | undefined, within: readonly string[]): Unit {
    const list = (field: string, nesting: string) => this.list(command[field] as Statement[], [...within, nesting]);
    switch (type) {
      case 'Block':
        return list('Stmts', 'group');
      case 'Subshell':
        return list('Stmts', 'subshell');
      case 'WhileClause':
        return both(list('Cond', 'loop'), list('Do', 'loop'));
      case 'ForClause':
        this.inside(command.Loop as Node, [...within, 'loop']);
        return list('Do', 'loop');
      case 'IfClause':
        return this.condition(command, [...within, 'condition']);
      case 'CaseClause': {
        const inner = [...within, 'case'];
        this.inside(command.Word as Node, inner);
        return (command.Items as Node[]).reduce((unit, item) => {
          for (const pattern of item.Patterns as Node[]) this.inside(pattern, inner);
          return both(unit, this.list(item.Stmts as Statement[], inner));
        }, NOTHING);
      }
      case 'FuncDecl': {
        const body = command.Body as Statement;
        const inner = [...within, 'function'];
        if (syntax.NodeType(body.Cmd!) === 'Block') {
          this.list(body.Cmd!.Stmts as Statement[], inner);
          for (const redirect of body.Redirs ?? []) this.inside(redirect, inner);
        } else this.statement(body, undefined, inner);
        return NOTHING;
      }
      case 'TimeClause':
        return command.Stmt ? this.statement(command.Stmt as Statement, joint, within) : NOTHING;
      case 'CoprocClause': {
        const from = this.commands.length;
        const unit = this.statement(command.Stmt as Statement, joint, within);
        for (const one of this.commands.slice(from)) one.background = true;
        return unit;
      }
      default:
        this.inside(command, within);
        return NOTHING;
    }
  }

  private condition(clause: Node, within: readonly string[]): Unit {
    const cond = this.list((clause.Cond as Statement[] | null) ?? [], within);
    const then = this.list(clause.Then as Statement[], within);
    const unit = both(cond, then);
    return clause.Else ? both(unit, this.condition(clause.Else as Node, within)) : unit;
  }

  /** The commands of substitutions inside a word, an expression, a redirection. */
  private inside(node: Node, within: readonly string[]): void {
    syntax.Walk(node, inner => {
      if (!inner) return true;
      const type = syntax.NodeType(inner);
      if (type !== 'CmdSubst' && type !== 'ProcSubst') return true;
      this.list((inner.Stmts as Statement[] | null) ?? [], [...within, 'substitution']);
      return false;
    });
  }

  /** Where there is no value the library leaves out the `=`. */
  private assignment(node: Node): string {
    const text = this.slice(node);
    return node.Value || node.Array || text.endsWith('=') ? text : `${text}=`;
  }

  /** The library counts a `\\`+newline after a word as a part of it. */
  private slice(node: Node): string {
    const end = this.offset(node.End());
    const written = this.text.slice(this.startOf(node), end).replace(/(?:\\\n)+$/, '');
    const escapes = /\\*$/.exec(written)![0].length;
    return escapes % 2 === 1 && this.text[end] === '\n' ? written.slice(0, -1) : written;
  }

  private startOf(node: Node): number {
    return this.offset(node.Pos());
  }

  private offset(position: Position): number {
    const byte = position.Offset();
    return this.offsets ? this.offsets[byte]! : byte;
  }
}

interface Position {
  Offset(): number;
}

/** The UTF-16 offset for each offset in bytes. */
function byteOffsets(text: string): number[] {
  const offsets: number[] = [];
  for (let i = 0; i < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(i)!);
    const bytes = new TextEncoder().encode(character).length;
    for (let k = 0; k < bytes; k++) offsets.push(i);
    i += character.length;
  }
  offsets.push(text.length);
  return offsets;
}
