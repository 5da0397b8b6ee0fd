/** Statements, pipelines, blocks. https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-08 */
import type { Nesting } from '../../core/shell-tree.ts';
import {
  type AssignmentNode,
  added,
  type CommandNode,
  type FunctionNode,
  type Job,
  type Joint,
  type WordNode,
} from '../tree/nodes.ts';
import { readCommand } from './commands.ts';
import { readAttribute, readExpression, startsExpression } from './expressions.ts';
import { readKeyword } from './keywords.ts';
import type { Reader } from './reader.ts';
import { readString, readVariable, WordBuilder } from './words.ts';

/** Reads statements up to what closes them, which is left, or to the end. */
export function readStatements(r: Reader, close: '' | ')' | '}'): void {
  let joint: Joint;
  for (;;) {
    skipSeparators(r);
    if (r.ended) return;
    const { at, c } = r;
    if (c === close) return;
    if (c === ')' || c === '}') {
      r.broken = true;
      // It closes something further out, or nothing.
      if (close !== '') return;
      r.at++;
      continue;
    }
    readStatement(r, joint);
    joint = ';';
    if (r.at === at) {
      r.broken = true;
      r.at++;
    }
  }
}

function skipSeparators(r: Reader): void {
  for (;;) {
    r.skipLines();
    if (r.c !== ';') return;
    r.at++;
  }
}

const LABEL = /:[A-Za-z_]\w{0,60}(?=\s)/y;

/** Reads one statement. Gives its value where it is a single string, number or variable. */
export function readStatement(r: Reader, joint: Joint): WordNode | undefined {
  const label = r.match(LABEL);
  if (label !== '') {
    r.at += label.length;
    r.skipLines();
  }
  // Attributes of the parameters or the function that follows.
  while (r.c === '[' && readAttribute(r)) r.skipLines();
  return readKeyword(r, joint) ? undefined : readChain(r, joint);
}

/** Pipelines joined by `&&` and `||`. */
export function readChain(r: Reader, joint: Joint): WordNode | undefined {
  const { context } = r;
  const job: Job = { background: false, outer: context.job };
  r.context = { ...context, job };
  let only = readPipeline(r, joint);
  for (;;) {
    r.skipBlanks();
    const operator = r.has('&&') ? '&&' : r.has('||') ? '||' : undefined;
    if (!operator) break;
    r.at += 2;
    r.skipLines();
    only = undefined;
    readPipeline(r, operator);
  }
  if (r.c === '&') {
    r.at++;
    job.background = true;
  }
  r.context = context;
  return only;
}

function readPipeline(r: Reader, joint: Joint): WordNode | undefined {
  const first = readMember(r, joint);
  if (!takePipe(r)) return first.only;
  const members: CommandNode[] = [first.command ?? standIn(r, first.start, joint, first.index)];
  do {
    r.skipLines();
    const { at } = r;
    const { command } = readMember(r, joint);
    if (command) members.push(command);
    if (r.at === at) r.broken = true;
  } while (takePipe(r));
  if (members.length > 1) for (const member of members) member.pipeline ??= members;
  return undefined;
}

interface Member {
  readonly command: CommandNode | undefined;
  readonly only: WordNode | undefined;
  readonly start: number;
  readonly index: number;
}

function readMember(r: Reader, joint: Joint): Member {
  const { at: start } = r;
  const index = r.commands.length;
  if (!startsExpression(r)) {
    const command = readCommand(r, joint);
    return { command, only: undefined, start, index };
  }
  const only = readExpression(r, 'statement', joint);
  return { command: undefined, only, start, index };
}

/** A command without words for an expression that writes into a pipe. What is written in it follows it. */
function standIn(r: Reader, start: number, joint: Joint, index: number): CommandNode {
  const command = r.begin(joint, start);
  command.end = r.at;
  if (index < r.commands.length - 1) r.unordered = true;
  return command;
}

/** A pipe, which may also start the next line. */
function takePipe(r: Reader): boolean {
  r.skipBlanks();
  const { at } = r;
  if (at === r.pipeless) return false;
  if (r.newlineAt(at) > 0) {
    r.skipLines();
    if (r.c !== '|' || r.has('||')) {
      r.wasted += r.at - at;
      r.at = r.pipeless = at;
      return false;
    }
  }
  if (r.c !== '|' || r.has('||')) return false;
  r.at++;
  return true;
}

/** `(…)`, as a part of an expression or a word. */
export function readParentheses(r: Reader, nesting: Nesting = 'substitution'): void {
  r.at++;
  r.inside(nesting, () => readStatements(r, ')'));
  closeWith(r, ')');
}

/** `@(…)` */
export function readArray(r: Reader): void {
  r.at++;
  readParentheses(r);
}

/** `{…}`. With `definition` it runs when that is called. */
export function readBlock(r: Reader, nesting: Nesting, definition?: FunctionNode): void {
  r.at++;
  r.inside(nesting, () => readStatements(r, '}'), definition);
  closeWith(r, '}');
}

export function closeWith(r: Reader, close: ')' | '}'): void {
  if (r.c === close) r.at++;
  else r.broken = true;
}

const KEY = /[\w-]{1,200}/y;

/** `@{ Name = value; … }`: the entries with plain values are assignments. */
export function readHashtable(r: Reader): void {
  r.at += 2;
  r.deeper(() => {
    for (;;) {
      skipSeparators(r);
      if (r.ended || r.c === '}' || r.c === ')') return;
      const { at } = r;
      readEntry(r);
      if (r.at === at) {
        r.broken = true;
        r.at++;
      }
    }
  });
  closeWith(r, '}');
}

function readEntry(r: Reader): void {
  const start = r.at;
  const name = readKey(r);
  r.skipLines();
  if (r.c !== '=') return;
  r.at++;
  r.skipLines();
  const before = r.commands.length;
  const value = r.deeper(() => readStatement(r, undefined));
  if (name === undefined || !value) return;
  if (r.commands.length > before) r.unordered = true;
  const command = r.begin(undefined, start);
  command.end = r.at;
  const assignment: AssignmentNode = { start, end: r.at, name, value, elements: undefined };
  command.assignments = added(command.assignments, assignment);
}

/** The name of an entry; `undefined` where it is computed. */
function readKey(r: Reader): string | undefined {
  const { c } = r;
  const plain = r.match(KEY);
  if (plain !== '') {
    r.at += plain.length;
    return plain;
  }
  const word = new WordBuilder(r);
  if (c === '"' || c === "'") readString(r, word);
  else if (c === '$') readVariable(r, word, 'bare', true);
  else if (c === '(') readParentheses(r);
  else return undefined;
  return word.done().literal;
}
