/** Statements that start with a keyword. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_language_keywords */
import { FunctionNode, type Joint } from '../tree/nodes.ts';
import { readAttribute, readExpression, startsExpression } from './expressions.ts';
import type { Reader } from './reader.ts';
import { closeWith, readBlock, readChain, readParentheses, readStatements } from './statements.ts';
import { readString, readVariable, WordBuilder } from './words.ts';

const KEYWORD =
  /(?:if|while|for|foreach|do|switch|try|trap|function|filter|workflow|configuration|class|enum|param|begin|process|end|clean|dynamicparam|return|throw|exit|break|continue|data|inlinescript|parallel|sequence|using)(?![\w.\\/:=-])/iy;

/** Reads the statement that starts with a keyword here; false, and nothing is read, where none does. */
export function readKeyword(r: Reader, joint: Joint): boolean {
  const { at } = r;
  const word = r.match(KEYWORD);
  if (word === '') return false;
  r.at += word.length;
  r.skipBlanks();
  if (readNamed(r, word.toLowerCase(), joint)) return true;
  r.at = at;
  return false;
}

function readNamed(r: Reader, word: string, joint: Joint): boolean {
  switch (word) {
    case 'if':
      return r.c === '(' && readIf(r);
    case 'while':
    case 'for':
    case 'foreach':
      return readLoop(r, word);
    case 'do':
      return readDo(r);
    case 'switch':
      return readSwitch(r);
    case 'try':
      return opensBlock(r) && readTry(r);
    case 'trap':
      return readTrap(r);
    case 'function':
    case 'filter':
    case 'workflow':
    case 'configuration':
      return readFunction(r, false);
    case 'class':
    case 'enum':
      return readFunction(r, true);
    case 'param':
      return readParameters(r);
    case 'return':
    case 'throw':
    case 'exit':
    case 'break':
    case 'continue':
      if (!isEnd(r)) readChain(r, joint);
      return true;
    case 'using':
      r.skipLine();
      return true;
    default:
      // `begin {…}` of a function, `data {…}`.
      if (!opensBlock(r)) return false;
      readBlock(r, 'group');
      return true;
  }
}

/** `([string] $Name = 'x', …)`, on this line or a later one; false, and nothing is read, where there is none. */
function readParameters(r: Reader): boolean {
  const { at } = r;
  r.skipLines();
  if (r.c !== '(') {
    r.at = at;
    return false;
  }
  r.at++;
  r.deeper(() => {
    for (;;) {
      r.skipLines();
      const before = r.at;
      while (r.c === '[' && readAttribute(r)) r.skipLines();
      if (!r.has(')')) readExpression(r, 'argument');
      if (r.c === ',') r.at++;
      if (r.at === before) return;
    }
  });
  closeWith(r, ')');
  return true;
}

function isEnd(r: Reader): boolean {
  return r.ended || r.newlineAt(r.at) > 0 || ';|)}#'.includes(r.c);
}

/** Whether a block follows, on this line or a later one; if so, steps to it. */
function opensBlock(r: Reader): boolean {
  const { at } = r;
  r.skipLines();
  if (r.c === '{') return true;
  r.wasted += r.at - at;
  r.at = at;
  return false;
}

/** Takes one of the words where it comes next, on this line or a later one. */
function takes(r: Reader, pattern: RegExp): boolean {
  const { at } = r;
  r.skipLines();
  const found = r.match(pattern);
  if (found === '') r.wasted += r.at - at;
  r.at = found === '' ? at : r.at + found.length;
  return found !== '';
}

function readBody(r: Reader, nesting: 'condition' | 'loop' | 'case' | 'group'): void {
  if (opensBlock(r)) readBlock(r, nesting);
  else r.broken = true;
}

const ELSEIF = /elseif(?![\w-])/iy;
const ELSE = /else(?![\w-])/iy;

function readIf(r: Reader): true {
  do {
    r.skipLines();
    if (r.c !== '(') {
      r.broken = true;
      return true;
    }
    readParentheses(r, 'condition');
    readBody(r, 'condition');
  } while (takes(r, ELSEIF));
  if (takes(r, ELSE)) readBody(r, 'condition');
  return true;
}

const IN = /in(?![\w-])/iy;
const PARAMETER = /-[A-Za-z]{1,40}/y;

function readLoop(r: Reader, word: string): boolean {
  while (word === 'foreach' && r.match(PARAMETER) !== '') {
    r.at += r.match(PARAMETER).length;
    r.skipBlanks();
  }
  if (r.c !== '(') return false;
  r.at++;
  r.inside('loop', () => {
    r.skipLines();
    if (word === 'foreach' && r.c === '$') {
      readVariable(r, new WordBuilder(r), 'bare', false);
      if (!takes(r, IN)) r.broken = true;
    }
    readStatements(r, ')');
  });
  closeWith(r, ')');
  readBody(r, 'loop');
  return true;
}

const UNTIL = /(?:while|until)(?![\w-])/iy;

function readDo(r: Reader): boolean {
  if (!opensBlock(r)) return false;
  readBlock(r, 'loop');
  if (!takes(r, UNTIL)) r.broken = true;
  else {
    r.skipLines();
    if (r.c === '(') readParentheses(r, 'loop');
    else r.broken = true;
  }
  return true;
}

function readSwitch(r: Reader): boolean {
  const { at } = r;
  while (r.match(PARAMETER) !== '') {
    r.at += r.match(PARAMETER).length;
    r.skipBlanks();
  }
  if (r.c === '(') readParentheses(r, 'case');
  else if (r.at === at) return false;
  else readOther(r);
  if (!opensBlock(r)) {
    r.broken = true;
    return true;
  }
  r.at++;
  r.inside('case', () => readClauses(r, 'case'));
  closeWith(r, '}');
  return true;
}

/** Words and blocks by turns: the clauses of a `switch`, the members of a class. */
function readClauses(r: Reader, nesting: 'case' | 'function'): void {
  for (;;) {
    r.skipLines();
    const { at, c } = r;
    if (c === '' || c === '}' || c === ')') return;
    if (c === '{') readBlock(r, nesting);
    else if (c === ';') r.at++;
    else readOther(r);
    if (r.at === at) r.at++;
  }
}

const OTHER = /[^\s{}();"'$]{1,300}/y;

/** A pattern, a type, or another word that says nothing here. */
function readOther(r: Reader): void {
  const { c } = r;
  if (c === '(') readParentheses(r);
  else if (c === '"' || c === "'") readString(r, new WordBuilder(r));
  else if (c === '$') readVariable(r, new WordBuilder(r), 'bare', true);
  else r.at += r.match(OTHER).length;
}

const CATCH = /catch(?![\w-])/iy;
const FINALLY = /finally(?![\w-])/iy;

function readTry(r: Reader): true {
  readBlock(r, 'group');
  while (takes(r, CATCH)) {
    skipTypes(r);
    readBody(r, 'condition');
  }
  if (takes(r, FINALLY)) readBody(r, 'group');
  return true;
}

const TYPES = /\[[^\]\n]{1,300}\]\s{0,9},?/y;

function skipTypes(r: Reader): void {
  for (;;) {
    r.skipLines();
    const type = r.match(TYPES);
    if (type === '') return;
    r.at += type.length;
  }
}

function readTrap(r: Reader): boolean {
  const { at } = r;
  skipTypes(r);
  if (opensBlock(r)) {
    readBlock(r, 'condition');
    return true;
  }
  r.at = at;
  return false;
}

const FUNCTION_NAME = /[^\s(){};]{1,300}/y;

function readFunction(r: Reader, isClass: boolean): boolean {
  const { at } = r;
  const name = r.match(FUNCTION_NAME);
  if (name === '') return false;
  r.at += name.length;
  const definition = new FunctionNode(r.source, bareName(name), at, r.context.definition);
  r.skipLines();
  // `class Server : Base`
  for (let i = 0; i < 20 && r.c !== '{' && r.c !== '('; i++) {
    const other = r.match(FUNCTION_NAME);
    if (other === '' || startsExpression(r)) break;
    r.at += other.length;
    r.skipLines();
  }
  r.inside('function', () => readParameters(r), definition);
  r.functions.push(definition);
  if (!opensBlock(r)) r.broken = true;
  else if (isClass) {
    r.at++;
    r.inside('function', () => readClauses(r, 'function'), definition);
    closeWith(r, '}');
  } else readBlock(r, 'function', definition);
  definition.end = r.at;
  return true;
}

/** `global:Install-Thing` is called without its scope. */
function bareName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1).toLowerCase();
}
