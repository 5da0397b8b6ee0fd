/** Expressions: what is in the place of a command, but computes. https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-07 */
import { type AssignmentNode, added, FunctionNode, type Joint, type WordNode } from '../tree/nodes.ts';
import { DOUBLE, isUnresolved, type Reader, SINGLE } from './reader.ts';
import { closeWith, readArray, readBlock, readHashtable, readParentheses, readStatement } from './statements.ts';
import { isHereString, readHereString, readString, readVariable, variableName, WordBuilder } from './words.ts';

/** What may start an expression rather than a command. */
export function startsExpression(r: Reader): boolean {
  const { c } = r;
  if (c === '$' || c === '(' || c === '[' || c === '{' || c === '!' || SINGLE.has(c) || DOUBLE.has(c)) return true;
  if (c === '@') return r.ahead(1) === '(' || r.ahead(1) === '{' || isHereString(r);
  if (r.match(NUMBER) !== '') return true;
  return c === ',' || r.match(SIGN) !== '';
}
const NUMBER =
  /(?:0x[\da-f]{1,32}|\d{1,40}(?:\.\d{1,40})?(?:e[+-]?\d{1,4})?)(?:[kmgtp]b|[dl])?(?=[\s;|)}\],.+*/%=-]|$)/iy;
/** `-not $x`, `-$x`, `++$x`. */
const SIGN = /[-+](?:b?not\b|join\b|split\b|[-+(\d$])/iy;

/** What ends an expression where it is read as a statement, and in brackets. */
type End = 'statement' | ']' | 'argument';

/** A word operator: `-eq`, `-notmatch`. */
const OPERATOR = /-[A-Za-z]{1,20}(?![\w-])/y;
const ASSIGN = /(?:[-+*/%]|\?\?)?=/y;
const IDENTIFIER = /[A-Za-z_][\w-]{0,200}/y;
const TYPE = /\[[\w.,[\] `+]{1,200}\]/y;

/** Reads an expression up to its end, which may be an assignment. Gives it where it is one string, number or variable. */
export function readExpression(r: Reader, end: End, joint: Joint = undefined): WordNode | undefined {
  const start = r.at;
  let parts = 0;
  let only: WordNode | undefined;
  /** An operand is still to come, so that a newline ends nothing. */
  let open = false;
  for (;;) {
    r.skipBlanks();
    const { at, c } = r;
    if (c === '' || isEnd(c, end)) break;
    const newline = r.newlineAt(at);
    if (newline > 0 || c === '#') {
      if (!open && end === 'statement') break;
      r.skipLines();
      continue;
    }
    if (end === 'statement' && (c === '&' || c === '|')) break;
    if (end === 'statement' && r.match(ASSIGN) !== '' && parts > 0 && !r.has('==')) {
      readAssigned(r, start, joint);
      return undefined;
    }
    const operand = readOperand(r, parts === 0);
    open = operand === 'operator';
    // A cast changes nothing here: `[string]$x = '…'`.
    if (operand !== 'cast') {
      parts++;
      only = parts === 1 && typeof operand === 'object' ? operand : undefined;
    }
  }
  return only;
}

function isEnd(c: string, end: End): boolean {
  if (c === ')' || c === '}') return true;
  if (end === ']') return c === ']';
  return end === 'argument' ? c === ',' || c === ']' : c === ';';
}

type Operand = WordNode | 'operator' | 'cast' | 'other';

function readOperand(r: Reader, first: boolean): Operand {
  const { at, c } = r;
  if (SINGLE.has(c) || DOUBLE.has(c) || (c === '@' && isHereString(r))) {
    const word = new WordBuilder(r);
    if (c === '@') readHereString(r, word);
    else readString(r, word);
    const node = word.done(SINGLE.has(c) ? 'single' : 'double');
    return readMembers(r, at) ? 'other' : node;
  }
  if (c === '$') {
    const word = new WordBuilder(r);
    readVariable(r, word, 'bare', false);
    const node = word.done();
    return readMembers(r, at) ? 'other' : node;
  }
  if (c === '(') readParentheses(r);
  else if (c === '@' && r.ahead(1) === '(') readArray(r);
  else if (c === '@' && r.ahead(1) === '{') readHashtable(r);
  else if (c === '{') readBlock(r, 'group');
  else if (c === '[') return readBracket(r, first);
  else if (c === '-' && r.match(OPERATOR) !== '') {
    r.at += r.match(OPERATOR).length;
    return 'operator';
  } else return readPlain(r);
  readMembers(r, at);
  return 'other';
}

const ATTRIBUTE = /\[[\w.]{1,200}\s{0,9}\(/y;

/** `[Parameter(Mandatory, Position = 0)]`; false, and nothing is read, where there is none. */
export function readAttribute(r: Reader): boolean {
  const opening = r.match(ATTRIBUTE);
  if (opening === '') return false;
  r.at += opening.length;
  r.deeper(() => {
    for (;;) {
      r.skipLines();
      const { at } = r;
      if (!r.has(')')) readExpression(r, 'argument');
      if (r.c === ',') r.at++;
      if (r.at === at) break;
    }
  });
  closeWith(r, ')');
  r.skipLines();
  if (r.c === ']') r.at++;
  else r.broken = true;
  return true;
}

/** A type, with its members; or an index. */
function readBracket(r: Reader, first: boolean): Operand {
  const { at } = r;
  if (first && readAttribute(r)) return 'cast';
  const type = r.match(TYPE);
  if (type !== '') r.at += type.length;
  else {
    r.at++;
    r.deeper(() => readExpression(r, ']'));
    while (r.c === ',' || r.c === ';') {
      r.at++;
      r.deeper(() => readExpression(r, ']'));
    }
    if (r.c === ']') r.at++;
    else if (!r.ended) skipStray(r);
  }
  return readMembers(r, at) ? 'other' : type !== '' && (first || r.c !== '=') ? 'cast' : 'other';
}

function readPlain(r: Reader): Operand {
  const { c } = r;
  const name = r.match(IDENTIFIER);
  if (name !== '') {
    r.at += name.length;
    return 'other';
  }
  if (r.has('++') || r.has('--')) {
    r.at += 2;
    return 'other';
  }
  const word = new WordBuilder(r);
  const number = r.match(NUMBER);
  if (number !== '') {
    r.at += number.length;
    return word.done();
  }
  r.at++;
  if (isUnresolved(c)) {
    word.hole(r.at - 1, 'unknown', undefined, 'bare');
    return word.done();
  }
  // A stray bracket or backtick is read over.
  if (c === ']' || c === '`') r.broken = true;
  return '+-*/%,=<>!.?:'.includes(c) ? 'operator' : 'other';
}

function skipStray(r: Reader): void {
  r.broken = true;
  if (r.c === ';') r.at++;
}

const MEMBER = /(?:\?\.|\.|::)(?=[A-Za-z_$"'({])/y;

/** Reads `.Name`, `::Name`, `[…]` and `(…)` directly after an operand that starts at `start`; whether there were any. */
export function readMembers(r: Reader, start: number): boolean {
  const { at } = r;
  for (;;) {
    const dot = r.match(MEMBER);
    if (dot !== '') {
      const from = dot === '::' ? start : r.at + dot.length - 1;
      r.at += dot.length;
      readMember(r, from);
    } else if (r.c === '[' && r.at > start) {
      r.at++;
      r.deeper(() => readExpression(r, ']'));
      if (!r.has(']')) {
        r.broken = true;
        break;
      }
      r.at++;
    } else break;
  }
  return r.at > at;
}

/** A member's name, and what it is called with. `from`: where the name of the method starts, with its dot or its type. */
function readMember(r: Reader, from: number): void {
  const name = r.match(IDENTIFIER).split('-')[0]!;
  if (name === '') {
    readOperandOfMember(r);
    if (r.c === '(') readParentheses(r);
    return;
  }
  r.at += name.length;
  const end = r.at;
  if (r.c === '(' || (r.c === '{' && /^(?:foreach|where)$/i.test(name))) readCall(r, from, end);
}

function readOperandOfMember(r: Reader): void {
  const { c } = r;
  if (c === '$') readVariable(r, new WordBuilder(r), 'bare', false);
  else if (SINGLE.has(c) || DOUBLE.has(c)) readString(r, new WordBuilder(r));
  else if (c === '(') readParentheses(r);
  else r.at++;
}

/** The call of a method: a command whose words are the method and its arguments. */
function readCall(r: Reader, from: number, end: number): void {
  const command = r.begin(undefined, from);
  command.words = added(command.words, wordFrom(r, from, end));
  if (r.c === '{') {
    readBlock(r, 'loop');
    command.end = r.at;
    return;
  }
  r.at++;
  r.inside('substitution', () => {
    for (;;) {
      r.skipLines();
      if (r.ended || r.c === ')') break;
      const { at } = r;
      command.words = added(command.words, readArgument(r));
      r.skipLines();
      if (r.c === ',') r.at++;
      else if (r.at === at || r.c !== ')') break;
    }
  });
  if (r.c === ')') r.at++;
  else r.broken = true;
  command.end = r.at;
}

function wordFrom(r: Reader, start: number, end: number): WordNode {
  const { at } = r;
  r.at = start;
  const word = new WordBuilder(r);
  r.at = end;
  const node = word.done();
  r.at = at;
  return node;
}

/** One argument of a method: a string, or something that is computed. */
function readArgument(r: Reader): WordNode {
  const word = new WordBuilder(r);
  const { at } = r;
  const only = r.deeper(() => readExpression(r, 'argument'));
  if (only && only.start === at) return only;
  word.hole(at, 'unknown', undefined, 'bare');
  return word.done();
}

/** Behind what an assignment assigns to, which starts at `start`. */
function readAssigned(r: Reader, start: number, joint: Joint): void {
  const nameEnd = r.at;
  r.at += r.match(ASSIGN).length;
  r.skipLines();
  const command = r.begin(joint, start);
  const name = assignedName(r.text.slice(start, nameEnd));
  const value = readValue(r, name);
  command.end = r.at;
  const assignment: AssignmentNode = { start, end: value?.end ?? r.at, name, value, elements: undefined };
  command.assignments = added(command.assignments, assignment);
}

/** The value that is assigned: a string, or what a statement gives. A block runs when something names the variable. */
function readValue(r: Reader, name: string): WordNode | undefined {
  if (r.c !== '{') return r.deeper(() => readStatement(r, undefined));
  const definition = new FunctionNode(r.source, `$${name.toLowerCase()}`, r.at, r.context.definition);
  r.functions.push(definition);
  readBlock(r, 'function', definition);
  definition.end = r.at;
  return undefined;
}

const LAST = /(?:^|[.:])([\w-]{1,200})\s{0,20}$/;

/** `$env:NAME` → `NAME`, `$x.Password` → `Password`, `[X]::Y` as it is. */
export function assignedName(written: string): string {
  const text = written.trim();
  if (/^\[[^\]]{1,200}\]::/.test(text)) return text;
  const variable = text.slice(text.lastIndexOf(']') + 1).trim();
  if (/^\$(?:\{[^}]*\}|[\w:]+)$/.test(variable)) return variableName(variable);
  return LAST.exec(text.slice(-300))?.[1] ?? text.slice(0, 200);
}
