/** cmd.exe: the commands of one text. Never throws. https://learn.microsoft.com/windows-server/administration/windows-commands/cmd */
import {
  type AssignmentNode,
  added,
  type CommandContext,
  type CommandNode,
  type Joint,
  type RedirectNode,
  type WordNode,
} from '../tree/nodes.ts';
import type { SourceReading } from '../tree/reading.ts';
import type { Source } from '../tree/source.ts';
import { endsCommand, isBlank, Reader } from './reader.ts';
import { readRest, readWord } from './words.ts';

export function readCmd(source: Source, context: CommandContext): SourceReading {
  const r = new Reader(source, context);
  readLines(r);
  return r;
}

/** Reads commands up to the parenthesis that closes the group they are in, which is left, or to the end. */
function readLines(r: Reader): void {
  let joint: Joint;
  for (;;) {
    r.skipLines();
    if (r.ended || (r.groups > 0 && r.c === ')')) return;
    const { at } = r;
    readChain(r, joint);
    joint = ';';
    if (r.at === at) {
      // `&` in front of everything, or a parenthesis that closes nothing.
      r.broken = true;
      r.at++;
    }
  }
}

/** Commands joined by `&`, `&&`, `||` and `|` on one line. */
function readChain(r: Reader, joint: Joint): void {
  let operator = joint;
  let members: CommandNode[] | undefined;
  for (;;) {
    const { length } = r.commands;
    readCommand(r, operator);
    const first = r.commands[length];
    if (members && first) members.push(first);
    r.skipBlanks();
    const sign = r.match(OPERATOR);
    r.at += sign.length;
    if (sign === '|') {
      // What a group prints comes last from its last command.
      members ??= first ? [r.commands.at(-1)!] : [];
      continue;
    }
    if (members && members.length > 1) for (const member of members) member.pipeline ??= members;
    members = undefined;
    if (sign === '') return;
    operator = sign === '&' ? ';' : sign === '&&' ? '&&' : '||';
  }
}

const OPERATOR = /&&|\|\||[&|]/y;
const WORD = /[A-Za-z]{2,9}(?![\w.-])/y;

function readCommand(r: Reader, joint: Joint): void {
  r.skipPrefix();
  const { at } = r;
  if (r.c === '(') {
    readGroup(r);
    return;
  }
  switch (r.match(WORD).toLowerCase()) {
    case 'rem':
      r.skipLine();
      return;
    case 'if':
      readIf(r, joint);
      return;
    case 'for':
      readFor(r, joint);
      return;
    case 'set':
      readSet(r, joint);
      return;
    case 'call':
      r.at += 4;
      r.skipBlanks();
      // `call :label` goes to a place in this file.
      if (r.c === ':') r.at = at;
      break;
    default:
      if (r.c === ':') {
        r.skipLine();
        return;
      }
  }
  readSimple(r, joint, at);
}

function readGroup(r: Reader): void {
  r.at++;
  r.groups++;
  r.inside('group', () => readLines(r));
  r.groups--;
  if (r.c === ')') r.at++;
  else r.broken = true;
  r.skipBlanks();
  while (readRedirect(r)) r.skipBlanks();
}

function readSimple(r: Reader, joint: Joint, start: number): void {
  const command = r.begin(joint, start);
  const printed = readEcho(r);
  if (printed) {
    command.words = added(command.words, printed);
    command.end = r.at;
  }
  for (;;) {
    r.skipBlanks();
    if (endsCommand(r)) break;
    const { at } = r;
    const redirect = readRedirect(r);
    if (redirect) command.redirects = added(command.redirects, redirect);
    else command.words = added(command.words, readWord(r));
    if (r.at === at) break;
    command.end = r.at;
  }
  if (command.words.length === 0 && command.redirects.length === 0) r.commands.pop();
}

const ECHO = /echo(?=[.:(/\\,;+=[\]])/iy;

/** `echo.` and `echo(` print an empty line or what follows. */
function readEcho(r: Reader): WordNode | undefined {
  if (r.match(ECHO) === '') return undefined;
  const word = readWord(r, 4);
  r.at++;
  return word;
}

const REDIRECT = /\d?(?:>>?(?:&\d)?|<)/y;

function readRedirect(r: Reader): RedirectNode | undefined {
  const { at } = r;
  const found = r.match(REDIRECT);
  if (found === '') return undefined;
  r.at += found.length;
  const descriptor = /^\d/.test(found) ? Number(found[0]) : undefined;
  const whole = { start: at, operator: found.slice(found.search(/[<>]/)), descriptor, heredoc: undefined };
  if (found.includes('&')) return { ...whole, operator: '>&', end: r.at, target: lastCharacter(r) };
  r.skipBlanks();
  const target = endsCommand(r) ? undefined : readWord(r);
  if (!target) r.broken = true;
  return { ...whole, end: r.at, target };
}

/** The stream of `2>&1`. */
function lastCharacter(r: Reader): WordNode {
  r.at--;
  return readWord(r, 1);
}

const IF_OPTION = /(?:\/i|not)(?=[\s(])/iy;
const IF_TEST = /(?:exist|defined|errorlevel|cmdextversion)(?=\s)/iy;
const COMPARISON = /(?:==|(?:equ|neq|lss|leq|gtr|geq)(?=\s))/iy;
const ELSE = /else(?![\w.-])/iy;

/** https://learn.microsoft.com/windows-server/administration/windows-commands/if */
function readIf(r: Reader, joint: Joint): void {
  r.at += 2;
  r.inside('condition', () => {
    r.skipBlanks();
    while (r.match(IF_OPTION) !== '') {
      r.at += r.match(IF_OPTION).length;
      r.skipBlanks();
    }
    readTest(r);
    readCommand(r, joint);
    r.skipBlanks();
    if (r.match(ELSE) === '') return;
    r.at += 4;
    readCommand(r, ';');
  });
}

function readTest(r: Reader): void {
  const test = r.match(IF_TEST);
  if (test !== '') {
    r.at += test.length;
    r.skipBlanks();
    readOperand(r);
    return;
  }
  readOperand(r);
  r.skipBlanks();
  const comparison = r.match(COMPARISON);
  if (comparison === '') {
    r.broken = true;
    return;
  }
  r.at += comparison.length;
  r.skipBlanks();
  readOperand(r);
}

/** One side of a comparison; `==` ends it too. */
function readOperand(r: Reader): void {
  let quoted = false;
  for (; !r.ended && r.newlineAt(r.at) === 0; r.at++) {
    const { c } = r;
    if (c === '"') quoted = !quoted;
    else if (!quoted && (isBlank(c) || r.has('=='))) break;
  }
}

const FOR_OPTION = /\/[dlrf](?=\s)/iy;
const FOR_VARIABLE = /%%?\S/y;
const IN = /in(?=[\s(])/iy;
const DO = /do(?=[\s(])/iy;

/** https://learn.microsoft.com/windows-server/administration/windows-commands/for */
function readFor(r: Reader, joint: Joint): void {
  r.at += 3;
  r.inside('loop', () => {
    r.skipBlanks();
    while (r.match(FOR_OPTION) !== '' || (r.match(FOR_VARIABLE) === '' && !endsCommand(r) && r.match(IN) === '')) {
      const { at } = r;
      const option = r.match(FOR_OPTION);
      if (option !== '') r.at += option.length;
      else readWord(r);
      r.skipBlanks();
      if (r.at === at) break;
    }
    r.at += r.match(FOR_VARIABLE).length;
    r.skipBlanks();
    r.at += r.match(IN).length;
    r.skipBlanks();
    readItems(r);
    r.skipBlanks();
    if (r.match(DO) === '') {
      r.broken = true;
      return;
    }
    r.at += 2;
    readCommand(r, joint);
  });
}

/** The items of a loop: `(a b c)`, or `('command')`, whose output the loop goes through. */
function readItems(r: Reader): void {
  if (r.c !== '(') {
    r.broken = true;
    return;
  }
  r.at++;
  r.skipBlanks();
  const end = closing(r);
  if (r.has("'")) {
    const last = r.text.lastIndexOf("'", end - 1);
    const { limit } = r;
    r.at++;
    if (last > r.at) {
      r.limit = last;
      r.inside('substitution', () => readChain(r, undefined));
      if (r.limit === last) r.limit = limit;
    }
  }
  r.at = Math.max(r.at, Math.min(end + 1, r.limit));
}

/** Where the parenthesis that is open here closes. */
function closing(r: Reader): number {
  let quoted = false;
  let depth = 0;
  for (let i = r.at; i < r.limit; i++) {
    const c = r.text[i]!;
    if (c === '\n') return i;
    if (c === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (c === '(') depth++;
    else if (c === ')' && depth-- === 0) return i;
  }
  return r.limit;
}

const SET_OPTION = /\/[ap](?=[\s"])/iy;

/** `set NAME=value`, `set "NAME=value"`. */
function readSet(r: Reader, joint: Joint): void {
  const command = r.begin(joint);
  r.at += 3;
  r.skipBlanks();
  const option = r.match(SET_OPTION);
  r.at += option.length;
  r.skipBlanks();
  const start = r.at;
  const assigned = readRest(r);
  command.end = r.at;
  if (!assigned) {
    r.commands.pop();
    return;
  }
  const { name, value } = assigned;
  const assignment: AssignmentNode = {
    start,
    end: r.at,
    name,
    value: option === '' ? value : undefined,
    elements: undefined,
  };
  command.assignments = added(command.assignments, assignment);
}
