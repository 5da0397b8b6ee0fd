/** Simple commands, tests, functions, and how they differ from compound commands. */

import { added, CommandNode, FunctionNode, type Joint, type WordNode } from '../tree/nodes.ts';
import { readBraced, readCompound } from './compounds.ts';
import { nameEnd } from './expansions.ts';
import { NOTHING, skipLines, type Unit } from './lists.ts';
import type { Reader } from './reader.ts';
import { readRedirect } from './redirections.ts';
import { reservedHere, takeReserved } from './reserved.ts';
import { readTest } from './tests.ts';
import { readAssignment, readWord } from './words.ts';

const COMPOUND: ReadonlySet<string> = new Set(['if', 'while', 'until', 'for', 'select', 'case', '{']);

/** Reads a command of any kind with its redirections; nothing is read where none starts. */
export function readCommand(r: Reader, joint: Joint): Unit {
  r.skipBlanks();
  if (r.ended) return NOTHING;
  if (startsCompound(r)) return readTrailing(r, readCompound(r));
  const word = reservedHere(r);
  switch (word) {
    case undefined:
      return readSimple(r, joint);
    case '[[':
      return readTested(r, joint) ?? readSimple(r, joint);
    case 'function':
      return readNamedFunction(r);
    case 'coproc':
      return readCoprocess(r, joint);
    case 'time':
      // Where it is not the reserved word it is a program.
      return readSimple(r, joint);
    default:
      return NOTHING;
  }
}

function startsCompound(r: Reader): boolean {
  return r.text[r.at] === '(' || COMPOUND.has(reservedHere(r) ?? '');
}

/** Redirections of a compound command: what it reads goes to the first command in it, what it writes, to the last. */
function readTrailing(r: Reader, unit: Unit): Unit {
  for (;;) {
    r.skipBlanks();
    const redirect = r.ended ? undefined : readRedirect(r);
    if (!redirect) return unit;
    const command = redirect.operator.startsWith('<') ? unit.first : unit.last;
    if (command) command.redirects = added(command.redirects, redirect);
  }
}

/** A new command that starts here. */
function begin(r: Reader, joint: Joint): CommandNode {
  const command = new CommandNode(r.source, r.at, joint, r.context);
  r.commands.push(command);
  return command;
}

function readSimple(r: Reader, joint: Joint): Unit {
  const { at } = r;
  const index = r.commands.length;
  const command = begin(r, joint);
  while (readElement(r, command)) command.end = r.at;
  const { words, assignments, redirects } = command;
  // To bash `in` is a reserved word that no command starts with.
  if (r.bash && words[0]?.raw === 'in' && words[0].start === at) r.broken = true;
  if (command.end === at) {
    r.commands.splice(index, 1);
    return NOTHING;
  }
  if (r.has('(')) {
    const name = words.length === 1 && assignments.length === 0 && redirects.length === 0 ? words[0] : undefined;
    if (name && takeParentheses(r)) {
      r.commands.splice(index, 1);
      return readFunction(r, name);
    }
    r.broken = true;
  }
  // A list that was filled one by one has room for many more, and trees are kept.
  if (words.length > 1) command.words = words.slice();
  return { first: command, last: command };
}

/** `[[ … ]]` is a simple command with words of its own; `undefined`, and nothing is read, when it has no end. */
function readTested(r: Reader, joint: Joint): Unit | undefined {
  const mark = r.mark();
  const command = begin(r, joint);
  const words = readTest(r);
  if (!words) {
    r.reset(mark);
    r.broken = true;
    return undefined;
  }
  command.words = words;
  command.end = r.at;
  const { length } = words;
  while (readElement(r, command)) command.end = r.at;
  if (command.words.length > length) r.broken = true;
  return { first: command, last: command };
}

/** The next assignment, word or redirection of a command; false where it ends. */
function readElement(r: Reader, command: CommandNode): boolean {
  r.skipBlanks();
  const { at } = r;
  if (r.ended || r.text[at] === '#') return false;
  const redirect = readRedirect(r);
  if (redirect) {
    command.redirects = added(command.redirects, redirect);
    r.at = redirect.end;
    return true;
  }
  if (command.words.length === 0) {
    const assignment = readAssignment(r);
    if (assignment) {
      command.assignments = added(command.assignments, assignment);
      return true;
    }
  }
  const word = readWord(r, command.words.length === 0 ? 'first' : 'argument');
  if (r.at === at) return false;
  if (hasArray(word) && !DECLARING.has(command.words[0]?.raw ?? '')) r.broken = true;
  command.words = added(command.words, word);
  return true;
}

/** Programs that take `NAME=(…)` for an argument. */
const DECLARING: ReadonlySet<string> = new Set(['declare', 'typeset', 'local', 'export', 'readonly', 'alias', 'eval']);

function hasArray({ expansions, source }: WordNode): boolean {
  return expansions.some(({ start }) => source.text[start] === '(' && source.text[start - 1] === '=');
}

/** `()` after the name of a function. */
function takeParentheses(r: Reader): boolean {
  const { at } = r;
  r.skipBlanks();
  if (r.has('(')) {
    r.at++;
    r.skipBlanks();
    if (r.has(')')) {
      r.at++;
      return true;
    }
  }
  r.at = at;
  return false;
}

function readNamedFunction(r: Reader): Unit {
  takeReserved(r, 'function');
  r.skipBlanks();
  const name = readWord(r);
  if (r.at === name.start) r.broken = true;
  takeParentheses(r);
  return readFunction(r, name);
}

/** The body of a function; its braces are not a group of their own. */
function readFunction(r: Reader, name: WordNode): Unit {
  const { context } = r;
  const definition = new FunctionNode(r.source, name.text, name.start, context.definition);
  r.functions.push(definition);
  skipLines(r);
  // Only shells that are not bash take a simple command for a body.
  if (name.special || r.ended || (r.bash && !startsCompound(r) && reservedHere(r) !== '[[')) r.broken = true;
  r.context = { ...context, definition };
  r.inside('function', r.stops, () => {
    if (takeReserved(r, '{')) {
      readBraced(r);
      readTrailing(r, NOTHING);
    } else readCommand(r, undefined);
  });
  r.context = context;
  definition.end = r.at;
  return NOTHING;
}

/** `coproc [NAME] command`; a name can only precede a compound command. */
function readCoprocess(r: Reader, joint: Joint): Unit {
  takeReserved(r, 'coproc');
  r.skipBlanks();
  const { at } = r;
  const { context } = r;
  if (!startsCompound(r)) {
    r.at = nameEnd(r.text, at, r.limit);
    r.skipBlanks();
    if (r.at === at || r.ended || !startsCompound(r)) r.at = at;
  }
  r.context = { ...context, job: { background: true, outer: context.job } };
  const unit = r.enter() ? readCommand(r, joint) : NOTHING;
  r.leave();
  r.context = context;
  if (r.at === at) r.broken = true;
  return unit;
}
